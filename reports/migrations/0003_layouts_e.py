"""Layouts and own reports of the department, and schedules of reports with what they made and for whom."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.fields

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("disbursements", "0022_functions_of_the_owner"),
        ("reports", "0002_kept_shape"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE reference_lb", "DROP SEQUENCE reference_lb"),
        migrations.CreateModel(
            name="OwnReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("made_by_id", models.BigIntegerField()),
                ("made_by_name", models.CharField(max_length=150)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("code", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200, verbose_name="Tên báo cáo")),
                ("purpose", models.CharField(blank=True, max_length=250, verbose_name="Dùng để")),
                (
                    "rows",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                (
                    "measures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("split_by", models.CharField(blank=True, max_length=20, verbose_name="Chia cột theo")),
                (
                    "programmes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("every", models.CharField(default="month", max_length=7, verbose_name="Kỳ thường dùng")),
                (
                    "legal_basis",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300), default=list, size=None
                    ),
                ),
                ("is_ended", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "mẫu báo cáo của Sở",
                "ordering": ["code", "-version"],
                "constraints": [models.UniqueConstraint(fields=("code", "version"), name="own_version_once")],
            },
        ),
        migrations.CreateModel(
            name="ReportLayout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("made_by_id", models.BigIntegerField()),
                ("made_by_name", models.CharField(max_length=150)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("definition", models.CharField(max_length=40)),
                ("is_built_in", models.BooleanField(default=False)),
                ("title", models.CharField(blank=True, max_length=250, verbose_name="Tên báo cáo")),
                ("unit_note", models.CharField(blank=True, max_length=120, verbose_name="Đơn vị tính")),
                (
                    "legal_basis",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300), default=list, size=None
                    ),
                ),
                (
                    "signers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list, size=None
                    ),
                ),
                (
                    "recipients",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=150), default=list, size=None
                    ),
                ),
                ("columns", models.JSONField(default=list)),
            ],
            options={
                "verbose_name": "trình bày của báo cáo",
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("definition", "version"), name="layout_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportSchedule",
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
                ("definition", models.CharField(max_length=40, verbose_name="Mẫu báo cáo")),
                (
                    "programmes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                (
                    "every",
                    models.CharField(
                        choices=[("day", "Hằng ngày"), ("week", "Hằng tuần"), ("month", "Hằng tháng")],
                        max_length=5,
                        verbose_name="Kỳ",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Thứ Hai"),
                            (2, "Thứ Ba"),
                            (3, "Thứ Tư"),
                            (4, "Thứ Năm"),
                            (5, "Thứ Sáu"),
                            (6, "Thứ Bảy"),
                            (7, "Chủ nhật"),
                        ],
                        null=True,
                        verbose_name="Thứ",
                    ),
                ),
                ("month_day", models.PositiveSmallIntegerField(null=True, verbose_name="Ngày trong tháng")),
                ("at_time", models.TimeField(verbose_name="Giờ lập")),
                (
                    "recipients",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("by_mail", models.BooleanField(default=False, verbose_name="Gửi thư điện tử")),
                ("counts_from", models.DateField(verbose_name="Tính từ ngày")),
                ("ended_on", models.DateField(null=True)),
                (
                    "halted_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("account", "tài khoản của người giữ lịch đã khóa"),
                            ("role", "người giữ lịch không còn quyền lập báo cáo này"),
                            ("area", "địa bàn của lịch không còn thuộc đơn vị của người giữ lịch"),
                            (
                                "definition",
                                "mẫu báo cáo không còn dùng, hoặc không nhận các chính sách của lịch",
                            ),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("is_suggested", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lịch báo cáo",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ScheduledRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="Ngày đến hạn")),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("made_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "run",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scheduled",
                        to="reports.reportrun",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="reports.reportschedule",
                    ),
                ),
            ],
            options={
                "verbose_name": "kỳ của lịch báo cáo",
                "ordering": ["-due_on"],
            },
        ),
        migrations.CreateModel(
            name="ScheduledDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wants_mail", models.BooleanField(default=False)),
                ("read_at", models.DateTimeField(null=True)),
                ("mail_claimed_at", models.DateTimeField(null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
                ("mail_failures", models.PositiveSmallIntegerField(default=0)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scheduled",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="reports.scheduledrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "báo cáo định kỳ của một người",
                "ordering": ["-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("every", "day"),
                    models.Q(("every", "week"), ("weekday__isnull", False), ("weekday__range", (1, 7))),
                    models.Q(("every", "month"), ("month_day__isnull", False), ("month_day__range", (1, 31))),
                    _connector="OR",
                ),
                name="schedule_rhythm_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="scheduledrun",
            constraint=models.UniqueConstraint(fields=("schedule", "due_on"), name="scheduled_once"),
        ),
        migrations.AddConstraint(
            model_name="scheduledrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("made_at__isnull", True), ("run__isnull", True)),
                    models.Q(("made_at__isnull", False), ("run__isnull", False)),
                    _connector="OR",
                ),
                name="scheduled_made_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="scheduleddelivery",
            index=models.Index(
                condition=models.Q(("mail_claimed_at__isnull", True), ("wants_mail", True)),
                fields=["id"],
                name="delivery_mail_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="scheduleddelivery",
            constraint=models.UniqueConstraint(fields=("scheduled", "user"), name="delivered_once"),
        ),
        migrations.RunSQL((SQL / "layouts_e.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
