"""Routes of people."""

from django.urls import URLPattern, path

from pulih.people import joining_urls
from pulih.people.views import (
    detail,
    details,
    editing,
    listing,
    portrait,
    registering,
    searching,
    seen,
)

app_name = "people"

urlpatterns: list[URLPattern] = [
    path("", listing.people_list, name="list"),
    path("cari/", searching.search, name="search"),
    path("daftar/", registering.register, name="register"),
    path("periksa-nomor/", registering.check_numbers, name="check_numbers"),
    *joining_urls.patterns,
    path("<uuid:pk>/", detail.detail, name="detail"),
    path("<uuid:pk>/keluarga/", detail.family, name="family"),
    path("<uuid:pk>/riwayat/", detail.history, name="history"),
    path("<uuid:pk>/nomor/<uuid:part>/lihat/", detail.reveal, name="reveal"),
    path("pilih/", searching.person_search, name="person_search"),
    path("<uuid:pk>/siapa-melihat/", seen.seen, name="seen"),
    path("<uuid:pk>/foto/", portrait.portrait, name="portrait"),
    path("<uuid:pk>/ubah/", editing.edit, name="edit"),
    path("<uuid:pk>/kenali/", editing.identify, name="identify"),
    path("<uuid:pk>/meninggal/", editing.death, name="death"),
    path("<uuid:pk>/tambah/<slug:what>/", details.add, name="add"),
    path("<uuid:pk>/hapus/<slug:what>/<uuid:part>/", details.remove, name="remove"),
    path("<uuid:pk>/ppks/<uuid:part>/akhiri/", details.end_status, name="end_status"),
    path("<uuid:pk>/persetujuan/<uuid:part>/cabut/", details.withdraw, name="withdraw"),
]
