"""Every route of the application."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import JavaScriptCatalog, set_language

from pulih.access.guards import public


@public("a monitor asks whether the server answers; it learns nothing else")
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Answer that the server is up."""
    return HttpResponse("ok", content_type="text/plain")


handler400 = "pulih.config.fault_pages.bad_request"
handler500 = "pulih.config.fault_pages.server_error"

urlpatterns = [
    path("", include("pulih.desk.urls")),
    path("", include("pulih.access.login_urls")),
    path(
        "bahasa/",
        public("the language of the login page can be switched too")(require_POST(set_language)),
        name="set_language",
    ),
    path(
        "jsi18n/",
        public("words of the scripts, no data")(JavaScriptCatalog.as_view()),
        name="javascript_catalog",
    ),
    path("healthz", health, name="health"),
    path("tugas/", include("pulih.inbox.urls")),
    path("berkas/", include("pulih.files.urls")),
    path("surat/", include("pulih.papers.urls")),
    path("orang/", include("pulih.people.urls")),
    path("kasus/", include("pulih.cases.urls")),
    path("impor/", include("pulih.exchange.urls")),
    path("ekspor/", include("pulih.exchange.export_urls")),
    path("pelindungan/", include("pulih.privacy.urls")),
    path("kantor/", include("pulih.access.urls")),
    path("komponen/", include("pulih.ui.urls")),
]
