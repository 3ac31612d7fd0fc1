"""What pages that do something share: try the action, show a rule's no where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from pulih.common.errors import RuleError
from pulih.common.stamps import ChangedError, show_what_stands


def refuse(form: forms.Form, refusal: RuleError, fields: Mapping[str, str] | None = None) -> None:
    """Show a rule's no at the field that the rule is about, else above the form."""
    field = (fields or {}).get(refusal.rule)
    form.add_error(field if field in form.fields else None, refusal.message)
    if isinstance(refusal, ChangedError):
        show_what_stands(form, refusal)


def done(form: forms.Form, act: Callable[[], object], fields: Mapping[str, str]) -> bool:
    """Check a sent form and do the action; True when it was done.

    Args:
        form: bound when something was sent.
        act: the action with its arguments.
        fields: which field a rule is about, so that its no stands there.
    """
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except RuleError as refusal:
        refuse(form, refusal, fields)
        return False
    return True


def attempt(request: HttpRequest, act: Callable[[], object], answer: str) -> None:
    """Do the action of a button without a form; the next page tells the answer or the no."""
    try:
        act()
    except RuleError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, answer)
