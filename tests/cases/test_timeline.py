"""The story of a case in sentences, in the reader's language."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.utils import translation

import pulih.cases
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import move_case
from pulih.cases.stages import Stage
from pulih.cases.timeline import SENTENCES, tell
from pulih.common.clock import today

ACTIONS = Path(pulih.cases.__file__).parent / "actions"
CHOSEN_WHEN_RUN = {"service_declined", "service_cancelled"}


def told_kinds() -> set[str]:
    """Every kind of event that an action names when it calls add_event or a function of its own."""
    kinds = set()
    for path in ACTIONS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
                "add_event",
                "_tell_sent",
            }:
                kind = node.args[1]
                if isinstance(kind, ast.Constant):
                    kinds.add(kind.value)
    return kinds


def test_every_kind_of_event_has_its_sentence():
    assert told_kinds() | CHOSEN_WHEN_RUN <= SENTENCES.keys()


def test_a_return_is_told_with_its_reason(make_case, make_user):
    lead = make_user()
    case = make_case(lead=lead, stage="intervention")

    move_case(case=case, to=Stage.PLANNING, reason="Tujuan berubah.", by=lead)

    with translation.override("en"):
        (line,) = tell(case.events.select_related("by"))
    assert "“Intervention” to “Planning”" in line.text
    assert (line.note, line.by) == ("Tujuan berubah.", lead.full_name)


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_event_that_nobody_here_did_is_told_too(make_case, language):
    case = make_case()
    add_event(
        case,
        "referral_answered",
        on=today(),
        by=None,
        number="R-2026-00001",
        to="RSJ Contoh",
        answer="full",
        note="Sampai Mei.",
    )

    with translation.override(language):
        (line,) = tell(case.events.all())

    assert "R-2026-00001" in line.text
    assert (line.note, line.by) == ("Sampai Mei.", "")
