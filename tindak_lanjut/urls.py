"""/m/<slug>/tindak-lanjut/"""

from django.urls import path

from tindak_lanjut.views import pengesahan

app_name = "tindak_lanjut"
urlpatterns = [
    path("pengesahan/", pengesahan.approval, name="approval"),
    path("catatan/", pengesahan.note, name="note"),
    path("catatan/<int:pk>/jawab/", pengesahan.answer, name="note_answer"),
]
