"""check_musrenbang: a whole event passes; each kind of damage is found and named."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from alur.periksa import broken_invariants
from delegasi.models import Delegat
from musrenbang.models import Dokumen, Musrenbang
from rkp.models import BarisVersi
from rkp.prioritas.models import Pemeringkatan
from usulan.models import Usulan


@pytest.fixture
def whole_event(issued_event, ready_to_issue):
    return ready_to_issue


def test_a_whole_event_is_whole(whole_event):
    # the fixture walked the first stages without their work; only the trail is judged from its start
    assert broken_invariants(whole_event) == []
    leaving = StringIO()
    call_command("check_musrenbang", whole_event.slug, stdout=leaving)
    assert "utuh" in leaving.getvalue()


def _file_changed(acara):
    with open(Dokumen.objects.get().berkas.path, "ab") as berkas:
        berkas.write(b"x")


KERUSAKAN = {
    "isinya berubah sejak ditetapkan": lambda a: BarisVersi.objects.filter(nomor=1).update(biaya=1),
    "hitung ulang tidak sama": lambda a: Pemeringkatan.objects.update(
        masukan={"skema": {"metode": "urutan", "pagu": 1}, "usulan": []}
    ),
    "sudah berubah dari yang diterbitkan": _file_changed,
    "tidak sama dengan akhir jejak": lambda a: Musrenbang.objects.update(tahap="selesai"),
    "Delegasi baru 5 dari 6 orang": lambda a: Delegat.objects.filter(nama="Yusran Tokoh").delete(),
    "5 usulan tersimpan, seharusnya 6": lambda a: _lost(),
    "nomor versi tidak berurutan": lambda a: _versi_seventh(a),
}


def _versi_seventh(acara):
    one = Dokumen.objects.get()
    Dokumen.objects.create(musrenbang=acara, jenis=one.jenis, versi=7, nomor="x", isi={}, dibuat_oleh=one.dibuat_oleh)


def _lost():
    from rkp.models import SumberBaris

    SumberBaris.objects.filter(usulan__nomor=6).delete()
    Usulan.objects.filter(nomor=6).delete()


@pytest.mark.parametrize("kata", KERUSAKAN)
def test_damage_is_named(kata, whole_event):
    KERUSAKAN[kata](whole_event)
    whole_event.refresh_from_db()
    assert any(kata in sentence for sentence in broken_invariants(whole_event))
    with pytest.raises(CommandError) as galat:
        call_command("check_musrenbang", whole_event.slug, stdout=StringIO())
    assert galat.value.returncode == 1


def test_an_unknown_event():
    with pytest.raises(CommandError) as galat:
        call_command("check_musrenbang", "tidak-ada")
    assert galat.value.returncode == 2


test_an_unknown_event = pytest.mark.django_db(test_an_unknown_event)
