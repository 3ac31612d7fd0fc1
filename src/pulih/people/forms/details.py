"""One short form for each thing that is added to an entry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.access.models import User
from pulih.common.clock import today
from pulih.people.codes import DISABILITIES, KINDS
from pulih.people.drafts import (
    AddressDraft,
    ConsentTerms,
    ContactDraft,
    FactDraft,
    KinDraft,
    NameDraft,
    NumberDraft,
    SignDraft,
    StatusDraft,
)
from pulih.people.forms.parts import day_field, region_field
from pulih.people.models import (
    Address,
    Belonging,
    Consent,
    Contact,
    Identifier,
    Kinship,
    Mark,
    PersonFact,
    PersonName,
)
from pulih.people.queries.people import find_by_number
from pulih.ui.widgets import Picker

NOTE = forms.Textarea(attrs={"rows": 3})


class NameForm(forms.Form):
    """Another name."""

    text = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of name"),
        choices=PersonName.Kind.choices,
        initial=PersonName.Kind.CALLED,
    )
    source = forms.CharField(label=gettext_lazy("Who says so"), required=False, max_length=120)

    def draft(self) -> NameDraft:
        """What was typed."""
        return NameDraft(**self.cleaned_data)


class NumberForm(forms.Form):
    """A number from a paper."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Identifier.Kind.choices)
    text = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Which paper was seen; why a number that looks wrong is right."),
    )

    def draft(self) -> NumberDraft:
        """What was typed."""
        return NumberDraft(**self.cleaned_data)


class AddressForm(forms.Form):
    """An address."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Address.Kind.choices)
    region_code = region_field(gettext_lazy("Village or district"))
    typed_place = forms.CharField(
        label=gettext_lazy("Place in words"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("When the village is not in the list or not certain."),
    )
    hamlet = forms.CharField(label=gettext_lazy("Hamlet (dusun)"), required=False, max_length=80)
    rt = forms.CharField(label=gettext_lazy("RT"), required=False, max_length=5)
    rw = forms.CharField(label=gettext_lazy("RW"), required=False, max_length=5)
    street = forms.CharField(label=gettext_lazy("Street"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """An address says at least something."""
        said = super().clean() or {}
        if not any(value for name, value in said.items() if name != "kind"):
            raise forms.ValidationError(_("Write at least the village or the place in words."))
        return said

    def draft(self) -> AddressDraft:
        """What was typed."""
        return AddressDraft(**self.cleaned_data)


class ContactForm(forms.Form):
    """A way to reach the person."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Contact.Kind.choices)
    value = forms.CharField(label=gettext_lazy("Number or address"), max_length=120)
    owner = forms.CharField(
        label=gettext_lazy("Whose it is"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Empty when it is the person's own."),
    )
    is_safe = forms.BooleanField(
        label=gettext_lazy("May be called without danger"), required=False, initial=True
    )

    def draft(self) -> ContactDraft:
        """What was typed."""
        return ContactDraft(**self.cleaned_data)


class KinForm(forms.Form):
    """A relative or guardian: an entry of the registry, picked by name, or a name alone."""

    relation = forms.ChoiceField(label=gettext_lazy("Relation"), choices=Kinship.Relation.choices)
    other = forms.CharField(
        label=gettext_lazy("In the registry"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Type a part of the name, a register number, or a NIK."),
    )
    name = forms.CharField(
        label=gettext_lazy("Or the name alone"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("When the relative is not in the registry."),
    )
    is_guardian = forms.BooleanField(label=gettext_lazy("Is the guardian"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=NOTE)

    def draft(self) -> KinDraft:
        """What was typed, without the other entry."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "other"}
        return KinDraft(**said)

    def read_for(self, user: User) -> None:
        """Let the field of the entry find, and name, only those whom the user may see."""

        def name_of(number: Any) -> str:
            found = find_by_number(str(number), user=user)
            return found.name if found else ""

        self.fields["other"].widget = Picker("people:person_search", name_of)


class MarkForm(forms.Form):
    """A mark of the body."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Mark.Kind.choices)
    where = forms.CharField(label=gettext_lazy("Where on the body"), required=False, max_length=60)
    text = forms.CharField(label=gettext_lazy("Description"), widget=NOTE)

    def draft(self) -> SignDraft:
        """What was typed."""
        return SignDraft(**self.cleaned_data)


class BelongingForm(forms.Form):
    """A thing that was worn or carried."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Belonging.Kind.choices)
    text = forms.CharField(label=gettext_lazy("Description"), widget=NOTE)
    where = forms.CharField(label=gettext_lazy("Kept at"), required=False, max_length=120)

    def draft(self) -> SignDraft:
        """What was typed."""
        return SignDraft(**self.cleaned_data)


class StatusForm(forms.Form):
    """A PPKS kind from a day."""

    kind = forms.TypedChoiceField(
        label=gettext_lazy("PPKS kind"), choices=KINDS.choices(), coerce=int
    )
    status_on = day_field(gettext_lazy("Since"), initial=today)
    disability = forms.ChoiceField(
        label=gettext_lazy("Disability"),
        required=False,
        choices=[("", gettext_lazy("None or not known")), *DISABILITIES.choices()],
    )
    subtype = forms.CharField(
        label=gettext_lazy("More exactly"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("For example: ex-psychotic."),
    )
    source = forms.CharField(
        label=gettext_lazy("Who established it"), required=False, max_length=120
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=NOTE)
    is_primary = forms.BooleanField(
        label=gettext_lazy("Count the person under this kind"), required=False
    )

    def draft(self) -> StatusDraft:
        """What was typed."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "is_primary"}
        return StatusDraft(**said)


class EndStatusForm(forms.Form):
    """The end of a PPKS status."""

    ended_on = day_field(gettext_lazy("Ended on"), required=True, initial=today)
    reason = forms.CharField(label=gettext_lazy("Why"), required=False, widget=NOTE)


class FactForm(forms.Form):
    """A dated fact from a list or a paper."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=PersonFact.Kind.choices)
    code = forms.CharField(
        label=gettext_lazy("Short"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("What can be counted: a decile, the kind of insurance."),
    )
    detail = forms.CharField(label=gettext_lazy("In words"), required=False, max_length=300)
    period = forms.CharField(label=gettext_lazy("Period"), required=False, max_length=20)
    fact_on = day_field(gettext_lazy("Day"))
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=120)

    def clean(self) -> dict[str, Any]:
        """A fact says something."""
        said = super().clean() or {}
        if not (said.get("code") or said.get("detail")):
            raise forms.ValidationError(_("Write the fact, short or in words."))
        return said

    def draft(self) -> FactDraft:
        """What was typed."""
        return FactDraft(**self.cleaned_data)


class ConsentForm(forms.Form):
    """A consent, or the basis in law that stands in its place."""

    purpose = forms.ChoiceField(label=gettext_lazy("For what"), choices=Consent.Purpose.choices)
    basis = forms.ChoiceField(label=gettext_lazy("Basis"), choices=Consent.Basis.choices)
    capacity = forms.ChoiceField(
        label=gettext_lazy("Who decided"), choices=Consent.Capacity.choices
    )
    given_by = forms.CharField(
        label=gettext_lazy("Name of whoever decided"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("Empty when it was the person."),
    )
    recipient = forms.CharField(
        label=gettext_lazy("Who receives the data"), required=False, max_length=160
    )
    scope = forms.CharField(label=gettext_lazy("Which data"), required=False, widget=NOTE)
    given_on = day_field(gettext_lazy("Given on"), required=True, initial=today)
    expires_on = day_field(gettext_lazy("Valid until"))

    def terms(self) -> ConsentTerms:
        """What was typed."""
        return ConsentTerms(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why something is taken away or back."""

    reason = forms.CharField(label=gettext_lazy("Why"), widget=NOTE)
