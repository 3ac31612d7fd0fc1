"""Put East Java and Ngawi with its districts and villages into every database."""

from django.db import migrations
from django.db.models import ProtectedError

from pulih.people.models.region import parent_code, region_values
from pulih.people.regions.read import read_ngawi


def add(apps, schema_editor):
    region = apps.get_model("people", "Region")
    paths = {}
    made = []
    for code, name in sorted(read_ngawi(), key=lambda row: (row[0].count("."), row[0])):
        values = region_values(code, name, paths.get(parent_code(code), ""))
        paths[code] = values["path"]
        made.append(region(**values))
    region.objects.bulk_create(made, ignore_conflicts=True)


def remove(apps, schema_editor):
    """Take out the rows that nothing uses, villages first."""
    region = apps.get_model("people", "Region")
    for code in sorted((code for code, _ in read_ngawi()), key=len, reverse=True):
        try:
            region.objects.filter(code=code).delete()
        except ProtectedError:
            continue


class Migration(migrations.Migration):
    dependencies = [("people", "0002_region_search")]
    operations = [migrations.RunPython(add, remove)]
