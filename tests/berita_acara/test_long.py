"""The long and the short meeting on paper: 469 rows and 200 people, one row, no row; nothing is cut, nothing stands alone."""

import re
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from alur.services.acara import advance_musrenbang
from berita_acara.services.issue import preview_berita_acara, read_or_draft
from musrenbang import format as tulis
from musrenbang.models import Desa
from musrenbang.sidang.models import Kehadiran
from musrenbang.states import Tahap
from rkp.models import BarisRkp
from rkp.prioritas.queries.candidates import list_peserta
from rkp.prioritas.queries.input import kriteria_of
from rkp.prioritas.services.candidates import save_values
from rkp.prioritas.services.peringkat import fix_pemeringkatan
from tests.conftest import open_page_peringkat, record_attendance
from tests.papers import texts_of

DESA_PANJANG = "Desa Sukamaju Persiapan Pemekaran Tanjung Teros Barat Laut II"
PANJANG = "Pembangunan saluran irigasi tersier beserta pintu air dan perkuatan tebing di subak, " * 4


def _dense(halaman: list[str]) -> str:
    """The text without any white space: narrow columns break words with and without a hyphen."""
    return re.sub(r"[\s\u00ad\u2010\ufffe-]+", "", "".join(halaman))


def _fonts(content: bytes) -> dict[str, bool]:
    """Every font the pages use, and whether its file is inside the document."""
    result = {}
    for h in PdfReader(BytesIO(content), strict=True).pages:
        for f in h["/Resources"].get("/Font", {}).values():
            for derived in f.get_object().get("/DescendantFonts", [f]):
                features = derived.get_object().get("/FontDescriptor", {})
                result[str(f.get_object()["/BaseFont"])] = any(
                    k in features for k in ("/FontFile", "/FontFile2", "/FontFile3")
                )
    return result


@pytest.fixture
def meeting_event(acara, decided_event, cast):
    """Make the plan have ``n`` agreed rows and the hall ``hadir`` people, and fix the plan."""

    def build(n: int, hadir: int = 1) -> None:
        example = decided_event.baris.filter(keputusan="disepakati").first()
        decided_event.baris.exclude(pk=example.pk).update(
            keputusan="belum_disepakati", alasan_kode="data_kurang", alasan="RAB belum dibuat."
        )
        if not n:
            decided_event.baris.update(
                keputusan="belum_disepakati", alasan_kode="data_kurang", alasan="RAB belum dibuat."
            )
        desa = Desa.objects.create(kode="52.03.99.2999", nama=DESA_PANJANG, kecamatan=acara.kecamatan)
        fixed = {f.name: getattr(example, f.name) for f in BarisRkp._meta.concrete_fields if f.name != "id"}
        BarisRkp.objects.bulk_create(
            BarisRkp(
                **fixed
                | {
                    "nomor": 1000 + i,
                    "desa": desa,
                    "kegiatan": f"{PANJANG if i % 25 == 0 else ''}ruas nomor {i:03d}",
                    "biaya": 1_000_000 + i,
                }
            )
            for i in range(1, n)
        )
        record_attendance(acara, cast["pak_sekcam"], "Orang Pertama")
        one = Kehadiran.objects.get()
        general = {
            f.name: getattr(one, f.name) for f in Kehadiran._meta.concrete_fields if f.name not in {"id", "kunci"}
        }
        Kehadiran.objects.bulk_create(
            Kehadiran(**general | {"nama": f"Peserta Nama Sangat Panjang Sekali {i:03d}"}) for i in range(1, hadir)
        )
        by = cast["pak_sekcam"]
        advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)
        p = open_page_peringkat(acara, by)
        calon = [c.calon.pk for c in list_peserta(p) if c.layak]
        kriteria = [k["kode"] for k in kriteria_of(p)]
        nilai = {
            (pk, k): (None, Decimal(1 + (i + j) % 5)) for i, pk in enumerate(calon) for j, k in enumerate(kriteria)
        }
        save_values(pemeringkatan=p, by=by, cell=nilai)
        fix_pemeringkatan(pemeringkatan=p, by=by)

    return build


def _eligible_print_it(content: bytes) -> list[str]:
    """Return the text of each page of a document that can be printed anywhere."""
    halaman = texts_of(content)
    assert f"Halaman{len(halaman)}dari{len(halaman)}" in _dense(halaman[-1:])
    fonts = _fonts(content)
    assert fonts
    assert all(fonts.values()), "every font is embedded"
    return halaman


def test_469_rows_and_200_people_are_all_there(acara, meeting_event):
    meeting_event(469, hadir=200)
    kata = _dense(_eligible_print_it(read_or_draft(musrenbang=acara, jenis="prioritas_skpd", by=None)))
    baris = BarisRkp.objects.filter(keputusan="disepakati")
    assert baris.count() == 469
    lost = [i for i in range(1, 469) if f"ruasnomor{i:03d}" not in kata or tulis.thousands(1_000_000 + i) not in kata]
    assert not lost
    assert DESA_PANJANG.replace(" ", "") in kata
    assert tulis.thousands(sum(b.biaya for b in baris)) in kata
    kata = _dense(_eligible_print_it(read_or_draft(musrenbang=acara, jenis="daftar_hadir", by=None)))
    assert [i for i in range(1, 200) if f"SangatPanjangSekali{i:03d}" not in kata] == []


def test_no_page_has_only_a_heading_or_only_a_signature(acara, meeting_event):
    meeting_event(40, hadir=60)
    halaman = _eligible_print_it(preview_berita_acara(acara))
    (penutup,) = [_dense([h]) for h in halaman if "PimpinanSidang" in _dense([h])]
    assert "DemikianBeritaAcaraini" in penutup
    # Nobody is chosen yet: the last annex has a heading and a sentence.
    assert [n for n, h in enumerate(halaman[:-1], 1) if len(_dense([h])) < 400] == []


@pytest.mark.parametrize("n", [0, 1])
def test_a_plan_of_nearly_nothing_is_still_a_document(n, acara, meeting_event):
    meeting_event(n)
    for jenis in ("rkp", "prioritas_skpd", "belum_disepakati", "daftar_hadir"):
        kata = _dense(texts_of(read_or_draft(musrenbang=acara, jenis=jenis, by=None)))
        assert "Halaman1dari" in kata
    halaman = _eligible_print_it(preview_berita_acara(acara))
    assert f"sebanyak{n}kegiatan" in _dense(halaman)
    assert ("Tidakadakegiatanyangdisepakati." in _dense(halaman)) == (not n)
