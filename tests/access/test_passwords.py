"""Passwords: long, one's own, not what everybody tries first."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "weak",
    [
        "dinsosngawi2026",
        "Bismillah12345",
        "password123456",
        "sayangkuselamanya"[:11],
        "ngawikabupaten!",
        "Januari2026Februari",
        "pendek",
    ],
)
def test_what_everybody_tries_first_is_refused(db, weak):
    with pytest.raises(ValidationError):
        validate_password(weak)


@pytest.mark.parametrize(
    "good", ["kopi hitam di teras sore", "tujuh-gajah-naik-sepeda", "xR7$kq!zLm29vT"]
)
def test_words_that_only_one_person_joins_are_taken(db, good):
    validate_password(good)
