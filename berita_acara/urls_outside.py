"""Pages outside one event: what everybody may read or check, and the letters of an SKPD."""

from django.urls import path

from berita_acara.views import dispatch, jangkar, public, verification, witnesses

urlpatterns = [
    path("skpd/surat/<int:pk>/", dispatch.letter, name="skpd_letter"),
    path("publik/<slug:slug>/dokumen/<str:jenis>.pdf", public.document, name="publik_dokumen"),
    path("publik/periksa.pyz", jangkar.pyz, name="publik_pyz"),
    path("publik/bukti.html", jangkar.proof_page, name="publik_bukti"),
    path("publik/<slug:slug>/titik/", jangkar.checkpoints, name="publik_titik"),
    path("publik/<slug:slug>/titik.txt", jangkar.file, name="publik_titik_berkas"),
    path("publik/<slug:slug>/titik-acuan.txt", jangkar.reference_file, name="publik_titik_acuan"),
    path("saksi/<slug:slug>/<str:kode>/", witnesses.witness, name="witness"),
    path("saksi/<slug:slug>/<str:kode>/bukti.json", witnesses.proof, name="witness_proof"),
    path("verifikasi/", verification.enter, name="verify_enter"),
    path("verifikasi/<str:kode>/", verification.verify, name="verify"),
]
