"""Routes of the work programme."""

from django.urls import path

from pulih.desk.views import programme, programme_writing

app_name = "programme"

urlpatterns = [
    path("", programme.list_, name="list"),
    path("baru/", programme_writing.add, name="add"),
    path("salin/", programme_writing.copy, name="copy"),
    path("<uuid:pk>/ubah/", programme_writing.edit, name="edit"),
    path("<uuid:pk>/kegiatan/", programme_writing.add_line, name="add_activity"),
    path("kegiatan/<uuid:pk>/layanan/", programme.services, name="services"),
    path("kegiatan/<uuid:pk>/ubah/", programme_writing.edit_line, name="edit_activity"),
    path("kegiatan/<uuid:pk>/keluarkan/", programme_writing.drop_line, name="drop_activity"),
]
