"""/m/<slug>/kehadiran/"""

from django.urls import path

from musrenbang.sidang import views

app_name = "sidang"
urlpatterns = [
    path("", views.attendance, name="attendance"),
    path("<int:pk>/hapus/", views.remove, name="remove_attendance"),
]
