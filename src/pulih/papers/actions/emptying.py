"""Emptying letters whose record is destroyed: the number stays taken, the words are gone."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from pulih.common.errors import KeyGoneError
from pulih.common.fields import EncryptedTextField
from pulih.common.key_shredding import destroy_keys
from pulih.files.actions.destroying import destroy_files
from pulih.papers.models import Letter

DESTROYED = "the record is destroyed; its action has asked its own rule"


def empty_letters(about: Collection[UUID]) -> int:
    """Empty the letters about records that are destroyed; a draft without number goes wholly.

    Called inside the action that destroys the records, which has asked its own rule.

    Returns:
        How many letters.
    """
    letters = list(Letter.objects.unscoped(reason=DESTROYED).filter(about_key__in=about))
    for letter in letters:
        letter.pdf = None
        letter.fields, letter.withdraw_reason = {}, ""
        _outlive_key(letter)
        letter.save(update_fields=["pdf", "fields", "code", "withdraw_reason"])
    destroy_files([letter.pk for letter in letters])
    destroy_keys([letter.pk for letter in letters])
    drafts = [letter.pk for letter in letters if letter.is_draft]
    Letter.objects.unscoped(reason=DESTROYED).filter(pk__in=drafts).delete()
    return len(letters)


def _outlive_key(letter: Letter) -> None:
    """What is left of a letter stays readable when the key of its record is destroyed."""
    for field in Letter._meta.fields:
        if isinstance(field, EncryptedTextField):
            try:
                left = field.sealed_under(letter, letter.compartment_id)
            except KeyGoneError:
                # Destroyed before: a restore empties the letter a second time.
                left = ""
            letter.__dict__[field.attname] = left
