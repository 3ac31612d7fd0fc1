"""Forms of requests about data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.common.clock import now
from pulih.people.models import Consent, Person
from pulih.privacy.facts import Asked
from pulih.privacy.models import RightsRequest
from pulih.ui.fields import MomentField, long_text

RECEIVE_FIELD_OF_RULE = {"R-PRI-1": "wish"}
GRANT_FIELD_OF_RULE = {"R-PRI-2": "answer", "R-PRI-3": "answer"}
REFUSE_FIELD_OF_RULE = {"R-PRI-4": "answer"}


class ReceiveForm(forms.Form):
    """What is asked, by whom, shown how, and when."""

    kind = forms.ChoiceField(label=_("What is asked"), choices=RightsRequest.Kind)
    asker = forms.ChoiceField(label=_("Who asks"), choices=RightsRequest.Asker)
    asked_by = forms.CharField(
        label=_("Name of who asks"),
        max_length=120,
        required=False,
        help_text=_("Not needed when the person asks."),
    )
    proof = forms.CharField(
        label=_("How it was shown who asks"),
        max_length=240,
        help_text=_("Such as the identity card seen, or the court's decision."),
    )
    asker_is_suspect = forms.BooleanField(
        label=_("Who asks is suspected of harming this person"),
        required=False,
        help_text=_("Then the data are neither shown nor destroyed on their word."),
    )
    wish = long_text(label=_("What is asked, in their words"), rows=4)
    received_at = MomentField(
        label=_("Received"), initial=now, help_text=_("From then the 3×24 hours run.")
    )

    def asked(self) -> Asked:
        """The facts of a valid form."""
        return Asked(**self.cleaned_data)


class GrantForm(forms.Form):
    """What was done; of a withdrawal also which consents end."""

    consents = forms.ModelMultipleChoiceField(
        label=_("Consents that end"),
        queryset=Consent.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    answer = long_text(label=_("What was done, as the person is told"), rows=4, required=False)

    def __init__(self, *args: Any, kind: str, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["consents"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - declared above
        if kind == RightsRequest.Kind.WITHDRAWAL:
            field.queryset = person.consents.filter(withdrawn_on=None, basis=Consent.Basis.CONSENT)
        else:
            del self.fields["consents"]


class RefuseForm(forms.Form):
    """On which ground, and why."""

    ground = forms.ChoiceField(label=_("Ground in law"), choices=RightsRequest.Ground)
    answer = long_text(
        label=_("Reason, as the person is told"),
        rows=3,
        required=False,
        help_text=_("At least 20 characters; say nothing that endangers somebody."),
    )


class LiftForm(forms.Form):
    """Why a limit, or a hold, ends."""

    reason = forms.CharField(label=_("Reason"), max_length=240)


class OfficerForm(forms.Form):
    """Whom people on file can write to."""

    name = forms.CharField(label=_("Name"), max_length=120)
    contact = forms.CharField(label=_("Address for letters, phone, e-mail"), max_length=240)
