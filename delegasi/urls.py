"""/m/<slug>/delegasi/"""

from django.urls import path

from delegasi import views

app_name = "delegasi"
urlpatterns = [
    path("", views.delegate_list, name="list"),
    path("<int:pk>/keluarkan/", views.remove, name="remove"),
]
