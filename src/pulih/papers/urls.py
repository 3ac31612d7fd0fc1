"""Routes of letters."""

from __future__ import annotations

from django.urls import path

from pulih.papers.views import checking, letters, settings, steps

app_name = "papers"

urlpatterns = [
    path("", letters.list_, name="list"),
    path("tulis/", steps.templates, name="templates"),
    path("tulis/<slug:code>/", steps.begin, name="begin"),
    path("periksa/", checking.check, name="check"),
    path("pengaturan/", settings.overview, name="settings"),
    path("pengaturan/sertifikat/", settings.seal_certificate, name="seal_certificate"),
    path("pengaturan/kop/", settings.letterhead, name="letterhead"),
    path("pengaturan/nomor/<slug:code>/", settings.series, name="series"),
    path("pengaturan/nomor/<slug:code>/contoh/", settings.series_example, name="series_example"),
    path("pengaturan/penanda-tangan/", settings.add_signatory, name="add_signatory"),
    path("pengaturan/penanda-tangan/<uuid:pk>/", settings.edit_signatory, name="signatory"),
    path("<uuid:pk>/", letters.letter, name="letter"),
    path("<uuid:pk>/surat.pdf", letters.pdf, name="pdf"),
    path("<uuid:pk>/surat.docx", letters.docx, name="docx"),
    path("<uuid:pk>/simpan/", steps.change, name="change"),
    path("<uuid:pk>/terbitkan/", steps.issue, name="issue"),
    path("<uuid:pk>/cabut/", steps.withdraw, name="withdraw"),
    path("<uuid:pk>/versi-baru/", steps.version, name="new_version"),
    path("<uuid:pk>/buang/", steps.discard, name="discard"),
]
