"""Who received somebody's cash instead of them: rows that only grow, their number encrypted."""

import importlib
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import core.fields

GUARDS = (Path(__file__).resolve().parent.parent / "sql" / "proxies.sql").read_text("utf-8")
sealed = importlib.import_module("support_programs.migrations.0016_g_ciphertexts_of_snapshots")


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0017_f_goods")]

    operations = [
        migrations.CreateModel(
            name="CashProxy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("full_name", models.CharField(max_length=150, verbose_name="Họ và tên người nhận thay")),
                ("number_encrypted", models.BinaryField()),
                ("number_last3", models.CharField(max_length=3)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("spouse", "Vợ hoặc chồng"),
                            ("child", "Con"),
                            ("parent", "Cha hoặc mẹ"),
                            ("sibling", "Anh, chị, em"),
                            ("relative", "Người thân khác"),
                            ("guardian", "Người giám hộ"),
                            ("other", "Người được ủy quyền khác"),
                        ],
                        max_length=12,
                        verbose_name="Quan hệ với người hưởng",
                    ),
                ),
                ("paper_number", models.CharField(max_length=100, verbose_name="Giấy ủy quyền")),
                ("paper_date", models.DateField(verbose_name="Ngày ủy quyền")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="Lý do sửa")),
                ("recorded_by_id", models.BigIntegerField()),
                ("recorded_by_name", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "instruction",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proxies",
                        to="disbursements.paymentinstruction",
                    ),
                ),
            ],
            options={
                "verbose_name": "người nhận thay",
                "ordering": ["instruction", "-ordinal"],
                "constraints": [
                    models.UniqueConstraint(fields=("instruction", "ordinal"), name="proxy_ordinal_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "relation__in",
                                ["spouse", "child", "parent", "sibling", "relative", "guardian", "other"],
                            )
                        ),
                        name="proxy_relation_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("full_name__gt", ""), ("paper_number__gt", "")),
                        name="proxy_has_name_and_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ordinal", 1), ("reason__gt", ""), _connector="OR"),
                        name="corrected_proxy_has_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        migrations.RunSQL(
            sealed.trigger("disbursements_cashproxy", ("number_encrypted",)), migrations.RunSQL.noop
        ),
    ]
