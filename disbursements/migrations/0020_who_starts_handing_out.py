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
        # of rounds under way only who made them is known, and that is not who approved them
        migrations.RunSQL(
            "ALTER TABLE disbursements_handout DISABLE TRIGGER USER; "
            "UPDATE disbursements_handout SET started_by_id = created_by_id WHERE status IN ('handing', 'closed'); "
            "SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE disbursements_handout ENABLE TRIGGER USER",
            migrations.RunSQL.noop,
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
