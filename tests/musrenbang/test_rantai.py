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
from musrenbang.pemicu import lifted
from musrenbang.rantai import ISI, broken_links, link

NILAI = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=20),
    lambda anak: st.lists(anak, max_size=3) | st.dictionaries(st.text(max_size=5), anak, max_size=3),
    max_leaves=6,
)


def rantai(isi):
    hasil, kepala = [], ""
    for pk, rincian in enumerate(isi, 1):
        b = SimpleNamespace(
            pk=pk, rincian={"a": rincian}, waktu=timezone.now(), sebelum=kepala, **dict.fromkeys(ISI, "x")
        )
        kepala = b.sidik = link(b, kepala)
        hasil.append(b)
    return hasil, kepala


@settings(max_examples=60, deadline=None)
@given(isi=st.lists(NILAI, min_size=1, max_size=8), acak=st.integers(0, 10**6))
def test_any_row_changed_or_gone_is_found(isi, acak):
    baris, kepala = rantai(isi)
    assert list(broken_links(baris, kepala)) == []
    korban = random.Random(acak).randrange(len(baris))
    assert list(broken_links(baris[:korban] + baris[korban + 1 :], kepala))
    baris[korban].alasan = "lain"
    assert list(broken_links(baris, kepala)) == [f"Jejak {korban + 1}: isinya berubah sejak ditulis."]


def ubah(sql, *nilai):
    """Change the table behind the program's back, its triggers off."""
    with lifted(), connection.cursor() as kursor:
        kursor.execute(sql, nilai)


@pytest.fixture
def berjejak(acara, pemeran):
    for i in range(5):
        audit.record(musrenbang=acara, by=pemeran["bu_pmd"], aksi="uji", objek=acara, rincian={"ke": [i, None]})
    assert [k for k in broken_invariants(acara) if "ejak" in k] == []
    return list(JejakAudit.objects.filter(musrenbang=acara).order_by("pk"))


def rusak(acara):
    return [k for k in broken_invariants(acara) if "ejak" in k]


@pytest.mark.parametrize("kolom", ["alasan", "aksi", "objek", "dari"])
def test_a_changed_row_is_named(kolom, acara, berjejak):
    ubah(f"UPDATE musrenbang_jejakaudit SET {kolom} = 'palsu' WHERE id = %s", berjejak[2].pk)
    assert rusak(acara) == [f"Jejak {berjejak[2].pk}: isinya berubah sejak ditulis."]


def test_another_person_or_time_is_noticed(acara, berjejak, pemeran):
    ubah("UPDATE musrenbang_jejakaudit SET pelaku_id = %s WHERE id = %s", pemeran["pak_camat"].pk, berjejak[1].pk)
    ubah("UPDATE musrenbang_jejakaudit SET waktu = %s WHERE id = %s", "2020-01-01 00:00:00+00", berjejak[3].pk)
    assert len(rusak(acara)) == 2


@pytest.mark.parametrize("tempat", [0, 2, -1])
def test_a_missing_row_is_noticed_also_the_last(tempat, acara, berjejak):
    ubah("DELETE FROM musrenbang_jejakaudit WHERE id = %s", berjejak[tempat].pk)
    (kalimat,) = [k for k in rusak(acara) if "tidak ada lagi" in k]
    assert kalimat == (
        "Musrenbang ini menyebut baris jejak yang tidak ada lagi."
        if tempat == -1
        else f"Jejak {berjejak[tempat + 1].pk} menyebut baris jejak yang tidak ada lagi."
    )


def test_a_row_slipped_in_is_noticed(acara, berjejak):
    ubah(
        "INSERT INTO musrenbang_jejakaudit (musrenbang_id, aksi, objek, objek_id, dari, ke, alasan, rincian, waktu, sebelum, sidik) "
        "VALUES (%s, 'palsu', 'x', 'x', '', '', '', '{}', '2026-01-01 00:00:00+00', %s, 'abc')",
        acara.pk,
        berjejak[-1].sidik,
    )
    palsu = JejakAudit.objects.get(aksi="palsu").pk
    assert [t.split(":")[0] for t in rusak(acara)] == [f"Jejak {palsu}"] * 2, "its content, and that it is no link"
