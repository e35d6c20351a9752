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
def utuh(terbit, siap_terbit):
    return siap_terbit


def test_a_whole_event_is_whole(utuh):
    # the fixture walked the first stages without their work; only the trail is judged from its start
    assert broken_invariants(utuh) == []
    keluar = StringIO()
    call_command("check_musrenbang", utuh.slug, stdout=keluar)
    assert "utuh" in keluar.getvalue()


def _berkas_berubah(acara):
    with open(Dokumen.objects.get().berkas.path, "ab") as berkas:
        berkas.write(b"x")


KERUSAKAN = {
    "isinya berubah sejak ditetapkan": lambda a: BarisVersi.objects.filter(nomor=1).update(biaya=1),
    "hitung ulang tidak sama": lambda a: Pemeringkatan.objects.update(
        masukan={"skema": {"metode": "urutan", "pagu": 1}, "usulan": []}
    ),
    "sudah berubah dari yang diterbitkan": _berkas_berubah,
    "tidak sama dengan akhir jejak": lambda a: Musrenbang.objects.update(tahap="selesai"),
    "Delegasi baru 5 dari 6 orang": lambda a: Delegat.objects.filter(nama="Yusran Tokoh").delete(),
    "5 usulan tersimpan, seharusnya 6": lambda a: _hilang(),
    "nomor versi tidak berurutan": lambda a: _versi_ketujuh(a),
}


def _versi_ketujuh(acara):
    satu = Dokumen.objects.get()
    Dokumen.objects.create(musrenbang=acara, jenis=satu.jenis, versi=7, nomor="x", isi={}, dibuat_oleh=satu.dibuat_oleh)


def _hilang():
    from rkp.models import SumberBaris

    SumberBaris.objects.filter(usulan__nomor=6).delete()
    Usulan.objects.filter(nomor=6).delete()


@pytest.mark.parametrize("kata", KERUSAKAN)
def test_damage_is_named(kata, utuh):
    KERUSAKAN[kata](utuh)
    utuh.refresh_from_db()
    assert any(kata in kalimat for kalimat in broken_invariants(utuh))
    with pytest.raises(CommandError) as galat:
        call_command("check_musrenbang", utuh.slug, stdout=StringIO())
    assert galat.value.returncode == 1


def test_an_unknown_event():
    with pytest.raises(CommandError) as galat:
        call_command("check_musrenbang", "tidak-ada")
    assert galat.value.returncode == 2


test_an_unknown_event = pytest.mark.django_db(test_an_unknown_event)
