"""What a merge does with the rows of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pulih.files.models import Attachment
from pulih.inbox.models import CalendarEntry, Notice, Task
from pulih.people.merge.relations import Changes, How, Meeting, Row, declare
from pulih.people.models import (
    Address,
    Belonging,
    Consent,
    Contact,
    DuplicatePair,
    HouseholdMember,
    Identifier,
    Judgement,
    Kinship,
    Mark,
    Merge,
    Person,
    PersonFact,
    PersonName,
    PpksStatus,
    ProcessingLimit,
    SearchKey,
)

PERSON = Person._meta.label_lower


def _would_be_own_kin(row: Row, meeting: Meeting) -> bool:
    """Nobody is their own kin: a tie between the two entries ends with the merge."""
    return meeting.kept.pk in (row.person_id, row.other_id)


def _steps_back(row: Row, meeting: Meeting) -> Changes:
    """One kind is the primary one: the kept entry's, if it has any."""
    taken = any(own.is_primary for own in meeting.own)
    return {"is_primary": False} if row.is_primary and taken else {}


def _lives_there(row: Row) -> bool:
    return bool(row.is_current and row.kind == Address.Kind.HOME)


def _old_home_moved(row: Row, meeting: Meeting) -> Changes:
    """One home is the current one: the kept entry's, unless the other one was chosen."""
    taken = any(_lives_there(own) for own in meeting.own) and "home" not in meeting.takes
    return {"is_current": False} if _lives_there(row) and taken else {}


def _old_home_own(row: Row, meeting: Meeting) -> Changes:
    return {"is_current": False} if _lives_there(row) and "home" in meeting.takes else {}


def install() -> None:
    """Fill this app's part of the table."""
    declare(PersonName, "person", How.MOVE, label=_("Names"), same=("kind", "value"))
    declare(Identifier, "person", How.MOVE, label=_("Numbers"), same=("kind", "index"))
    declare(
        Address,
        "person",
        How.MOVE,
        label=_("Addresses"),
        same=("kind", "region_id", "typed_place", "hamlet", "rt", "rw", "street"),
        moved=_old_home_moved,
        own=_old_home_own,
    )
    declare(Contact, "person", How.MOVE, label=_("Contacts"), same=("kind", "index", "owner"))
    declare(
        Kinship,
        "person",
        How.MOVE,
        label=_("Family"),
        same=("relation", "other_id", "other_name"),
        stays=_would_be_own_kin,
    )
    declare(
        Kinship,
        "other",
        How.MOVE,
        label=_("Family of others"),
        same=("relation", "person_id"),
        stays=_would_be_own_kin,
    )
    declare(
        HouseholdMember,
        "person",
        How.MOVE,
        label=_("Family cards"),
        same=("household_id", "until"),
    )
    declare(
        PpksStatus,
        "person",
        How.MOVE,
        label=_("PPKS kinds"),
        same=("kind", "subtype", "disability", "status_on", "ended_on"),
        moved=_steps_back,
    )
    declare(
        PersonFact,
        "person",
        How.MOVE,
        label=_("Facts"),
        same=("kind", "code", "detail", "period", "fact_on"),
    )
    declare(Mark, "person", How.MOVE, label=_("Marks"), same=("kind", "body_part", "text"))
    declare(Belonging, "person", How.MOVE, label=_("Belongings"), same=("kind", "text"))
    declare(Consent, "person", How.MOVE, label=_("Consents"))
    # Two limits are one: the kept entry's stands, the other stays as history.
    declare(
        ProcessingLimit,
        "person",
        How.MOVE,
        label=_("Limits on the use of the data"),
        same=("lifted_at",),
    )
    # Made anew from the names of both entries.
    declare(SearchKey, "person", How.LEAVE, label=_("Search keys"))
    # History of the absorbed entry itself; it leads on to the kept one.
    declare(Person, "merged_into", How.LEAVE, label=_("Entries joined before"))
    declare(Merge, "kept", How.LEAVE, label=_("Entries joined before"))
    declare(Merge, "absorbed", How.LEAVE, label=_("Entries joined before"))
    declare(Judgement, "first", How.LEAVE, label=_("Verdicts"))
    declare(Judgement, "second", How.LEAVE, label=_("Verdicts"))
    declare(DuplicatePair, "first", How.LEAVE, label=_("Possible duplicates"))
    declare(DuplicatePair, "second", How.LEAVE, label=_("Possible duplicates"))
    # Loose keys of the apps below.
    declare(Attachment, "owner_id", How.MOVE, label=_("Files"), where={"owner_kind": PERSON})
    for model, label in ((Task, _("Tasks")), (Notice, _("Notices")), (CalendarEntry, _("Dates"))):
        declare(model, "subject_id", How.MOVE, label=label, where={"subject_kind": PERSON})
