"""/m/<slug>/rkp/prioritas/"""

from django.urls import path

from rkp.prioritas import views

app_name = "prioritas"
urlpatterns = [
    path("", views.ranking, name="ranking"),
    path("aturan/", views.rules, name="rules"),
    path("nilai/", views.save_scores, name="save_scores"),
    path("seri/", views.settle, name="settle"),
    path("tetapkan/", views.fix, name="fix"),
    path("masukan.json", views.input_json, name="input"),
]
