"""Models and migrations agree; each migration is named and can be taken back."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

MIGRATIONS = [
    migration
    for (app, _), migration in sorted(MigrationLoader(None).disk_migrations.items())
    if type(migration).__module__.startswith("pulih.")
]


def name(migration):
    return f"{migration.app_label}.{migration.name}"


def test_no_migration_is_missing(db):
    said = StringIO()

    call_command("makemigrations", "--check", "--dry-run", stdout=said, skip_checks=True)

    assert "No changes" in said.getvalue()


@pytest.mark.parametrize("migration", MIGRATIONS, ids=name)
def test_a_migration_can_be_taken_back(migration):
    assert all(
        operation.reversible
        for operation in migration.operations
        if isinstance(operation, RunPython | RunSQL)
    )


@pytest.mark.parametrize("migration", MIGRATIONS, ids=name)
def test_a_migration_says_what_it_does(migration):
    assert "auto_" not in migration.name
    assert migration.name[:4].isdigit()


def test_no_two_migrations_of_an_app_have_one_number():
    numbers = [(migration.app_label, migration.name[:4]) for migration in MIGRATIONS]

    assert len(numbers) == len(set(numbers))
