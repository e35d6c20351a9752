"""Where an imported last year shows: papers, checks, comparisons, news for the desa and the public."""

from rkp.bab import bab_rkp
from rkp.queries.baris import official_version, unfunded
from tests.conftest import agree, write_workbook
from tests.snapshot import snapshot
from tests.usulan.test_last_year import JUDUL, impor_result
from tindak_lanjut.queries.fate import fate
from tindak_lanjut.queries.kabar import village_digest
from tindak_lanjut.queries.kabupaten import compare_event
from tindak_lanjut.queries.periksa import review_rows
from tindak_lanjut.queries.tanggapan import count_waiting
from usulan.models import Usulan, UsulanOrigin
from usulan.queries.repeats import list_repeatable
from usulan.services.without_file import repeat_usulan

ISI = [
    [
        "1",
        "Sikur",
        "Rehabilitasi irigasi tersier",
        "Blok Timur",
        500,
        "m",
        90_000_000,
        "Ya",
        80_000_000,
        "Ya",
        "APBD",
        "Ya",
        "",
    ],
    ["2", "Semaya", "Gedung PAUD", "Dusun II", 1, "unit", 120_000_000, "Ya", 110_000_000, "Tidak", "", "", ""],
    ["3", "Sikur", "Talud", "Blok Timur", 50, "m", 60_000_000, "Tidak", "", "", "", "", "Lahan bermasalah"],
]


@snapshot
def previous_carried(usulan, acara, cast):
    """Last year is imported while the event is being prepared, and what came to nothing is proposed again."""
    from django.conf import settings

    by = cast["bu_pmd"]
    impor_result(acara, by, write_workbook(settings.VAR_DIR / "hasil.xlsx", [JUDUL, *ISI]))
    repeat_usulan(musrenbang=acara, pilihan=list(list_repeatable(acara).values_list("pk", flat=True)), by=by)
    return acara


@snapshot
def fixed_plan_having_previous(previous_carried, acara, usulan, cast):
    """The plan is fixed."""
    from tests.snapshot import BUILDERS

    draft = BUILDERS["draft_event"](acara, usulan, cast)
    BUILDERS["decided_event"](acara, draft, cast)
    baru = draft.baris.filter(sumber__usulan__asal=UsulanOrigin.ULANG)
    baru.filter(skpd=None).update(skpd=draft.baris.exclude(skpd=None).first().skpd)
    agree(acara, list(baru.values_list("pk", flat=True)), cast["pemandu"])
    return BUILDERS["fixed_event"](acara, draft, cast)


def previous_of(acara):
    return type(acara).objects.get(hanya_diimpor=True)


def test_carry_over_counts_what_came_to_nothing(previous_carried, acara, cast):
    previous = previous_of(acara)
    assert sorted(unfunded(previous).values_list("nomor", flat=True)) == [2, 3]
    assert count_waiting(old=previous, new=acara, by=cast["bu_bappeda"]) == 2


def test_the_chapter_on_last_year_tells_it_with_what_is_unknown(acara, fixed_plan_having_previous):
    previous = bab_rkp(acara, official_version(acara))["lalu"]
    assert {
        k: previous[k] for k in ("tahun", "usulan", "n", "rp", "n_dana", "terlaksana", "belum", "tak_diketahui")
    } == {
        "tahun": 2026,
        "usulan": 3,
        "n": 2,
        "rp": 190_000_000,
        "n_dana": 1,
        "terlaksana": 1,
        "belum": 2,
        "tak_diketahui": 0,
    }


def test_the_review_names_works_of_the_kind_that_a_desa_had(acara, fixed_plan_having_previous):
    tanda = [t for b in review_rows(acara, official_version(acara)) for t in b.tanda if "Tahun lalu disepakati" in t]
    assert len(tanda) == 2
    assert (
        "Tahun lalu disepakati yang sejenis di desa ini: No. 1, Rp80.000.000 (menurut berkas tahun lalu: "
        "disepakati Rp80.000.000, didanai, terlaksana)."
    ) in tanda


def test_everybody_reads_what_became_of_last_year(acara, fixed_plan_having_previous, client):
    contents = " ".join(client.get(f"/publik/{acara.slug}/").content.decode().split())
    assert (
        "dari 3 usulan, 2 disepakati, 1 didanai, 1 terlaksana seluruhnya atau sebagian, 2 belum terpenuhi" in contents
    )


def test_a_work_that_was_proposed_before_is_named_with_its_result(previous_carried, masuk):
    contents = masuk("bu_pmd").get(f"/m/{previous_carried.slug}/usulan/serupa/").content.decode()
    assert "Diusulkan juga tahun lalu" in contents
    assert "Disepakati Rp80.000.000, didanai, terlaksana" in contents


def test_figures_stand_beside_those_of_last_year(acara, fixed_plan_having_previous):
    previous = {b.nama: b.lalu for b in compare_event(acara)}
    assert previous["Usulan masuk"] == 3
    assert previous["Jumlah biaya usulan"] == 270_000_000
    assert (previous["Kegiatan disepakati"], previous["Jumlah biaya yang disepakati"]) == (2, 190_000_000)


def test_a_proposal_made_again_tells_what_became_of_it(acara, fixed_plan_having_previous):
    ulang = Usulan.objects.get(musrenbang=acara, sumber__nomor=3)
    assert fate(ulang)[0].kalimat == "Diusulkan juga tahun lalu; hasilnya menurut berkas: tidak disepakati"
    kabar = village_digest(acara, acara.kecamatan.desa_set.filter(nama="Sikur"))
    kata = [k.hasil for one in kabar.values() for k in one if k.usulan == ulang]
    assert kata[0].startswith("Diusulkan juga tahun lalu (tidak disepakati). ")
    lama = fate(Usulan.objects.get(musrenbang=previous_of(acara), nomor=3))
    assert [(s.kalimat, s.alasan) for s in lama] == [
        ("Menurut berkas tahun lalu: tidak disepakati", "Lahan bermasalah"),
        ("Diusulkan lagi untuk rencana tahun 2027", ""),
    ]
