"""The emulation movement: who takes part, criteria, achievements, rounds of points, proposals, the council, decisions."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import core.fields

GUARDS = (Path(__file__).resolve().parent.parent / "sql" / "emulation.sql").read_text("utf-8")
UNGUARD = """
DROP FUNCTION keep_criteria() CASCADE;
DROP FUNCTION keep_scores() CASCADE;
DROP FUNCTION keep_votes() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_g_sequences_of_emulation"),
        ("reports", "0004_plan_a"),
    ]

    operations = [
        migrations.CreateModel(
            name="Movement",
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
                ("code", models.CharField(max_length=20, unique=True)),
                ("number", models.CharField(max_length=60, verbose_name="Số, ký hiệu kế hoạch")),
                ("dated", models.DateField(verbose_name="Ngày kế hoạch")),
                ("issuer", models.CharField(max_length=150, verbose_name="Cơ quan ban hành")),
                ("title", models.CharField(max_length=300, verbose_name="Tên phong trào")),
                ("starts_on", models.DateField(verbose_name="Bắt đầu")),
                ("ends_on", models.DateField(null=True, verbose_name="Kết thúc")),
                ("verify", models.CharField(blank=True, max_length=500)),
                ("started_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "phong trào thi đua",
                "ordering": ["-dated", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["preparing", "running", "closed"])),
                        name="movement_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="movement_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=12, verbose_name="Mã")),
                ("title", models.CharField(max_length=250, verbose_name="Tiêu chí")),
                (
                    "most_points",
                    models.DecimalField(decimal_places=2, max_digits=6, verbose_name="Điểm tối đa"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("figure", "Số liệu của hệ thống"), ("entered", "Thành tích được xác nhận")],
                        max_length=8,
                        verbose_name="Cách tính",
                    ),
                ),
                (
                    "figure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("paid_share", "Tỷ lệ đã chi trên đã phê duyệt, lũy kế"),
                            ("paid_in_time", "Tỷ lệ chi trong số ngày quy định kể từ ngày nhận hồ sơ"),
                            ("coverage", "Độ bao phủ: người trong sổ đã được phê duyệt"),
                            ("late_lists", "Tỷ lệ danh sách quá hạn"),
                            ("posted", "Tỷ lệ danh sách đã niêm yết công khai"),
                            ("complaints_in_time", "Tỷ lệ khiếu nại, phản ánh trả lời đúng hạn"),
                        ],
                        max_length=20,
                        verbose_name="Số liệu",
                    ),
                ),
                ("within_days", models.PositiveSmallIntegerField(null=True, verbose_name="Số ngày quy định")),
                (
                    "zero_at",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, null=True, verbose_name="0 điểm khi tỷ lệ là (%)"
                    ),
                ),
                (
                    "full_at",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, null=True, verbose_name="Điểm tối đa khi tỷ lệ là (%)"
                    ),
                ),
                (
                    "full_when_empty",
                    models.BooleanField(default=False, verbose_name="Đủ điểm khi không phát sinh"),
                ),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("district", "Huyện, thị xã, thành phố"),
                                ("commune", "Xã, phường, thị trấn"),
                                ("office", "Phòng, đơn vị thuộc Sở"),
                                ("individual", "Cá nhân"),
                            ],
                            max_length=12,
                        ),
                        size=None,
                    ),
                ),
                ("is_own", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True, verbose_name="Áp dụng")),
                ("changed_by_name", models.CharField(blank=True, max_length=150)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "movement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="criteria",
                        to="reports.movement",
                    ),
                ),
            ],
            options={
                "verbose_name": "tiêu chí thi đua",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="CouncilMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="Họ và tên")),
                ("office", models.CharField(max_length=200, verbose_name="Chức vụ")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("chair", "Chủ tịch hội đồng"),
                            ("deputy", "Phó Chủ tịch hội đồng"),
                            ("secretary", "Thư ký"),
                            ("member", "Ủy viên"),
                        ],
                        max_length=10,
                        verbose_name="Vai trò trong hội đồng",
                    ),
                ),
                (
                    "appointed_by",
                    models.CharField(blank=True, max_length=120, verbose_name="Quyết định thành lập"),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "movement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="council",
                        to="reports.movement",
                    ),
                ),
            ],
            options={
                "verbose_name": "thành viên hội đồng",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CouncilMeeting",
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
                ("held_on", models.DateField(verbose_name="Ngày họp")),
                ("place", models.CharField(max_length=200, verbose_name="Nơi họp")),
                ("members", models.PositiveSmallIntegerField(verbose_name="Số thành viên hội đồng")),
                ("present", models.JSONField(default=list)),
                ("remarks", models.TextField(blank=True, verbose_name="Ý kiến tại cuộc họp")),
                ("recorded_by_id", models.BigIntegerField()),
                ("recorded_by_name", models.CharField(max_length=150)),
                (
                    "movement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="reports.movement",
                    ),
                ),
            ],
            options={
                "verbose_name": "phiên họp hội đồng",
                "ordering": ["-held_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="AwardDecision",
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
                ("award", models.CharField(max_length=20, verbose_name="Hình thức khen thưởng")),
                ("number", models.CharField(max_length=60, verbose_name="Số quyết định")),
                ("signed_on", models.DateField(verbose_name="Ngày ký")),
                ("issuer", models.CharField(max_length=200, verbose_name="Cơ quan, người ký")),
                ("recorded_by_id", models.BigIntegerField()),
                ("recorded_by_name", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "scan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "movement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="award_decisions",
                        to="reports.movement",
                    ),
                ),
            ],
            options={
                "verbose_name": "quyết định khen thưởng",
                "ordering": ["-signed_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Participant",
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
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("district", "Huyện, thị xã, thành phố"),
                            ("commune", "Xã, phường, thị trấn"),
                            ("office", "Phòng, đơn vị thuộc Sở"),
                            ("individual", "Cá nhân"),
                        ],
                        max_length=12,
                        verbose_name="Nhóm",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="Tên đơn vị, họ tên")),
                ("office", models.CharField(blank=True, max_length=150, verbose_name="Chức vụ")),
                ("employed_at", models.CharField(blank=True, max_length=200, verbose_name="Đơn vị công tác")),
                ("registered_on", models.DateField(verbose_name="Ngày đăng ký")),
                (
                    "paper_number",
                    models.CharField(blank=True, max_length=60, verbose_name="Số văn bản đăng ký"),
                ),
                ("paper_date", models.DateField(null=True, verbose_name="Ngày văn bản đăng ký")),
                ("registered_by_id", models.BigIntegerField()),
                ("registered_by_name", models.CharField(max_length=150)),
                (
                    "movement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participants",
                        to="reports.movement",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "đơn vị, cá nhân đăng ký",
                "ordering": ["group", "area_code", "name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Achievement",
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
                ("title", models.CharField(max_length=250, verbose_name="Thành tích")),
                ("text", models.TextField(blank=True, verbose_name="Mô tả")),
                ("achieved_on", models.DateField(verbose_name="Ngày đạt được")),
                (
                    "asked_points",
                    models.DecimalField(decimal_places=2, max_digits=6, verbose_name="Điểm đề nghị"),
                ),
                (
                    "points",
                    models.DecimalField(
                        decimal_places=2, max_digits=6, null=True, verbose_name="Điểm được xác nhận"
                    ),
                ),
                ("entered_by_id", models.BigIntegerField()),
                ("entered_by_name", models.CharField(max_length=150)),
                ("decided_by_id", models.BigIntegerField(null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=150)),
                ("decided_on", models.DateField(null=True)),
                (
                    "refused_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="Lý do không xác nhận"),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="achievements",
                        to="reports.criterion",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="achievements",
                        to="reports.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "thành tích",
                "ordering": ["-achieved_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ScoringRound",
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
                ("title", models.CharField(max_length=200, verbose_name="Tên kỳ xếp hạng")),
                ("first", models.DateField(verbose_name="Từ ngày")),
                ("last", models.DateField(verbose_name="Đến ngày")),
                ("run", models.PositiveIntegerField(default=0)),
                ("figures_at", models.DateTimeField(null=True, verbose_name="Số liệu lúc")),
                ("computed_by_name", models.CharField(blank=True, max_length=150)),
                ("created_by_id", models.BigIntegerField()),
                ("closed_by_id", models.BigIntegerField(null=True)),
                ("closed_by_name", models.CharField(blank=True, max_length=150)),
                ("closed_on", models.DateField(null=True)),
                (
                    "movement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="reports.movement",
                    ),
                ),
            ],
            options={
                "verbose_name": "kỳ xếp hạng thi đua",
                "ordering": ["-last", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("run", models.PositiveIntegerField()),
                (
                    "source",
                    models.CharField(
                        choices=[("figure", "Số liệu của hệ thống"), ("entered", "Thành tích được xác nhận")],
                        max_length=8,
                    ),
                ),
                (
                    "figure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("paid_share", "Tỷ lệ đã chi trên đã phê duyệt, lũy kế"),
                            ("paid_in_time", "Tỷ lệ chi trong số ngày quy định kể từ ngày nhận hồ sơ"),
                            ("coverage", "Độ bao phủ: người trong sổ đã được phê duyệt"),
                            ("late_lists", "Tỷ lệ danh sách quá hạn"),
                            ("posted", "Tỷ lệ danh sách đã niêm yết công khai"),
                            ("complaints_in_time", "Tỷ lệ khiếu nại, phản ánh trả lời đúng hạn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("part", models.BigIntegerField(null=True)),
                ("whole", models.BigIntegerField(null=True)),
                ("share", models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                ("most_points", models.DecimalField(decimal_places=2, max_digits=6)),
                ("zero_at", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ("full_at", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ("full_when_empty", models.BooleanField(default=False)),
                ("how", models.JSONField(default=list)),
                ("points", models.DecimalField(decimal_places=2, max_digits=6)),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.criterion"
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="reports.participant",
                    ),
                ),
                (
                    "scoring_round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="reports.scoringround",
                    ),
                ),
            ],
            options={
                "verbose_name": "điểm thi đua",
                "ordering": ["participant", "criterion__position", "id"],
            },
        ),
        migrations.CreateModel(
            name="AwardProposal",
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
                ("award", models.CharField(max_length=20, verbose_name="Hình thức khen thưởng")),
                (
                    "procedure",
                    models.CharField(
                        choices=[("usual", "Thủ tục thông thường"), ("simplified", "Thủ tục đơn giản")],
                        max_length=10,
                        verbose_name="Thủ tục",
                    ),
                ),
                ("merit", models.TextField(verbose_name="Tóm tắt thành tích")),
                ("amount", models.BigIntegerField(null=True, verbose_name="Tiền thưởng")),
                ("amount_how", models.CharField(blank=True, max_length=300)),
                ("proposed_by_id", models.BigIntegerField()),
                ("proposed_by_name", models.CharField(max_length=150)),
                ("decided_by_id", models.BigIntegerField(null=True)),
                (
                    "refused_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="Lý do không khen"),
                ),
                (
                    "achievement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="reports.achievement",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="reports.awarddecision",
                    ),
                ),
                (
                    "movement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="reports.movement",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="reports.participant",
                    ),
                ),
                (
                    "scoring_round",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="reports.scoringround",
                    ),
                ),
            ],
            options={
                "verbose_name": "đề nghị khen thưởng",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="CouncilVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("votes_for", models.PositiveSmallIntegerField(verbose_name="Phiếu đồng ý")),
                ("votes_against", models.PositiveSmallIntegerField(verbose_name="Phiếu không đồng ý")),
                ("is_recommended", models.BooleanField(verbose_name="Hội đồng đề nghị khen")),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="Ý kiến")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="reports.councilmeeting",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="reports.awardproposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "phiếu của hội đồng",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "proposal"), name="vote_once_per_meeting")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(fields=("movement", "code"), name="criterion_code_once"),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(("most_points__gt", 0)), name="criterion_gives_points"
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("figure", ""), ("source", "entered"), ("zero_at__isnull", True)),
                    models.Q(
                        (
                            "figure__in",
                            [
                                "paid_share",
                                "paid_in_time",
                                "coverage",
                                "late_lists",
                                "posted",
                                "complaints_in_time",
                            ],
                        ),
                        ("full_at__isnull", False),
                        ("source", "figure"),
                        ("zero_at__isnull", False),
                        models.Q(("zero_at", models.F("full_at")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="criterion_is_figure_or_entered",
            ),
        ),
        migrations.AddConstraint(
            model_name="councilmember",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["chair", "deputy", "secretary", "member"])),
                name="council_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="councilmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_active", True)),
                fields=("movement", "name", "office"),
                name="council_member_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="councilmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["open", "closed"])), name="meeting_status_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="awarddecision",
            constraint=models.UniqueConstraint(
                fields=("number", "signed_on", "award"), name="award_decision_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["registered", "withdrawn"])),
                name="participant_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(("group__in", ["district", "commune", "office", "individual"])),
                name="participant_group_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("group__in", ("district", "commune")), ("status", "registered")),
                fields=("movement", "area_code"),
                name="unit_registered_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "registered")),
                fields=("movement", "area_code", "group", "name", "employed_at"),
                name="participant_registered_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="achievement",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["entered", "confirmed", "refused", "withdrawn"])),
                name="achievement_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="achievement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "confirmed"), _negated=True),
                    models.Q(("decided_by_id__isnull", False), ("points__isnull", False)),
                    _connector="OR",
                ),
                name="confirmed_achievement_has_points",
            ),
        ),
        migrations.AddConstraint(
            model_name="achievement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by_id__isnull", True),
                    models.Q(("decided_by_id", models.F("entered_by_id")), _negated=True),
                    _connector="OR",
                ),
                name="achievement_confirmed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="scoringround",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["open", "closed"])), name="round_status_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="scoringround",
            constraint=models.CheckConstraint(
                condition=models.Q(("last__gte", models.F("first"))), name="round_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="scoringround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "closed"), _negated=True),
                    models.Q(("closed_by_id__isnull", False), ("run__gt", 0)),
                    _connector="OR",
                ),
                name="closed_round_was_computed",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(
                fields=("scoring_round", "run", "participant", "criterion"), name="score_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("points__gte", 0), ("points__lte", models.F("most_points"))),
                name="score_within_criterion",
            ),
        ),
        migrations.AddConstraint(
            model_name="awardproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "submitted", "recommended", "awarded", "refused", "withdrawn"])
                ),
                name="proposal_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="awardproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("achievement__isnull", False), ("scoring_round__isnull", True)),
                    models.Q(("achievement__isnull", True), ("scoring_round__isnull", False)),
                    _connector="OR",
                ),
                name="proposal_has_one_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="awardproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("achievement__isnull", False),
                    models.Q(("status__in", ("refused", "withdrawn")), _negated=True),
                ),
                fields=("achievement",),
                name="achievement_commended_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="awardproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("scoring_round__isnull", False),
                    models.Q(("status__in", ("refused", "withdrawn")), _negated=True),
                ),
                fields=("participant", "scoring_round"),
                name="ranking_commended_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="awardproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "awarded"), _negated=True),
                    models.Q(
                        ("amount__isnull", False),
                        ("decided_by_id__isnull", False),
                        ("decision__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="awarded_proposal_has_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="awardproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by_id__isnull", True),
                    models.Q(("decided_by_id", models.F("proposed_by_id")), _negated=True),
                    _connector="OR",
                ),
                name="award_decided_by_another",
            ),
        ),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
