"""Real use. Cookies are bound to TLS unless the server listens on loopback alone."""

from pulih.config.settings.base import *  # noqa: F403
from pulih.config.settings.base import env

_TLS = env.bool("PULIH_TLS", default=True)
SESSION_COOKIE_SECURE = _TLS
CSRF_COOKIE_SECURE = _TLS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _TLS
SECURE_HSTS_PRELOAD = _TLS
SECURE_SSL_REDIRECT = _TLS and not env.bool("PULIH_BEHIND_PROXY", default=False)
if env.bool("PULIH_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
