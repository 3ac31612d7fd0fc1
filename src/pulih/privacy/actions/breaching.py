"""The breach assistant: noticed, traced, told; all in the law's 3×24 hours."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import CompartmentMember, User
from pulih.access.numbering import next_numbers
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.common.clock import now, today
from pulih.common.errors import RuleError
from pulih.inbox.actions import When, open_task
from pulih.inbox.models import Subject, Task
from pulih.papers.actions import draft_letter
from pulih.papers.facts import About
from pulih.papers.models import Letter
from pulih.people.models import Person
from pulih.privacy import queries, tracing
from pulih.privacy.facts import Noticed
from pulih.privacy.models import Breach, BreachedPerson
from pulih.privacy.models.request import TERM

SERIES = "B"
TO_AGENCY, TO_PERSON = "pemberitahuan-pelindungan-data", "pemberitahuan-subjek-data"
FROM_TRAIL = "whom the trail leads to, sealed or not; readers see only their own"


@transaction.atomic
def open_breach(*, noticed: Noticed, by: User) -> Breach:
    """Write a breach down and trace whom it touches; the clock starts when it was noticed.

    Raises:
        PermissionDenied: `by` handles no breaches.
        RuleError: a part is missing, or the times do not fit.

    Source: R-PRI-20, docs/rules/privacy.md (UU 27/2022 art. 46).
    """
    if not by.may(Action.BREACH_MANAGE):
        raise PermissionDenied(_("Your role does not handle breaches."))
    _check(noticed)
    breach = Breach.objects.create(
        office=by.office,
        number=next_numbers(by.office, SERIES, today().year)[0],
        noticed_at=noticed.noticed_at,
        due_at=noticed.noticed_at + TERM,
        account=noticed.account,
        since=noticed.since,
        until=noticed.until,
        what=noticed.what.strip(),
        how=noticed.how.strip(),
        handling=noticed.handling.strip(),
        opened_by=by,
    )
    audit.record("breach.opened", actor=by, subject=breach)
    trace(breach=breach, by=by)
    return breach


@transaction.atomic
def trace(*, breach: Breach, by: User) -> int:
    """Read from the trail whom the breach touches; doing it again adds who was found since.

    Of people in a compartment those who are named there are told by a task: nobody else learns of
    them.

    Returns:
        How many people are touched.

    Source: R-PRI-21, docs/rules/privacy.md.
    """
    may(by, Action.BREACH_MANAGE, breach).require()
    events = tracing.events_of(breach)
    counts = tracing.touched_by(events)
    people = Person.objects.unscoped(reason=FROM_TRAIL).in_bulk(list(counts))
    known = {row.person_id: row for row in breach.people.all()}
    for key, person in people.items():
        row = known.get(key)
        if row is None:
            made = BreachedPerson.objects.create(
                breach=breach, person=person, compartment=person.compartment, events=counts[key]
            )
            if person.compartment is not None:
                _tell_custodians(breach, made, by)
        elif row.events != counts[key]:
            row.events = counts[key]
            row.save(update_fields=["events"])
    breach.exports = tracing.lists_that_left(events)
    breach.traced_at = now()
    breach.save(update_fields=["exports", "traced_at"])
    audit.record("breach.traced", actor=by, subject=breach, detail={"people": len(people)})
    return len(people)


@transaction.atomic
def write_letters(*, breach: Breach, by: User) -> list[Letter]:
    """Draft the notice to the agency and one to each touched person that has none yet.

    Raises:
        PermissionDenied: `by` handles no breaches or writes no letters.
        RuleError: the breach is closed.

    Source: R-PRI-22, docs/rules/privacy.md (UU 27/2022 art. 46(2)).
    """
    may(by, Action.BREACH_MANAGE, breach).require()
    if breach.state == Breach.State.CLOSED:
        raise RuleError(_("This breach is closed."), rule="R-PRI-22")
    made = []
    if breach.agency_letter is None:
        letter = _draft(breach, TO_AGENCY, {"people": str(breach.people.count())}, by)
        breach.agency_letter = letter.pk
        breach.save(update_fields=["agency_letter"])
        made.append(letter)
    for row in queries.list_touched(breach, user=by).filter(letter=None):
        letter = _draft(breach, TO_PERSON, {"to": row.person.name}, by, row)
        row.letter = letter.pk
        row.save(update_fields=["letter"])
        made.append(letter)
    audit.record("breach.letters_drafted", actor=by, subject=breach, detail={"letters": len(made)})
    return made


@transaction.atomic
def close_breach(*, breach: Breach, handling: str, by: User) -> Breach:
    """Close a breach: what was done stands there, the agency's notice is written.

    Raises:
        PermissionDenied: `by` handles no breaches.
        RuleError: nothing is said of what was done, or the agency was not told.

    Source: R-PRI-23, docs/rules/privacy.md.
    """
    may(by, Action.BREACH_MANAGE, breach).require()
    if breach.state == Breach.State.CLOSED:
        raise RuleError(_("This breach is closed."), rule="R-PRI-23")
    if not handling.strip():
        raise RuleError(_("Write what was done about it."), rule="R-PRI-23")
    if breach.agency_letter is None:
        raise RuleError(_("Write the notice to the agency first."), rule="R-PRI-23")
    breach.state, breach.handling, breach.closed_at = Breach.State.CLOSED, handling.strip(), now()
    breach.save(update_fields=["state", "handling", "closed_at"])
    audit.record("breach.closed", actor=by, subject=breach, reason=handling)
    return breach


def _check(noticed: Noticed) -> None:
    problem = ""
    if not noticed.what.strip():
        problem = _("Write which data were touched.")
    elif not noticed.how.strip():
        problem = _("Write when and how it happened.")
    elif noticed.until < noticed.since:
        problem = _("It ends before it begins.")
    elif noticed.noticed_at > now() or noticed.since > now():
        problem = _("The moment lies in the future.")
    if problem:
        raise RuleError(problem, rule="R-PRI-20")


def _tell_custodians(breach: Breach, row: BreachedPerson, by: User) -> None:
    member = (
        CompartmentMember.objects.filter(CompartmentMember.lasting(), compartment=row.compartment)
        .select_related("user")
        .order_by("valid_from", "pk")
        .first()
    )
    if member is None:
        return
    open_task(
        kind="tell_breached",
        title=_("Tell a person of your sealed case about breach %(number)s")
        % {"number": breach.number},
        about=Subject(
            office=breach.office,
            compartment=row.compartment,
            kind=Person._meta.label_lower,
            id=row.person_id,
            label=row.person.number,
            url_name="people:detail",
            url_kwargs={"pk": str(row.person_id)},
        ),
        to=member.user,
        when=When(due_on=breach.due_at.astimezone().date(), priority=Task.Priority.URGENT),
        key=f"breach:{row.pk}",
        by=by,
    )


def _draft(
    breach: Breach, template: str, more: dict[str, str], by: User, row: BreachedPerson | None = None
) -> Letter:
    officer = queries.officer_of(breach.office)
    return draft_letter(
        template=template,
        fields={
            "noticed_on": breach.noticed_at.astimezone().date(),
            "what": breach.what,
            "how": breach.how,
            "handling": breach.handling,
            "officer": f"{officer.name}, {officer.contact}" if officer else "",
            **more,
        },
        about=About(
            Breach._meta.label_lower,
            breach.pk,
            _("Breach %(number)s") % {"number": breach.number},
            "privacy:breach",
        ),
        compartment=row.compartment if row else None,
        restricted=True,
        by=by,
    )
