"""The outermost layer: what every answer says to the browser, whoever gave it and why.

It stands before everything else, so that static files, redirects, downloads, pages of faults and
answers with which another layer cuts a request short carry the same headers as a page.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(self), geolocation=(self), publickey-credentials-create=(self),"
        " publickey-credentials-get=(self), accelerometer=(), autoplay=(), browsing-topics=(),"
        " display-capture=(), encrypted-media=(), gyroscope=(), magnetometer=(), microphone=(),"
        " midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()"
    ),
}
"""Headers that no page may loosen."""
UNFRAMED = "frame-ancestors 'none'"
POLICY = "Content-Security-Policy"


class HeadersMiddleware:
    """Writes the headers that hold for every answer (R-CONF-24).

    Files of the program say themselves how long they may be kept; everything else is about people
    and is kept by no browser and no proxy. The policy of contents comes from the layer below; what
    sets a stricter one keeps it, and is not framed either.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in FIXED.items():
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        policy = response.headers.get(POLICY, "default-src 'none'")
        if "frame-ancestors" not in policy:
            policy = f"{policy}; {UNFRAMED}"
        response.headers[POLICY] = policy
        return response
