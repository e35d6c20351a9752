"""Pages outside one event: what everybody may read or check, and the letters of an SKPD."""

from django.urls import path

from berita_acara.views import jangkar, kirim, publik, saksi, verifikasi

urlpatterns = [
    path("skpd/surat/<int:pk>/", kirim.letter, name="skpd_letter"),
    path("publik/<slug:slug>/dokumen/<str:jenis>.pdf", publik.document, name="publik_dokumen"),
    path("publik/periksa.pyz", jangkar.pyz, name="publik_pyz"),
    path("publik/bukti.html", jangkar.proof_page, name="publik_bukti"),
    path("publik/<slug:slug>/titik/", jangkar.checkpoints, name="publik_titik"),
    path("publik/<slug:slug>/titik.txt", jangkar.file, name="publik_titik_berkas"),
    path("publik/<slug:slug>/titik-acuan.txt", jangkar.reference_file, name="publik_titik_acuan"),
    path("saksi/<slug:slug>/<str:kode>/", saksi.witness, name="witness"),
    path("saksi/<slug:slug>/<str:kode>/bukti.json", saksi.proof, name="witness_proof"),
    path("verifikasi/", verifikasi.enter, name="verify_enter"),
    path("verifikasi/<str:kode>/", verifikasi.verify, name="verify"),
]
