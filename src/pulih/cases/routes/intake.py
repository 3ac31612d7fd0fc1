"""Routes from the report to the approved plan."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
