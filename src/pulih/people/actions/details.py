"""What is added to an entry later: names, numbers, addresses, contacts, kin, signs."""

from __future__ import annotations

from typing import TypeAlias

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.people import places
from pulih.people.drafts import (
    AddressDraft,
    ContactDraft,
    KinDraft,
    NameDraft,
    NumberDraft,
    SignDraft,
)
from pulih.people.findings import stored
from pulih.people.models import (
    Address,
    Belonging,
    Contact,
    Household,
    HouseholdMember,
    Identifier,
    Kinship,
    Mark,
    Person,
    PersonName,
)
from pulih.people.storage import keys, numbers
from pulih.people.storage.locking import lock_entry
from pulih.people.storage.numbers import Surroundings

Detail: TypeAlias = PersonName | Identifier | Address | Contact | Kinship | Mark | Belonging


@transaction.atomic
def add_name(*, person: Person, draft: NameDraft, by: User) -> PersonName:
    """Add another name, by which the person is found from now on.

    Raises:
        PermissionDenied: `by` may not change the entry.

    Source: R-PEO-2, docs/rules.md.
    """
    entry = lock_entry(person, by=by)
    name = PersonName.objects.create(
        person=entry,
        kind=draft.kind,
        text="" if entry.is_sealed else draft.text,
        text_sealed=draft.text if entry.is_sealed else "",
        source=draft.source,
        noted_on=today(),
    )
    keys.refresh(entry)
    _record("name", "added", entry, by, {"kind": draft.kind, "text": draft.text})
    return name


@transaction.atomic
def add_identifier(*, person: Person, draft: NumberDraft, by: User) -> Identifier:
    """Add a number; what its checks find is kept beside it and refuses nothing.

    Raises:
        PermissionDenied: `by` may not change the entry.

    Source: R-PEO-4, docs/rules.md.
    """
    entry = lock_entry(person, by=by)
    around = Surroundings(today(), by.office.region_code, places.known_codes())
    checked = numbers.check(
        draft.kind,
        draft.text,
        around,
        sex=entry.sex,
        birth=entry.birth,
        from_number=draft.from_number,
    )
    kind = draft.kind if checked.is_usable else Identifier.Kind.OTHER
    number = Identifier.objects.create(
        person=entry,
        kind=kind,
        value=checked.value,
        index=numbers.index_of(kind, checked.value, sealed=entry.is_sealed),
        sealed=entry.is_sealed,
        findings=stored(checked.findings),
        note=draft.note,
        recorded_by=by,
    )
    if kind == Identifier.Kind.KK:
        _join_household(entry, number.index)
    _record("identifier", "added", entry, by, {"kind": kind, "value": checked.value})
    return number


@transaction.atomic
def add_address(*, person: Person, draft: AddressDraft, by: User) -> Address:
    """Add an address; the one of the same kind until now stays as a former one.

    Raises:
        PermissionDenied: `by` may not change the entry.

    Source: R-PEO-2, docs/rules.md.
    """
    entry = lock_entry(person, by=by)
    code = draft.region_code if places.existing([draft.region_code]) else ""
    entry.addresses.filter(kind=draft.kind, is_current=True).update(is_current=False)
    address = Address.objects.create(
        person=entry,
        kind=draft.kind,
        region_id=code or None,
        typed_place=draft.typed_place,
        hamlet=draft.hamlet,
        rt=draft.rt,
        rw=draft.rw,
        street=draft.street,
        since=today(),
    )
    if draft.kind == Address.Kind.HOME or not entry.home_code:
        entry.home_code = code
        entry.save(update_fields=["home_code", "updated_at"])
        keys.refresh(entry)
    _record("address", "added", entry, by, {"kind": draft.kind, "region": code})
    return address


@transaction.atomic
def add_contact(*, person: Person, draft: ContactDraft, by: User) -> Contact:
    """Add a way to reach the person.

    Raises:
        PermissionDenied: `by` may not change the entry.

    Source: R-PEO-2, docs/rules.md.
    """
    entry = lock_entry(person, by=by)
    kind = "phone" if draft.kind in {Contact.Kind.PHONE, Contact.Kind.WHATSAPP} else draft.kind
    contact = Contact.objects.create(
        person=entry,
        kind=draft.kind,
        value=draft.value,
        index=numbers.index_of(
            kind, numbers.normal_form(kind, draft.value), sealed=entry.is_sealed
        ),
        owner=draft.owner,
        is_safe=draft.is_safe,
    )
    _record("contact", "added", entry, by, {"kind": draft.kind})
    return contact


@transaction.atomic
def add_kinship(
    *, person: Person, draft: KinDraft, other: Person | None = None, by: User
) -> Kinship:
    """Add a relative or guardian: another entry, or a name alone.

    Args:
        person: whose relative it is.
        draft: the relation, and the name when there is no entry.
        other: the relative's own entry; the user may see it, the caller has checked that.
        by: whoever records it.

    Raises:
        PermissionDenied: `by` may not change the entry.
        RuleError: a person is their own relative, or nobody is named.

    Source: R-PEO-2, docs/rules.md.
    """
    entry = lock_entry(person, by=by)
    if other is not None and other.pk == entry.pk:
        raise RuleError(_("Nobody is their own relative."), rule="R-PEO-2")
    if other is not None and other.compartment_id not in {None, entry.compartment_id}:
        raise RuleError(_("There is no entry with this number."), rule="R-PEO-2")
    if other is None and not draft.name.strip():
        raise RuleError(_("Name the relative, or choose an entry."), rule="R-PEO-2")
    kin = Kinship.objects.create(
        person=entry,
        relation=draft.relation,
        other=other,
        other_name="" if other else draft.name.strip(),
        is_guardian=draft.is_guardian,
        note=draft.note,
        noted_on=today(),
    )
    _record("kinship", "added", entry, by, {"relation": draft.relation})
    return kin


@transaction.atomic
def add_mark(*, person: Person, draft: SignDraft, by: User) -> Mark:
    """Add a mark of the body.

    Raises:
        PermissionDenied: `by` may not change the entry.

    Source: R-PEO-3, docs/rules.md.
    """
    entry = lock_entry(person, by=by)
    mark = Mark.objects.create(
        person=entry, kind=draft.kind, text=draft.text, body_part=draft.where, noted_on=today()
    )
    _record("mark", "added", entry, by, {"kind": draft.kind})
    return mark


@transaction.atomic
def add_belonging(*, person: Person, draft: SignDraft, by: User) -> Belonging:
    """Add a thing that the person wore or carried.

    Raises:
        PermissionDenied: `by` may not change the entry.

    Source: R-PEO-3, docs/rules.md.
    """
    entry = lock_entry(person, by=by)
    thing = Belonging.objects.create(
        person=entry, kind=draft.kind, text=draft.text, kept_at=draft.where, noted_on=today()
    )
    _record("belonging", "added", entry, by, {"kind": draft.kind})
    return thing


@transaction.atomic
def remove_detail(*, detail: Detail, reason: str, by: User) -> None:
    """Take away something that was recorded wrongly; the trail keeps what it was.

    Raises:
        PermissionDenied: `by` may not change the entry.
        RuleError: there is no reason.

    Source: R-PEO-2, docs/rules.md.
    """
    entry = lock_entry(detail.person, by=by)
    if not reason.strip():
        raise RuleError(_("Write why it is removed."), rule="R-PEO-2")
    kept = {field.attname: str(getattr(detail, field.attname)) for field in detail._meta.fields}
    if isinstance(detail, Identifier) and detail.kind == Identifier.Kind.KK:
        entry.households.filter(household__kk_index=detail.index, until=None).delete()
    detail.delete()
    if isinstance(detail, Address):
        home = entry.addresses.filter(is_current=True, region__isnull=False).first()
        entry.home_code = home.region_id or "" if home else ""
        entry.save(update_fields=["home_code", "updated_at"])
    if isinstance(detail, PersonName | Address):
        keys.refresh(entry)
    _record(
        type(detail).__name__.lower().removeprefix("person"), "removed", entry, by, kept, reason
    )


@transaction.atomic
def reveal_identifier(*, identifier: Identifier, by: User) -> str:
    """Show a whole number to somebody who asks for it; each time is in the trail.

    Raises:
        PermissionDenied: `by` may not change the entry, and so needs no whole number.

    Source: R-PEO-11, docs/rules.md.
    """
    entry = lock_entry(identifier.person, by=by)
    _record("identifier", "revealed", entry, by, {"kind": identifier.kind})
    return str(identifier.value)


def _join_household(entry: Person, index: str) -> None:
    """Put the person on the family card with this index; a card does not make people kin."""
    rows = Household.objects.unscoped(reason="family cards are joined, not shown")
    card = rows.filter(
        office=entry.office_id, compartment=entry.compartment_id, kk_index=index
    ).first()
    if card is None:
        card = Household.objects.create(
            office_id=entry.office_id, compartment_id=entry.compartment_id, kk_index=index
        )
    HouseholdMember.objects.get_or_create(household=card, person=entry, until=None)


def _record(
    thing: str, what: str, entry: Person, by: User, detail: dict[str, str], reason: str = ""
) -> None:
    audit.record(f"{thing}.{what}", actor=by, subject=entry, detail=detail, reason=reason)
