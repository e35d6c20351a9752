"""Pages of the ranking outside one event: a delegate's ballot, and the schemes that Bappeda keeps."""

from django.urls import path

from rkp.prioritas.views import skema, suara

urlpatterns = [
    path("suara/", suara.enter, name="ballot_enter"),
    path("suara/<str:kode>/", suara.ballot, name="ballot"),
    path("acuan/skema/", skema.schemes, name="schemes"),
    path("acuan/skema/baru/", skema.scheme, name="scheme_new"),
    path("acuan/skema/<slug:kode>/", skema.scheme, name="scheme"),
]
