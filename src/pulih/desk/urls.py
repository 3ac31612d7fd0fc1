"""Routes of the desk."""

from django.urls import include, path

from pulih.desk.views import day, searching

urlpatterns = [
    path("", day.day, name="day"),
    path("cari/", searching.search_everything, name="search"),
    path("surat-masuk/", include("pulih.desk.routes.mail")),
    path("program-kerja/", include("pulih.desk.routes.programme")),
]
