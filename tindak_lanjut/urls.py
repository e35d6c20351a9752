"""/m/<slug>/tindak-lanjut/"""

from django.urls import path

from tindak_lanjut.views import kabar, kabupaten, pengesahan

app_name = "tindak_lanjut"
urlpatterns = [
    path("pengesahan/", pengesahan.approval, name="approval"),
    path("kabar/", kabar.digest, name="digest"),
    path("penyampaian/", kabupaten.package, name="package"),
    path("pemeriksaan/", kabupaten.review, name="review"),
    path("catatan/camat/", pengesahan.note, name="note"),
    path("catatan/bappeda/", pengesahan.review_note, name="review_note"),
    path("catatan/<int:pk>/jawab/", pengesahan.answer, name="note_answer"),
]
