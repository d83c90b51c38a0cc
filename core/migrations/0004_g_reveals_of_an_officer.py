"""The numbers that one officer looked at are counted by the hour."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_event_reference_index")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["actor_id", "at"],
                name="event_reveals",
                condition=models.Q(("action", "person.number_revealed")),
            ),
        ),
    ]
