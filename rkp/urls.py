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
    path("baris/<int:pk>/koreksi/", views.correct, name="correct"),
    path("baris/<int:pk>/terima/", views.accept_row, name="accept_row"),
    path("baris/<int:pk>/keberatan/", views.objection, name="object"),
    path("baris/<int:pk>/gabung/", views.merge, name="merge"),
    path("baris/<int:pk>/pisah/", views.split, name="split"),
    # /m/<slug>/rkp/versi/
    path("versi/<int:nomor>/", views.version, name="version"),
    path("versi/<str:jenis>/<int:nomor>/", views.version, name="version_of"),
    # /m/<slug>/rkp/kelompok/
    path("kelompok/", views.groups, name="groups"),
    path("kelompok/bentuk/", views.groups_fill, name="groups_fill"),
    path("kelompok/unduh/", views.groups_download, name="groups_download"),
    path("kelompok/baru/", views.group_edit, name="group_new"),
    path("kelompok/<int:pk>/", views.group, name="group"),
    path("kelompok/<int:pk>/ubah/", views.group_edit, name="group_edit"),
    path("kelompok/<int:pk>/hapus/", views.group_remove, name="group_remove"),
    path("kelompok/<int:pk>/anggota/", views.group_members, name="group_members"),
    path("kelompok/<int:pk>/urutan/", views.group_order, name="group_order"),
    path("kelompok/<int:pk>/tandatangan/", views.group_close, name="group_close"),
    path("kelompok/<int:pk>/baris/<int:baris>/", views.group_row, name="group_row"),
    path("kelompok/<int:pk>/baris/<int:baris>/pindah/", views.group_move, name="group_move"),
    path("kelompok/<int:pk>/baris/<int:baris>/gabung/", views.group_merge, name="group_merge"),
    path("kelompok/<int:pk>/baris/<int:baris>/pisah/", views.group_split, name="group_split"),
    # /m/<slug>/rkp/pleno/
    path("pleno/", views.plenary, name="plenary"),
    path("pleno/<int:pk>/terima/", views.accept, name="accept"),
    path("keberatan/<int:pk>/selesai/", views.settle, name="settle"),
]
