"""/m/<slug>/usulan/"""

from django.urls import path

from usulan.views import ajuan, daftar, impor, kelengkapan, koreksi, lalu, program, serupa, usulan

app_name = "usulan"
urlpatterns = [
    path("", usulan.usulan_list, name="list"),
    path("unduh/", usulan.download, name="download"),
    path("<int:pk>/", usulan.detail, name="detail"),
    path("<int:pk>/desa/", usulan.change_desa, name="change_desa"),
    path("rekap/", usulan.recap, name="recap"),
    path("massal/", daftar.bulk, name="bulk"),
    path("tampilan/", daftar.keep_view, name="keep_view"),
    path("tampilan/<int:pk>/hapus/", daftar.remove_view, name="remove_view"),
    path("<int:pk>/sunting/", daftar.edit_inline, name="edit_inline"),
    path("baru/", ajuan.create, name="create"),
    path("tahun-lalu/", ajuan.repeat, name="repeat"),
    path("hasil-lalu/", lalu.results, name="results"),
    path("hasil-lalu/formulir/", lalu.result_form, name="result_form"),
    path("<int:pk>/tarik/", ajuan.withdraw, name="withdraw"),
    path("kelengkapan/", kelengkapan.completeness, name="completeness"),
    path("kelengkapan/<str:kode>/", kelengkapan.edit_completeness, name="edit_completeness"),
    # /m/<slug>/usulan/serupa/
    path("serupa/", serupa.similar, name="similar"),
    path("serupa/putuskan/", serupa.merge, name="merge"),
    path("serupa/<int:pk>/pisahkan/", serupa.split, name="split"),
    path("serupa/<int:pk>/periksa-lagi/", serupa.reconsider, name="reconsider"),
    path("sudah-didanai/", program.paid, name="paid"),
    path("<int:pk>/sudah-didanai/", program.mark, name="mark_paid"),
    # /m/<slug>/usulan/impor/
    path("impor/", impor.upload, name="import"),
    path("impor/simpan/", impor.commit_complete, name="commit_complete"),
    path("impor/contoh/<str:nama>", impor.sample, name="sample"),
    path("impor/<int:pk>/", impor.preview, name="preview"),
    path("impor/<int:pk>/desa/", koreksi.choose_desa, name="choose_desa"),
    path("impor/<int:pk>/kolom/", koreksi.choose_kolom, name="choose_kolom"),
    path("impor/<int:pk>/baris/", koreksi.edit_row, name="edit_row"),
    path("impor/<int:pk>/baris/simpan/", koreksi.correct_row, name="correct_row"),
    path("impor/<int:pk>/lembar/", koreksi.correct_sheet, name="correct_sheet"),
    path("impor/<int:pk>/lembar/putusan/", koreksi.settle_sheet, name="settle_sheet"),
    path("impor/<int:pk>/urungkan/", koreksi.undo_correction, name="undo_correction"),
    path("impor/templat/<str:kode>/", impor.template, name="template"),
    path("impor/<int:pk>/banding/", impor.compare, name="compare"),
    path("impor/<int:pk>/simpan/", impor.commit, name="commit"),
    path("impor/<int:pk>/batal/", impor.undo, name="undo"),
]
