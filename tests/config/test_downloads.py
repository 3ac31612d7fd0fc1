"""R-FILE-9: whatever gives a file gives it as a download in a sandbox, under a neutral name."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import reverse

from pulih.common.downloads import download
from pulih.files.actions import attach
from pulih.files.models import Owner
from tests.architecture.source import SOURCE, modules, tree
from tests.files.makers import pdf, picture

NEUTRAL = re.compile(r'attachment; filename="[a-z0-9-]+\.[a-z]{3,4}"')
# Answers that are no page and no file: a word for a monitor.
NO_FILES = {"config/urls.py"}
# Our own letters are also shown, since the counter prints them.
SHOWN = {"papers/views/letters.py"}


def assert_saved(answer):
    """It is saved, not shown; nothing in it runs; nothing of it is kept."""
    assert answer.status_code == 200
    assert NEUTRAL.fullmatch(answer["Content-Disposition"]), answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert (
        answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    )


@pytest.fixture
def data_officer(make_user):
    return make_user("data_officer")


@pytest.fixture
def photo(make_person, data_officer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    person = make_person("Siti Aminah")
    return attach(
        owner=Owner.of(person),
        content=picture(),
        name="Siti Aminah korban.jpg",
        kind="photo",
        by=data_officer,
    )


@pytest.mark.parametrize("page", ["open", "thumbnail"])
def test_a_photo_is_saved(page, client, photo, data_officer):
    client.force_login(data_officer)

    assert_saved(client.get(reverse(f"files:{page}", args=[photo.pk])))


def test_a_document_is_saved(client, photo, data_officer):
    owner = Owner(photo.owner_kind, photo.owner_id)
    letter = attach(owner=owner, content=pdf(), name="KTP Siti.pdf", by=data_officer)
    client.force_login(data_officer)

    assert_saved(client.get(reverse("files:open", args=[letter.pk])))


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("data_officer", ("exchange:example", ["people"])),
        ("administrator", ("papers:seal_certificate", [])),
        ("auditor", ("privacy:processing_sheet", [])),
    ],
)
def test_what_the_product_makes_is_saved(role, address, client, make_user):
    client.force_login(make_user(role))
    name, args = address

    assert_saved(client.get(reverse(name, args=args)))


def test_a_list_without_people_is_saved(client, make_user):
    client.force_login(make_user("administrator"))

    assert_saved(client.post(reverse("export:ask", args=["pengguna"])))


def test_a_name_cannot_break_out_of_its_header():
    answer = download(b"x", content_type="text/plain", name='a"; filename=b.html')

    assert answer["Content-Disposition"].startswith("attachment; ")
    assert 'filename="a\\"; filename=b.html"' in answer["Content-Disposition"]


VIEWS = [path for path in modules() if path.is_relative_to(SOURCE)]


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_view_hands_over_a_file_by_another_way(path: Path):
    name = str(path.relative_to(SOURCE))
    text = path.read_text()
    calls = [
        ast.unparse(node)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"HttpResponse", "FileResponse", "StreamingHttpResponse"}
        and any(word.arg == "content_type" for word in node.keywords)
    ]

    if name == "common/downloads.py":
        return
    assert not calls or name in NO_FILES
    assert "FileResponse" not in text
    assert "Content-Disposition" not in text or name in SHOWN
