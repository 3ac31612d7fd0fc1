"""Every route is guarded, and what is open to everybody is a list that is read aloud."""

import ast
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from pulih.access.policy import Action
from tests.architecture.source import modules, name_of, tree

PUBLIC = {
    "login",
    "account_login",
    "account_logout",
    "mfa_authenticate",  # the second step of the way in
    "mfa_login_webauthn",
    "logout",
    "set_language",
    "javascript_catalog",
    "health",
    "papers:check",  # whoever holds a letter asks whether it is ours; no person is ever named
    "cases:answer_by_link",  # a hospital or village answers a referral through its one-purpose link
}
SIGNED_IN = {
    "access:profile",
    "access:password",
    "access:language",
    # Who is named in a sealed record says what for; for others the question is absent.
    "access:purpose",
    # Everybody keeps their own second factors and sessions, and proves who they are.
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "usersessions_list",
    "end_sessions",
}
SHUT = {"account_signup"}
"""The login library asks for the name of this route; the door never opens it."""


def pages(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from pages(entry, space + inner)
        else:
            yield space + str(entry.name), entry


def _is_page(node: ast.FunctionDef) -> bool:
    marks = [ast.unparse(mark) for mark in node.decorator_list]
    return any(mark.startswith(("guard(", "public(", "signed_in(")) for mark in marks)


PAGES = list(pages(get_resolver()))


OPENED = [(name, page) for name, page in PAGES if name not in SHUT]


@pytest.mark.parametrize("page", [page for _, page in OPENED], ids=[name for name, _ in OPENED])
def test_every_page_is_guarded(page):
    marked = getattr(page.callback, "guarded_by", None)

    assert marked, "the door refuses a page without a guard"
    assert isinstance(marked, str) or all(isinstance(action, Action) for action in marked)


def test_nothing_but_this_is_open_to_everybody():
    assert {name for name, page in PAGES if _marked(page).startswith("public")} == PUBLIC


def test_nothing_but_this_is_open_to_everybody_who_is_logged_in():
    assert {name for name, page in PAGES if _marked(page).startswith("signed in")} == SIGNED_IN


def _marked(page: URLPattern) -> str:
    marked = getattr(page.callback, "guarded_by", "")
    return marked if isinstance(marked, str) else ""


VIEWS = [
    pytest.param(node, id=f"{name_of(path)}:{node.name}")
    for path in modules()
    for node in tree(path).body
    if isinstance(node, ast.FunctionDef) and _is_page(node)
]


@pytest.mark.parametrize("view", VIEWS)
def test_every_page_says_which_methods_it_takes(view):
    """Without it a page that changes something could be opened by a link."""
    assert any(ast.unparse(mark).startswith("require_") for mark in view.decorator_list)


def test_every_page_has_a_name_of_its_own():
    names = [name for name, _ in PAGES]

    assert "None" not in names
    assert len(names) == len(set(names))
