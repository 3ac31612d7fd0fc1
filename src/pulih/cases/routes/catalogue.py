"""Routes of the catalogue and of the workload; they stand before the numbers of cases."""

from django.urls import URLPattern, path

from pulih.cases.views import catalogue, units, workload

urlpatterns: list[URLPattern] = [
    path("katalog/", catalogue.catalogue, name="catalogue"),
    path("katalog/baru/<uuid:section_id>/", catalogue.offer_new, name="offer_new"),
    path("katalog/<uuid:pk>/", catalogue.offer, name="offer"),
    path("katalog/<uuid:pk>/ubah/", catalogue.offer_edit, name="offer_edit"),
    path("katalog/<uuid:pk>/tutup/", catalogue.offer_close, name="offer_close"),
    path("katalog/<uuid:pk>/buka/", catalogue.offer_reopen, name="offer_reopen"),
    path("beban-kerja/", workload.load, name="workload"),
    path("<str:number>/seksi/", units.unit_set, name="unit_set"),
]
