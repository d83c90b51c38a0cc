"""What somebody looks up by its reference in the audit log is found without reading the log."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_numbers_and_log"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("object_ref", ""), _negated=True),
                fields=["object_ref"],
                name="event_reference",
            ),
        ),
    ]
