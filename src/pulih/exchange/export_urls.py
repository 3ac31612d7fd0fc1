"""Routes of exports."""

from django.urls import path

from pulih.exchange.views import exports

app_name = "export"

urlpatterns = [
    path("<slug:code>/", exports.export, name="ask"),
    path("jalan/<uuid:key>/", exports.export_run, name="run"),
    path("jalan/<uuid:key>/ambil/", exports.fetch, name="fetch"),
]
