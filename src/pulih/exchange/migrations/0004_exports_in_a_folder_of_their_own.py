"""Exports leave the files: they wait in a folder of their own, bound to a session and their rows."""

import pulih.common.fields
from pathlib import Path

from django.conf import settings
from django.db import migrations, models


def throw_away(apps, schema_editor):
    """What waits in the old place is thrown away; its user exports the list again."""
    runs = apps.get_model("exchange", "ExportRun")
    files = apps.get_model("files", "Attachment")
    runs.objects.filter(state__in=("ready", "writing")).update(state="expired")
    waiting = files.objects.filter(owner_kind="exchange.exportrun", removed_at=None)
    for path in waiting.values_list("storage_path", flat=True):
        (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)
    waiting.delete()


def go_back(apps, schema_editor):
    """The state that the earlier version does not know is what it calls expired."""
    runs = apps.get_model("exchange", "ExportRun")
    runs.objects.filter(state__in=("ready", "writing", "revoked")).update(state="expired")


class Migration(migrations.Migration):

    dependencies = [
        ("exchange", "0003_exports_students_recipients"),
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(throw_away, go_back),
        migrations.RemoveField(model_name="exportrun", name="attachment_id"),
        migrations.AddField(
            model_name="exportrun",
            name="row_keys",
            field=pulih.common.fields.EncryptedTextField(blank=True, default="", help_text="Keys of the rows inside, to be asked again when fetched"),
        ),
        migrations.AddField(
            model_name="exportrun",
            name="sitting",
            field=models.CharField(blank=True, default="", help_text="Digest of the session that asked", max_length=32),
        ),
        migrations.AlterField(
            model_name="exportrun",
            name="state",
            field=models.CharField(choices=[("writing", "Being written"), ("ready", "Ready to be fetched"), ("fetched", "Fetched"), ("expired", "Not fetched in time"), ("revoked", "Thrown away, as it may no longer be seen"), ("failed", "Stopped by a fault")], default="writing", max_length=8),
        ),
    ]
