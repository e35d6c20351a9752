"""What the Berita Acara must be before the signing is declared."""

from django.urls import reverse

from berita_acara import dokumen as isi_dokumen
from berita_acara.dokumen import same_content
from berita_acara.queries import excuse_of, latest_berita_acara, list_letters, salinan_of
from musrenbang.models import Musrenbang
from musrenbang.syarat import Kekurangan
from musrenbang.transisi import Ditolak


def berita_acara_terbit(musrenbang: Musrenbang) -> list[Kekurangan]:
    """The newest version has its PDF and still says what the facts say."""
    url = reverse("berita_acara:documents", args=[musrenbang.slug])
    terakhir = latest_berita_acara(musrenbang)
    if terakhir is None:
        return [Kekurangan("Berita Acara belum diterbitkan.", url)]
    if not terakhir.sha256:
        return [Kekurangan(f"PDF {terakhir.nomor} belum jadi; buat ulang.", url)]
    try:
        sama = same_content(terakhir.isi, isi_dokumen.berita_acara(musrenbang))
    except Ditolak as penolakan:
        return [Kekurangan(str(penolakan), url)]
    if not sama:
        return [Kekurangan(f"{terakhir.nomor} tidak lagi sesuai keadaan terakhir; terbitkan versi baru.", url)]
    return []


def salinan_ada(musrenbang: Musrenbang) -> list[Kekurangan]:
    """The signed copy of the newest version was uploaded, or a reason recorded why not."""
    if salinan_of(musrenbang) or excuse_of(musrenbang):
        return []
    url = reverse("berita_acara:documents", args=[musrenbang.slug])
    return [Kekurangan("Salinan Berita Acara yang sudah ditandatangani belum diunggah.", url)]


def pengantar_terbit(musrenbang: Musrenbang) -> list[Kekurangan]:
    """The result goes to Bappeda with a letter (seed C.2)."""
    if ("pengantar_bappeda", "") in list_letters(musrenbang):
        return []
    url = reverse("berita_acara:documents", args=[musrenbang.slug])
    return [Kekurangan("Surat pengantar ke Bappeda belum diterbitkan.", url)]
