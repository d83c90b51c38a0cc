"""The plan of payments: figures that are replaced, never changed."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import core.fields

GUARD = (Path(__file__).resolve().parent.parent / "sql" / "plan.sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_layouts_e"),
        ("support_programs", "0029_g_documents_of_money"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("week", models.DateField(null=True, verbose_name="Tuần từ thứ Hai")),
                ("people", models.PositiveIntegerField(verbose_name="Số người")),
                ("amount", models.BigIntegerField(verbose_name="Số tiền")),
                ("document_number", models.CharField(max_length=60, verbose_name="Số văn bản")),
                ("entered_by_id", models.BigIntegerField()),
                ("entered_by_name", models.CharField(max_length=150, verbose_name="Người nhập")),
                ("entered_on", models.DateField(verbose_name="Ngày nhập")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="support_programs.programme",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="reports.planentry",
                        verbose_name="Thay cho",
                    ),
                ),
            ],
            options={
                "verbose_name": "kế hoạch chi",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["programme", "area_code", "week"], name="plan_figure")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="plan_amount_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("document_number__gt", "")), name="plan_names_its_paper"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("week__isnull", True), ("week__iso_week_day", 1), _connector="OR"
                        ),
                        name="plan_week_begins_on_monday",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", True)),
                        fields=("programme", "area_code", "week"),
                        name="plan_begins_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
