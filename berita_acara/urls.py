"""/m/<slug>/berita-acara/"""

from django.urls import path

from berita_acara import views

app_name = "berita_acara"
urlpatterns = [
    path("slip/<int:pk>/", views.slips, name="slips"),
    path("surat-suara/<int:pk>/", views.ballots, name="ballots"),
    path("", views.documents, name="documents"),
    path("terbitkan/", views.issue, name="issue"),
    path("pratinjau.pdf", views.preview, name="preview"),
    path("<int:versi>.pdf", views.download, name="download"),
    path("cetak/<str:jenis>.pdf", views.print_list, name="print"),
    path("undangan/<int:pk>.pdf", views.letter, name="letter"),
]
