"""Routes of the broken glass, and of who looked at a case."""

from __future__ import annotations

from django.urls import URLPattern, path

from pulih.cases.views import glass, seen

urlpatterns: list[URLPattern] = [
    path("pecah-kaca/", glass.break_, name="break_glass"),
    path("kaca-pecah/", glass.list_, name="glasses"),
    path("kaca-pecah/<uuid:key>/", glass.detail, name="glass"),
    path("<str:number>/siapa-melihat/", seen.seen, name="seen"),
]
