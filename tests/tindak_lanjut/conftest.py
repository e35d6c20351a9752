"""The event after the day."""

from alur.demo.pasca import send_all, sort_works
from alur.services.acara import advance_musrenbang
from berita_acara.services.terbit import issue_berita_acara, issue_dokumen
from musrenbang.states import Tahap
from tests.conftest import unggah_salinan
from tests.snapshot import BUILDERS, snapshot


def isi_pagu(peringkat, pagu, **aturan):
    """Give a ranking another amount of money, and rules."""
    type(peringkat).objects.filter(pk=peringkat.pk).update(pagu=pagu, aturan=peringkat.aturan | aturan)
    peringkat.refresh_from_db()


@snapshot
def tanpa_dana(acara, peringkat, pemeran):
    """Ready for its Berita Acara; the ranking had too little money for any work, so that every one goes to an SKPD."""
    isi_pagu(peringkat, 1_000_000)
    return BUILDERS["siap_terbit"](acara, peringkat, pemeran)


@snapshot
def berdana(acara, peringkat, pemeran):
    """Being sorted; the ranking pays works 1 to 3 (105, 120 and 160 million) and gives 35 of 66 million to work 4."""
    isi_pagu(peringkat, 420_000_000, kebijakan_sisa="parsial")
    peringkat.calon.filter(baris__nomor=4).update(penutup="Swadaya desa")
    m = BUILDERS["siap_terbit"](acara, peringkat, pemeran)
    for nama in ("final", "disahkan", "disampaikan", "diterima", "memilah"):
        m = BUILDERS[nama](m, pemeran)
    return m


@snapshot
def final(tanpa_dana, pemeran):
    """The Berita Acara is signed and its copy in; the document is being finalised."""
    sekcam = pemeran["pak_sekcam"]
    issue_berita_acara(musrenbang=tanpa_dana, by=sekcam)
    unggah_salinan(tanpa_dana, sekcam)
    advance_musrenbang(musrenbang=tanpa_dana, dari=Tahap.PENANDATANGANAN, ke=Tahap.FINALISASI, by=sekcam)
    return tanpa_dana


@snapshot
def disahkan(final, pemeran):
    """Approved by the Camat."""
    advance_musrenbang(musrenbang=final, dari=Tahap.FINALISASI, ke=Tahap.DISAHKAN, by=pemeran["pak_camat"])
    return final


@snapshot
def disampaikan(disahkan, pemeran):
    """Handed over with its letter; Bappeda reviews."""
    issue_dokumen(musrenbang=disahkan, jenis="pengantar_bappeda", by=pemeran["bu_pmd"])
    advance_musrenbang(musrenbang=disahkan, dari=Tahap.DISAHKAN, ke=Tahap.DISAMPAIKAN, by=pemeran["bu_pmd"])
    return disahkan


@snapshot
def diterima(disampaikan, pemeran):
    """Received by Bappeda."""
    advance_musrenbang(musrenbang=disampaikan, dari=Tahap.DISAMPAIKAN, ke=Tahap.DITERIMA, by=pemeran["bu_bappeda"])
    return disampaikan


@snapshot
def memilah(diterima, pemeran):
    """The sorting has begun, and nothing is settled yet."""
    advance_musrenbang(musrenbang=diterima, dari=Tahap.DITERIMA, ke=Tahap.PEMILAHAN, by=pemeran["bu_pmd"])
    return diterima


@snapshot
def terpilah(memilah, pemeran):
    """Every work is settled for its SKPD; no letter is sent yet."""
    sort_works(memilah, pemeran["bu_pmd"])
    return memilah


@snapshot
def dikirim(terpilah, pemeran):
    """Sorted, and every SKPD has its letter."""
    send_all(terpilah, pemeran["bu_pmd"])
    return terpilah
