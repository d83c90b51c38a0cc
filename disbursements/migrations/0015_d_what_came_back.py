"""Rows of what came back, each its own; why somebody was not paid, as a code; what must hold before a batch is closed.

Lists recorded before kept their rows as JSON: each becomes a row of the new table, with what was said of it then.
"""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import core.fields

GUARDS = (Path(__file__).resolve().parent.parent / "sql" / "statements.sql").read_text("utf-8")

ROWS_OF_BEFORE = """
ALTER TABLE disbursements_statementimport DISABLE TRIGGER USER;
UPDATE disbursements_statementimport
   SET format = 'list', line_count = jsonb_array_length(rows),
       state = CASE WHEN recorded_at IS NULL THEN 'checked' ELSE 'recorded' END;
ALTER TABLE disbursements_statementimport ENABLE TRIGGER USER;
INSERT INTO disbursements_statementline
      (statement_id, area_code, "row", typed_reference, reference, payee_name, said, reason, digest, instruction_id, outcome,
       method, recorded_at, resolved_by_name)
SELECT s.id, s.area_code, (r.row ->> 'row')::int, left(r.row ->> 'reference', 100), coalesce(i.reference, ''),
       left(r.row ->> 'name', 150),
       CASE r.row ->> 'outcome' WHEN 'paid' THEN 'paid' WHEN 'returned' THEN 'unpaid' WHEN 'unreadable' THEN 'unreadable'
                                ELSE 'nothing' END,
       left(r.row ->> 'reason', 300), decode(md5(s.id || ':' || (r.row ->> 'row')), 'hex'), i.id, r.row ->> 'outcome',
       CASE WHEN i.id IS NULL THEN '' ELSE 'reference' END,
       CASE WHEN r.row ->> 'outcome' IN ('paid', 'returned') THEN s.recorded_at END, ''
  FROM disbursements_statementimport s CROSS JOIN LATERAL jsonb_array_elements(s.rows) AS r(row)
  LEFT JOIN disbursements_paymentinstruction i ON i.reference = r.row ->> 'reference' AND i.batch_id = s.batch_id
ON CONFLICT DO NOTHING;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("disbursements", "0012_a_ledger_streams"),
    ]

    operations = [
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("row", models.PositiveIntegerField(verbose_name="Dòng")),
                ("booked_on", models.DateField(null=True, verbose_name="Ngày")),
                (
                    "direction",
                    models.CharField(
                        blank=True,
                        choices=[("debit", "Tiền ra"), ("credit", "Tiền vào")],
                        db_default="",
                        default="",
                        max_length=6,
                    ),
                ),
                ("amount", models.BigIntegerField(null=True, verbose_name="Số tiền")),
                ("typed_amount", models.CharField(blank=True, db_default="", default="", max_length=60)),
                ("typed_reference", models.CharField(blank=True, db_default="", default="", max_length=100)),
                (
                    "reference",
                    models.CharField(blank=True, db_collation="C", db_default="", default="", max_length=20),
                ),
                ("bank_reference", models.CharField(blank=True, db_default="", default="", max_length=40)),
                (
                    "text",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=500, verbose_name="Nội dung"
                    ),
                ),
                ("account_encrypted", models.BinaryField(null=True)),
                ("account_index", models.BinaryField(max_length=16, null=True)),
                ("account_last3", models.CharField(blank=True, db_default="", default="", max_length=3)),
                (
                    "payee_name",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=150, verbose_name="Người nhận"
                    ),
                ),
                (
                    "said",
                    models.CharField(
                        choices=[
                            ("paid", "Đã chi"),
                            ("unpaid", "Chưa chi được, trả lại"),
                            ("failed", "Không chi được"),
                            ("pending", "Đang xử lý"),
                            ("nothing", "Chưa ghi kết quả"),
                            ("unreadable", "Chưa hiểu kết quả"),
                        ],
                        default="nothing",
                        max_length=10,
                    ),
                ),
                ("typed_result", models.CharField(blank=True, db_default="", default="", max_length=100)),
                (
                    "reason",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=300, verbose_name="Lý do"
                    ),
                ),
                ("bank_code", models.CharField(blank=True, db_default="", default="", max_length=10)),
                (
                    "result_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("absent", "Vắng mặt khi chi trả"),
                            ("moved", "Đã chuyển đi nơi khác"),
                            ("deceased", "Đã mất"),
                            ("declined", "Tự nguyện không nhận"),
                            ("wrong_person", "Thông tin người nhận chưa khớp giấy tờ"),
                            ("wrong_account", "Sai số tài khoản"),
                            ("closed_account", "Tài khoản đã đóng hoặc bị khóa"),
                            ("other_name", "Tên chủ tài khoản chưa khớp"),
                            ("bank", "Ngân hàng không thực hiện được"),
                            ("other", "Lý do khác"),
                        ],
                        db_default="",
                        default="",
                        max_length=14,
                    ),
                ),
                ("digest", models.BinaryField(max_length=16)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("paid", "Đã nhận, sẽ ghi"),
                            ("returned", "Chưa nhận, sẽ ghi"),
                            ("failed", "Không chi được, sẽ ghi"),
                            ("in_doubt", "Chưa rõ kết quả, sẽ ghi"),
                            ("empty", "Chưa ghi kết quả"),
                            ("same", "Đã ghi từ trước"),
                            ("reversed", "Tiền ra rồi được trả lại"),
                            ("other_batch", "Thuộc đợt chi khác"),
                            ("set_aside", "Đã để ngoài đợt chi"),
                            ("unknown_line", "Không có trong đợt"),
                            ("ambiguous", "Khớp nhiều lệnh chi"),
                            ("other_amount", "Khác số tiền"),
                            ("other_account", "Khác số tài khoản"),
                            ("other_name", "Khác tên người nhận"),
                            ("repeated", "Trùng dòng"),
                            ("contradiction", "Khác kết quả đã ghi"),
                            ("unreadable", "Chưa đọc được kết quả"),
                        ],
                        db_default="",
                        default="",
                        max_length=14,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reference", "Theo mã lệnh chi"),
                            ("account_amount", "Theo số tài khoản và số tiền"),
                            ("hand", "Đối soát tay"),
                        ],
                        db_default="",
                        default="",
                        max_length=14,
                    ),
                ),
                ("resolved_by_id", models.BigIntegerField(null=True)),
                ("resolved_by_name", models.CharField(blank=True, db_default="", default="", max_length=150)),
                ("resolved_at", models.DateTimeField(null=True)),
                (
                    "resolution",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=300, verbose_name="Lý do xử lý"
                    ),
                ),
                ("recorded_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "dòng sao kê",
                "ordering": ["statement", "row"],
            },
        ),
        migrations.AlterModelOptions(
            name="statementimport",
            options={"ordering": ["-id"], "verbose_name": "sao kê"},
        ),
        migrations.AddField(
            model_name="paymentinstruction",
            name="result_code",
            field=models.CharField(
                blank=True,
                choices=[
                    ("absent", "Vắng mặt khi chi trả"),
                    ("moved", "Đã chuyển đi nơi khác"),
                    ("deceased", "Đã mất"),
                    ("declined", "Tự nguyện không nhận"),
                    ("wrong_person", "Thông tin người nhận chưa khớp giấy tờ"),
                    ("wrong_account", "Sai số tài khoản"),
                    ("closed_account", "Tài khoản đã đóng hoặc bị khóa"),
                    ("other_name", "Tên chủ tài khoản chưa khớp"),
                    ("bank", "Ngân hàng không thực hiện được"),
                    ("other", "Lý do khác"),
                ],
                db_default="",
                default="",
                max_length=14,
                verbose_name="Loại lý do",
            ),
        ),
        migrations.AddField(
            model_name="statementimport",
            name="account_last3",
            field=models.CharField(blank=True, db_default="", default="", max_length=3),
        ),
        migrations.AddField(
            model_name="statementimport",
            name="bank_name",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=100, verbose_name="Ngân hàng"
            ),
        ),
        migrations.AddField(
            model_name="statementimport",
            name="closing",
            field=models.BigIntegerField(null=True, verbose_name="Số dư cuối kỳ"),
        ),
        migrations.AddField(
            model_name="statementimport",
            name="failed_count",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="statementimport",
            name="format",
            field=models.CharField(
                blank=True,
                choices=[
                    ("list", "Danh sách chi trả đã ghi kết quả"),
                    ("table", "Tệp kết quả của ngân hàng (Excel, CSV)"),
                    ("mt940", "Sao kê MT940"),
                    ("camt053", "Sao kê ISO 20022 (camt.053)"),
                ],
                db_default="",
                default="",
                max_length=8,
                verbose_name="Loại tệp",
            ),
        ),
        migrations.AddField(
            model_name="statementimport",
            name="job",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="core.job"
            ),
        ),
        migrations.AddField(
            model_name="statementimport",
            name="line_count",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="Số dòng"),
        ),
        migrations.AddField(
            model_name="statementimport",
            name="message",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddField(
            model_name="statementimport",
            name="opening",
            field=models.BigIntegerField(null=True, verbose_name="Số dư đầu kỳ"),
        ),
        migrations.AddField(
            model_name="statementimport",
            name="period_from",
            field=models.DateField(null=True, verbose_name="Từ ngày"),
        ),
        migrations.AddField(
            model_name="statementimport",
            name="period_to",
            field=models.DateField(null=True, verbose_name="Đến ngày"),
        ),
        migrations.AddField(
            model_name="statementimport",
            name="state",
            field=models.CharField(
                choices=[
                    ("reading", "Đang đọc"),
                    ("checked", "Đã kiểm tra, chưa ghi"),
                    ("recorded", "Đã ghi"),
                    ("refused", "Không nhận"),
                ],
                db_default="reading",
                default="reading",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="statementimport",
            name="unknown_count",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddConstraint(
            model_name="paymentinstruction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("result_code", ""),
                    models.Q(
                        (
                            "result_code__in",
                            [
                                "absent",
                                "moved",
                                "deceased",
                                "declined",
                                "wrong_person",
                                "wrong_account",
                                "closed_account",
                                "other_name",
                                "bank",
                                "other",
                            ],
                        ),
                        ("status__in", ("failed", "returned")),
                    ),
                    _connector="OR",
                ),
                name="result_code_says_why_unpaid",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("format__in", ["", "list", "table", "mt940", "camt053"])),
                name="statement_format_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["reading", "checked", "recorded", "refused"])),
                name="statement_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True), ("message__gt", ""), _connector="OR"
                ),
                name="refused_statement_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "recorded"), _negated=True),
                    ("recorded_at__isnull", False),
                    _connector="OR",
                ),
                name="recorded_statement_has_its_time",
            ),
        ),
        migrations.AddField(
            model_name="statementline",
            name="instruction",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="statement_lines",
                to="disbursements.paymentinstruction",
            ),
        ),
        migrations.AddField(
            model_name="statementline",
            name="statement",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="disbursements.statementimport",
            ),
        ),
        migrations.AddField(
            model_name="statementline",
            name="twin",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="disbursements.statementline",
            ),
        ),
        migrations.AddIndex(
            model_name="statementline",
            index=models.Index(
                condition=models.Q(
                    (
                        "outcome__in",
                        (
                            "unknown_line",
                            "ambiguous",
                            "other_amount",
                            "other_account",
                            "other_name",
                            "unreadable",
                            "repeated",
                            "contradiction",
                        ),
                    )
                ),
                fields=["statement", "outcome", "row"],
                name="statement_rows_to_look_at",
            ),
        ),
        migrations.AddIndex(
            model_name="statementline",
            index=models.Index(fields=["digest"], name="statement_line_digest"),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(fields=("statement", "row"), name="row_once_per_statement"),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        [
                            "",
                            "paid",
                            "returned",
                            "failed",
                            "in_doubt",
                            "empty",
                            "same",
                            "reversed",
                            "other_batch",
                            "set_aside",
                            "unknown_line",
                            "ambiguous",
                            "other_amount",
                            "other_account",
                            "other_name",
                            "repeated",
                            "contradiction",
                            "unreadable",
                        ],
                    )
                ),
                name="statement_line_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("said__in", ["paid", "unpaid", "failed", "pending", "nothing", "unreadable"])
                ),
                name="statement_line_said_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ["", "reference", "account_amount", "hand"])),
                name="statement_line_method_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "result_code__in",
                        [
                            "",
                            "absent",
                            "moved",
                            "deceased",
                            "declined",
                            "wrong_person",
                            "wrong_account",
                            "closed_account",
                            "other_name",
                            "bank",
                            "other",
                        ],
                    )
                ),
                name="statement_line_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resolved_by_id__isnull", True),
                    models.Q(
                        ("resolution__gt", ""), ("resolved_at__isnull", False), ("resolved_by_name__gt", "")
                    ),
                    _connector="OR",
                ),
                name="settled_by_hand_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome__in", ("paid", "returned", "failed", "in_doubt")), _negated=True),
                    ("instruction__isnull", False),
                    _connector="OR",
                ),
                name="row_to_record_has_its_line",
            ),
        ),
        migrations.RunSQL(ROWS_OF_BEFORE, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="statementimport",
            name="rows",
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
