"""Forms of a caseload that changes hands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Section, User
from pulih.cases.facts import Caseload
from pulih.cases.forms.staff import StaffField
from pulih.cases.models import Case
from pulih.cases.queries.caseload import Summary
from pulih.ui.fields import long_text


class HandoverForm(forms.Form):
    """Who takes the caseload over, case by case where it is split."""

    successor = StaffField(label=_("Who takes over"))
    reason = long_text(label=_("Why"), rows=2, max_length=500)
    worker_leaves = forms.BooleanField(
        label=_("The worker also leaves the teams of these cases"),
        required=False,
        initial=True,
        help_text=_("Whoever does not work on a case any more need not know of it."),
    )

    def __init__(
        self,
        *args: Any,
        cases: Sequence[Case],
        workers: Sequence[User],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._cases = cases
        self._offer("successor", workers)
        for case in cases:
            self.fields[f"to_{case.pk}"] = StaffField(label=_("Somebody else"), required=False)
            self._offer(f"to_{case.pk}", workers, empty=_("as above"))
            self.fields[f"remarks_{case.pk}"] = forms.CharField(
                label=_("What the successor must know"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            if case.compartment_id is not None:
                self.fields[f"name_{case.pk}"] = forms.BooleanField(
                    label=_("Name the successor as somebody who may know of this sealed case"),
                    required=False,
                )

    def _offer(self, name: str, workers: Sequence[User], **options: Any) -> None:
        field = self.fields[name]
        if isinstance(field, StaffField):
            field.offer(workers, **options)

    def rows(self, known: Mapping[UUID, Summary]) -> Iterator[dict[str, Any]]:
        """Each case with its fields and how it stands, for the page."""
        for case in self._cases:
            sealed = case.compartment_id is not None
            yield {
                "case": case,
                "summary": known[case.pk],
                "to": self[f"to_{case.pk}"],
                "remarks": self[f"remarks_{case.pk}"],
                "name": self[f"name_{case.pk}"] if sealed else None,
            }

    def caseload(self, worker: User, section: Section) -> Caseload:
        """The facts for the action."""
        said = self.cleaned_data
        return Caseload(
            worker=worker,
            section=section,
            to={case.pk: said[f"to_{case.pk}"] or said["successor"] for case in self._cases},
            reason=said["reason"],
            worker_leaves=said["worker_leaves"],
            name_in=frozenset(
                case.pk for case in self._cases if said.get(f"name_{case.pk}", False)
            ),
            remarks={case.pk: said[f"remarks_{case.pk}"] for case in self._cases},
        )


class RemarksForm(forms.Form):
    """What the successor must know of one case."""

    remarks = long_text(label=_("What the successor must know"), rows=4, required=False)


class EndingForm(forms.Form):
    """Why a handover is not accepted, or is taken back."""

    reason = long_text(label=_("Why"), rows=2, max_length=500)
