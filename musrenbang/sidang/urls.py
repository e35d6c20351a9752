"""/m/<slug>/: invitations, attendance, agenda, minutes."""

from django.urls import path

from musrenbang.sidang import views

app_name = "sidang"
urlpatterns = [
    # /m/<slug>/kehadiran/
    path("kehadiran/", views.attendance, name="attendance"),
    path("kehadiran/cari/", views.find_invitee, name="find_invitee"),
    path("kehadiran/kode/", views.check_in_code, name="check_in_code"),
    path("kehadiran/undangan/<int:pk>/", views.check_in, name="check_in"),
    path("kehadiran/<int:pk>/hapus/", views.remove, name="remove_attendance"),
    path("kehadiran/lagi/", views.attend_again, name="attend_again"),
    path("kuorum/", views.quorum, name="quorum"),
    path("kuorum/skors/", views.adjourn, name="adjourn"),
    path("kuorum/lanjut/", views.resume, name="resume"),
    # /m/<slug>/undangan/
    path("undangan/", views.invitations, name="invitations"),
    path("undangan/unduh/", views.invitations_download, name="invitations_download"),
    path("undangan/unggah/", views.invitations_upload, name="invitations_upload"),
    path("undangan/tahun-lalu/", views.invitations_carry, name="invitations_carry"),
    path("undangan/lacak/", views.invitations_track, name="invitations_track"),
    path("undangan/baru/", views.invitation, name="invitation_new"),
    path("undangan/<int:pk>/", views.invitation, name="invitation"),
    path("undangan/<int:pk>/hapus/", views.invitation_remove, name="invitation_remove"),
    # /m/<slug>/agenda/
    path("agenda/", views.agenda, name="agenda"),
    path("agenda/isi/", views.agenda_fill, name="agenda_fill"),
    path("agenda/urutkan/", views.agenda_reorder, name="agenda_reorder"),
    path("agenda/pengaturan/", views.settings_save, name="settings"),
    path("agenda/baru/", views.agenda_item, name="agenda_new"),
    path("agenda/<int:pk>/", views.agenda_item, name="agenda_item"),
    path("agenda/<int:pk>/hapus/", views.agenda_remove, name="agenda_remove"),
    path("agenda/<int:pk>/jalan/", views.agenda_run, name="agenda_run"),
    # /m/<slug>/notulen/
    path("notulen/", views.minutes, name="minutes"),
    path("notulen/<int:pk>/baru/", views.note_new, name="note_new"),
    path("notulen/catatan/<int:pk>/", views.note, name="note"),
    path("notulen/catatan/<int:pk>/hapus/", views.note_remove, name="note_remove"),
    path("notulen/<int:pk>/pembicara/", views.speaker_new, name="speaker_new"),
    path("notulen/pembicara/<int:pk>/", views.speaker, name="speaker"),
]
