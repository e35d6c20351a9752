"""Pages outside one event: checking a printed document."""

from django.urls import path

from berita_acara.views import kirim, verifikasi

urlpatterns = [
    path("skpd/surat/<int:pk>/", kirim.letter, name="skpd_letter"),
    path("verifikasi/", verifikasi.enter, name="verify_enter"),
    path("verifikasi/<str:kode>/", verifikasi.verify, name="verify"),
]
