"""/m/<slug>/berita-acara/"""

from django.urls import path

from berita_acara.views import aula, dokumen, elektronik, kirim, paket, pejabat, pengaturan, salinan, undangan

app_name = "berita_acara"
urlpatterns = [
    path("", dokumen.documents, name="documents"),
    path("terbitkan/", dokumen.issue, name="issue"),
    path("terbitkan/<slug:jenis>/", dokumen.issue_letter, name="issue_letter"),
    path("pratinjau.pdf", dokumen.preview, name="preview"),
    path("<int:versi>.pdf", dokumen.download, name="download"),
    path("cetak/<str:jenis>.pdf", dokumen.print_list, name="print"),
    path("versi/<str:jenis>/<int:versi>.pdf", dokumen.version, name="version"),
    path("cetak/<str:jenis>.xlsx", dokumen.print_xlsx, name="print_xlsx"),
    path("undangan/nomori/", undangan.number, name="invitations_number"),
    path("undangan/perubahan/", undangan.change, name="invitations_change"),
    path("undangan/<int:pk>.pdf", undangan.letter, name="letter"),
    path("undangan/perubahan/<int:pk>.pdf", undangan.change_letter, name="change_letter"),
    path("slip/<int:pk>/", dokumen.slips, name="slips"),
    path("surat-suara/<int:pk>/", dokumen.ballots, name="ballots"),
    path("pengaturan/", pengaturan.letterhead, name="letterhead"),
    path("penanda-tangan/", pejabat.signers, name="signers"),
    path("penanda-tangan/<int:pk>/hapus/", pejabat.remove, name="signer_remove"),
    path("paket/", paket.start, name="bundle_start"),
    path("aula/", aula.hall, name="hall"),
    path("aula/bawa/", aula.take, name="hall_take"),
    path("aula/kemas/", aula.pack, name="hall_pack"),
    path("aula/pulang/", aula.bring, name="hall_bring"),
    path("aula/batal/", aula.cancel, name="hall_cancel"),
    path("kirim/", kirim.send, name="send"),
    path("penyampaian/<int:urut>/", paket.start_package, name="package_start"),
    path("paket/<int:pk>/", paket.bundle, name="bundle"),
    path("paket/<int:pk>/ulang/", paket.retry, name="bundle_retry"),
    path("paket/<int:pk>/dokumen.zip", paket.download, name="bundle_download"),
    path("salinan/", salinan.upload, name="copy_upload"),
    path("salinan/terima/", salinan.accept, name="copy_accept"),
    path("salinan/tanpa/", salinan.excuse, name="copy_excuse"),
    path("tanda-tangan/<int:pk>/", elektronik.sign, name="sign"),
    path("elektronik/<int:pk>.pdf", elektronik.download, name="signed"),
    path("salinan.pdf", salinan.download, name="copy"),
]
