"""/kabupaten/, /skpd/ and /publik/"""

from django.urls import path

from tindak_lanjut.views import durkp, kabupaten, public, skpd

urlpatterns = [
    path("kabupaten/", kabupaten.board, name="kabupaten"),
    path("kabupaten/durkp/", durkp.durkp, name="durkp"),
    path("kabupaten/durkp/unduh/", durkp.download, name="durkp_download"),
    path("publik/", public.index, name="publik_daftar"),
    path("publik/kabupaten/<str:kode>/<int:tahun>.<str:bentuk>", durkp.open_data, name="publik_durkp"),
    path("publik/<slug:slug>/", public.result, name="publik"),
    path("publik/<slug:slug>/data.<str:bentuk>", public.data, name="publik_data"),
    path("publik/<slug:slug>/<int:nomor>/", public.work, name="publik_kegiatan"),
    path("skpd/", skpd.works, name="skpd"),
    path("skpd/terima/<int:pk>/", skpd.receive, name="skpd_receive"),
    path("skpd/unggah/", skpd.upload, name="skpd_upload"),
    path("skpd/jawab/", skpd.answer_many, name="skpd_answer_many"),
    path("skpd/<int:pk>/jawab/", skpd.answer, name="skpd_answer"),
]
