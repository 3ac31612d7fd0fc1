"""Today in the office, and now in the world."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def today() -> dt.date:
    """The date on the office's wall calendar (design: dates are local, moments are UTC)."""
    return timezone.localdate()


def now() -> dt.datetime:
    """This moment, in UTC."""
    return timezone.now()
