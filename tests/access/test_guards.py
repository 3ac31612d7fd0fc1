"""R-ACC-3: a page opens only to whom its guard lets in, and unmarked ones to nobody."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from pulih.access.decisions import ALLOW, deny
from pulih.access.guards import guard, public, signed_in
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.config.middleware import DoorMiddleware


def answer(request, *args):
    return HttpResponse("dibuka")


@pytest.fixture
def ask(make_user):
    def send(view, role=None, **headers):
        request = RequestFactory().get("/kantor/x/", headers=headers)
        user = make_user(role) if role else None
        request.user = user or type("Visitor", (), {"is_authenticated": False})()
        return view(request)

    return send


def test_a_visitor_is_sent_to_the_login(ask):
    assert ask(guard(Action.CASE_READ)(answer)).status_code == 302


def test_a_visitor_inside_a_page_reloads_it(ask):
    assert ask(guard(Action.CASE_READ)(answer), **{"HX-Request": "true"}).status_code == 401


def test_who_has_the_action_comes_in(ask):
    assert ask(guard(Action.CASE_READ)(answer), "social_worker").content == b"dibuka"


def test_who_has_it_not_is_refused(ask):
    with pytest.raises(PermissionDenied):
        ask(guard(Action.CASE_READ)(answer), "administrator")


def test_one_of_several_actions_is_enough(ask):
    view = guard(Action.AUDIT_READ, Action.CASE_READ)(answer)

    assert ask(view, "auditor").status_code == 200


def test_a_guard_without_an_action_opens_to_nobody(ask):
    with pytest.raises(PermissionDenied):
        ask(guard()(answer), "head_of_office")


def test_a_page_about_oneself_needs_a_login_only(ask, make_user):
    assert ask(signed_in("x")(answer), "student").status_code == 200
    assert ask(signed_in("x")(answer)).status_code == 302


def test_a_public_page_opens_to_everybody(ask):
    assert ask(public("x")(answer)).status_code == 200


def test_an_unmarked_view_does_not_exist():
    door = DoorMiddleware(answer)

    with pytest.raises(Http404):
        door.process_view(RequestFactory().get("/"), answer, (), {})


@pytest.mark.parametrize("mark", [guard(Action.DAY_VIEW), public("x"), signed_in("x")])
def test_a_marked_view_passes_the_door(mark):
    door = DoorMiddleware(answer)

    assert door.process_view(RequestFactory().get("/"), mark(answer), (), {}) is None


def test_no_page_is_kept_by_the_browser(client, make_user):
    client.force_login(make_user())

    assert client.get("/")["Cache-Control"] == "no-store"


def test_who_has_the_first_password_gets_no_further(ask, make_user):
    request = RequestFactory().get("/kantor/x/")
    request.user = make_user()
    User.objects.update(password_is_initial=True)
    request.user.refresh_from_db()

    assert guard(Action.CASE_READ)(answer)(request).status_code == 302


def test_a_decision_stops_with_its_reason():
    ALLOW.require()

    with pytest.raises(PermissionDenied, match="Belum"):
        deny("Belum boleh").require()
