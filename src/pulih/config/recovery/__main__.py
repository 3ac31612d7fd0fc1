"""What follows a restore, run in a process of its own on the restored data: `settle` calls it."""

from __future__ import annotations

import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    # Models exist only once Django is set up.
    from pulih.config.recovery.settling import settled

    json.dump(settled(**json.load(sys.stdin)), sys.stdout)
