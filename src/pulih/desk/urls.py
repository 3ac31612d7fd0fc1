"""Routes of the desk."""

from django.urls import path

from pulih.desk import views

urlpatterns = [
    path("", views.day, name="day"),
]
