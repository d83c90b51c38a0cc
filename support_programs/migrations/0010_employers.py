"""Employers in cases, lists and entitlements."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("beneficiaries", "0004_employers"),
        ("core", "0003_event_reference_index"),
        ("support_programs", "0009_guards_of_wider_claims"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="employer",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="beneficiaries.employer",
            ),
        ),
        migrations.AddField(
            model_name="caselist",
            name="employer",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="case_lists",
                to="beneficiaries.employer",
                verbose_name="Người sử dụng lao động",
            ),
        ),
        migrations.AddField(
            model_name="entitlement",
            name="employer",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entitlements",
                to="beneficiaries.employer",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("employer__isnull", False)), fields=["employer"], name="case_of_employer"
            ),
        ),
        migrations.AddIndex(
            model_name="caselist",
            index=models.Index(
                condition=models.Q(("employer__isnull", False)), fields=["employer"], name="list_of_employer"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("person__isnull", False), ("employer__isnull", False), _connector="OR"),
                name="case_has_claimant",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("ineligible", "withdrawn")), _negated=True),
                    ("employer__isnull", False),
                ),
                fields=("programme", "employer", "period"),
                name="one_live_case_per_programme_and_employer",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlement",
            constraint=models.CheckConstraint(
                condition=models.Q(("claimant__isnull", False), ("employer__isnull", False), _connector="OR"),
                name="entitlement_has_claimant",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlement",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("status", "cancelled"), _negated=True), ("employer__isnull", False)
                ),
                fields=("programme", "employer", "period"),
                name="one_live_entitlement_per_employer",
            ),
        ),
    ]
