"""/kabupaten/ and /skpd/"""

from django.urls import path

from tindak_lanjut.views import kabupaten, skpd

urlpatterns = [
    path("kabupaten/", kabupaten.board, name="kabupaten"),
    path("skpd/", skpd.works, name="skpd"),
    path("skpd/jawab/", skpd.answer_many, name="skpd_answer_many"),
    path("skpd/<int:pk>/jawab/", skpd.answer, name="skpd_answer"),
]
