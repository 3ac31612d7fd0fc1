"""Invented content for the component page. Nobody here exists."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from crispy_forms.helper import FormHelper
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.common.clock import today
from pulih.ui.widgets import DayInput, Picker

PEOPLE = (
    ("Wagiman Sastro", "3521010101600001", "Walikukun", 3),
    ("Sumirah", "", "Ngawi", 1),
    ("Painem Lestari", "3521064507820002", "Kedunggalar", 5),
    ("Bagas Prakoso Adi", "3521120303110003", "Paron", 7),
)
VILLAGES = (
    ("35.21.07.2001", "Walikukun", "Widodaren"),
    ("35.21.07.2002", "Widodaren", "Widodaren"),
    ("35.21.10.2003", "Karangjati", "Karangjati"),
    ("35.21.09.2004", "Ngawi", "Ngawi"),
    ("35.21.12.2005", "Kedunggalar", "Kedunggalar"),
)


def stages() -> list[str]:
    """The seven stages, short."""
    return [
        _("First approach"),
        _("Assessment"),
        _("Planning"),
        _("Intervention"),
        _("Resocialisation"),
        _("Termination"),
        _("Follow-up"),
    ]


def blocks() -> list[dict[str, str]]:
    """Two things in the way."""
    return [
        {
            "what": _("The plan has not been approved."),
            "who": _("the head of the section"),
            "url": "#blocked",
            "url_label": _("Ask for approval"),
        },
        {
            "what": _("The client's consent is missing."),
            "who": _("the lead of the case"),
            "url": "#blocked",
            "url_label": _("Record the consent"),
        },
    ]


def comparison_rows() -> list[dict[str, str]]:
    """A pair of records that may be one person."""
    return [
        {
            "label": _("Name"),
            "left": "Wagiman",
            "right": "Wagiman Sastro",
            "verdict": "near",
            "because": _("one name is contained in the other"),
        },
        {"label": "NIK", "left": "", "right": "3521010101600001", "verdict": "missing"},
        {
            "label": _("Village"),
            "left": "Walikukun",
            "right": "Walikukun",
            "verdict": "agrees",
        },
        {
            "label": _("Birth date"),
            "left": "1960",
            "right": "1 Januari 1961",
            "verdict": "differs",
            "because": _("one year apart"),
        },
    ]


def months() -> list[str]:
    """Half a year."""
    return ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun"]


def series() -> list[dict[str, Any]]:
    """Two lines of figures, one with a month that has none."""
    return [
        {"label": _("Opened"), "values": [12, 18, 9, 22, 17, 25]},
        {"label": _("Closed"), "values": [8, 11, 14, None, 15, 19]},
    ]


def villages(words: str) -> list[dict[str, str]]:
    """Villages that contain what was typed."""
    wanted = words.strip().casefold()
    return [
        {"value": code, "text": name, "note": f"Kec. {district} · {code}"}
        for code, name, district in VILLAGES
        if wanted in name.casefold()
    ]


def village_name(code: object) -> str:
    """The name that belongs to a chosen code."""
    return next((name for known, name, _district in VILLAGES if known == code), "")


class PeopleTable(tables.Table):  # type: ignore[misc]  # the library has no types
    """A list as the working pages have it."""

    name = tables.Column(verbose_name=gettext_lazy("Name"))
    nik = tables.Column(verbose_name="NIK", attrs={"td": {"class": "mono"}})
    village = tables.Column(verbose_name=gettext_lazy("Village"))
    stage = tables.TemplateColumn(
        "{% load ui %}{% stage record.stage record.stage_label %}",
        verbose_name=gettext_lazy("Stage"),
    )
    visits = tables.Column(
        verbose_name=gettext_lazy("Visits"),
        attrs={"td": {"class": "num"}, "th": {"class": "num"}},
    )

    class Meta:
        template_name = "ui/table.html"


def people_table(request: HttpRequest) -> PeopleTable:
    """The list, in the order that the reader asked for."""
    labels = stages()
    rows = [
        {
            "name": name,
            "nik": nik,
            "village": village,
            "stage": stage,
            "stage_label": labels[stage - 1],
            "visits": stage * 3,
        }
        for name, nik, village, stage in PEOPLE
    ]
    table = PeopleTable(rows)
    tables.RequestConfig(request, paginate=False).configure(table)
    return table


class SampleForm(forms.Form):
    """One field of each kind, drawn by crispy-forms."""

    full_name = forms.CharField(
        label=gettext_lazy("Full name"),
        help_text=gettext_lazy("As it is written on the identity card, without titles."),
    )
    born_on = forms.DateField(label=gettext_lazy("Birth date"), widget=DayInput, initial=today)
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"),
        choices=[("", "—"), ("m", gettext_lazy("Male")), ("f", gettext_lazy("Female"))],
    )
    village = forms.CharField(
        label=gettext_lazy("Village"), widget=Picker("ui:sample_choices", village_name)
    )
    story = forms.CharField(
        label=gettext_lazy("Story"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    urgent = forms.BooleanField(label=gettext_lazy("Needs help today"), required=False)

    @property
    def helper(self) -> FormHelper:
        """The page draws the form tag and the buttons."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper
