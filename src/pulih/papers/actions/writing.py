"""Writing letters: drafted from a plain dictionary, changed, thrown away, written anew."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.changes import check_unchanged
from pulih.access.models import Compartment, Section, Unit, User
from pulih.common.errors import RuleError
from pulih.papers import filling, patterns, rules
from pulih.papers.facts import About
from pulih.papers.letters import find_template
from pulih.papers.models import Letter
from pulih.papers.queries import template_of

LOCKED = "re-read under a lock; may_write is asked of the row"


@transaction.atomic
def draft_letter(
    *,
    template: str,
    fields: Mapping[str, object],
    about: About,
    section: Section | None = None,
    unit: Unit | None = None,
    compartment: Compartment | None = None,
    restricted: bool = False,
    by: User,
) -> Letter:
    """Write a draft; it has no number yet, and blanks are allowed.

    Args:
        template: code of the template; its newest version is used.
        fields: values by field name; what is missing stays blank.
        about: the record it is about, whose own rule the caller has asked.
        section, unit: whose letter it is; they go into the number.
        compartment: of a sealed record; only its members ever see the letter.
        restricted: only the writer, the section's head and readers of the record see it.

    Raises:
        PermissionDenied: `by` writes no letters.
        FieldsError: a field is not the template's.

    Source: R-PAP-1, docs/rules/papers.md.
    """
    rules.may_begin(by).require()
    found = find_template(template)
    letter = Letter(
        office=by.office,
        section=section or (unit.section if unit else None),
        unit=unit,
        compartment=compartment,
        restricted=restricted,
        about_kind=about.kind,
        about_key=about.key,
        about_label=about.label,
        url_name=about.url_name,
        url_kwargs=dict(about.url_kwargs),
        template=found.code,
        template_version=found.version,
        classification=found.classification,
        fields=filling.normalise(found, fields),
        written_by=by,
    )
    letter.save(force_insert=True)
    _record("letter.drafted", letter, by)
    return letter


@transaction.atomic
def change_letter(
    *,
    letter: Letter,
    fields: Mapping[str, object],
    classification: str | None = None,
    seen: str | None = None,
    by: User,
) -> Letter:
    """Change the fields of a draft; fields that are not named stay as they were.

    Args:
        fields: values by field name.
        classification: another code for the number than the template's.
        seen: the stamp of the form they were typed into (R-ACC-162).

    Raises:
        PermissionDenied: `by` may not write this letter.
        RuleError: it was issued; only a new version can say something else.
        FieldsError: a field is not the template's.

    Source: R-PAP-3, docs/rules/papers.md.
    """
    letter = lock_letter(letter, by)
    if not letter.is_draft:
        raise RuleError(
            _("The letter is issued and stays as it is; write a new version."), rule="R-PAP-3"
        )
    check_unchanged(letter, seen)
    letter.fields = filling.normalise(template_of(letter), {**letter.fields, **fields})
    if classification is not None:
        letter.classification = patterns.classification(classification)
    letter.save(update_fields=["fields", "classification"])
    _record("letter.changed", letter, by)
    return letter


@transaction.atomic
def discard_letter(*, letter: Letter, by: User) -> None:
    """Throw a draft away; it has no number, so nothing is missing afterwards.

    Raises:
        PermissionDenied: `by` may not write this letter.
        RuleError: it was issued; it can only be withdrawn.

    Source: R-PAP-3, docs/rules/papers.md.
    """
    letter = lock_letter(letter, by)
    if not letter.is_draft:
        raise RuleError(
            _("The letter is issued: it can be withdrawn, not thrown away."), rule="R-PAP-3"
        )
    _record("letter.discarded", letter, by)
    letter.delete()


@transaction.atomic
def new_version(*, letter: Letter, by: User) -> Letter:
    """Begin the next version of an issued letter, with its fields; the old one stands till then.

    A draft of the next version that is there already is given again.

    Raises:
        PermissionDenied: `by` may not write this letter.
        RuleError: it is not issued, or was withdrawn or replaced.

    Source: R-PAP-8, docs/rules/papers.md.
    """
    letter = lock_letter(letter, by)
    if letter.state != Letter.State.ISSUED:
        raise RuleError(_("Only a letter that is issued gets a new version."), rule="R-PAP-8")
    begun = Letter.objects.unscoped(reason=LOCKED).filter(replaces=letter).first()
    if begun is not None:
        return begun
    template = find_template(letter.template)
    known = {field.name for field in template.fields}
    kept = {name: value for name, value in letter.fields.items() if name in known}
    copied = (
        "office section unit compartment restricted about_kind about_key about_label url_name"
        " url_kwargs template classification"
    ).split()
    following = Letter(
        **{name: getattr(letter, name) for name in copied},
        template_version=template.version,
        fields=filling.normalise(template, kept),
        version=letter.version + 1,
        replaces=letter,
        written_by=by,
    )
    following.save(force_insert=True)
    _record("letter.drafted", following, by)
    return following


def lock_letter(letter: Letter, by: User) -> Letter:
    """The letter as it is now, under a lock, for somebody who may write it."""
    rows = Letter.objects.unscoped(reason=LOCKED).select_for_update(of=("self",))
    found = rows.select_related("office", "section", "unit", "compartment").get(pk=letter.pk)
    rules.may_write(by, found).require()
    return found


def _record(verb: str, letter: Letter, by: User) -> None:
    detail = {"template": letter.template, "about": [letter.about_kind, str(letter.about_key)]}
    audit.record(verb, actor=by, subject=letter, detail=detail)
