"""The keys of a person move into the person's row; the table of keys is asked by key alone."""

from itertools import groupby, islice

import django.db.models.deletion
from django.db import migrations, models

AT_ONCE = 2000


def keep_with_person(apps, schema_editor):
    """Write the keys of each person into the person's row."""
    person, key = apps.get_model("people", "Person"), apps.get_model("people", "SearchKey")
    rows = key.objects.order_by("person_id", "key").values_list("person_id", "key")
    groups = groupby(rows.iterator(AT_ONCE), key=lambda row: row[0])
    while part := list(islice(groups_of(groups), AT_ONCE)):
        people = person.objects.in_bulk([pk for pk, _keys in part])
        for pk, keys in part:
            people[pk].search_keys, people[pk].is_findable = "\n".join(keys), True
        person.objects.bulk_update(people.values(), ["search_keys", "is_findable"], batch_size=100)


def groups_of(groups):
    """The groups with their keys read: a group is gone when the next one is asked for."""
    for pk, rows in groups:
        yield pk, [key for _pk, key in rows]


def write_table(apps, schema_editor):
    """Fill the table of keys from the rows of the people."""
    person, key = apps.get_model("people", "Person"), apps.get_model("people", "SearchKey")
    rows = person.objects.filter(is_findable=True).values_list("pk", "search_keys")
    made = (
        key(person_id=pk, key=one) for pk, keys in rows.iterator(AT_ONCE) for one in keys.split("\n")
    )
    while part := list(islice(made, AT_ONCE)):
        key.objects.bulk_create(part, batch_size=400)


class Migration(migrations.Migration):

    dependencies = [("people", "0008_household_index")]

    operations = [
        # The name by which a person has the rows of the table makes place for the new field.
        migrations.AlterField(
            model_name="searchkey",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="search_keys",
            field=models.TextField(
                blank=True,
                default="",
                help_text="The keys under which an open person is found, one a line",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="is_findable",
            field=models.BooleanField(
                default=False,
                help_text="Do the keys stand in the table of keys, and are they counted?",
            ),
        ),
        migrations.RunPython(keep_with_person, write_table),
        migrations.DeleteModel("SearchKey"),
        migrations.CreateModel(
            name="SearchKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "person_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.RunPython(write_table, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("import_batch__isnull", False), ("is_findable", False)),
                fields=["import_batch", "id"],
                name="person_not_findable",
            ),
        ),
    ]
