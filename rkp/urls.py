"""/m/<slug>/rkp/"""

from django.urls import path

from rkp.views import baris, compare, final, grid, kelompok, pagu, pleno, similar

app_name = "rkp"
urlpatterns = [
    path("", baris.table, name="table"),
    path("susun/", baris.build, name="build"),
    path("unduh/", baris.download, name="download"),
    path("rekap/", pagu.sums, name="sums"),
    path("rekap/cadangkan/", pagu.reserve, name="reserve"),
    path("banding/", compare.compare, name="compare"),
    # /m/<slug>/rkp/baris/<pk>/
    path("baris/<int:pk>/", baris.row, name="row"),
    path("baris/<int:pk>/tampil/", baris.row_view, name="row_view"),
    path("baris/<int:pk>/putuskan/", baris.decide, name="decide"),
    path("baris/<int:pk>/tempatkan/", baris.place, name="place"),
    path("baris/<int:pk>/koreksi/", final.correct, name="correct"),
    path("baris/<int:pk>/terima/", pleno.accept_row, name="accept_row"),
    path("baris/<int:pk>/keberatan/", pleno.objection, name="object"),
    path("baris/<int:pk>/gabung/", pleno.merge, name="merge"),
    path("baris/<int:pk>/pisah/", pleno.split, name="split"),
    # the grids: /m/<slug>/rkp/tabel/ and /m/<slug>/rkp/pleno/
    path("mirip/", similar.similar, name="similar"),
    path("hitung/", grid.ticked, name="ticked"),
    path("tabel/angka/", grid.figures, name="figures"),
    *(
        path(f"{shape}/{verb}/", view, {"shape": shape}, name=f"{name}_{shape}")
        for shape in ("tabel", "pleno")
        for verb, view, name in (
            ("sel", grid.plan_cell, "plan_cell"),
            ("bersama", grid.plan_many, "plan_many"),
            ("urungkan", grid.plan_undo, "plan_undo"),
        )
    ),
    # /m/<slug>/rkp/versi/
    path("versi/<int:nomor>/", baris.version, name="version"),
    path("versi/<str:jenis>/<int:nomor>/", baris.version, name="version_of"),
    # /m/<slug>/rkp/kelompok/
    path("kelompok/", kelompok.groups, name="groups"),
    path("kelompok/bentuk/", kelompok.groups_fill, name="groups_fill"),
    path("kelompok/unduh/", kelompok.groups_download, name="groups_download"),
    path("kelompok/baru/", kelompok.group_edit, name="group_new"),
    path("kelompok/susunan/", kelompok.groups_seats, name="groups_seats"),
    path("kelompok/<int:pk>/", kelompok.group, name="group"),
    path("kelompok/<int:pk>/ubah/", kelompok.group_edit, name="group_edit"),
    path("kelompok/<int:pk>/hapus/", kelompok.group_remove, name="group_remove"),
    path("kelompok/<int:pk>/kosongkan/", kelompok.group_empty, name="group_empty"),
    path("kelompok/<int:pk>/sel/", grid.group_cell, name="group_cell"),
    path("kelompok/<int:pk>/bersama/", grid.group_many, name="group_many"),
    path("kelompok/<int:pk>/urungkan/", grid.group_undo, name="group_undo"),
    path("kelompok/<int:pk>/hitung/", grid.group_ticked, name="group_ticked"),
    path("kelompok/<int:pk>/anggota/", kelompok.group_members, name="group_members"),
    path("kelompok/<int:pk>/urutan/", kelompok.group_order, name="group_order"),
    path("kelompok/<int:pk>/tandatangan/", kelompok.group_close, name="group_close"),
    path("kelompok/<int:pk>/baris/<int:baris>/", kelompok.group_row, name="group_row"),
    path("kelompok/<int:pk>/baris/<int:baris>/pindah/", kelompok.group_move, name="group_move"),
    path("kelompok/<int:pk>/baris/<int:baris>/gabung/", kelompok.group_merge, name="group_merge"),
    path("kelompok/<int:pk>/baris/<int:baris>/pisah/", kelompok.group_split, name="group_split"),
    # /m/<slug>/rkp/pleno/
    path("pleno/", pleno.plenary, name="plenary"),
    path("pleno/<int:pk>/terima/", pleno.accept, name="accept"),
    path("keberatan/<int:pk>/selesai/", pleno.settle, name="settle"),
]
