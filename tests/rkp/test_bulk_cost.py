"""Nothing agrees to a work without a cost by the dozen: it is left undecided and named, wherever many are decided."""

import re

import pytest
from django.template.loader import render_to_string

from rkp.models import BarisRkp, UsulanKelompok
from rkp.panel import bidang
from rkp.queries.kelompok import hasil_kelompok, list_kelompok
from rkp.services.cells import TERIMA, decide_many
from rkp.services.kelompok import close_kelompok, hand_over_kelompok
from rkp.services.pleno import accept_kelompok
from rkp.services.usulan_kelompok import save_usulan_kelompok
from tests.halaman import flat
from tests.rkp.conftest import propose_everything, usul
from tests.snapshot import snapshot

JSON = {"X-Bagian": "isian"}


@snapshot
def unpriced(kelompok):
    """The first row of the group has no cost, neither now nor in the draft."""
    row = kelompok.baris
    row.biaya, row.semula = None, row.semula | {"biaya": None}
    row.save(update_fields=["biaya", "semula"])
    return kelompok


@snapshot
def handed_over(unpriced, cast):
    """The group agreed to it all the same, one row for itself, and handed the rest to the plenary."""
    by, own = cast["pemandu"], unpriced.utama.kelompok
    save_usulan_kelompok(kelompok=own, baris=unpriced.baris, by=by, **usul(unpriced.baris))
    rest = hasil_kelompok(own)
    rest.baris = [b for b in rest.baris if not b.usul]
    propose_everything(rest, by)
    hand_over_kelompok(kelompok=own, by=by, alasan="Waktu habis.")
    for h in list_kelompok(own.musrenbang):
        if h.kelompok != own:
            propose_everything(h, by)
            close_kelompok(kelompok=h.kelompok, by=by)
    own.musrenbang.tahap = "pleno"
    own.musrenbang.save(update_fields=["tahap"])
    return unpriced


def test_tiles_and_projector_say_what_their_sums_lack(acara, unpriced, masuk):
    without = BarisRkp.objects.filter(rkp__musrenbang=acara, biaya=None).count()
    page = flat(masuk("bu_pmd").get(f"/m/{acara.slug}/rkp/"))
    assert without
    assert f"+ {without} tanpa biaya" in page
    shown = flat(render_to_string("layar/bidang.html", bidang(acara, None).konteks | {"musrenbang": acara}))
    assert sum(map(int, re.findall(r"\+ (\d+) tanpa biaya", shown))) == without


@pytest.mark.parametrize("ticked", [False, True])
def test_a_group_leaves_it_and_says_so_before_and_after(ticked, acara, unpriced, masuk):
    client, url = masuk("pemandu"), f"/m/{acara.slug}/rkp/kelompok/{unpriced.utama.kelompok.pk}/"
    rows = hasil_kelompok(unpriced.utama.kelompok).baris
    without = sum(b.isi.biaya is None for b in rows)
    page = client.get(url).content.decode()
    assert f"Setuju semua yang tersisa (<span data-sisa>{len(rows) - without}</span>)" in page
    assert f"<b>{without}</b> belum ada biayanya" in page
    sent = {"keputusan": "disepakati", "baris": [f"{b.baris.pk}-0" for b in rows]} if ticked else {"semua": "1"}
    answer = client.post(url + "bersama/", sent, headers=JSON).json()
    assert (
        f"{len(rows) - without} kegiatan: Disepakati. Biayanya belum ada, jadi tidak diubah: no. 1" in answer["kabar"]
    )
    assert (answer["sisa"], answer["tanpa"]) == (0, without)
    assert not UsulanKelompok.objects.filter(biaya=None).exclude(usul="").exists()
    other = client.post(
        url + "bersama/",
        {
            "keputusan": "cadangan",
            "alasan_kode": "data_kurang",
            "alasan": "RAB belum ada.",
            "baris": f"{unpriced.baris.pk}-0",
        },
        headers=JSON,
    )
    assert "1 kegiatan: Cadangan." in other.json()["kabar"], "any other outcome is fine without a cost"


def test_the_plenary_leaves_it_in_every_bulk(acara, handed_over, cast, masuk):
    own, row = handed_over.utama.kelompok, handed_over.baris
    row.refresh_from_db()
    seen = {
        "musrenbang": acara,
        "versions": {row.pk: row.versi},
        "alasan_kode": "",
        "alasan": "",
        "by": cast["pemandu"],
    }
    for outcome in ("disepakati", TERIMA):
        bulk = decide_many(keputusan=outcome, **seen)
        assert (bulk.steps, bulk.unpriced) == ([], [row.nomor]), outcome
    sidik = hasil_kelompok(own).sidik
    page = masuk("pemandu").post(f"/m/{acara.slug}/rkp/pleno/{own.pk}/terima/", {"sidik": sidik}, follow=True)
    assert f"Biayanya belum ada, jadi tidak diubah: no. {row.nomor}." in page.content.decode()
    assert not BarisRkp.objects.filter(biaya=None, keputusan__in=["disepakati", "dengan_perubahan"]).exists()
    assert accept_kelompok(kelompok=own, sidik=hasil_kelompok(own).sidik, by=cast["pemandu"]) == (0, [row.nomor])


def test_a_cost_taken_out_before_deciding_stops_no_other_work(acara, kelompok, cast, masuk):
    """Its content differs from the draft and nothing was decided yet: it is left and named, whichever outcome is taken."""
    own, row = kelompok.utama.kelompok, kelompok.baris
    UsulanKelompok.objects.create(kelompok=own, baris=row, kegiatan=row.kegiatan, lokasi=row.lokasi, satuan=row.satuan)
    url = f"/m/{acara.slug}/rkp/kelompok/{own.pk}/bersama/"
    answer = masuk("pemandu").post(url, {"keputusan": "disepakati", "semua": "1"}, headers=JSON).json()
    others = len(hasil_kelompok(own).baris) - 1
    assert f"{others} kegiatan: Disepakati." in answer["kabar"]
    assert f"Isinya berbeda dari draf, jadi tidak diubah: no. {row.nomor}." in answer["kabar"]
    assert UsulanKelompok.objects.get(kelompok=own, baris=row).usul == ""
    assert UsulanKelompok.objects.filter(kelompok=own, usul="disepakati").count() == others
