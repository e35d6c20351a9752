"""The chain of the trail: what was changed or taken out is found, wherever it stood."""

import random
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from alur.periksa import broken_invariants
from musrenbang import audit
from musrenbang.models import JejakAudit
from musrenbang.rantai import ISI, broken_links, link
from musrenbang.triggers import lifted

NILAI = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=20),
    lambda anak: st.lists(anak, max_size=3) | st.dictionaries(st.text(max_size=5), anak, max_size=3),
    max_leaves=6,
)


def rantai(content):
    result, head_of = [], ""
    for pk, rincian in enumerate(content, 1):
        b = SimpleNamespace(
            pk=pk, rincian={"a": rincian}, waktu=timezone.now(), sebelum=head_of, **dict.fromkeys(ISI, "x")
        )
        head_of = b.sidik = link(b, head_of)
        result.append(b)
    return result, head_of


@settings(max_examples=60, deadline=None)
@given(prepared=st.lists(NILAI, min_size=1, max_size=8), dice=st.integers(0, 10**6))
def test_any_row_changed_or_gone_is_found(prepared, dice):
    baris, head_of = rantai(prepared)
    assert list(broken_links(baris, head_of)) == []
    victim = random.Random(dice).randrange(len(baris))
    assert list(broken_links(baris[:victim] + baris[victim + 1 :], head_of))
    baris[victim].alasan = "lain"
    assert list(broken_links(baris, head_of)) == [f"Jejak {victim + 1}: isinya berubah sejak ditulis."]


def change(sql, *nilai):
    """Change the table behind the program's back, its triggers off."""
    with lifted(), connection.cursor() as db_cursor:
        db_cursor.execute(sql, nilai)


@pytest.fixture
def trailed_event(acara, cast):
    for i in range(5):
        audit.record(musrenbang=acara, by=cast["bu_pmd"], aksi="uji", objek=acara, rincian={"ke": [i, None]})
    assert [k for k in broken_invariants(acara) if "ejak" in k] == []
    return list(JejakAudit.objects.filter(musrenbang=acara).order_by("pk"))


def broken(acara):
    return [k for k in broken_invariants(acara) if "ejak" in k]


@pytest.mark.parametrize("kolom", ["alasan", "aksi", "objek", "dari"])
def test_a_changed_row_is_named(kolom, acara, trailed_event):
    change(f"UPDATE musrenbang_jejakaudit SET {kolom} = 'palsu' WHERE id = %s", trailed_event[2].pk)
    assert broken(acara) == [f"Jejak {trailed_event[2].pk}: isinya berubah sejak ditulis."]


def test_another_person_or_time_is_noticed(acara, trailed_event, cast):
    change("UPDATE musrenbang_jejakaudit SET pelaku_id = %s WHERE id = %s", cast["pak_camat"].pk, trailed_event[1].pk)
    change("UPDATE musrenbang_jejakaudit SET waktu = %s WHERE id = %s", "2020-01-01 00:00:00+00", trailed_event[3].pk)
    assert len(broken(acara)) == 2


@pytest.mark.parametrize("tempat", [0, 2, -1])
def test_a_missing_row_is_noticed_also_the_last(tempat, acara, trailed_event):
    change("DELETE FROM musrenbang_jejakaudit WHERE id = %s", trailed_event[tempat].pk)
    (sentence,) = [k for k in broken(acara) if "tidak ada lagi" in k]
    assert sentence == (
        "Musrenbang ini menyebut baris jejak yang tidak ada lagi."
        if tempat == -1
        else f"Jejak {trailed_event[tempat + 1].pk} menyebut baris jejak yang tidak ada lagi."
    )


def test_a_row_slipped_in_is_noticed(acara, trailed_event):
    change(
        "INSERT INTO musrenbang_jejakaudit (musrenbang_id, aksi, objek, objek_id, dari, ke, alasan, rincian, waktu, sebelum, sidik) "
        "VALUES (%s, 'palsu', 'x', 'x', '', '', '', '{}', '2026-01-01 00:00:00+00', %s, 'abc')",
        acara.pk,
        trailed_event[-1].sidik,
    )
    forged = JejakAudit.objects.get(aksi="palsu").pk
    assert [t.split(":")[0] for t in broken(acara)] == [f"Jejak {forged}"] * 2, "its content, and that it is no link"
