"""/m/<slug>/berita-acara/"""

from django.urls import path

from berita_acara.views import adendum, dokumen, elektronik, kirim, paket, pejabat, pengaturan, saksi, salinan, undangan

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
    path("saksi/", saksi.witnesses, name="witnesses"),
    path("adendum/", adendum.addenda, name="addenda"),
    path("adendum/mulai/", adendum.begin, name="addendum_begin"),
    path("adendum/kegiatan/", adendum.find, name="amend_find"),
    path("adendum/kegiatan/<int:pk>/", adendum.amend, name="amend"),
    path("adendum/<int:urut>/butir/<int:pk>/keluarkan/", adendum.remove, name="amend_remove"),
    path("adendum/<int:urut>/batal/", adendum.cancel, name="addendum_cancel"),
    path("adendum/<int:urut>/sahkan/", adendum.approve, name="addendum_approve"),
    path("adendum/<int:urut>/terima/", adendum.receive, name="addendum_receive"),
    path("adendum/<int:urut>/kembalikan/", adendum.give_back, name="addendum_return"),
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
