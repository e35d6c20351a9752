"""/m/<slug>/rkp/"""

from django.urls import path

from rkp import views

app_name = "rkp"
urlpatterns = [
    path("", views.table, name="table"),
    path("susun/", views.build, name="build"),
    path("unduh/", views.download, name="download"),
    path("sepakati/", views.agree, name="agree"),
    path("rekap/", views.sums, name="sums"),
    path("rekap/cadangkan/", views.reserve, name="reserve"),
    path("banding/", views.compare, name="compare"),
    # /m/<slug>/rkp/baris/<pk>/
    path("baris/<int:pk>/", views.row, name="row"),
    path("baris/<int:pk>/tampil/", views.row_view, name="row_view"),
    path("baris/<int:pk>/putuskan/", views.decide, name="decide"),
    path("baris/<int:pk>/tempatkan/", views.place, name="place"),
    # /m/<slug>/rkp/versi/<n>/
    path("versi/<int:nomor>/", views.version, name="version"),
]
