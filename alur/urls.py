"""URL map of the project. Paths are Indonesian, names are English verbs."""

from django.contrib import admin
from django.urls import include, path

from alur.aula import urls as aula
from alur.views import acara, access, day, guide, paparan, year
from alur.views import layar as layar_lain
from berita_acara import urls as berita_acara
from musrenbang.acuan import views as acuan
from musrenbang.akun.views import akun, akun_aula, pengguna, sesi, sign_in, sign_in_code
from musrenbang.persiapan.views import jadwal, pagu, pagu_year, program, tim
from musrenbang.sidang import urls as sidang
from musrenbang.sidang.views import layar
from musrenbang.views import jejak, machines

handler400 = "musrenbang.views.errors.bad_request"
handler403 = "musrenbang.views.errors.permission_denied"
handler404 = "musrenbang.views.errors.not_found"
handler500 = "musrenbang.views.errors.server_error"

hari_urls = [
    path("hari-h/", day.today, name="today"),
    path("hari-h/kini/", day.today_live, name="today_live"),
    path("layar/", day.show, name="show"),
    path("hari-h/paparan/", paparan.slides, name="slides"),
    path("hari-h/paparan/<int:pk>/", paparan.slide, name="slide"),
    path("layar/baru/", layar_lain.screen_add, name="screen_add"),
    path("layar/kelompok/", layar_lain.screen_rooms, name="screen_rooms"),
    path("layar/<int:pk>/", layar_lain.screen_set, name="screen_set"),
]
event_urls = [
    # /m/<slug>/
    path("", acara.board, name="board"),
    path("pindah/", acara.move, name="move"),
    path("latihan/", guide.guide, name="guide"),
    path("jadwal/", jadwal.schedule, name="schedule"),
    path("jadwal/minta/", jadwal.ask, name="schedule_ask"),
    path("tim/", tim.team, name="team"),
    path("tim/akun/", akun_aula.waiting, name="accounts_waiting"),
    path("tim/akun/<int:pk>/", akun_aula.free, name="account_free"),
    path("tim/sk/", tim.save_sk, name="team_sk"),
    path("tim/isi/", tim.fill, name="team_fill"),
    path("tim/baru/", tim.member, name="member_new"),
    path("tim/<int:pk>/", tim.member, name="member"),
    path("tim/<int:pk>/hapus/", tim.remove, name="member_remove"),
    path("pagu/", pagu.ceiling, name="ceiling"),
    path("pagu/simpan/", pagu.save_pagu, name="ceiling_save"),
    path("pagu/kriteria/", pagu.save_kriteria, name="criteria_save"),
    path("pagu/kriteria/pindah/", pagu.move_kriteria, name="criteria_move"),
    path("jejak/", jejak.trail, name="trail"),
    path("program-masuk/", program.programs, name="programs"),
    path("program-masuk/unduh/", program.download, name="programs_download"),
    path("program-masuk/baru/", program.edit, name="program_new"),
    path("program-masuk/<int:pk>/", program.edit, name="program"),
    path("program-masuk/<int:pk>/hapus/", program.remove, name="program_remove"),
    # the apps
    path("", include((hari_urls + sidang.urlpatterns, sidang.app_name))),
    path("usulan/", include("usulan.urls")),
    path("rkp/prioritas/", include("rkp.prioritas.urls")),
    path("rkp/pemilahan/", include("tindak_lanjut.urls_pemilahan")),
    path("rkp/", include("rkp.urls")),
    path("delegasi/", include("delegasi.urls")),
    path("berita-acara/", include((berita_acara.urlpatterns + aula.urlpatterns, berita_acara.app_name))),
    path("tindak-lanjut/", include("tindak_lanjut.urls")),
]

urlpatterns = [
    path("", acara.home, name="home"),
    path("aksesibilitas/", access.access, name="access"),
    path("latihan/", guide.enter, name="guide_enter"),
    path("masuk/", sign_in.SignInView.as_view(), name="login"),
    path("keluar/", sign_in.sign_out, name="logout"),
    path("masuk/kode/", sign_in_code.sign_in_code, name="sign_in_code"),
    path("sehat/", machines.health, name="health"),
    path("metrik/", machines.metrics, name="metrics"),
    path("", include("tindak_lanjut.urls_outside")),
    path("sesi/", sesi.session_left, name="session_left"),
    path("jadwal/", jadwal.plan, name="plan"),
    path("jadwal/unduh/", jadwal.plan_download, name="plan_download"),
    path("jadwal/unggah/", jadwal.plan_upload, name="plan_upload"),
    path("jadwal/terbitkan/", jadwal.publish, name="plan_publish"),
    path("jadwal/tahun-baru/", year.new_year, name="plan_new_year"),
    path("jadwal/permintaan/<int:pk>/", jadwal.answer, name="plan_answer"),
    path("sandi/", pengguna.ChangePasswordView.as_view(), name="change_password"),
    path("sandi/kode/", sign_in_code.code_setup, name="code_setup"),
    path("sandi/kode/lepas/", sign_in_code.code_off, name="code_off"),
    path("sandi/perangkat/", pengguna.devices_end, name="devices_end"),
    path("sandi/<uidb64>/<token>/", pengguna.NewPasswordView.as_view(), name="set_password"),
    path("acuan/", acuan.index, name="reference"),
    path("acuan/jejak/", acuan.trail, name="reference_trail"),
    path("acuan/sebutan/", acuan.place_words, name="reference_place_words"),
    path("acuan/naskah/", acuan.paper_form, name="reference_paper_form"),
    path("acuan/pagu/", pagu_year.ceilings, name="reference_ceilings"),
    path("acuan/pagu/unduh/", pagu_year.ceilings_download, name="reference_ceilings_download"),
    path("acuan/pengguna/", pengguna.people, name="users"),
    path("acuan/pengguna/undang/", pengguna.invite, name="user_invite"),
    path("acuan/pengguna/unggah/", pengguna.invite_upload, name="users_upload"),
    path("acuan/pengguna/unduh/", pengguna.invite_shape, name="users_download"),
    path("acuan/pengguna/tautan/", pengguna.invite_links, name="users_links"),
    path("acuan/pengguna/<int:pk>/", pengguna.person, name="user"),
    path("acuan/pengguna/<int:pk>/sandi/", pengguna.reset, name="user_reset"),
    path("acuan/pengguna/<int:pk>/tautan/", akun.show_link, name="user_link"),
    path("acuan/pengguna/<int:pk>/kode/", pengguna.code_remove, name="user_code_remove"),
    path("acuan/pengguna/<int:pk>/aktif/", pengguna.activate, name="user_activate"),
    path("acuan/pengguna/<int:pk>/peran/", pengguna.role_add, name="user_role"),
    path("acuan/peran/<int:pk>/hapus/", pengguna.role_remove, name="user_role_remove"),
    path("acuan/permintaan/", akun.requests, name="user_requests"),
    path("acuan/permintaan/<int:pk>/", akun.answer, name="user_request_answer"),
    path("acuan/permintaan/<int:pk>/tarik/", akun.withdraw, name="user_request_withdraw"),
    path("atas-nama-saya/", akun.own, name="own_steps"),
    path("atas-nama-saya/dibaca/", akun.own_read, name="own_read"),
    path("layar/", layar.enter, name="screen_enter"),
    path("layar/<str:kode>/", layar.screen, name="screen"),
    path("layar/<str:kode>/isi/", layar.content, name="screen_content"),
    path("layar/<str:kode>/paparan/<int:pk>/<int:halaman>.jpg", layar.picture, name="screen_slide"),
    path("", include("rkp.prioritas.urls_outside")),
    path("", include("berita_acara.urls_outside")),
    # after the apps, which have reference data with pages of their own
    path("acuan/<slug:tabel>/", acuan.table, name="reference_table"),
    path("acuan/<slug:tabel>/unduh/", acuan.table_download, name="reference_download"),
    path("acuan/<slug:tabel>/baru/", acuan.row, name="reference_row_new"),
    path("acuan/<slug:tabel>/<int:pk>/", acuan.row, name="reference_row"),
    path("acuan/<slug:tabel>/<int:pk>/hapus/", acuan.row_remove, name="reference_row_remove"),
    path("m/<slug:slug>/", include(event_urls)),
    path("admin/login/", sign_in_code.admin_login, name="admin_login"),
    path("admin/", admin.site.urls),
]
