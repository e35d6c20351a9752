"""Papers laid out ahead: what is fixed is laid out by a job, so that issuing lays out only what bears the number."""

import pytest
from django.core.cache import caches
from django_tasks_db.models import DBTaskResult

from alur.services.acara import advance_musrenbang
from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.services import issue, siap_cetak
from musrenbang.infra.pdf import parts, printing
from musrenbang.infra.pdf.pool import FileFailed, WorkerPool
from musrenbang.states import Tahap
from tests.some import some


@pytest.fixture
def laid_out(monkeypatch):
    """Every batch that workers were asked to lay out, as text; the keeper begins empty."""
    caches["cetak"].clear()
    diminta: list[str] = []
    original = WorkerPool.ask_each

    def note(pool, semua, *, seconds):
        diminta.extend(content.decode() for _, content in semua)
        return original(pool, semua, seconds=seconds)

    monkeypatch.setattr(WorkerPool, "ask_each", note)
    monkeypatch.setattr(
        parts, "RINGAN", 2_000
    )  # the small demo's annexes are batches of their own, as in a real meeting
    return diminta


def test_after_the_job_issuing_lays_out_only_what_bears_the_number(ready_to_issue, cast, laid_out, monkeypatch):
    monkeypatch.setattr(siap_cetak, "CETAKAN", {k: CETAKAN[k] for k in ("berita_acara", "daftar_delegasi")})
    assert siap_cetak.prepare_papers(ready_to_issue) == ["berita_acara", "daftar_delegasi"]
    laid_out.clear()
    document = issue.issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    assert document.sha256
    assert [("BERITA ACARA HASIL" in b, "Tabel T-D.4" in b) for b in laid_out] == [(True, False)]
    laid_out.clear()
    siap_cetak.prepare_papers(ready_to_issue)
    assert [b for b in laid_out if "Tabel T-D.4" in b] == [], "a job that is delivered twice lays nothing out again"


def test_the_plan_is_laid_out_while_its_ranking_is_still_open(ready_to_issue, monkeypatch):
    """Fixing the ranking is the last fact: the long tables of the plan are kept by then."""
    diminta = []
    monkeypatch.setattr(siap_cetak, "lay_out_ahead", lambda template, content: diminta.append((template, content)))
    ready_to_issue.pemeringkatan.update(status="terbuka")
    jenis = siap_cetak.prepare_papers(ready_to_issue)
    assert "berita_acara" in jenis
    assert "prioritas_program" not in jenis
    content = next(i for t, i in diminta if t == "pdf/berita_acara.html")
    assert (content["program"], content["draf"], bool(content["prioritas_skpd"]["kelompok"])) == (
        {"program": []},
        True,
        True,
    )


def test_what_the_job_lays_out_is_what_printing_asks_for(ready_to_issue, cast, monkeypatch):
    """A list says the same before it is printed and as it is printed, letterhead with its logo too: nothing is laid out twice."""
    kept = {}
    for place in (siap_cetak, issue):
        monkeypatch.setattr(place, "logo_of", lambda kop: "data:image/png;base64,AAAA")
    monkeypatch.setattr(
        siap_cetak, "lay_out_ahead", lambda t, content: kept.setdefault(t, set()).update(pieces(t, content))
    )
    lists = {k: c for k, c in CETAKAN.items() if k in {"rkp", "durkp", "daftar_hadir", "prioritas_skpd"}}
    monkeypatch.setattr(siap_cetak, "CETAKAN", lists)
    assert set(siap_cetak.prepare_papers(ready_to_issue)) == set(lists)
    for jenis, cetakan in some(lists.items()):
        if cetakan.nomor is None:
            dokumen = issue.freeze_list(musrenbang=ready_to_issue, jenis=jenis, by=cast["pak_sekcam"])
            assert pieces(cetakan.template, issue.pdf_context(dokumen)) <= kept[cetakan.template], jenis


def pieces(template: str, content: dict) -> set[str]:
    return set(parts.cut(printing.render_to_string(template, content)).kelompok)


def test_a_paper_that_fails_does_not_stop_the_others(ready_to_issue, monkeypatch):
    diminta = []

    def fail(template, content):
        diminta.append(template)
        if template == "pdf/berita_acara.html":
            raise FileFailed("terhenti")

    monkeypatch.setattr(siap_cetak, "lay_out_ahead", fail)
    siap_cetak.prepare_papers(ready_to_issue)
    assert {f"pdf/{j}.html" for j in ("berita_acara", "rkp", "surat_mandat", "daftar_hadir")} <= set(diminta)


def test_a_move_that_freezes_facts_queues_the_job_and_a_demo_does_not(ready_to_issue, cast, settings, monkeypatch):
    settings.CETAK_DULU = True
    queued = DBTaskResult.objects.filter(task_path="berita_acara.services.siap_cetak.lay_out_papers")
    with siap_cetak.no_layout_ahead():
        siap_cetak.queue_layout(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    assert queued.count() == 0
    monkeypatch.setattr("alur.services.acara.collect", lambda *_: [])
    advance_musrenbang(
        musrenbang=ready_to_issue, dari=Tahap.PENANDATANGANAN, ke=Tahap.FINALISASI, by=cast["pak_sekcam"]
    )
    assert [t.args_kwargs["kwargs"] for t in queued] == [{"pk": ready_to_issue.pk}]


def test_a_very_long_table_is_cut_between_its_groups(monkeypatch):
    """Every row stays once and in order, each part has the heading, what follows the table stands after the last."""
    monkeypatch.setattr(parts, "PANJANG", 1_500)
    monkeypatch.setattr(parts, "TERBAGI", 3_000)
    monkeypatch.setattr(parts, "RINGAN", 500)
    group_of = "".join(
        f'<tbody><tr class="grup"><th>G{g}</th></tr>{"".join(f"<tr><td>b{g}.{i}</td></tr>" for i in range(n))}</tbody>'
        for g, n in enumerate((30, 2, 40, 30))
    )
    html = (
        f'<html><head><title>x</title></head><body><section class="bagian lebar"><div><h1>Judul</h1><table><colgroup><col>'
        f"</colgroup><thead><tr><th>K</th></tr></thead>{group_of}</table></div><p>Sesudah</p></section></body></html>"
    )
    kelompok = parts.cut(html).kelompok
    assert [[g for g in range(4) if f"G{g}<" in k] for k in kelompok] == [[0, 1], [2], [3]]
    assert [("Judul" in k, "Sesudah" in k) for k in kelompok] == [(True, False), (False, False), (False, True)]
    assert all("<colgroup>" in k and "<th>K</th>" in k and 'class="bagian lebar"' in k for k in some(kelompok))
    baris = [b for k in kelompok for b in parts.html.document_fromstring(k).xpath("//td/text()")]
    assert baris == [f"b{g}.{i}" for g, n in enumerate((30, 2, 40, 30)) for i in range(n)]
    assert printing.cut(html.replace("<tbody>", "<tbody class='satu'>", 1)).berat == printing.cut(html).berat
