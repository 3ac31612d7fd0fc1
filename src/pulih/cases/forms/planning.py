"""Forms of the plan: goals, planned services, agreement and decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.access.models import User
from pulih.cases.forms.days import DayField, PastDayField
from pulih.cases.forms.details import DetailsForm
from pulih.cases.forms.serving import kind_choices
from pulih.cases.forms.staff import StaffField
from pulih.cases.forms.working import signed
from pulih.cases.goal_bank import BANK, BankGoal, Group, groups_for, search
from pulih.cases.instruments import GOAL_ATTAINMENT, current
from pulih.cases.intake_facts import GoalFacts, ServiceFacts
from pulih.cases.models import Case, Goal, Plan, PlannedService
from pulih.people.codes import ATENSI, SERVICE_KINDS
from pulih.ui.fields import long_text

ANCHOR_FIELDS = ("much_less", "less", "expected", "more", "much_more")
GOAL_FIELD_OF_RULE = {"R-CASE-26": "expected"}
SERVICE_FIELD_OF_RULE = {"R-CASE-27": "planned_until"}
AGREEMENT_FIELD_OF_RULE = {"R-CASE-29": "agreed_by", "R-CASE-50": "on"}


class SummaryForm(forms.Form):
    """What the plan is about."""

    summary = long_text(label=_("What the plan is about"), rows=3, required=False)


class GoalForm(forms.Form):
    """A goal with its five outcomes."""

    text = forms.CharField(label=_("Goal"), max_length=300)
    area = forms.ChoiceField(label=_("Area"), choices=Goal.Area.choices)
    due_on = DayField(label=_("To be reached by"), required=False)
    much_less = long_text(label="", rows=2, max_length=300)
    less = long_text(label="", rows=2, max_length=300)
    expected = long_text(label="", rows=2, max_length=300)
    more = long_text(label="", rows=2, max_length=300)
    much_more = long_text(label="", rows=2, max_length=300)
    baseline = forms.TypedChoiceField(
        label=_("Where it stands now"),
        coerce=int,
        choices=[(level, signed(level)) for level in (-2, -1, 0, 1)],
        initial=-1,
    )
    weight = forms.IntegerField(
        label=_("Weight"),
        min_value=1,
        max_value=5,
        initial=1,
        help_text=_("1 to 5; leave it at 1 unless one goal counts for more."),
    )

    bank = forms.CharField(required=False, widget=forms.HiddenInput)
    services = forms.MultipleChoiceField(
        label=_("Plan these services for it, too"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, ready: BankGoal | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if ready is None:
            del self.fields["bank"], self.fields["services"]
        else:
            kinds = [(kind, f"{kind} · {SERVICE_KINDS.label(kind)}") for kind in ready.kinds]
            self.fields["services"].choices = kinds  # type: ignore[attr-defined]
            self.fields["services"].is_chips = True  # type: ignore[attr-defined]
        for name, level in zip(ANCHOR_FIELDS, current(GOAL_ATTAINMENT).levels, strict=True):
            self.fields[name].label = f"{signed(int(level.code))} · {level}"

    @classmethod
    def initial_of(cls, goal: Goal) -> dict[str, Any]:
        """What the form shows of a goal."""
        return {
            "text": goal.text,
            "area": goal.area,
            "due_on": goal.due_on,
            "baseline": goal.baseline,
            "weight": goal.weight,
            **dict(zip(ANCHOR_FIELDS, goal.anchors, strict=True)),
        }

    @classmethod
    def initial_from(cls, ready: BankGoal) -> dict[str, Any]:
        """What the form shows of a ready goal; all of it is changed with the client."""
        return {
            "text": str(ready),
            "area": ready.area,
            "bank": ready.code,
            "services": list(ready.kinds),
            **{name: str(one) for name, one in zip(ANCHOR_FIELDS, ready.anchors, strict=True)},
        }

    def kinds(self) -> list[str]:
        """The kinds of service that shall be planned for the goal."""
        return list(self.cleaned_data.get("services", ()))

    def facts(self) -> GoalFacts:
        """The facts for the action."""
        said = self.cleaned_data
        return GoalFacts(
            text=said["text"],
            area=said["area"],
            anchors=[said[name] for name in ANCHOR_FIELDS],
            baseline=said["baseline"],
            weight=said["weight"],
            due_on=said["due_on"],
        )


class PlannedServiceForm(forms.Form):
    """A service that the plan promises."""

    kind = forms.ChoiceField(label=_("Kind of service"))
    text = forms.CharField(label=_("What exactly"), max_length=300, required=False)
    goal = forms.ChoiceField(label=_("For which goal"), required=False)
    frequency = forms.CharField(
        label=_("How often"), max_length=80, required=False, help_text=_("Such as: once a week")
    )
    planned_from = DayField(label=_("From"), required=False)
    planned_until = DayField(label=_("Until"), required=False)
    responsible = StaffField(label=_("Who sees to it"), required=False)
    atensi = forms.TypedChoiceField(
        label=_("ATENSI component"), coerce=int, empty_value=None, required=False
    )

    def __init__(
        self, *args: Any, goals: Iterable[Goal], workers: Iterable[User], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._goals = {str(goal.pk): goal for goal in goals}
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]
        self.fields["goal"].choices = [  # type: ignore[attr-defined]
            ("", _("For the whole plan")),
            *((key, str(goal.text)) for key, goal in self._goals.items()),
        ]
        self.fields["responsible"].offer(workers)  # type: ignore[attr-defined]
        self.fields["atensi"].choices = [("", "—"), *ATENSI.choices()]  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, service: PlannedService) -> dict[str, Any]:
        """What the form shows of a planned service."""
        return {
            "kind": service.kind,
            "text": service.text,
            "goal": str(service.goal_id or ""),
            "frequency": service.frequency,
            "planned_from": service.planned_from,
            "planned_until": service.planned_until,
            "responsible": str(service.responsible_id or ""),
            "atensi": service.atensi,
        }

    def facts(self, details: DetailsForm | None = None) -> ServiceFacts:
        """The facts for the action; `details` is what the kind's short form asks beforehand."""
        said = self.cleaned_data
        return ServiceFacts(
            kind=said["kind"],
            text=said["text"],
            atensi=said["atensi"],
            goal=self._goals.get(said["goal"]),
            frequency=said["frequency"],
            planned_from=said["planned_from"],
            planned_until=said["planned_until"],
            responsible=said["responsible"],
            details=details.answers() if details else None,
        )


class AgreementForm(forms.Form):
    """Who agreed to the plan as it stands."""

    agreed_by = forms.ChoiceField(
        label=_("Who agreed"), choices=Plan.AgreedBy.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=_("Name"), max_length=120, required=False, help_text=_("Of the parent or guardian.")
    )
    on = PastDayField(label=_("Agreed on"))

    def clean(self) -> dict[str, Any]:
        """A guardian has a name."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("agreed_by") == Plan.AgreedBy.GUARDIAN and not said.get("name"):
            self.add_error("name", _("Name the parent or guardian who agreed."))
        return said


class DecisionForm(forms.Form):
    """The head's word on a plan."""

    note = long_text(label=_("A word to the author"), rows=2, required=False)


class BankForm(forms.Form):
    """Which ready goals are shown."""

    cari = forms.CharField(label=_("Find"), required=False, max_length=60)
    kelompok = forms.ChoiceField(label=_("Group"), required=False)
    jenis = forms.ChoiceField(label=_("Kind of service"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups = [(group.code, str(group)) for group in BANK]
        fitting = [("", _("Those of this client")), *groups]
        self.fields["kelompok"].choices = fitting  # type: ignore[attr-defined]
        self.fields["jenis"].choices = kind_choices()  # type: ignore[attr-defined]

    def found(self, case: Case) -> list[tuple[Group, BankGoal]]:
        """The ready goals that were asked for; without a group those of the client's kind."""
        self.is_valid()
        said = self.cleaned_data
        code = said.get("kelompok")
        chosen = tuple(group for group in BANK if group.code == code)
        return search(
            chosen or groups_for(case.ppks_kind),
            words=said.get("cari", ""),
            kind=said.get("jenis", ""),
        )
