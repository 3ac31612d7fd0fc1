"""Routes of people."""

from django.urls import URLPattern

from pulih.people import joining_urls

app_name = "people"

urlpatterns: list[URLPattern] = [*joining_urls.patterns]
