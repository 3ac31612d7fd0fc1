"""Routes of the component page."""

from django.urls import URLPattern

app_name = "ui"

urlpatterns: list[URLPattern] = []
