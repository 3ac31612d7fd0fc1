"""Reads of incoming mail, for the user who asks."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pulih.access.models import User
from pulih.cases.models import Report
from pulih.desk.models import Disposition, IncomingLetter, LetterOutcome
from pulih.inbox.models import CalendarEntry, Task

SECRETS_SEARCHED = 500
"""How many secret letters of a reader are opened for a search; nobody reads more in a year."""


@dataclass(frozen=True, slots=True)
class WantedLetters:
    """What the agenda shows; an empty part does not narrow it."""

    state: str = ""
    nature: str = ""
    sender: str = ""
    text: str = ""
    first: dt.date | None = None
    last: dt.date | None = None


def list_letters(wanted: WantedLetters, *, user: User) -> QuerySet[IncomingLetter]:
    """The letters the user may see, the latest first, with who has them now."""
    rows = _narrow(wanted, user)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    holding = Disposition.objects.unscoped(reason="steps of letters read for their reader")
    return rows.prefetch_related(
        Prefetch(
            "dispositions",
            holding.filter(state=Disposition.State.WAITING)
            .select_related("receiver")
            .order_by("sent_at"),
            to_attr="waiting",
        )
    ).order_by("-received_on", "-received_at")


def count_letters(wanted: WantedLetters, *, user: User) -> dict[str, int]:
    """How many letters each state has, by the filters that do not name a state."""
    rows = _narrow(wanted, user).order_by().values("state").annotate(count=Count("pk"))
    return {row["state"]: row["count"] for row in rows}


def _narrow(wanted: WantedLetters, user: User) -> QuerySet[IncomingLetter]:
    rows = IncomingLetter.objects.visible_to(user)
    if wanted.nature:
        rows = rows.filter(nature=wanted.nature)
    if wanted.first:
        rows = rows.filter(received_on__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(received_on__lte=wanted.last)
    if wanted.sender:
        rows = rows.filter(
            Q(sender_open__icontains=wanted.sender)
            | Q(pk__in=_secret_with(wanted.sender, ("sender",), user))
        )
    if wanted.text:
        rows = rows.filter(
            Q(subject_open__icontains=wanted.text)
            | Q(sender_open__icontains=wanted.text)
            | Q(letter_number__icontains=wanted.text)
            | Q(number__icontains=wanted.text)
            | Q(pk__in=_secret_with(wanted.text, ("subject", "sender", "their_number"), user))
        )
    return rows


def _secret_with(text: str, names: tuple[str, ...], user: User) -> list[uuid.UUID]:
    """The secret letters of the reader that hold the words: opened one by one, in memory."""
    secret = IncomingLetter.objects.visible_to(user).filter(nature=IncomingLetter.Nature.SECRET)
    sought = text.casefold()
    return [
        letter.pk
        for letter in secret.order_by("-received_on")[:SECRETS_SEARCHED]
        if any(sought in getattr(letter, name).casefold() for name in names)
    ]


def get_letter(pk: uuid.UUID, *, user: User) -> IncomingLetter:
    """One letter, or 404: a secret letter of others answers as if it were absent."""
    rows = IncomingLetter.objects.visible_to(user).select_related("office", "received_by")
    return get_object_or_404(rows, pk=pk)


def get_step(pk: uuid.UUID, *, user: User) -> Disposition:
    """One disposition of a letter that the user may see, or 404."""
    rows = Disposition.objects.visible_to(user).select_related(
        "letter__office", "parent", "sender", "receiver"
    )
    return get_object_or_404(rows, pk=pk)


@dataclass(slots=True)
class Branch:
    """A disposition with those that follow from it."""

    step: Disposition
    is_late: bool
    below: list[Branch] = field(default_factory=list)


def chain_of(letter: IncomingLetter, *, today: dt.date) -> list[Branch]:
    """The chain of a letter that was read for its reader, as a tree."""
    steps = letter.dispositions.select_related("sender", "receiver", "receiver__unit")
    branches = {
        step.pk: Branch(step, is_late(step, today=today)) for step in steps.order_by("sent_at")
    }
    roots: list[Branch] = []
    for branch in branches.values():
        parent = branch.step.parent_id
        (branches[parent].below if parent in branches else roots).append(branch)
    return roots


def is_late(step: Disposition, *, today: dt.date) -> bool:
    """Is its answer overdue?"""
    return step.is_waiting and step.due_on is not None and step.due_on < today


def own_step(letter: IncomingLetter, *, user: User) -> Disposition | None:
    """The disposition by which the user has the letter now, if they have it."""
    steps = letter.dispositions.filter(receiver=user, state=Disposition.State.WAITING)
    return steps.select_related("sender", "receiver", "parent").first()


def answers_below(step: Disposition) -> str:
    """What came back from below a step that was read for its reader: the start of its answer."""
    answered = step.forwarded.filter(state=Disposition.State.ANSWERED).order_by("answered_at")
    return "\n".join(one.answer for one in answered)


def people_of(letter: IncomingLetter, *, user: User) -> list[User]:
    """The user, and everybody through whose hands the letter went."""
    steps = letter.dispositions.exclude(state=Disposition.State.WITHDRAWN)
    keys = {user.pk, *steps.values_list("receiver", flat=True)}
    keys |= set(steps.values_list("sender", flat=True))
    return list(User.objects.filter(pk__in=keys, is_active=True).order_by("full_name"))


@dataclass(frozen=True, slots=True)
class Became:
    """What a letter became, with its page if the reader may open it."""

    outcome: LetterOutcome
    url: str


def outcomes_of(letter: IncomingLetter, *, user: User) -> list[Became]:
    """What a letter became, as far as the reader may know.

    A report that the reader may not see is left out; of a colleague's task or appointment the
    words are shown without a link.
    """
    rows = LetterOutcome.objects.visible_to(user).filter(letter=letter)
    found = []
    for outcome in rows.select_related("made_by"):
        url = _page_of(outcome, user)
        if url or outcome.kind in (LetterOutcome.Kind.EVENT, LetterOutcome.Kind.TASK):
            found.append(Became(outcome, url))
    return found


def _page_of(outcome: LetterOutcome, user: User) -> str:
    kind = outcome.kind
    if kind == LetterOutcome.Kind.TASK:
        mine: QuerySet[Any] = Task.objects.visible_to(user)
        page = reverse("inbox:detail", args=[outcome.subject_id])
    elif kind == LetterOutcome.Kind.EVENT:
        mine = CalendarEntry.objects.visible_to(user).filter(cancelled_at=None)
        page = reverse("inbox:calendar")
    else:
        mine = Report.objects.visible_to(user)
        page = reverse("cases:report", args=[outcome.subject_id])
    return page if mine.filter(pk=outcome.subject_id).exists() else ""


@dataclass(frozen=True, slots=True)
class StepCounts:
    """How many dispositions wait: for the user, and for others by the user; and of them late."""

    received: int
    sent: int
    late: int


def list_received(*, user: User, open_only: bool = True) -> QuerySet[Disposition]:
    """The dispositions for the user, the most pressing first."""
    rows = Disposition.objects.visible_to(user).filter(receiver=user)
    return _ordered(rows, open_only)


def list_sent(*, user: User, open_only: bool = True) -> QuerySet[Disposition]:
    """The dispositions that the user sent, the most overdue first."""
    rows = Disposition.objects.visible_to(user).filter(sender=user)
    return _ordered(rows, open_only)


def count_steps(*, user: User, today: dt.date) -> StepCounts:
    """The figures above the lists of dispositions; one query."""
    waits = Q(state=Disposition.State.WAITING)
    found = Disposition.objects.visible_to(user).aggregate(
        received=Count("pk", filter=waits & Q(receiver=user)),
        sent=Count("pk", filter=waits & Q(sender=user)),
        late=Count("pk", filter=waits & Q(sender=user, due_on__lt=today)),
    )
    return StepCounts(found["received"], found["sent"], found["late"])


def _ordered(rows: QuerySet[Disposition], open_only: bool) -> QuerySet[Disposition]:
    rows = rows.exclude(state=Disposition.State.WITHDRAWN).select_related(
        "letter", "sender", "receiver"
    )
    if open_only:
        return rows.filter(state=Disposition.State.WAITING).order_by("due_on", "sent_at")
    return rows.filter(state=Disposition.State.ANSWERED).order_by("-answered_at")
