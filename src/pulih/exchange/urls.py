"""Routes of exchange."""

from django.urls import path

from pulih.exchange.views import batches, uploads

app_name = "exchange"

urlpatterns = [
    path("", uploads.list_imports, name="list"),
    path("baru/", uploads.upload, name="upload"),
    path("contoh/<slug:kind>/", uploads.example, name="example"),
    path("<uuid:key>/", batches.batch, name="batch"),
    path("<uuid:key>/kolom/", batches.mapping, name="mapping"),
    path("<uuid:key>/mulai/", batches.start, name="start"),
    path("<uuid:key>/lanjut/", batches.go_on, name="resume"),
    path("<uuid:key>/batal/", batches.undo, name="undo"),
    path("<uuid:key>/ditolak/", batches.refused, name="refused"),
]
