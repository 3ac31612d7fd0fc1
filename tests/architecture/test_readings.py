"""Whatever hangs on a closely held record is watched when it is read, or says why not."""

import pytest
from django.apps import apps

from pulih.access.readings import watched

ROOTS, PARTS = watched()
# What leads to a watched record and is not watched, with the reason.
UNWATCHED = {
    "cases.BrokenGlass": "for who watches: who broke which glass; the case itself is watched",
    "cases.CounterService": "the counter's own record, open to the office; a case it became is not",
    "cases.TeamMember": "who works on it; the case is read beside it",
    "exchange.ImportedRow": "a keyed digest; it is asked only whether it is there",
    "people.DuplicatePair": "pairs are of open entries only",
    "people.Judgement": "a verdict on two entries; both are read beside it",
    "people.SearchKey": "keys lead to people who are read by scope",
}
WANTED = {"cases.Case", "cases.Report", "people.Person", "papers.Letter", "desk.IncomingLetter"}


def label(model):
    return model._meta.label


def leads_to_a_record(model):
    return any(
        column.is_relation and column.related_model in ROOTS | PARTS
        for column in model._meta.concrete_fields
    )


OURS = [model for model in apps.get_models() if model.__module__.startswith("pulih.")]


def test_the_records_that_can_be_closed_are_watched():
    assert set(map(label, ROOTS)) == WANTED


@pytest.mark.parametrize("model", list(filter(leads_to_a_record, OURS)), ids=label)
def test_what_hangs_on_a_record_is_watched_or_says_why_not(model):
    assert (model in ROOTS | PARTS) != (label(model) in UNWATCHED)
