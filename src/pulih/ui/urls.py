"""Routes of the component page."""

from __future__ import annotations

from django.urls import path

from pulih.ui import views

app_name = "ui"

urlpatterns = [
    path("", views.components, name="components"),
    path("pilihan/", views.sample_choices, name="sample_choices"),
]
