"""R-ACC-11: everybody sees their roles and changes their password and language."""

import pytest
from django.urls import reverse

from pulih.access.models import AuditEvent, User

OLD, NEW = "sandi lama yang panjang", "empat kata yang tidak ditebak"


@pytest.fixture
def user(make_user, client):
    made = make_user(password=OLD)
    client.force_login(made)
    return made


def change(client, old=OLD, new=NEW, again=NEW):
    return client.post(reverse("access:password"), {"old": old, "new": new, "again": again})


def test_the_profile_shows_the_roles(client, user, section):
    page = client.get(reverse("access:profile")).text

    assert user.full_name in page
    assert section.name in page


def test_a_password_is_changed_and_the_session_stays(client, user):
    change(client)

    assert User.objects.get(pk=user.pk).check_password(NEW)
    assert client.get(reverse("access:profile")).status_code == 200


def test_a_change_of_password_is_in_the_trail_without_the_password(client, user):
    change(client)

    event = AuditEvent.objects.get(verb="user.password_changed")
    assert (event.actor, event.detail) == (user, "")


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("salah", NEW, NEW),
        (OLD, NEW, "lain"),
        (OLD, "pendek", "pendek"),
        (OLD, "social_worker-1", "social_worker-1"),
        (OLD, OLD, OLD),
        (OLD, "", ""),
    ],
)
def test_a_password_that_does_not_do_is_refused(client, user, old, new, again):
    assert change(client, old, new, again).status_code == 422
    assert User.objects.get(pk=user.pk).check_password(OLD)


def test_who_has_the_first_password_chooses_another_before_anything_else(client, user):
    User.objects.update(password_is_initial=True)
    assert client.get("/")["Location"] == reverse("access:password")
    assert client.get(reverse("access:profile"))["Location"] == reverse("access:password")

    answer = change(client)

    assert answer["Location"] == reverse("day")
    assert client.get("/").status_code == 200


def test_a_user_without_a_role_reaches_the_own_profile_only(client, user):
    user.grants.all().delete()

    assert client.get(reverse("access:profile")).status_code == 200
    assert client.get(reverse("inbox:list")).status_code == 403


def test_the_language_is_chosen_for_good(client, user):
    client.post(reverse("access:language"), {"language": "en"})

    assert User.objects.get(pk=user.pk).language == "en"
    assert client.get(reverse("access:profile"))["Content-Language"] == "en"


def test_an_unknown_language_changes_nothing(client, user):
    client.post(reverse("access:language"), {"language": "xx"})

    assert User.objects.get(pk=user.pk).language == "id"


def test_a_visitor_has_no_profile(client):
    assert client.get(reverse("access:profile")).status_code == 302


def test_a_visitor_inside_a_page_is_sent_to_the_login(client):
    answer = client.get(reverse("access:profile"), headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Refresh"]) == (401, "true")
