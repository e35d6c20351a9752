"""/m/<slug>/berita-acara/aula/"""

from django.urls import path

from alur.aula import views

urlpatterns = [
    path("aula/", views.hall, name="hall"),
    path("aula/bawa/", views.take, name="hall_take"),
    path("aula/kemas/", views.pack, name="hall_pack"),
    path("aula/pulang/", views.bring, name="hall_bring"),
    path("aula/batal/", views.cancel, name="hall_cancel"),
    path("aula/izin/", views.extend, name="hall_extend"),
    path("aula/pin/", views.pin, name="hall_pin"),
    path("aula/hasil/", views.result, name="hall_result"),
    path("aula/hasil/sahkan/", views.confirm, name="hall_confirm"),
    path("aula/hasil/tolak/", views.refuse, name="hall_refuse"),
]
