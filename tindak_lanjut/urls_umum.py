"""/kabupaten/"""

from django.urls import path

from tindak_lanjut.views import kabupaten

urlpatterns = [path("", kabupaten.board, name="kabupaten")]
