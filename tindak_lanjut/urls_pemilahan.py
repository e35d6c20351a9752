"""/m/<slug>/rkp/pemilahan/"""

from django.urls import path

from tindak_lanjut.views import pemilahan, sorting_grid

app_name = "pemilahan"
urlpatterns = [
    path("", pemilahan.sorting, name="list"),
    path("tetapkan/", pemilahan.confirm, name="confirm"),
    path("sel/", sorting_grid.cell, name="cell"),
    path("bersama/", sorting_grid.many, name="many"),
    path("batal/", sorting_grid.take_back, name="take_back"),
    path("hitung/", sorting_grid.ticked, name="ticked"),
    path("jawab/", pemilahan.answer, name="answer"),
    path("unduh/", pemilahan.download, name="download"),
    path("terima/<int:pk>/", pemilahan.receive, name="receive"),
    path("<int:pk>/pilih/", pemilahan.choose, name="choose"),
    path("<int:pk>/tetap-kirim/", pemilahan.send_funded, name="send_funded"),
    path("<int:pk>/urungkan/", pemilahan.undo, name="undo"),
    path("<int:pk>/kembalikan/", pemilahan.requeue, name="requeue"),
]
