"""The frame of the pages: login, errors, the component page, and what no template may hold."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from pulih.config.menu import MENU
from pulih.ui.components.words import icon_names

SOURCE = Path(__file__).parents[2] / "src" / "pulih"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
names = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))


def test_the_component_page_is_for_who_builds_pages(client, make_user):
    client.force_login(make_user("administrator"))

    answer = client.get(reverse("ui:components"))

    assert answer.status_code == 200
    assert 'lang="id"' in answer.text


def test_a_social_worker_has_no_component_page(client, make_user):
    client.force_login(make_user("social_worker"))

    assert client.get(reverse("ui:components")).status_code == 403


def test_the_sample_picker_finds_by_any_part_of_a_name(client, make_user):
    client.force_login(make_user("administrator"))

    answer = client.get(reverse("ui:sample_choices"), {"q": "KUKUN"})

    assert answer.text.count('role="option"') == 1
    assert 'data-value="35.21.07.2001"' in answer.text


def test_the_login_page_speaks_indonesian_whatever_the_browser_asks(client, db):
    answer = client.get(reverse("login"), headers={"accept-language": "en-US"})

    assert "Kata sandi" in answer.text


def test_the_login_page_names_the_only_office(client, office):
    assert office.name in client.get(reverse("login")).text


def test_a_wrong_password_is_told_without_saying_which_part_is_wrong(client, make_user):
    user = make_user(password="a-long-password")

    answer = client.post(reverse("login"), {"login": user.username, "password": "wrong"})

    assert 'role="alert"' in answer.text
    assert "tidak cocok" in answer.text


def test_the_language_can_be_switched_from_the_login_page(client, db):
    client.post(reverse("set_language"), {"language": "en", "next": reverse("login")})

    assert "Log in" in client.get(reverse("login")).text


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]
)
def test_an_error_page_needs_nothing_from_the_view(name):
    request = RequestFactory().get("/")

    assert "<h1>" in render_to_string(name)
    assert "<h1>" in render_to_string(name, request=request)


@names
def test_no_template_holds_a_script_or_a_style(path):
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", text)


@names
def test_every_icon_of_a_template_is_in_the_sprite(path):
    text = path.read_text(encoding="utf-8")
    used = set(re.findall(r"\{% icon \"([^\"]+)\"", text))
    used |= set(re.findall(r"\bicon=\"([^\"{]+)\"", text))

    assert used <= set(icon_names())


def test_every_icon_of_the_menu_is_in_the_sprite():
    used = {item.icon for _label, items in MENU for item in items}

    assert used <= set(icon_names())
