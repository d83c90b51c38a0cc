"""Recoveries with plan, receipts and hand-backs in the ledger; unclaimed money; samples of paid people to be called back."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import core.fields

SQL = Path(__file__).resolve().parent.parent / "sql"

# a recovery of before was of the line that paid its entitlement
BEFORE = """
ALTER TABLE disbursements_recovery DISABLE TRIGGER USER;
UPDATE disbursements_recovery r SET instruction_id = i.id
  FROM disbursements_paymentinstruction i WHERE i.entitlement_id = r.entitlement_id AND i.status = 'paid';
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE disbursements_recovery ENABLE TRIGGER USER;
"""
HISTORY = """
SELECT post_recovery_move(r, r.opened_on, 'recovery', 'recovery', 'receivable', r.amount, 1)
  FROM (SELECT * FROM disbursements_recovery ORDER BY id) r;
SELECT post_recovery_move(r, r.ended_on, 'waiver', 'receivable', 'recovery', r.amount, 1)
  FROM (SELECT * FROM disbursements_recovery WHERE state = 'cancelled' ORDER BY id) r;
"""


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0015_d_what_came_back")]

    operations = [
        *[
            migrations.RunSQL(f"CREATE SEQUENCE reference_{prefix}", f"DROP SEQUENCE reference_{prefix}")
            for prefix in ("hn", "gk")
        ],
        migrations.CreateModel(
            name="CallbackItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("position", models.PositiveIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("full", "Nhận đủ tiền"),
                            ("less", "Nhận thiếu tiền"),
                            ("not_received", "Không nhận được tiền"),
                            ("never_applied", "Nói chưa từng đề nghị hỗ trợ"),
                            ("unreachable", "Không liên lạc được"),
                            ("wrong_number", "Số máy không phải của người nhận"),
                        ],
                        max_length=13,
                        verbose_name="Kết quả",
                    ),
                ),
                ("said_amount", models.BigIntegerField(null=True, verbose_name="Số tiền người nhận nói")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="Ghi chú")),
                ("called_on", models.DateField(null=True)),
                ("calls", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("called_by_id", models.BigIntegerField(null=True)),
                ("called_by_name", models.CharField(blank=True, max_length=150)),
            ],
            options={
                "verbose_name": "người được gọi kiểm tra",
                "ordering": ["sample", "position"],
            },
        ),
        migrations.CreateModel(
            name="CallbackSample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    core.fields.ReferenceField(db_collation="C", editable=False, max_length=20, unique=True),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("paid_from", models.DateField(null=True, verbose_name="Chi từ ngày")),
                ("paid_to", models.DateField(null=True, verbose_name="đến ngày")),
                ("seed", models.CharField(max_length=40, verbose_name="Số gieo")),
                ("population", models.PositiveIntegerField(verbose_name="Số người đã chi")),
                ("size", models.PositiveIntegerField(verbose_name="Số người được chọn")),
                ("drawn_on", models.DateField()),
                ("drawn_by_id", models.BigIntegerField()),
                ("drawn_by_name", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "mẫu gọi kiểm tra",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="RecoveryHandBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("document_number", models.CharField(max_length=60, verbose_name="Số chứng từ")),
                ("handed_on", models.DateField(verbose_name="Ngày nộp")),
                ("amount", models.BigIntegerField(verbose_name="Số tiền")),
                ("recorded_by_id", models.BigIntegerField()),
                ("recorded_by_name", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "nộp tiền thu hồi",
                "ordering": ["handed_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="RecoveryInstalment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("plan", models.PositiveSmallIntegerField()),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField(verbose_name="Hạn nộp")),
                ("amount", models.BigIntegerField(verbose_name="Số tiền")),
                ("due_total", models.BigIntegerField()),
                ("planned_by_id", models.BigIntegerField()),
                ("planned_by_name", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "kỳ thu hồi",
                "ordering": ["recovery", "-plan", "ordinal"],
            },
        ),
        migrations.CreateModel(
            name="RecoveryReceipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("document_number", models.CharField(max_length=60, verbose_name="Số chứng từ")),
                ("received_on", models.DateField(verbose_name="Ngày thu")),
                ("amount", models.BigIntegerField(verbose_name="Số tiền")),
                ("recorded_by_id", models.BigIntegerField()),
                ("recorded_by_name", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "phiếu thu hồi",
                "ordering": ["received_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="UnclaimedItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("amount", models.BigIntegerField(verbose_name="Số tiền")),
                ("reopened_on", models.DateField(null=True, verbose_name="Ngày mở lại")),
                (
                    "reopened_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="Lý do mở lại"),
                ),
                ("reopened_by_id", models.BigIntegerField(null=True)),
                ("reopened_by_name", models.CharField(blank=True, max_length=150)),
            ],
            options={
                "verbose_name": "người không nhận tiền",
                "ordering": ["unclaimed", "area_code", "id"],
            },
        ),
        migrations.CreateModel(
            name="UnclaimedReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    core.fields.ReferenceField(db_collation="C", editable=False, max_length=20, unique=True),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("document_number", models.CharField(max_length=60, verbose_name="Số văn bản")),
                ("returned_on", models.DateField(verbose_name="Ngày văn bản")),
                ("waited_days", models.PositiveSmallIntegerField()),
                ("people", models.PositiveIntegerField(verbose_name="Số người")),
                ("amount", models.BigIntegerField(verbose_name="Số tiền")),
                ("recorded_by_id", models.BigIntegerField()),
                ("recorded_by_name", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "hoàn trả tiền không có người nhận",
                "ordering": ["-id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="recovery",
            name="recovery_state_known",
        ),
        migrations.AddField(
            model_name="recovery",
            name="decision_number",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=60, verbose_name="Số quyết định"
            ),
        ),
        migrations.AddField(
            model_name="recovery",
            name="decision_on",
            field=models.DateField(null=True, verbose_name="Ngày quyết định"),
        ),
        migrations.AddField(
            model_name="recovery",
            name="decision_signer",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=150, verbose_name="Người ký"
            ),
        ),
        migrations.AddField(
            model_name="recovery",
            name="handed_back",
            field=models.BigIntegerField(db_default=0, default=0, verbose_name="Đã nộp ngân sách"),
        ),
        migrations.AddField(
            model_name="recovery",
            name="instruction",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recoveries",
                to="disbursements.paymentinstruction",
            ),
        ),
        migrations.AddField(
            model_name="recovery",
            name="kind",
            field=models.CharField(
                choices=[
                    ("double", "Chi trùng cho một người"),
                    ("not_entitled", "Không đủ điều kiện hưởng"),
                    ("wrong_amount", "Chi vượt mức được hưởng"),
                    ("wrong_person", "Chi nhầm người"),
                    ("false_papers", "Khai hoặc giấy tờ không đúng sự thật"),
                    ("other", "Lý do khác"),
                ],
                db_default="double",
                default="double",
                max_length=12,
                verbose_name="Loại",
            ),
        ),
        migrations.AddField(
            model_name="recovery",
            name="opened_by_name",
            field=models.CharField(blank=True, db_default="", default="", max_length=150),
        ),
        migrations.AddField(
            model_name="recovery",
            name="recovered",
            field=models.BigIntegerField(db_default=0, default=0, verbose_name="Đã thu"),
        ),
        migrations.AddField(
            model_name="recovery",
            name="waiver_number",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AlterField(
            model_name="recovery",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="beneficiaries.person",
            ),
        ),
        migrations.AlterField(
            model_name="recovery",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Đang thu hồi"),
                    ("recovered", "Đã thu hồi"),
                    ("cancelled", "Thôi thu hồi"),
                    ("waived", "Miễn thu hồi"),
                ],
                default="open",
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "recovered", "cancelled", "waived"])),
                name="recovery_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["double", "not_entitled", "wrong_amount", "wrong_person", "false_papers", "other"],
                    )
                ),
                name="recovery_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recovered__gte", 0),
                    ("recovered__lte", models.F("amount")),
                    ("handed_back__gte", 0),
                    ("handed_back__lte", models.F("recovered")),
                ),
                name="recovery_sums_within_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "recovered"), ("recovered", models.F("amount"))),
                    models.Q(
                        models.Q(("state", "recovered"), _negated=True), ("recovered__lt", models.F("amount"))
                    ),
                    _connector="OR",
                ),
                name="recovered_when_all_is_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True), ("recovered", 0), _connector="OR"
                ),
                name="cancelled_recovery_took_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waived"), _negated=True), ("waiver_number__gt", ""), _connector="OR"
                ),
                name="waived_by_a_decision",
            ),
        ),
        migrations.AddField(
            model_name="callbackitem",
            name="instruction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="disbursements.paymentinstruction",
            ),
        ),
        migrations.AddField(
            model_name="callbacksample",
            name="batch",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="disbursements.batch",
            ),
        ),
        migrations.AddField(
            model_name="callbacksample",
            name="programme",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="support_programs.programme",
            ),
        ),
        migrations.AddField(
            model_name="callbackitem",
            name="sample",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="disbursements.callbacksample",
            ),
        ),
        migrations.AddField(
            model_name="recoveryhandback",
            name="recovery",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hand_backs",
                to="disbursements.recovery",
            ),
        ),
        migrations.AddField(
            model_name="recoveryinstalment",
            name="recovery",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="instalments",
                to="disbursements.recovery",
            ),
        ),
        migrations.AddField(
            model_name="recoveryreceipt",
            name="recovery",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="receipts",
                to="disbursements.recovery",
            ),
        ),
        migrations.AddField(
            model_name="unclaimeditem",
            name="entitlement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="unclaimed_items",
                to="support_programs.entitlement",
            ),
        ),
        migrations.AddField(
            model_name="unclaimeditem",
            name="instruction",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="unclaimed_item",
                to="disbursements.paymentinstruction",
            ),
        ),
        migrations.AddField(
            model_name="unclaimeditem",
            name="movement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="unclaimed_items",
                to="disbursements.budgetmovement",
            ),
        ),
        migrations.AddField(
            model_name="unclaimedreturn",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="support_programs.programme"
            ),
        ),
        migrations.AddField(
            model_name="unclaimeditem",
            name="unclaimed",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="disbursements.unclaimedreturn",
            ),
        ),
        migrations.AddConstraint(
            model_name="callbacksample",
            constraint=models.CheckConstraint(
                condition=models.Q(("seed__gt", ""), ("size__gt", 0)), name="sample_has_people"
            ),
        ),
        migrations.AddConstraint(
            model_name="callbackitem",
            constraint=models.UniqueConstraint(fields=("sample", "position"), name="sample_position_once"),
        ),
        migrations.AddConstraint(
            model_name="callbackitem",
            constraint=models.UniqueConstraint(fields=("sample", "instruction"), name="sampled_once"),
        ),
        migrations.AddConstraint(
            model_name="callbackitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", ""),
                    models.Q(("called_by_id__isnull", False), ("called_on__isnull", False)),
                    _connector="OR",
                ),
                name="call_names_its_caller",
            ),
        ),
        migrations.AddConstraint(
            model_name="callbackitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        ["", "full", "less", "not_received", "never_applied", "unreachable", "wrong_number"],
                    )
                ),
                name="outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="recoveryhandback",
            constraint=models.UniqueConstraint(fields=("recovery", "document_number"), name="hand_back_once"),
        ),
        migrations.AddConstraint(
            model_name="recoveryhandback",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("document_number__gt", "")), name="hand_back_has_paper"
            ),
        ),
        migrations.AddIndex(
            model_name="recoveryinstalment",
            index=models.Index(fields=["area_code", "due_on"], name="instalment_due"),
        ),
        migrations.AddConstraint(
            model_name="recoveryinstalment",
            constraint=models.UniqueConstraint(
                fields=("recovery", "plan", "ordinal"), name="instalment_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="recoveryinstalment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("due_total__gte", models.F("amount"))),
                name="instalment_amount_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="recoveryreceipt",
            constraint=models.UniqueConstraint(
                fields=("recovery", "document_number"), name="recovery_receipt_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="recoveryreceipt",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("document_number__gt", "")), name="receipt_has_paper"
            ),
        ),
        migrations.AddConstraint(
            model_name="unclaimedreturn",
            constraint=models.UniqueConstraint(
                fields=("area_code", "document_number"), name="unclaimed_paper_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="unclaimedreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("document_number__gt", ""), ("people__gt", 0)),
                name="unclaimed_return_has_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="unclaimeditem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reopened_on__isnull", True)),
                fields=("entitlement",),
                name="unclaimed_once_per_entitlement",
            ),
        ),
        migrations.AddConstraint(
            model_name="unclaimeditem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reopened_by_id__isnull", True), ("reopened_on__isnull", True)),
                    models.Q(
                        ("reopened_by_id__isnull", False),
                        ("reopened_on__isnull", False),
                        ("reopened_reason__gt", ""),
                    ),
                    _connector="OR",
                ),
                name="reopened_with_a_reason",
            ),
        ),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="recovery",
            name="instruction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recoveries",
                to="disbursements.paymentinstruction",
            ),
        ),
        migrations.RunSQL((SQL / "after.sql").read_text("utf-8"), migrations.RunSQL.noop),
        migrations.RunSQL(HISTORY, migrations.RunSQL.noop),
    ]
