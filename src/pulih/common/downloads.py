"""Files that go out: always saved, never shown, under a name that tells nothing of anybody."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    # Should a browser show it all the same, nothing in it runs in our name.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def download(content: bytes, *, content_type: str, name: str) -> HttpResponse:
    """The answer that hands a file over (R-FILE-9).

    A picture inside a page is drawn although it is an attachment; only its own address is not.

    Args:
        name: what the file is called; of our own making, without a name of a person.
    """
    answer = HttpResponse(content, content_type=content_type, headers=HEADERS)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
