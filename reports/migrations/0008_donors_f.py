"""Donors who asked not to be named on the public pages; how and when is never rewritten."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import core.fields

ASKED = ("area_code", "donation_id", "note", "asked_on", "recorded_by_id", "recorded_by_name")
ENDED = ("ended_on", "ended_by_id", "ended_by_name", "ended_note")


def differs(columns: tuple[str, ...]) -> str:
    old = ", ".join(f"OLD.{column}" for column in columns)
    new = ", ".join(f"NEW.{column}" for column in columns)
    return f"ROW({old}) IS DISTINCT FROM ROW({new})"


GUARDS = f"""
CREATE TRIGGER frozen BEFORE UPDATE ON reports_unnameddonor FOR EACH ROW
  WHEN ({differs(ASKED)}) EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER end_frozen BEFORE UPDATE ON reports_unnameddonor FOR EACH ROW
  WHEN (OLD.ended_on IS NOT NULL AND {differs(ENDED)}) EXECUTE FUNCTION refuse_rewriting();
"""
UNGUARD = """
DROP TRIGGER IF EXISTS frozen ON reports_unnameddonor;
DROP TRIGGER IF EXISTS end_frozen ON reports_unnameddonor;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("disbursements", "0022_functions_of_the_owner"),
        ("reports", "0007_runs_b"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnnamedDonor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("note", models.CharField(max_length=300, verbose_name="Nhà tài trợ đề nghị thế nào")),
                ("asked_on", models.DateField(verbose_name="Ngày ghi")),
                ("recorded_by_id", models.BigIntegerField()),
                ("recorded_by_name", models.CharField(max_length=150)),
                ("ended_on", models.DateField(null=True)),
                ("ended_by_id", models.BigIntegerField(null=True)),
                ("ended_by_name", models.CharField(blank=True, max_length=150)),
                (
                    "ended_note",
                    models.CharField(blank=True, max_length=300, verbose_name="Vì sao nêu tên lại"),
                ),
                (
                    "donation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unnamed_wishes",
                        to="disbursements.donation",
                    ),
                ),
            ],
            options={
                "verbose_name": "nhà tài trợ không nêu tên",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("ended_on__isnull", True)),
                        fields=("donation",),
                        name="one_live_wish_of_donor",
                    ),
                    models.CheckConstraint(condition=Q(("note__gt", "")), name="unnamed_donor_has_note"),
                    models.CheckConstraint(
                        condition=Q(
                            ("ended_by_id__isnull", True),
                            ("ended_note", ""),
                            ("ended_on__isnull", True),
                        )
                        | Q(
                            ("ended_by_id__isnull", False),
                            ("ended_note__gt", ""),
                            ("ended_on__isnull", False),
                        ),
                        name="ended_wish_has_note",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
