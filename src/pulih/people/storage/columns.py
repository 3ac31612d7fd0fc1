"""The columns that are written for a new entry, in the order of their values."""

from __future__ import annotations

from django.db import models

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
    PersonFact,
    PersonName,
    PpksStatus,
)

# Parents first: the order in which the tables are written.
COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    Person: (
        *("id", "office_id", "compartment_id", "number", "status"),
        *("full_name", "full_name_sealed", "sort_name", "sex"),
        *("birth_date", "birth_precision", "birth_year_from", "birth_year_to"),
        *("estimated_on", "born_around", "birth_place", "religion", "nationality", "photo_id"),
        *("home_code", "main_kind", "temporary_code", "found_in_id", "found_text", "found_on"),
        *("language", "died_on", "merged_into_id", "import_batch"),
        *("search_keys", "is_findable"),
        *("created_by_id", "created_at", "updated_at"),
    ),
    PersonName: ("id", "person_id", "kind", "text", "text_sealed", "source", "noted_on"),
    Identifier: (
        *("id", "person_id", "kind", "value", "index", "sealed", "findings", "note"),
        *("recorded_at", "recorded_by_id"),
    ),
    Address: (
        *("id", "person_id", "kind", "region_id", "typed_place", "hamlet", "rt", "rw"),
        *("street", "is_current", "since", "recorded_at"),
    ),
    Contact: ("id", "person_id", "kind", "value", "index", "owner", "is_safe"),
    Kinship: (
        *("id", "person_id", "relation", "other_id", "other_name", "is_guardian"),
        *("note", "noted_on"),
    ),
    Household: ("id", "office_id", "compartment_id", "kk_index"),
    HouseholdMember: ("id", "household_id", "person_id", "is_head", "since", "until"),
    PpksStatus: (
        *("id", "person_id", "kind", "scheme_version", "is_primary", "subtype", "disability"),
        *("status_on", "ended_on", "source", "note", "import_batch"),
        *("recorded_by_id", "recorded_at"),
    ),
    PersonFact: (
        *("id", "person_id", "kind", "code", "detail", "period", "fact_on", "source"),
        *("import_batch", "recorded_by_id", "recorded_at"),
    ),
    Mark: ("id", "person_id", "kind", "body_part", "text", "noted_on"),
    Belonging: ("id", "person_id", "kind", "text", "kept_at", "noted_on"),
}
