"""Routes of files."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from pulih.files.views import opening, panel


class OwnerConverter(StringConverter):
    """The label of a kind of record, such as `cases.case`."""

    regex = r"[a-z_]{1,20}\.[a-z_]{1,20}"


register_converter(OwnerConverter, "file_owner")

app_name = "files"

urlpatterns = [
    path("dari/<file_owner:kind>/<uuid:owner_id>/", panel.panel, name="panel"),
    path("dari/<file_owner:kind>/<uuid:owner_id>/unggah/", panel.upload, name="upload"),
    path("<uuid:pk>/", opening.open_, name="open"),
    path("<uuid:pk>/kecil/", opening.thumbnail, name="thumbnail"),
    path("<uuid:pk>/hapus/", panel.remove_, name="remove"),
]
