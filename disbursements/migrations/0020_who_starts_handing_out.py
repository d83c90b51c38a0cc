"""Who approved a round of handing out does not start it (I7)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_stored_files_stay"),
        ("disbursements", "0019_b_department_people"),
        ("support_programs", "0029_g_documents_of_money"),
    ]

    operations = [
        migrations.AddField(
            model_name="handout",
            name="started_by_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("started_by_id__isnull", True),
                    models.Q(("started_by_id", models.F("approved_by_id")), _negated=True),
                    _connector="OR",
                ),
                name="handout_starter_did_not_approve_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["handing", "closed"]), _negated=True),
                    ("started_by_id__isnull", False),
                    _connector="OR",
                ),
                name="started_handout_names_who",
            ),
        ),
    ]
