"""The sector's targets: indicators, plans, figures of units, the words of the half-year report, and what guards them."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import core.fields

GUARDS = (Path(__file__).resolve().parent.parent / "sql" / "targets.sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_stored_files_stay"),
        ("disbursements", "0022_functions_of_the_owner"),
        ("reports", "0005_emulation_g"),
    ]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE reference_ct", "DROP SEQUENCE reference_ct"),
        migrations.CreateModel(
            name="TargetIndicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(db_collation="C", max_length=40, unique=True, verbose_name="Mã")),
                ("title", models.CharField(max_length=200, verbose_name="Chỉ tiêu")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("employment", "Việc làm, xuất khẩu lao động"),
                            ("training", "Giáo dục nghề nghiệp"),
                            ("labour", "Lao động, an toàn lao động"),
                            ("poverty", "Giảm nghèo"),
                            ("support", "Chi trả chế độ, hỗ trợ"),
                        ],
                        max_length=12,
                        verbose_name="Lĩnh vực",
                    ),
                ),
                ("unit", models.CharField(max_length=30, verbose_name="Đơn vị tính")),
                ("decimals", models.PositiveSmallIntegerField(default=0, verbose_name="Số chữ số thập phân")),
                (
                    "lowest",
                    models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name="Nhỏ nhất"),
                ),
                (
                    "highest",
                    models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name="Lớn nhất"),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("more", "Càng cao càng tốt"), ("less", "Càng thấp càng tốt")], max_length=4
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("month", "Tháng"),
                            ("quarter", "Quý"),
                            ("half", "6 tháng"),
                            ("year", "Năm"),
                        ],
                        max_length=7,
                        verbose_name="Kỳ báo cáo",
                    ),
                ),
                (
                    "adding",
                    models.CharField(
                        choices=[("sum", "Cộng các kỳ"), ("last", "Lấy kỳ gần nhất")], max_length=4
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("entered", "Đơn vị báo cáo"), ("computed", "Hệ thống tính")],
                        max_length=8,
                        verbose_name="Nguồn số liệu",
                    ),
                ),
                ("measure", models.CharField(blank=True, max_length=40)),
                ("programmes", models.JSONField(default=list)),
                ("of_districts", models.BooleanField(default=True)),
                ("of_province", models.BooleanField(default=False)),
                (
                    "due_days",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="Hạn báo cáo, số ngày sau khi hết kỳ"
                    ),
                ),
                ("reported_from", models.DateField(verbose_name="Báo cáo từ")),
                ("legal_basis", models.CharField(blank=True, max_length=300, verbose_name="Căn cứ")),
                ("confidence", models.CharField(max_length=6)),
                ("verify", models.CharField(blank=True, max_length=500, verbose_name="Cần xác minh")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_active", models.BooleanField(default=True, verbose_name="Đang theo dõi")),
                ("changed_by_id", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "chỉ tiêu",
                "ordering": ["position", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("measure__gt", ""), ("source", "computed")),
                            models.Q(("measure", ""), ("source", "entered")),
                            _connector="OR",
                        ),
                        name="indicator_says_who_gives_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("of_districts", True), ("of_province", True), _connector="OR"),
                        name="indicator_is_of_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decimals__lte", 2)), name="indicator_decimals_kept"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TargetEntry",
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
                ("status", models.CharField(max_length=24, verbose_name="Trạng thái")),
                ("status_changed_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Lập lúc")),
                ("year", models.PositiveSmallIntegerField(verbose_name="Năm")),
                ("period", models.PositiveSmallIntegerField(verbose_name="Kỳ")),
                ("value", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Số liệu")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="Ghi chú")),
                (
                    "correction_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="Lý do đính chính"),
                ),
                ("entered_by_id", models.BigIntegerField()),
                ("entered_by_name", models.CharField(max_length=150)),
                ("submitted_by_id", models.BigIntegerField(null=True)),
                ("submitted_by_name", models.CharField(blank=True, max_length=150)),
                ("approved_by_id", models.BigIntegerField(null=True)),
                ("approved_by_name", models.CharField(blank=True, max_length=150)),
                ("approved_on", models.DateField(null=True)),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="reports.targetentry",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="reports.targetindicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "số liệu chỉ tiêu",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["year", "area_code", "period"], name="target_entry_year"),
                    models.Index(fields=["area_code", "status"], name="target_entry_queue"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "submitted", "sent_back", "approved", "replaced"])
                        ),
                        name="target_status_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("draft", "submitted", "sent_back"))),
                        fields=("indicator", "area_code", "year", "period"),
                        name="one_target_figure_under_way",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "approved")),
                        fields=("indicator", "area_code", "year", "period"),
                        name="one_approved_target_figure",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True), ("correction_reason__gt", ""), _connector="OR"
                        ),
                        name="target_correction_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["approved", "replaced"]), _negated=True),
                            models.Q(("approved_by_id__isnull", False), ("approved_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="approved_target_names_its_approver",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by_id__isnull", True),
                            models.Q(
                                models.Q(("approved_by_id", models.F("entered_by_id")), _negated=True),
                                models.Q(("approved_by_id", models.F("submitted_by_id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="target_approver_did_not_type_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TargetPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("year", models.PositiveSmallIntegerField(verbose_name="Năm")),
                (
                    "value",
                    models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name="Kế hoạch"),
                ),
                ("paper_number", models.CharField(max_length=60, verbose_name="Số văn bản")),
                ("paper_on", models.DateField(verbose_name="Ngày văn bản")),
                ("entered_by_id", models.BigIntegerField()),
                ("entered_by_name", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="reports.targetindicator",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="reports.targetplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "kế hoạch chỉ tiêu",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["year", "area_code"], name="target_plan_year")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", True)),
                        fields=("indicator", "area_code", "year"),
                        name="target_plan_begins_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paper_number__gt", "")), name="target_plan_has_paper"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TargetText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("year", models.PositiveSmallIntegerField()),
                ("half", models.PositiveSmallIntegerField()),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("general", "Đánh giá chung"),
                            ("results", "Kết quả nổi bật"),
                            ("obstacles", "Khó khăn, vướng mắc và nguyên nhân"),
                            ("next", "Nhiệm vụ, giải pháp thời gian tới"),
                            ("proposals", "Kiến nghị, đề xuất"),
                        ],
                        max_length=9,
                    ),
                ),
                ("body", models.TextField(blank=True, max_length=6000, verbose_name="Nội dung")),
                ("written_by_id", models.BigIntegerField()),
                ("written_by_name", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="reports.targettext",
                    ),
                ),
            ],
            options={
                "verbose_name": "lời báo cáo chỉ tiêu",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("half__in", [1, 2])), name="target_text_half_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", True)),
                        fields=("area_code", "year", "half", "part"),
                        name="target_text_begins_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
