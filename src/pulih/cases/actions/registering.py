"""Registering somebody who is first met through a sealed report: inside its compartment."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.cases.actions.reporting import lock_waiting
from pulih.cases.models import Report
from pulih.common.errors import RuleError
from pulih.people.actions.registration import register_person
from pulih.people.drafts import PersonDraft


@transaction.atomic
def register_in_report(*, report: Report, draft: PersonDraft, by: User) -> Report:
    """Register the person of a sealed report inside its compartment, and link the two.

    The open registry learns nothing: no entry, no number of its series, no name.

    Args:
        report: a sealed report that waits for its decision; it is locked and re-read here.
        draft: what is known of the person; all of it may be missing.

    Raises:
        PermissionDenied: `by` does not decide on the report.
        RuleError: it is decided already, or it is not sealed.

    Source: R-CASE-8, docs/rules/cases.md.
    """
    report = lock_waiting(report, by)
    if report.compartment is None:
        raise RuleError(
            _("Only somebody met through a sealed report is registered inside it."),
            rule="R-CASE-8",
        )
    person = register_person(draft=draft, compartment=report.compartment, by=by)
    report.person = person
    report.save(update_fields=["person"])
    audit.record(
        "report.person_linked", actor=by, subject=report, detail={"person": str(person.pk)}
    )
    return report
