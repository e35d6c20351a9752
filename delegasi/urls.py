"""/m/<slug>/delegasi/"""

from django.urls import path

from delegasi import views

app_name = "delegasi"
urlpatterns = [
    path("", views.delegate_list, name="list"),
    path("susunan/", views.arrange, name="arrange"),
    path("hitung/", views.count, name="count"),
    path("hitung/<int:pk>/batal/", views.annul, name="annul"),
    path("<int:pk>/ganti/", views.replace, name="replace"),
    path("<int:pk>/keluarkan/", views.remove, name="remove"),
]
