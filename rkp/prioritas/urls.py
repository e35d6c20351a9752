"""/m/<slug>/rkp/prioritas/"""

from django.urls import path

from rkp.prioritas.views import candidates, downloads, peringkat, suara

app_name = "prioritas"
urlpatterns = [
    path("", peringkat.rankings, name="list"),
    path("buka/<slug:skema>/", peringkat.open_ranking, name="open"),
    path("pemilih/", suara.voters, name="voters"),
    path("pemilih/<int:pk>/keluarkan/", suara.voter_remove, name="voter_remove"),
    path("desa/", candidates.villages, name="villages"),
    path("desa/<str:kode>/", candidates.village, name="village"),
    # one ranking
    path("<slug:kode>/", peringkat.ranking, name="ranking"),
    path("<slug:kode>/aturan/", peringkat.rules, name="rules"),
    path("<slug:kode>/nilai/", peringkat.save_scores, name="save_scores"),
    path("<slug:kode>/lewati/", peringkat.pass_over, name="pass_over"),
    path("<slug:kode>/seri/", peringkat.settle, name="settle"),
    path("<slug:kode>/urutan/", peringkat.orders, name="orders"),
    path("<slug:kode>/urutan/simpan/", peringkat.save_order, name="save_order"),
    path("<slug:kode>/urutan/<int:pk>/hapus/", peringkat.remove_order, name="remove_order"),
    path("<slug:kode>/tetapkan/", peringkat.fix, name="fix"),
    path("<slug:kode>/buka-lagi/", peringkat.reopen, name="reopen"),
    path("<slug:kode>/hapus/", peringkat.remove, name="remove"),
    path("<slug:kode>/surat/", peringkat.letter, name="letter"),
    path("<slug:kode>/calon/", candidates.candidates, name="candidates"),
    path("<slug:kode>/calon/<int:pk>/", candidates.candidate, name="candidate"),
    path("<slug:kode>/calon/<int:pk>/keluarkan/", candidates.candidate_remove, name="candidate_remove"),
    path("<slug:kode>/calon/<int:pk>/verifikasi/", candidates.verification, name="verification"),
    path("<slug:kode>/suara/buka/", suara.vote_open, name="vote_open"),
    path("<slug:kode>/suara/<int:pk>/", suara.vote, name="vote"),
    path("<slug:kode>/suara/<int:pk>/tandai/", suara.vote_mark, name="vote_mark"),
    path("<slug:kode>/suara/<int:pk>/kertas/", suara.vote_paper, name="vote_paper"),
    path("<slug:kode>/suara/<int:pk>/tutup/", suara.vote_close, name="vote_close"),
    path("<slug:kode>/masukan.json", downloads.input_json, name="input"),
    path("<slug:kode>/hasil.json", downloads.result_json, name="result"),
    path("<slug:kode>/masukan.pb", downloads.pb_file, name="pb"),
    path("<slug:kode>/bagi-rata/", downloads.shares, name="shares"),
    path("<slug:kode>/unduh/<slug:jenis>/", downloads.spreadsheet, name="spreadsheet"),
]
