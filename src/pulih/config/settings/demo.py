"""The demonstration: invented people, known passwords, loopback only."""

from pulih.config.settings.base import *  # noqa: F403

PULIH_DEMO = True
SECURE_SSL_REDIRECT = False
# Whoever tries it out may set a second factor up, and need not.
PULIH_SECOND_FACTOR = False
