"""What the Berita Acara must be before the signing is declared."""

from django.urls import reverse

from berita_acara.dokumen.cetakan import stale_papers
from berita_acara.dokumen.compare import same_content
from berita_acara.dokumen.content import berita_acara
from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.models import AsalAula
from berita_acara.queries import excuse_of, latest_berita_acara, salinan_of, waiting_salinan
from musrenbang.board import Kekurangan
from musrenbang.models import Musrenbang
from musrenbang.queries import newest_issued
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused

PENGANTAR = ("pengantar_bappeda", "")
NEXT = {"sk_tim": "beri keputusan perubahannya nomor dan tanggal sendiri, lalu cetak"}
"""What to do about a paper that is numbered elsewhere."""


def on_server(musrenbang: Musrenbang) -> list[Kekurangan]:
    """The signing is declared at the server, after the result of the hall was confirmed there by two people."""
    if not AsalAula.objects.filter(musrenbang=musrenbang).exists():
        return []
    url = reverse("berita_acara:hall", args=[musrenbang.slug])
    return [Kekurangan("Finalisasi dimulai di server: kirim dahulu hasil aula dari laptop ini.", url)]


def berita_acara_issued(musrenbang: Musrenbang) -> list[Kekurangan]:
    """The newest version has its PDF and still says what the facts say."""
    url = reverse("berita_acara:documents", args=[musrenbang.slug])
    last = latest_berita_acara(musrenbang)
    if last is None:
        return [Kekurangan("Berita Acara belum diterbitkan.", url)]
    if not last.sha256:
        return [Kekurangan(f"PDF {last.nomor} belum jadi; buat ulang.", url)]
    try:
        same = same_content(last.isi, berita_acara(musrenbang))
    except Refused as error:
        return [Kekurangan(str(error), url)]
    if not same:
        return [Kekurangan(f"{last.nomor} tidak lagi sesuai keadaan terakhir; terbitkan versi baru.", url)]
    return []


def salinan_present(musrenbang: Musrenbang) -> list[Kekurangan]:
    """The signed copy of the newest version was uploaded, or a reason recorded why not."""
    if salinan_of(musrenbang) or excuse_of(musrenbang):
        return []
    url = reverse("berita_acara:documents", args=[musrenbang.slug])
    if wait := waiting_salinan(musrenbang):
        matter = f"{wait.halaman} halaman, sedangkan dokumennya {wait.halaman_dokumen}"
        return [Kekurangan(f"Salinan bertanda tangan {matter}; unggah yang lengkap, atau tuliskan alasannya.", url)]
    return [Kekurangan("Salinan Berita Acara yang sudah ditandatangani belum diunggah.", url)]


def cover_letter_issued(musrenbang: Musrenbang) -> list[Kekurangan]:
    """The result goes to Bappeda with a letter (seed C.2)."""
    url = reverse("berita_acara:documents", args=[musrenbang.slug])
    surat = newest_issued(musrenbang).get(PENGANTAR)
    if surat is None:
        return [Kekurangan(f"Surat pengantar ke {sebutan.bappeda} belum diterbitkan.", url)]
    difference = stale_papers(musrenbang).get(PENGANTAR)
    if difference:
        return [Kekurangan(f"{surat.nomor} tidak lagi sesuai ({', '.join(difference)}); terbitkan versi baru.", url)]
    return []


def surat_consistent(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Issued papers still say what the facts say; only a warning, with the paper that is due instead."""
    url = reverse("berita_acara:documents", args=[musrenbang.slug])
    surat = newest_issued(musrenbang)
    results = []
    for kunci, difference in stale_papers(musrenbang).items():
        if kunci != PENGANTAR:
            what = f"{CETAKAN[kunci[0]].label} {surat[kunci].nomor} tidak lagi sesuai keadaan ({', '.join(difference)})"
            lanjut = NEXT.get(kunci[0], "terbitkan versi baru")
            results.append(Kekurangan(f"{what}; {lanjut}.", url, wajib=False))
    return results
