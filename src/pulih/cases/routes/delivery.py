"""Routes from the case page and its services to the follow-up after the end."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
