"""Pages outside one event: checking a printed document."""

from django.urls import path

from berita_acara.views import verifikasi

urlpatterns = [
    path("verifikasi/", verifikasi.enter, name="verify_enter"),
    path("verifikasi/<str:kode>/", verifikasi.verify, name="verify"),
]
