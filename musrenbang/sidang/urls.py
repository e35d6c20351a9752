"""/m/<slug>/: invitations, attendance, agenda, minutes."""

from django.urls import path

from musrenbang.sidang.views import agenda, desk, kehadiran, kuorum, notulen, sesi, undangan

app_name = "sidang"
urlpatterns = [
    # /m/<slug>/kehadiran/
    path("kehadiran/", kehadiran.attendance, name="attendance"),
    path("kehadiran/cari/", kehadiran.find_invitee, name="find_invitee"),
    path("kehadiran/kode/", kehadiran.check_in_code, name="check_in_code"),
    path("kehadiran/daftar/", desk.desk_list, name="desk_list"),
    path("kehadiran/terima/", desk.desk_receive, name="desk_receive"),
    path("kehadiran/luring/", desk.desk_offline, name="desk_offline"),
    path("kehadiran/kamera/", desk.desk_camera, name="desk_camera"),
    path("kehadiran/kamera/sertifikat/", desk.desk_certificate, name="desk_certificate"),
    path("kehadiran/pekerja.js", desk.desk_worker, name="desk_worker"),
    path("kehadiran/undangan/<int:pk>/", kehadiran.check_in, name="check_in"),
    path("kehadiran/<int:pk>/hapus/", kehadiran.remove, name="remove_attendance"),
    path("kehadiran/<int:pk>/pulang/", kehadiran.leave, name="leave_attendance"),
    path("kehadiran/<int:pk>/kembali/", kehadiran.come_back, name="return_attendance"),
    path("kehadiran/lagi/", sesi.attend_again, name="attend_again"),
    path("kuorum/", kuorum.quorum, name="quorum"),
    path("kuorum/skors/", sesi.adjourn, name="adjourn"),
    path("kuorum/lanjut/", sesi.resume, name="resume"),
    # /m/<slug>/undangan/
    path("undangan/", undangan.invitations, name="invitations"),
    path("undangan/unduh/", undangan.invitations_download, name="invitations_download"),
    path("undangan/unggah/", undangan.invitations_upload, name="invitations_upload"),
    path("undangan/tahun-lalu/", undangan.invitations_carry, name="invitations_carry"),
    path("undangan/lacak/", undangan.invitations_track, name="invitations_track"),
    path("undangan/baru/", undangan.invitation, name="invitation_new"),
    path("undangan/<int:pk>/", undangan.invitation, name="invitation"),
    path("undangan/<int:pk>/hapus/", undangan.invitation_remove, name="invitation_remove"),
    # /m/<slug>/agenda/
    path("agenda/", agenda.agenda, name="agenda"),
    path("agenda/isi/", agenda.agenda_fill, name="agenda_fill"),
    path("agenda/urutkan/", agenda.agenda_reorder, name="agenda_reorder"),
    path("agenda/pengaturan/", agenda.settings_save, name="settings"),
    path("agenda/baru/", agenda.agenda_item, name="agenda_new"),
    path("agenda/<int:pk>/", agenda.agenda_item, name="agenda_item"),
    path("agenda/<int:pk>/hapus/", agenda.agenda_remove, name="agenda_remove"),
    path("agenda/<int:pk>/jalan/", agenda.agenda_run, name="agenda_run"),
    # /m/<slug>/notulen/
    path("notulen/", notulen.minutes, name="minutes"),
    path("notulen/<int:pk>/baru/", notulen.note_new, name="note_new"),
    path("notulen/catatan/<int:pk>/", notulen.note, name="note"),
    path("notulen/catatan/<int:pk>/hapus/", notulen.note_remove, name="note_remove"),
    path("notulen/<int:pk>/pembicara/", notulen.speaker_new, name="speaker_new"),
    path("notulen/pembicara/<int:pk>/", notulen.speaker, name="speaker"),
]
