"""Routes of letters."""

from __future__ import annotations

from django.urls import path

from pulih.papers.views import letters

app_name = "papers"

urlpatterns = [
    path("", letters.list_, name="list"),
    path("<uuid:pk>/", letters.letter, name="letter"),
    path("<uuid:pk>/surat.pdf", letters.pdf, name="pdf"),
    path("<uuid:pk>/surat.docx", letters.docx, name="docx"),
]
