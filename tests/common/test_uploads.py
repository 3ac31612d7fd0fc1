"""R-FILE-8: uploads are received in memory alone, and refused by size before they are read."""

import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from pulih.common import uploads
from pulih.exchange.sheets.refusals import LIMITS

MULTIPART = "multipart/form-data; boundary=batas"


@pytest.fixture
def no_disk(monkeypatch):
    """Let every temporary file on a disk be an error."""

    def refuse(*_args, **_options):
        raise AssertionError("a temporary file was made")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", refuse)


def received(content, limit=None):
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.bin", content)})
    if limit is not None:
        request.upload_limit = limit
    return request.FILES["file"]


def test_a_large_file_is_received_without_touching_a_disk(no_disk):
    content = bytes(range(256)) * 20_000

    file = received(content)

    assert len(content) > 5_000_000
    assert file.read() == content
    assert file.size == len(content)


def test_of_a_file_that_is_too_large_one_byte_more_than_allowed_is_kept():
    file = received(b"x" * 1000, limit=100)

    assert len(file.read()) == 101
    assert file.size == 1000


class Unread:
    """The body of a request that must not be read."""

    def read(self, *_sizes):
        raise AssertionError("the body was read")

    readline = read


def send(client, address, size):
    said = {"CONTENT_TYPE": MULTIPART, "CONTENT_LENGTH": str(size), "wsgi.input": Unread()}
    return client.generic("POST", address, **said)


def test_too_large_an_upload_is_refused_in_words_before_it_is_read(make_user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("data_officer"))

    answer = send(client, reverse("exchange:upload"), LIMITS.file_bytes * 2)

    assert answer.status_code == 413
    assert "64 MB" in answer.text
    assert "terlalu besar" in answer.text


def test_a_page_that_says_nothing_takes_what_a_document_may_have(client, make_user):
    client.force_login(make_user("data_officer"))

    answer = send(client, reverse("people:register"), uploads.MOST + 2 * uploads.OVERHEAD)

    assert answer.status_code == 413
    assert "20 MB" in answer.text


def test_a_stranger_sends_less(client, db):
    answer = send(client, reverse("login"), uploads.MOST_OF_STRANGERS + 2 * uploads.OVERHEAD)

    assert answer.status_code == 413
