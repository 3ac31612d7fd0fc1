"""R-PEO-6: people keep the keys under which they are found when the keys move into their rows."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from pulih.people.models import Person, SearchKey
from pulih.people.queries import PeopleFilter, list_people
from pulih.people.storage.keys import keys_of

BEFORE = ("people", "0008_household_index")
AFTER = ("people", "0009_search_keys_by_key")
NAMES = ("Suparno", "Sutini Wulandari", "Mbok Ginah")
NAMELESS = ""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def migrate() -> Iterator[Callable[..., Any]]:
    """Walk the database to a migration; returns the models as they were then."""

    def walk(*targets: tuple[str, str]) -> Any:
        MigrationExecutor(connection).migrate(list(targets))
        return MigrationExecutor(connection).loader.project_state(list(targets)).apps

    yield walk
    walk(*MigrationExecutor(connection).loader.graph.leaf_nodes())


@pytest.fixture
def clerk(make_user):
    """Whoever registered the people, and finds them again."""
    return make_user("front_desk")


@pytest.fixture
def old(migrate, clerk):
    """The models of before, with people who have keys, and one who has none."""
    apps = migrate(BEFORE)
    person, key = apps.get_model("people", "Person"), apps.get_model("people", "SearchKey")
    for number, name in enumerate((*NAMES, NAMELESS)):
        made = person.objects.create(
            id=uuid.uuid4(),
            office_id=clerk.office_id,
            number=f"P-2026-{number:05}",
            full_name=name,
            sort_name=name.casefold(),
            created_by_id=clerk.pk,
            created_at=timezone.now(),
        )
        for one in keys_of([name], None, []):
            key.objects.create(person=made, key=one)
    return apps


def table_of(model: Any) -> set[tuple[uuid.UUID, str]]:
    """Who is found under which key."""
    return set(model.values_list("person_id", "key"))


def keys_now() -> Any:
    return SearchKey.objects.unscoped(reason="test")


def people_now() -> Any:
    return Person.objects.unscoped(reason="test")


def test_people_keep_their_keys_and_who_had_some_is_findable(old, migrate):
    before = table_of(old.get_model("people", "SearchKey").objects)

    migrate(AFTER)

    rows = list(people_now().values_list("full_name", "pk", "search_keys", "is_findable"))
    assert table_of(keys_now()) == before
    assert {(pk, key) for _, pk, keys, _ in rows for key in keys.split("\n") if key} == before
    assert sorted(name for name, _, _, is_findable in rows if is_findable) == sorted(NAMES)


def test_forth_and_back_leaves_the_table_as_it_was_and_everybody_is_still_found(
    old, migrate, clerk
):
    before = table_of(old.get_model("people", "SearchKey").objects)
    migrate(AFTER)

    apps = migrate(BEFORE)

    assert table_of(apps.get_model("people", "SearchKey").objects) == before
    migrate(*MigrationExecutor(connection).loader.graph.leaf_nodes())
    found = list_people(user=clerk, narrowed=PeopleFilter(text="sutini"))
    assert [person.name for person in found] == ["Sutini Wulandari"]
