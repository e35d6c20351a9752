"""/m/<slug>/usulan/"""

from django.urls import path

from usulan import views

app_name = "usulan"
urlpatterns = [
    path("", views.usulan_list, name="list"),
    path("unduh/", views.download, name="download"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/desa/", views.change_desa, name="change_desa"),
    path("rekap/", views.recap, name="recap"),
    path("massal/", views.bulk, name="bulk"),
    path("tampilan/", views.keep_view, name="keep_view"),
    path("tampilan/<int:pk>/hapus/", views.remove_view, name="remove_view"),
    path("<int:pk>/sunting/", views.edit_inline, name="edit_inline"),
    path("baru/", views.create, name="create"),
    path("tahun-lalu/", views.repeat, name="repeat"),
    path("<int:pk>/tarik/", views.withdraw, name="withdraw"),
    path("kelengkapan/", views.completeness, name="completeness"),
    path("kelengkapan/<str:kode>/", views.edit_completeness, name="edit_completeness"),
    # /m/<slug>/usulan/serupa/
    path("serupa/", views.similar, name="similar"),
    path("serupa/putuskan/", views.merge, name="merge"),
    path("serupa/<int:pk>/pisahkan/", views.split, name="split"),
    path("serupa/<int:pk>/periksa-lagi/", views.reconsider, name="reconsider"),
    path("sudah-didanai/", views.paid, name="paid"),
    path("<int:pk>/sudah-didanai/", views.mark, name="mark_paid"),
    # /m/<slug>/usulan/impor/
    path("impor/", views.upload, name="import"),
    path("impor/contoh/<str:nama>", views.sample, name="sample"),
    path("impor/<int:pk>/", views.preview, name="preview"),
    path("impor/<int:pk>/desa/", views.choose_desa, name="choose_desa"),
    path("impor/<int:pk>/kolom/", views.choose_kolom, name="choose_kolom"),
    path("impor/<int:pk>/baris/", views.edit_row, name="edit_row"),
    path("impor/<int:pk>/baris/simpan/", views.correct_row, name="correct_row"),
    path("impor/<int:pk>/lembar/", views.correct_sheet, name="correct_sheet"),
    path("impor/<int:pk>/lembar/putusan/", views.settle_sheet, name="settle_sheet"),
    path("impor/<int:pk>/urungkan/", views.undo_correction, name="undo_correction"),
    path("impor/templat/<str:kode>/", views.template, name="template"),
    path("impor/<int:pk>/banding/", views.compare, name="compare"),
    path("impor/<int:pk>/simpan/", views.commit, name="commit"),
    path("impor/<int:pk>/batal/", views.undo, name="undo"),
]
