"""R-PEO-51: a merge is undone whole; every row of every table is again as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jejak.birth import BirthDate
from pulih.access.models import Compartment, CompartmentMember, User
from pulih.people.actions.merging import merge_people, undo_merge
from pulih.people.actions.registration import register_person
from pulih.people.drafts import (
    AddressDraft,
    ContactDraft,
    FactDraft,
    KinDraft,
    NameDraft,
    NumberDraft,
    PersonDraft,
    SignDraft,
    StatusDraft,
)
from pulih.people.merge import relations
from pulih.people.models import Merge, Person


@pytest.fixture
def officer(make_user: Callable[..., User]) -> User:
    return make_user(role="data_officer")


def dump() -> dict[str, list[tuple]]:
    """Every row of every table of people, as the database holds it; without the merges."""
    tables = {}
    for model in apps.get_app_config("people").get_models():
        if model is Merge:
            continue
        columns = [field.attname for field in model._meta.concrete_fields]
        rows = model._base_manager.order_by("pk").values_list(*columns)
        tables[model._meta.label] = [tuple(map(repr, row)) for row in rows]
    return tables


def test_two_sealed_entries_of_one_compartment_merge_and_part_again(
    make_user: Callable[..., User],
) -> None:
    head = make_user(role="section_head")
    room = Compartment.objects.create(office=head.office)
    CompartmentMember.objects.create(
        compartment=room, user=head, valid_from=dt.date(2020, 1, 1), purpose="kasus"
    )
    kept, other = (
        register_person(draft=PersonDraft(full_name=name), compartment=room, by=head)
        for name in ("Rini", "Rina")
    )
    before = dump()

    merge = merge_people(kept=kept, absorbed=other, choices={"name": "other"}, by=head)

    assert Person.objects.visible_to(head).get(pk=kept.pk).own_name == "Rina"
    assert kept.names.get().value == "Rini"
    undo_merge(merge=merge, why="salah", by=head)
    assert dump() == before


NAMES = st.sampled_from(["Parto", "Wagimin", "Siti Aminah", "Slamet", ""])
SCARS = st.lists(st.sampled_from(["dahi", "lengan"]), max_size=2)


def drafts() -> st.SearchStrategy[PersonDraft]:
    """People with any of the things that an entry can have."""
    return st.builds(
        PersonDraft,
        full_name=NAMES,
        sex=st.sampled_from(["L", "P", ""]),
        birth=st.sampled_from([None, BirthDate.year(1970), BirthDate.exact(dt.date(1970, 1, 2))]),
        birth_place=st.sampled_from(["", "Ngawi", "Madiun"]),
        found_text=st.sampled_from(["", "Pasar Besar"]),
        status=st.sampled_from(["identified", "unidentified"]),
        names=st.lists(st.builds(NameDraft, NAMES.filter(bool)), max_size=2).map(tuple),
        numbers=st.lists(
            st.builds(NumberDraft, st.sampled_from(["3521091201870001", "3521095201870001"])),
            max_size=2,
        ).map(tuple),
        addresses=st.lists(
            st.builds(AddressDraft, st.sampled_from(["", "35.21.10", "35.21.12.2001"])),
            max_size=2,
        ).map(tuple),
        contacts=st.lists(st.builds(ContactDraft, st.sampled_from(["081", "082"])), max_size=2).map(
            tuple
        ),
        kin=st.lists(st.builds(KinDraft, NAMES.filter(bool)), max_size=2).map(tuple),
        statuses=st.lists(st.builds(StatusDraft, st.integers(8, 12)), max_size=2).map(tuple),
        facts=st.lists(
            st.builds(FactDraft, st.just("decile"), st.sampled_from(["1", "2"])), max_size=2
        ).map(tuple),
        marks=SCARS.map(lambda texts: tuple(SignDraft(text) for text in texts)),
    )


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    one=drafts(),
    other=drafts(),
    choices=st.dictionaries(
        st.sampled_from(["name", "sex", "birth", "birth_place", "home", "found"]),
        st.sampled_from(["kept", "other"]),
    ),
)
def test_merging_and_undoing_leaves_every_table_as_it_was(
    officer: User, one: PersonDraft, other: PersonDraft, choices: dict[str, str]
) -> None:
    kept = register_person(draft=one, by=officer)
    absorbed = register_person(draft=other, by=officer)
    before = dump()

    merge = merge_people(kept=kept, absorbed=absorbed, choices=choices, by=officer)
    undo_merge(merge=merge, why="uji", by=officer)

    assert dump() == before


def test_the_dump_of_the_property_sees_every_table_of_people() -> None:
    pointing = {
        relation.model
        for relation in relations.declared()
        if relation.model._meta.app_label == "people"
    }

    assert pointing - {Merge} <= set(apps.get_app_config("people").get_models())
    assert all(issubclass(model, models.Model) for model in pointing)
