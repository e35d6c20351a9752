"""The plenary: taking over, objecting, merging and splitting; nothing is lost on the way."""

import uuid
from collections import Counter

import pytest

from alur.services.acara import Incomplete, advance_musrenbang
from musrenbang.models import JejakAudit
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.models import SEPAKAT, BarisRkp, Keberatan, Keputusan
from rkp.queries.fate import fate
from rkp.queries.kelompok import hasil_kelompok, list_kelompok
from rkp.queries.pagu import recap
from rkp.services.kelompok import close_kelompok
from rkp.services.keputusan import decide_baris
from rkp.services.merge import merge_baris
from rkp.services.pleno import accept_baris, accept_kelompok
from rkp.services.usulan_kelompok import save_usulan_kelompok
from tests.conftest import content_putusan
from tests.rkp.conftest import propose_everything, usul
from tests.snapshot import snapshot
from usulan.models import Usulan

LAHAN = {"alasan_kode": "lahan", "alasan": "Lahan milik perorangan."}


@snapshot
def pleno(acara, kelompok, cast):
    """Every group has signed: the first row with a change, all others agreed where they have an amount."""
    by = cast["pemandu"]
    save_usulan_kelompok(
        kelompok=kelompok.utama.kelompok,
        baris=kelompok.baris,
        by=by,
        **usul(kelompok.baris, usul="dengan_perubahan", biaya=84_000_000, **LAHAN),
    )
    for h in list_kelompok(acara):
        h.baris = [b for b in h.baris if not b.usul]
        propose_everything(h, by)
        close_kelompok(kelompok=h.kelompok, by=by)
    advance_musrenbang(musrenbang=acara, dari=Tahap.KELOMPOK, ke=Tahap.PLENO, by=cast["pak_sekcam"])
    return kelompok


def _receive_everything(acara, by):
    return sum(accept_kelompok(kelompok=h.kelompok, sidik=h.sidik, by=by)[0] for h in list_kelompok(acara))


def test_taking_over_whole_groups_fixes_the_plan(acara, draft_event, pleno, cast):
    assert _receive_everything(acara, cast["pemandu"]) == 6
    one = draft_event.baris.get(nomor=1)
    assert (one.keputusan, one.biaya, one.alasan) == ("dengan_perubahan", 84_000_000, LAHAN["alasan"])
    jejak = JejakAudit.objects.filter(aksi="rkp.diputuskan", objek_id=f"barisrkp:{one.pk}").get()
    assert jejak.rincian["kelompok"][1] == pleno.utama.kelompok.nama
    assert _receive_everything(acara, cast["pemandu"]) == 0, "a second click takes nothing over twice"
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=cast["pak_sekcam"])
    assert draft_event.riwayat.get(jenis="ditetapkan").baris.filter(keputusan__in=SEPAKAT).count() == 5


def test_a_stale_page_takes_nothing_over(acara, draft_event, pleno, cast):
    h = hasil_kelompok(pleno.utama.kelompok)
    decide_baris(baris=pleno.baris, by=cast["pemandu"], **content_putusan(pleno.baris))
    with pytest.raises(Refused, match="berubah sejak halaman ini dibuka"):
        accept_kelompok(kelompok=h.kelompok, sidik=h.sidik, by=cast["pemandu"])
    assert draft_event.baris.exclude(keputusan="belum_dibahas").count() == 1


def test_row_by_row(acara, pleno, masuk):
    url = f"/m/{acara.slug}/rkp/baris/{pleno.baris.pk}/terima/"
    for versi, keputusan in ((9, "belum_dibahas"), (1, "dengan_perubahan"), (1, "dengan_perubahan")):
        masuk("pemandu").post(url, {"versi": versi})
        pleno.baris.refresh_from_db()
        assert pleno.baris.keputusan == keputusan
    assert pleno.baris.versi == 2


def test_an_objection_holds_the_row_until_it_is_settled(acara, draft_event, pleno, cast, masuk):
    client, pk = masuk("pemandu"), pleno.baris.pk
    contents = {"oleh": "Kades Semaya", "isi": "Volumenya jangan dikurangi.", "kunci": str(uuid.uuid4())}
    for _ in range(2):
        client.post(f"/m/{acara.slug}/rkp/baris/{pk}/keberatan/", contents)
    one = Keberatan.objects.get()
    assert _receive_everything(acara, cast["pemandu"]) == 5
    with pytest.raises(Refused, match="keberatan"):
        accept_baris(baris=pleno.baris, versi=1, by=cast["pemandu"])
    decide_baris(baris=pleno.baris, by=cast["pemandu"], **content_putusan(pleno.baris))
    with pytest.raises(Incomplete, match="Keberatan Kades Semaya"):
        advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=cast["pak_sekcam"])
    url = f"/m/{acara.slug}/rkp/keberatan/{one.pk}/selesai/"
    assert "Tuliskan bagaimana" in client.post(url, {"penyelesaian": " "}, follow=True).content.decode()
    client.post(url, {"penyelesaian": "Volume kembali 500 m."})
    assert "sudah diselesaikan" in client.post(url, {"penyelesaian": "Lagi-lagi."}, follow=True).content.decode()
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=cast["pak_sekcam"])
    sentence = [x.kalimat for x in fate(Usulan.objects.get(sumber_baris__baris=pk))]
    assert sentence[1] == f"{pleno.utama.kelompok.nama} mengusulkan: disepakati dengan perubahan"
    assert sentence[2:5] == [
        "Ada keberatan dari Kades Semaya",
        "Disepakati sidang",
        "Keberatan dari Kades Semaya diselesaikan",
    ]


@pytest.mark.parametrize(
    "nama, status",
    [("pak_camat", 403), ("bu_bappeda", 403), ("operator_desa", 403), ("orang_skpd", 403), ("orang_luar", 404)],
)
@pytest.mark.parametrize(
    "alamat", ["baris/{b}/terima/", "baris/{b}/keberatan/", "baris/{b}/gabung/", "pleno/{k}/terima/"]
)
def test_wrong_people(alamat, nama, status, acara, pleno, masuk):
    url = f"/m/{acara.slug}/rkp/" + alamat.format(b=pleno.baris.pk, k=pleno.utama.kelompok.pk)
    assert masuk(nama).post(url, {"versi": 1}).status_code == status
    assert masuk("pemandu").get(url).status_code == 405


def test_merging_adds_up_and_splitting_gives_it_back(acara, draft_event, pleno, cast, masuk):
    by, (a, b) = cast["pemandu"], draft_event.baris.filter(nomor__in=[1, 4]).order_by("nomor")
    total = recap(acara)["Bidang"]
    with pytest.raises(Refused, match="mengapa"):
        merge_baris(baris=a, versi=1, ke=b.pk, by=by, hubungan="bagian", alasan="")
    with pytest.raises(Refused, match="kegiatan lain"):
        merge_baris(baris=a, versi=1, ke=a.pk, by=by, hubungan="bagian", alasan="Sama pekerjaannya.")
    client = masuk("pemandu")
    client.post(
        f"/m/{acara.slug}/rkp/baris/{a.pk}/gabung/",
        {"versi": 1, "nomor": "4", "hubungan": "bagian", "alasan": "Satu hamparan."},
    )
    a.refresh_from_db()
    b.refresh_from_db()
    assert (a.keputusan, a.digabung_ke, b.biaya, b.volume) == ("digabung", b, 171_000_000, None), "m and ekor: unknown"
    assert sum(r.rp for r in recap(acara)["Bidang"]) == sum(r.rp for r in total)
    with pytest.raises(Refused, match="sudah digabung"):
        decide_baris(baris=a, by=by, **content_putusan(a))
    with pytest.raises(Refused, match="menampung gabungan"):
        merge_baris(
            baris=b,
            versi=b.versi,
            ke=draft_event.baris.get(nomor=2).pk,
            by=by,
            hubungan="bagian",
            alasan="Satu hamparan.",
        )
    decide_baris(baris=b, by=by, **content_putusan(b))
    client.post(f"/m/{acara.slug}/rkp/baris/{a.pk}/pisah/", {"versi": a.versi})
    a.refresh_from_db()
    b.refresh_from_db()
    assert (a.keputusan, a.biaya, b.keputusan, b.biaya) == ("belum_dibahas", 105_000_000, "belum_dibahas", 66_000_000)
    assert (b.volume, b.semula["biaya"]) == (40, "66000000")


def test_volumes_of_one_unit_add_up(draft_event, pleno, cast):
    a, b = draft_event.baris.filter(nomor__in=[1, 6]).order_by("nomor")
    merge_baris(baris=a, versi=1, ke=b.pk, by=cast["pemandu"], hubungan="bagian", alasan="Jalan menuju jembatan itu.")
    b.refresh_from_db()
    assert (b.volume, b.satuan, b.biaya) == (508, "m", 345_000_000)


def test_a_merged_row_is_frozen_as_merged_with_all_its_sources(acara, draft_event, pleno, cast):
    a, b = draft_event.baris.filter(nomor__in=[1, 6]).order_by("nomor")
    merge_baris(baris=a, versi=1, ke=b.pk, by=cast["pemandu"], hubungan="bagian", alasan="Jalan menuju jembatan itu.")
    _receive_everything(acara, cast["pemandu"])
    b.refresh_from_db()
    decide_baris(baris=b, by=cast["pemandu"], **content_putusan(b))
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=cast["pak_sekcam"])
    beku = {x.nomor: x for x in draft_event.riwayat.get(jenis="ditetapkan").baris.all()}
    assert beku[6].asal == "DU-RKP Desa Montong Baan Selatan no. 6; DU-RKP Desa Semaya no. 1"
    assert beku[1].keputusan == Keputusan.DIGABUNG
    assert "digabung ke no. 6" in beku[1].alasan
    sentence = [x.kalimat for x in fate(Usulan.objects.get(sumber_baris__baris=a))]
    assert "Digabung ke kegiatan nomor 6" in sentence
    assert sentence[-1] == "Ditetapkan pleno dalam RKP versi 1: disepakati"


def test_every_proposal_ends_in_exactly_one_place(acara, draft_event, pleno, cast):
    _receive_everything(acara, cast["pemandu"])
    tempat = Counter(BarisRkp.objects.filter(rkp=draft_event).values_list("sumber__usulan", flat=True))
    assert set(tempat.values()) == {1}
    assert set(tempat) == set(Usulan.objects.filter(musrenbang=acara).values_list("pk", flat=True))
