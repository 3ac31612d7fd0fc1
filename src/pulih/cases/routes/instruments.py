"""Routes of the office's instruments."""

from django.urls import URLPattern, path

from pulih.cases.views import instruments

urlpatterns: list[URLPattern] = [
    path("alat-ukur/", instruments.instrument_list, name="instruments"),
    path("alat-ukur/baru/", instruments.instrument_new, name="instrument_new"),
    path("alat-ukur/<slug:code>/", instruments.instrument, name="instrument"),
    path("alat-ukur/<slug:code>/teks/", instruments.instrument_text, name="instrument_text"),
    path("alat-ukur/<slug:code>/ubah/", instruments.instrument_new, name="instrument_edit"),
    path("alat-ukur/<slug:code>/pakai/", instruments.instrument_switch, name="instrument_switch"),
]
