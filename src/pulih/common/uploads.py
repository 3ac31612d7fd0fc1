"""Uploads are received in memory, up to what their page takes; no clear byte lies on a disk.

Django's own handlers write what is larger than 2.5 MB into a folder in clear while it comes in.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

MEGABYTE = 1024 * 1024
MOST = 20 * MEGABYTE
"""What a page takes that says nothing else, from who is logged in."""
MOST_OF_STRANGERS = 6 * MEGABYTE
OVERHEAD = 256 * 1024
"""What a browser sends around the files: the other fields of the form."""

View = TypeVar("View", bound=Callable[..., Any])


def takes_upload(most: int) -> Callable[[View], View]:
    """Say how many bytes a page takes at most, where that is not `MOST`."""

    def mark(view: View) -> View:
        view.upload_limit = most  # type: ignore[attr-defined]
        return view

    return mark


class MemoryHandler(FileUploadHandler):
    """Keeps a file in memory; of one that is too large only as many bytes as prove it."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._content = io.BytesIO()
        self._room = getattr(self.request, "upload_limit", MOST) + 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take what there is room for; None tells Django that the chunk goes no further."""
        if self._room > 0:
            self._content.write(raw_data[: self._room])
            self._room -= len(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file as the form sees it, with its true size."""
        self._content.seek(0)
        return InMemoryUploadedFile(
            file=self._content,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


class UploadMiddleware:
    """Refuses what is larger than its page takes before any of it is read (R-FILE-8).

    It stands before the check of the form's token, which reads the whole body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Answer 413 with the limit in words, or let the page have the request."""
        if not request.headers.get("Content-Type", "").startswith("multipart/"):
            return None
        limit = getattr(view, "upload_limit", MOST)
        if not request.user.is_authenticated:
            limit = min(limit, MOST_OF_STRANGERS)
        request.upload_limit = limit  # type: ignore[attr-defined]
        if int(request.META.get("CONTENT_LENGTH") or 0) <= limit + OVERHEAD:
            return None
        return render(request, "413.html", {"limit": limit // MEGABYTE}, status=413)
