"""Routes of places, possible duplicates and merges; a part of `people.urls`."""

from django.urls import path

from pulih.people.views import duplicates, merging, regions

patterns = [
    path("wilayah/", regions.region_search, name="region_search"),
    path("ganda/", duplicates.duplicates, name="duplicates"),
    path("ganda/cari/", duplicates.scan, name="duplicates_scan"),
    path("ganda/cari/kemajuan/", duplicates.scan_progress, name="duplicates_progress"),
    path("ganda/<uuid:pk>/", duplicates.pair, name="pair"),
    path("ganda/gabung/<uuid:kept>/<uuid:absorbed>/", merging.merge, name="merge"),
    path("ganda/gabungan/<uuid:pk>/", merging.merged, name="merged"),
    path("ganda/gabungan/<uuid:pk>/batal/", merging.undo, name="merge_undo"),
]
