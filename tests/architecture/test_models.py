"""Every record of an office is protected, and a read that names no reader raises."""

import pytest
from django.apps import apps
from django.db import models

from pulih.access.scope import missing, protected_models
from pulih.common.errors import UnscopedReadError
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager

# What has an office and is read without the policy, with the reason.
OPEN = {
    "access.AuditEvent": "read by list_trail, which asks for audit.read",
    "access.AuditHead": "the end of a chain: a number and a hash",
    "access.Compartment": "an opaque key; members are asked through the scope itself",
    "access.SyncEpoch": "a number of the installation",
    "access.DailyHead": "read by list_daily_heads, for who may audit.read",
    "access.NumberCounter": "a number; it says how many, never who",
    "cases.OfficeInstrument": "the words of a questionnaire, read for the reader's own office",
    "exchange.ImportedRow": "a keyed digest; it is asked only whether it is there",
    "papers.Letterhead": "it stands on every letter",
    "papers.NumberSeries": "a pattern of numbers, set by who may papers.manage",
    "papers.Signatory": "they stand on letters; set by who may papers.manage",
    "privacy.ProtectionOfficer": "whom people can write to; it stands on letters",
    "privacy.RetentionRule": "years by type of case, never who",
    "people.DuplicateScan": "progress of a search: how many, never who",
    "people.KeyCount": "how often a key of a name occurs among open people",
    "access.Section": "the four sections are known to everybody",
    "access.User": "staff, read by list_users, which asks for user.manage",
}
# Rows that nobody addresses, many millions of them: a number costs a third of a UUID's index.
NUMBERED = {"people.Region", "people.SearchKey", "people.KeyCount", "exchange.ImportedRow"}
# Dates of other people's making, or that read better without the ending.
DATES = {"last_login", "born_around", "since", "until"}
OURS = [model for model in apps.get_models() if model.__module__.startswith("pulih.")]


def label(model: type[models.Model]) -> str:
    return model._meta.label


def has_office(model: type[models.Model]) -> bool:
    return any(field.name == "office" for field in model._meta.get_fields())


@pytest.mark.parametrize("model", list(filter(has_office, OURS)), ids=label)
def test_a_record_of_an_office_is_protected_or_gives_its_reason(model):
    assert (model in protected_models()) != (label(model) in OPEN)


@pytest.mark.parametrize("model", list(protected_models()), ids=label)
def test_a_read_that_names_no_reader_raises(model):
    assert isinstance(model._meta.default_manager, ScopedManager)
    with pytest.raises(UnscopedReadError):
        model._default_manager.all()


@pytest.mark.parametrize("model", list(protected_models()), ids=label)
def test_the_words_of_a_protection_are_fields(model, db, make_user):
    """A lookup with a slip of the pen would fail only when somebody reads."""
    list(model._default_manager.visible_to(make_user())[:1])


def test_every_relation_of_the_policy_is_explained():
    assert missing() == []


@pytest.mark.parametrize("model", OURS, ids=label)
def test_every_row_has_a_random_key(model):
    assert issubclass(model, UUIDModel) or label(model) in NUMBERED


@pytest.mark.parametrize("model", OURS, ids=label)
def test_days_end_in_on_and_moments_in_at(model):
    endings = {
        models.DateTimeField: ("_at", "at"),
        models.DateField: ("_on", "_from", "_until", "_since", "_date"),
    }
    slips = [
        field.name
        for field in model._meta.local_fields
        if type(field) in endings and not field.name.endswith(endings[type(field)])
    ]

    assert set(slips) <= DATES
