"""The event after the day."""

from alur.demo.afterwards import send_all, sort_works
from alur.services.acara import advance_musrenbang
from berita_acara.services.issue import issue_berita_acara, issue_dokumen
from musrenbang.models import Desa, Keanggotaan, Kecamatan
from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.states import Tahap
from tests.conftest import uploaded_salinan
from tests.snapshot import BUILDERS, call, snapshot


def content_pagu(peringkat, pagu, **aturan):
    """Give a ranking another amount of money, and rules."""
    type(peringkat).objects.filter(pk=peringkat.pk).update(pagu=pagu, aturan=peringkat.aturan | aturan)
    peringkat.refresh_from_db()


@snapshot
def without_dana(acara, peringkat, cast):
    """Ready for its Berita Acara; the ranking had too little money for any work, so that every one goes to an SKPD."""
    content_pagu(peringkat, 1_000_000)
    return BUILDERS["ready_to_issue"](acara, peringkat, cast)


@snapshot
def funded_event(acara, peringkat, cast):
    """Being sorted; the ranking pays works 1 to 3 (105, 120 and 160 million) and gives 35 of 66 million to work 4."""
    content_pagu(peringkat, 420_000_000, kebijakan_sisa="parsial")
    peringkat.calon.filter(baris__nomor=4).update(penutup="Swadaya desa")
    m = BUILDERS["ready_to_issue"](acara, peringkat, cast)
    for nama in ("final", "approved_event", "submitted_event", "accepted_event", "sorting_event"):
        m = BUILDERS[nama](m, cast)
    return m


@snapshot
def final(without_dana, cast):
    """The Berita Acara is signed and its copy in; the document is being finalised."""
    sekcam = cast["pak_sekcam"]
    issue_berita_acara(musrenbang=without_dana, by=sekcam)
    uploaded_salinan(without_dana, sekcam)
    advance_musrenbang(musrenbang=without_dana, dari=Tahap.PENANDATANGANAN, ke=Tahap.FINALISASI, by=sekcam)
    return without_dana


@snapshot
def approved_event(final, cast):
    """Approved by the Camat."""
    advance_musrenbang(musrenbang=final, dari=Tahap.FINALISASI, ke=Tahap.DISAHKAN, by=cast["pak_camat"])
    return final


@snapshot
def submitted_event(approved_event, cast):
    """Handed over with its letter; Bappeda reviews."""
    issue_dokumen(musrenbang=approved_event, jenis="pengantar_bappeda", by=cast["bu_pmd"])
    advance_musrenbang(musrenbang=approved_event, dari=Tahap.DISAHKAN, ke=Tahap.DISAMPAIKAN, by=cast["bu_pmd"])
    return approved_event


@snapshot
def accepted_event(submitted_event, cast):
    """Received by Bappeda."""
    advance_musrenbang(musrenbang=submitted_event, dari=Tahap.DISAMPAIKAN, ke=Tahap.DITERIMA, by=cast["bu_bappeda"])
    return submitted_event


@snapshot
def second_accepted(accepted_event, kecamatan, cast):
    """The event of a second kecamatan, received like the first one; the same people go through it."""
    other = Kecamatan.objects.create(kode="52.03.05", nama="Terara", kabupaten=kecamatan.kabupaten)
    for n, desa in enumerate(kecamatan.desa_set.order_by("kode"), 2001):
        Desa.objects.create(kode=f"52.03.05.{n}", nama=desa.nama, kecamatan=other)
    for member in Keanggotaan.objects.filter(kecamatan=kecamatan):
        Keanggotaan.objects.create(pengguna=member.pengguna, peran=member.peran, kecamatan=other)
    acara = schedule_musrenbang(
        kecamatan=other,
        tahun_pelaksanaan=2026,
        by=cast["bu_bappeda"],
        tanggal=accepted_event.tanggal,
        jam_mulai=accepted_event.jam_mulai,
        tempat="Aula Kantor Camat Terara",
    )
    values = {"acara": acara, "cast": cast}
    for nama in ("usulan", "draft_event", "decided_event", "fixed_event", "peringkat", "without_dana"):
        values[nama] = call(nama, values)
    m = values["without_dana"]
    for nama in ("final", "approved_event", "submitted_event", "accepted_event"):
        m = BUILDERS[nama](m, cast)
    return m


@snapshot
def sorting_event(accepted_event, cast):
    """The sorting has begun, and nothing is settled yet."""
    advance_musrenbang(musrenbang=accepted_event, dari=Tahap.DITERIMA, ke=Tahap.PEMILAHAN, by=cast["bu_pmd"])
    return accepted_event


@snapshot
def assigned_event(sorting_event, cast):
    """Every work is settled for its SKPD; no letter is sent yet."""
    sort_works(sorting_event, cast["bu_pmd"])
    return sorting_event


@snapshot
def sent_event(assigned_event, cast):
    """Sorted, and every SKPD has its letter."""
    send_all(assigned_event, cast["bu_pmd"])
    return assigned_event
