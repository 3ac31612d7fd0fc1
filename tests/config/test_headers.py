"""What every answer says to the browser: pages, files, redirects, faults, and what is cut short."""

import uuid
from pathlib import Path

import pytest
from django.conf import settings as settings_of_tests
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.architecture.test_pages import PAGES

OF_A_CONVERTER = {
    "UUIDConverter": uuid.UUID(int=7),
    "IntConverter": 7,
    "StringConverter": "x",
    "SlugConverter": "x",
    "PathConverter": "x",
    "OwnerConverter": "cases.case",
}
ALLOWED_SOURCES = {"'none'", "'self'", "data:"}


def cut_short(get_response):
    """A layer that answers by itself, as one does when the database is away."""
    return lambda request: HttpResponse("sebentar", status=503, headers={"Retry-After": "5"})


def broken(get_response):
    """A layer that fails."""

    def fail(request):
        raise RuntimeError("a fault of ours")

    return fail


def assert_guarded(answer, *, kept=False):
    """The answer carries what every answer must."""
    headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "microphone=()" in headers["Permissions-Policy"]
    assert kept or "no-store" in headers["Cache-Control"]
    policy = {
        words[0]: set(words[1:])
        for words in (part.split() for part in headers["Content-Security-Policy"].split(";"))
        if words
    }
    assert policy["default-src"] == {"'none'"}
    assert policy["frame-ancestors"] == {"'none'"}
    assert set().union(*policy.values()) <= ALLOWED_SOURCES
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set().union(*policy.values())


def addresses():
    """Every route with something in the place of each of its words."""
    for name, page in PAGES:
        words = {
            # A converter of our own lists its words: the first of them will do.
            word: OF_A_CONVERTER.get(type(converter).__name__) or converter.regex.split("|")[0]
            for word, converter in page.pattern.converters.items()
        }
        yield name, words


def address_of(name, words):
    try:
        return reverse(name, kwargs=words)
    except NoReverseMatch:
        return None


def test_every_route_has_an_address_here():
    missing = [name for name, words in addresses() if address_of(name, words) is None]

    assert len(PAGES) > 100
    assert missing == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", [None, "head_of_office"])
def test_every_address_answers_with_them(client, make_user, role, method):
    client.raise_request_exception = False
    user = make_user(role) if role else None
    seen = set()
    for name, words in addresses():
        if user and "_auth_user_id" not in client.session:
            client.force_login(user)
        answer = getattr(client, method)(address_of(name, words))
        seen.add(answer.status_code)
        assert_guarded(answer)
    assert len(seen) > 1


def test_an_address_that_is_none_carries_them(client, db):
    answer = client.get("/bukan-halaman/")

    assert answer.status_code == 404
    assert_guarded(answer)


def test_a_fault_of_ours_carries_them(client, db, monkeypatch):
    client.raise_request_exception = False
    [health] = [page for name, page in PAGES if name == "health"]

    def fail(request):
        raise RuntimeError("a fault of ours")

    fail.guarded_by = "public: a test"
    monkeypatch.setattr(health, "callback", fail)

    answer = client.get("/healthz")

    assert answer.status_code == 500
    assert_guarded(answer)


@pytest.mark.parametrize(("layer", "status"), [("cut_short", 503), ("broken", 500)])
@pytest.mark.parametrize("place", [2, -1])
def test_a_layer_that_cuts_a_request_short_carries_them(client, db, settings, layer, status, place):
    client.raise_request_exception = False
    layers = list(settings.MIDDLEWARE)
    layers.insert(place, f"{__name__}.{layer}")
    settings.MIDDLEWARE = layers

    answer = client.get("/masuk/")

    assert answer.status_code == status
    assert_guarded(answer)


def test_nothing_stands_before_them():
    assert settings_of_tests.MIDDLEWARE[:2] == [
        "pulih.config.headers.HeadersMiddleware",
        "csp.middleware.CSPMiddleware",
    ]


def test_a_wrong_host_carries_them(client, db):
    answer = client.get("/masuk/", headers={"host": "orang-lain.example"})

    assert answer.status_code == 400
    assert_guarded(answer)


def test_a_forged_form_is_refused_with_them(db):
    answer = Client(enforce_csrf_checks=True).post(reverse("logout"))

    assert answer.status_code == 403
    assert_guarded(answer)


def test_a_redirect_to_tls_carries_them(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    answer = client.get("/masuk/")

    assert answer.status_code == 301
    assert_guarded(answer)


def test_a_flood_of_logins_is_put_off_with_them(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip", "login_failed": "1/m/ip"}
    sent = {"login": "x", "password": "y"}

    answers = [client.post(reverse("login"), sent) for _try in range(3)]

    assert answers[-1].status_code == 429
    assert_guarded(answers[-1])


def test_a_static_file_carries_them_and_may_be_kept(client, db, settings):
    folder = Path(settings.STATIC_ROOT)
    folder.mkdir(exist_ok=True)
    (folder / "uji.css").write_text("p { color: red }")

    answer = client.get("/static/uji.css")
    answer.getvalue()
    answer.close()

    assert answer.status_code == 200
    assert_guarded(answer, kept=True)
    assert "max-age" in answer["Cache-Control"]


def test_over_tls_browsers_are_told_to_stay_there(client, db, settings):
    settings.SECURE_HSTS_SECONDS = 31536000

    assert "Strict-Transport-Security" not in client.get("/masuk/")
    answer = client.get("/masuk/", secure=True)

    assert answer["Strict-Transport-Security"].startswith("max-age=31536000")
