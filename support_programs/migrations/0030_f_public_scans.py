"""Scans of decisions on the public pages: who checked and published them, and why one was taken down, is never rewritten."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import core.fields

PUBLISHED = (
    "area_code", "decision_id", "file_id", "published_on", "checked_by_id", "checked_by_name",
)  # fmt: skip
WITHDRAWN = ("withdrawn_on", "withdrawn_by_id", "withdrawn_by_name", "withdrawn_reason")


def differs(columns: tuple[str, ...]) -> str:
    old = ", ".join(f"OLD.{column}" for column in columns)
    new = ", ".join(f"NEW.{column}" for column in columns)
    return f"ROW({old}) IS DISTINCT FROM ROW({new})"


GUARDS = f"""
CREATE TRIGGER frozen BEFORE UPDATE ON support_programs_decisionpublication FOR EACH ROW
  WHEN ({differs(PUBLISHED)}) EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER withdrawal_frozen BEFORE UPDATE ON support_programs_decisionpublication FOR EACH ROW
  WHEN (OLD.withdrawn_on IS NOT NULL AND {differs(WITHDRAWN)}) EXECUTE FUNCTION refuse_rewriting();
"""
UNGUARD = """
DROP TRIGGER IF EXISTS frozen ON support_programs_decisionpublication;
DROP TRIGGER IF EXISTS withdrawal_frozen ON support_programs_decisionpublication;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_sequences_of_casework"),
        ("support_programs", "0029_g_documents_of_money"),
    ]

    operations = [
        migrations.CreateModel(
            name="DecisionPublication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("published_on", models.DateField(verbose_name="Ngày công bố")),
                ("checked_by_id", models.BigIntegerField()),
                (
                    "checked_by_name",
                    models.CharField(max_length=150, verbose_name="Người kiểm tra bản chụp"),
                ),
                ("withdrawn_on", models.DateField(null=True, verbose_name="Ngày gỡ")),
                ("withdrawn_by_id", models.BigIntegerField(null=True)),
                ("withdrawn_by_name", models.CharField(blank=True, max_length=150)),
                (
                    "withdrawn_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="Lý do gỡ"),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="support_programs.approvaldecision",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "công bố bản chụp quyết định",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("withdrawn_on__isnull", True)),
                        fields=("decision",),
                        name="one_public_scan_of_decision",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            ("withdrawn_by_id__isnull", True),
                            ("withdrawn_on__isnull", True),
                            ("withdrawn_reason", ""),
                        )
                        | Q(
                            ("withdrawn_by_id__isnull", False),
                            ("withdrawn_on__isnull", False),
                            ("withdrawn_reason__gt", ""),
                        ),
                        name="withdrawn_scan_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=Q(("checked_by_name__gt", "")), name="public_scan_was_checked"
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
