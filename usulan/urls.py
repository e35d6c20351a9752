"""/m/<slug>/usulan/"""

from django.urls import path

from usulan.views import completeness, corrections, impor, last_year, listing, program, similar, usulan, without_file

app_name = "usulan"
urlpatterns = [
    path("", usulan.usulan_list, name="list"),
    path("unduh/", usulan.download, name="download"),
    path("<int:pk>/", usulan.detail, name="detail"),
    path("<int:pk>/desa/", usulan.change_desa, name="change_desa"),
    path("rekap/", usulan.recap, name="recap"),
    path("massal/", listing.bulk, name="bulk"),
    path("tampilan/", listing.keep_view, name="keep_view"),
    path("tampilan/<int:pk>/hapus/", listing.remove_view, name="remove_view"),
    path("<int:pk>/sunting/", listing.edit_inline, name="edit_inline"),
    path("baru/", without_file.create, name="create"),
    path("tahun-lalu/", without_file.repeat, name="repeat"),
    path("hasil-lalu/", last_year.results, name="results"),
    path("hasil-lalu/formulir/", last_year.result_form, name="result_form"),
    path("<int:pk>/tarik/", without_file.withdraw, name="withdraw"),
    path("kelengkapan/", completeness.completeness, name="completeness"),
    path("kelengkapan/<str:kode>/", completeness.edit_completeness, name="edit_completeness"),
    # /m/<slug>/usulan/serupa/
    path("serupa/", similar.similar, name="similar"),
    path("serupa/putuskan/", similar.merge, name="merge"),
    path("serupa/<int:pk>/pisahkan/", similar.split, name="split"),
    path("serupa/<int:pk>/periksa-lagi/", similar.reconsider, name="reconsider"),
    path("sudah-didanai/", program.paid, name="paid"),
    path("<int:pk>/sudah-didanai/", program.mark, name="mark_paid"),
    # /m/<slug>/usulan/impor/
    path("impor/", impor.upload, name="import"),
    path("impor/simpan/", impor.commit_complete, name="commit_complete"),
    path("impor/contoh/<str:nama>", impor.sample, name="sample"),
    path("impor/<int:pk>/", impor.preview, name="preview"),
    path("impor/<int:pk>/desa/", corrections.choose_desa, name="choose_desa"),
    path("impor/<int:pk>/kolom/", corrections.choose_kolom, name="choose_kolom"),
    path("impor/<int:pk>/baris/", corrections.edit_row, name="edit_row"),
    path("impor/<int:pk>/baris/simpan/", corrections.correct_row, name="correct_row"),
    path("impor/<int:pk>/lembar/", corrections.correct_sheet, name="correct_sheet"),
    path("impor/<int:pk>/lembar/putusan/", corrections.settle_sheet, name="settle_sheet"),
    path("impor/<int:pk>/urungkan/", corrections.undo_correction, name="undo_correction"),
    path("impor/templat/<str:kode>/", impor.template, name="template"),
    path("impor/<int:pk>/banding/", impor.compare, name="compare"),
    path("impor/<int:pk>/simpan/", impor.commit, name="commit"),
    path("impor/<int:pk>/batal/", impor.undo, name="undo"),
]
