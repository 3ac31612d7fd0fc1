"""What the form pages of the desk share: try the action, show a no at its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django import forms

from pulih.common.errors import RuleError


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
        field = fields.get(refusal.rule)
        form.add_error(field if field in form.fields else None, refusal.message)
        return False
    return True
