"""Stores and their stock, what is handed out of them, and the register of donations, with what guards them."""

import importlib
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import core.fields

GUARDS = (Path(__file__).resolve().parent.parent / "sql" / "goods.sql").read_text("utf-8")
sealed = importlib.import_module("support_programs.migrations.0016_g_ciphertexts_of_snapshots")
# rice is what the catalogue knows so far (GAO_HO_TRO); further goods are added on the page
RICE = "INSERT INTO disbursements_goods (code, name, unit, is_active, created_at) VALUES ('GAO', 'Gạo', 'kg', true, now())"


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_stored_files_stay"),
        ("disbursements", "0016_e_after"),
        ("support_programs", "0029_g_documents_of_money"),
    ]

    operations = [
        *[
            migrations.RunSQL(f"CREATE SEQUENCE reference_{prefix}", f"DROP SEQUENCE reference_{prefix}")
            for prefix in ("ko", "pk", "cp", "lp", "uh")
        ],
        migrations.CreateModel(
            name="Goods",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(db_collation="C", max_length=20, unique=True, verbose_name="Mã hàng"),
                ),
                ("name", models.CharField(max_length=100, verbose_name="Tên hàng")),
                ("unit", models.CharField(max_length=8, verbose_name="Đơn vị tính")),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "hàng cứu trợ",
                "ordering": ["name", "unit"],
                "constraints": [
                    models.UniqueConstraint(fields=("name", "unit"), name="goods_once"),
                    models.CheckConstraint(
                        condition=models.Q(("unit__gt", ""), models.Q(("unit", "VND"), _negated=True)),
                        name="goods_are_no_money",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Donation",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("cash", "Tiền"), ("goods", "Hiện vật")],
                        max_length=8,
                        verbose_name="Hình thức",
                    ),
                ),
                ("donor_name", models.CharField(max_length=150, verbose_name="Người ủng hộ")),
                ("donor_key", models.CharField(db_collation="C", editable=False, max_length=200)),
                (
                    "donor_kind",
                    models.CharField(
                        choices=[
                            ("person", "Cá nhân"),
                            ("organisation", "Tổ chức, doanh nghiệp"),
                            ("group", "Nhóm thiện nguyện, tập thể"),
                        ],
                        max_length=12,
                        verbose_name="Loại nhà tài trợ",
                    ),
                ),
                ("receipt_number", models.CharField(max_length=60, verbose_name="Số phiếu thu")),
                ("received_on", models.DateField(verbose_name="Ngày nhận")),
                ("amount", models.BigIntegerField(null=True, verbose_name="Số tiền, giá trị")),
                ("quantity", models.BigIntegerField(null=True, verbose_name="Số lượng")),
                ("purpose", models.CharField(blank=True, max_length=300, verbose_name="Mục đích ủng hộ")),
                ("recorded_by_id", models.BigIntegerField()),
                ("recorded_by_name", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="donations",
                        to="disbursements.fundingsource",
                    ),
                ),
                (
                    "goods",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disbursements.goods",
                    ),
                ),
            ],
            options={
                "verbose_name": "khoản ủng hộ",
                "ordering": ["-received_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Handout",
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
                ("store_name", models.CharField(max_length=150)),
                ("title", models.CharField(max_length=200, verbose_name="Tên đợt cấp phát")),
                (
                    "decision_number",
                    models.CharField(blank=True, max_length=60, verbose_name="Số quyết định"),
                ),
                ("idempotency_key", models.CharField(max_length=64, unique=True)),
                ("request_hash", models.CharField(max_length=64)),
                ("line_count", models.PositiveIntegerField(default=0, verbose_name="Số người")),
                ("total_quantity", models.BigIntegerField(default=0, verbose_name="Số lượng")),
                ("made_on", models.DateField(verbose_name="Ngày lập")),
                ("created_by_id", models.BigIntegerField()),
                ("created_by_name", models.CharField(max_length=150)),
                ("approved_by_id", models.BigIntegerField(null=True)),
                ("approved_by_name", models.CharField(blank=True, max_length=150)),
                ("approved_on", models.DateField(null=True, verbose_name="Ngày duyệt")),
                ("started_on", models.DateField(null=True, verbose_name="Ngày bắt đầu cấp phát")),
                ("closed_on", models.DateField(null=True, verbose_name="Ngày khóa")),
                ("cancelled_on", models.DateField(null=True, verbose_name="Ngày hủy")),
                ("cancel_reason", models.TextField(blank=True)),
                (
                    "goods",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disbursements.goods",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.job",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="support_programs.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "đợt cấp phát",
            },
        ),
        migrations.CreateModel(
            name="HandoutFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("list_xlsx", "Danh sách cấp phát (Excel)"),
                            ("list_pdf", "Danh sách cấp phát (PDF)"),
                        ],
                        max_length=16,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("made_by_id", models.BigIntegerField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "handout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="disbursements.handout",
                    ),
                ),
            ],
            options={
                "verbose_name": "tệp cấp phát",
            },
        ),
        migrations.CreateModel(
            name="HandoutLine",
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
                ("handout_reference", models.CharField(max_length=20)),
                ("case_reference", models.CharField(max_length=20)),
                ("decision_number", models.CharField(max_length=60)),
                ("attempt", models.PositiveSmallIntegerField(default=1)),
                ("position", models.PositiveIntegerField(verbose_name="Số thứ tự")),
                ("quantity", models.PositiveIntegerField(verbose_name="Số lượng")),
                ("unit", models.CharField(max_length=8)),
                ("version_hash", models.CharField(max_length=64)),
                ("payee_name", models.CharField(max_length=150, verbose_name="Người nhận")),
                ("payee_sort", core.fields.SortKeyField(db_collation="C", editable=False, max_length=200)),
                ("payee_key", core.fields.SortKeyField(db_collation="C", editable=False, max_length=200)),
                ("birth_date", models.DateField(null=True)),
                ("birth_year", models.PositiveSmallIntegerField(null=True)),
                ("payee_number_encrypted", models.BinaryField()),
                ("payee_number_last3", models.CharField(max_length=3)),
                ("hamlet", models.CharField(blank=True, max_length=250)),
                ("entered_by_id", models.BigIntegerField()),
                ("list_approved_by_id", models.BigIntegerField(null=True)),
                ("money_approved_by_id", models.BigIntegerField(null=True)),
                ("made_by_id", models.BigIntegerField()),
                ("resulted_on", models.DateField(null=True, verbose_name="Ngày có kết quả")),
                (
                    "result_reason",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=300, verbose_name="Lý do"
                    ),
                ),
                ("recorded_by_id", models.BigIntegerField(null=True)),
                (
                    "proxy_name",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=150, verbose_name="Người nhận thay"
                    ),
                ),
                (
                    "proxy_relation",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=100, verbose_name="Quan hệ"
                    ),
                ),
                (
                    "proxy_paper",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=100, verbose_name="Giấy ủy quyền"
                    ),
                ),
                ("proxy_number_encrypted", models.BinaryField(null=True)),
                ("proxy_number_last3", models.CharField(blank=True, db_default="", default="", max_length=3)),
                (
                    "case_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="support_programs.caselist",
                    ),
                ),
                (
                    "entitlement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handout_lines",
                        to="support_programs.entitlement",
                    ),
                ),
                (
                    "handout",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="disbursements.handout",
                    ),
                ),
            ],
            options={
                "verbose_name": "dòng cấp phát",
            },
        ),
        migrations.CreateModel(
            name="HandoutUpload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("sha256", models.CharField(max_length=64)),
                ("rows", models.JSONField()),
                ("recorded_at", models.DateTimeField(null=True)),
                ("received_count", models.PositiveIntegerField(default=0)),
                ("missed_count", models.PositiveIntegerField(default=0)),
                ("uploaded_by_id", models.BigIntegerField()),
                ("uploaded_by_name", models.CharField(max_length=150)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "handout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="disbursements.handout",
                    ),
                ),
            ],
            options={
                "verbose_name": "danh sách cấp phát nộp lại",
            },
        ),
        migrations.CreateModel(
            name="Store",
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
                ("name", models.CharField(max_length=150, verbose_name="Tên kho")),
                ("address", models.CharField(blank=True, max_length=250, verbose_name="Địa chỉ")),
                ("keeper_name", models.CharField(blank=True, max_length=150, verbose_name="Người giữ kho")),
                ("is_active", models.BooleanField(default=True)),
                ("created_by_id", models.BigIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "kho",
                "ordering": ["area_code", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("area_code", "name"), name="store_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StockMovement",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("receipt", "Nhập kho"),
                            ("sending", "Xuất chuyển kho"),
                            ("arrival", "Nhận hàng chuyển kho"),
                            ("loss", "Hao hụt, hư hỏng"),
                            ("issue", "Xuất cấp phát"),
                            ("leftover", "Nhập lại sau cấp phát"),
                            ("correction", "Hủy ghi nhận sai"),
                        ],
                        max_length=12,
                        verbose_name="Loại phiếu",
                    ),
                ),
                ("change", models.BigIntegerField(verbose_name="Số lượng")),
                ("missing", models.BigIntegerField(db_default=0, default=0, verbose_name="Thiếu hụt")),
                ("document_number", models.CharField(max_length=60, verbose_name="Số chứng từ")),
                ("moved_on", models.DateField(verbose_name="Ngày chứng từ")),
                ("estimated_value", models.BigIntegerField(null=True, verbose_name="Giá trị ước tính")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="Lý do")),
                ("recorded_by_id", models.BigIntegerField()),
                ("recorded_by_name", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="disbursements.stockmovement",
                    ),
                ),
                (
                    "donation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="disbursements.donation",
                    ),
                ),
                (
                    "goods",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disbursements.goods",
                    ),
                ),
                (
                    "handout",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="disbursements.handout",
                    ),
                ),
                (
                    "sending",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrival",
                        to="disbursements.stockmovement",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disbursements.fundingsource",
                    ),
                ),
                (
                    "other_store",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disbursements.store",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="disbursements.store",
                    ),
                ),
            ],
            options={
                "verbose_name": "phiếu kho",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="StockBalance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("on_hand", models.BigIntegerField(db_default=0, default=0, verbose_name="Tồn kho")),
                (
                    "goods",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disbursements.goods",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="balances",
                        to="disbursements.store",
                    ),
                ),
            ],
            options={
                "verbose_name": "tồn kho",
            },
        ),
        migrations.AddField(
            model_name="handout",
            name="store",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="handouts", to="disbursements.store"
            ),
        ),
        migrations.CreateModel(
            name="DonationCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("reason", models.CharField(max_length=500, verbose_name="Lý do")),
                ("corrected_on", models.DateField(verbose_name="Ngày hủy")),
                ("recorded_by_id", models.BigIntegerField()),
                ("recorded_by_name", models.CharField(max_length=150)),
                (
                    "donation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="disbursements.donation",
                    ),
                ),
            ],
            options={
                "verbose_name": "hủy ghi khoản ủng hộ",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__gt", "")), name="donation_correction_has_reason"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="donation",
            index=models.Index(fields=["area_code", "-received_on", "-id"], name="donation_register"),
        ),
        migrations.AddConstraint(
            model_name="donation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount__gt", 0),
                        ("goods__isnull", True),
                        ("kind", "cash"),
                        ("quantity__isnull", True),
                    ),
                    models.Q(
                        ("goods__isnull", False),
                        ("kind", "goods"),
                        ("quantity__gt", 0),
                        models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="donation_is_money_or_goods",
            ),
        ),
        migrations.AddConstraint(
            model_name="donation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("donor_kind__in", ["person", "organisation", "group"]),
                    ("donor_name__gt", ""),
                    ("receipt_number__gt", ""),
                ),
                name="donation_names_donor",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoutfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["list_xlsx", "list_pdf"])), name="handout_file_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="handoutfile",
            constraint=models.UniqueConstraint(fields=("handout", "kind"), name="one_handout_file_per_kind"),
        ),
        migrations.AddIndex(
            model_name="handoutline",
            index=models.Index(fields=["handout", "status", "position"], name="handout_lines_of"),
        ),
        migrations.AddIndex(
            model_name="handoutline",
            index=models.Index(
                fields=["area_code", "status"], include=("quantity",), name="handout_line_totals"
            ),
        ),
        migrations.AddConstraint(
            model_name="handoutline",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["waiting", "received", "missed", "cancelled"])),
                name="handout_line_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoutline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="handout_line_quantity_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="handoutline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("waiting", "received"))),
                fields=("entitlement",),
                name="one_live_handout_line",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoutline",
            constraint=models.UniqueConstraint(
                fields=("entitlement", "attempt"), name="handout_attempt_once_per_entitlement"
            ),
        ),
        migrations.AddConstraint(
            model_name="handoutline",
            constraint=models.UniqueConstraint(fields=("handout", "position"), name="handout_position_once"),
        ),
        migrations.AddConstraint(
            model_name="handoutline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("made_by_id", models.F("entered_by_id")), _negated=True),
                    models.Q(
                        ("list_approved_by_id__isnull", True),
                        models.Q(("made_by_id", models.F("list_approved_by_id")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="handout_maker_did_not_enter_or_approve",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoutline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recorded_by_id__isnull", True),
                    models.Q(
                        models.Q(("recorded_by_id", models.F("entered_by_id")), _negated=True),
                        models.Q(
                            ("list_approved_by_id__isnull", True),
                            models.Q(("recorded_by_id", models.F("list_approved_by_id")), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="handout_recorder_did_not_enter_or_approve",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoutline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["received", "missed"]), _negated=True),
                    models.Q(("recorded_by_id__isnull", False), ("resulted_on__isnull", False)),
                    _connector="OR",
                ),
                name="handout_result_names_its_recorder",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoutline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "missed"), _negated=True), ("result_reason__gt", ""), _connector="OR"
                ),
                name="missed_handout_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoutline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("proxy_name", ""), ("proxy_number_encrypted__isnull", True)),
                    models.Q(("proxy_name__gt", ""), ("proxy_relation__gt", ""), ("status", "received")),
                    _connector="OR",
                ),
                name="handout_proxy_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoutupload",
            constraint=models.UniqueConstraint(
                fields=("handout", "sha256"), name="handout_file_uploaded_once"
            ),
        ),
        migrations.AddIndex(
            model_name="stockmovement",
            index=models.Index(fields=["store", "goods", "id"], name="stock_of_store"),
        ),
        migrations.AddConstraint(
            model_name="stockmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["receipt", "sending", "arrival", "loss", "issue", "leftover", "correction"])
                ),
                name="stock_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("receipt", "leftover")), ("change__gt", 0)),
                    models.Q(("kind__in", ("sending", "loss", "issue")), ("change__lt", 0)),
                    models.Q(("kind", "arrival"), ("change__gte", 0)),
                    models.Q(("kind", "correction"), models.Q(("change", 0), _negated=True)),
                    _connector="OR",
                ),
                name="stock_change_has_its_sign",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("missing", 0),
                    models.Q(("kind", "arrival"), ("missing__gt", 0), ("reason__gt", "")),
                    _connector="OR",
                ),
                name="missing_goods_have_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "receipt"), ("source__isnull", False)),
                    models.Q(
                        models.Q(("kind", "receipt"), _negated=True),
                        ("donation__isnull", True),
                        ("source__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="receipt_names_its_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("estimated_value__isnull", True),
                    models.Q(("estimated_value__gte", 0), ("kind", "receipt")),
                    _connector="OR",
                ),
                name="only_receipts_have_value",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["sending", "arrival"]),
                        ("other_store__isnull", False),
                        models.Q(("other_store", models.F("store")), _negated=True),
                    ),
                    models.Q(
                        models.Q(("kind__in", ["sending", "arrival"]), _negated=True),
                        ("other_store__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="transfer_has_two_stores",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "arrival"), ("sending__isnull", False)),
                    models.Q(models.Q(("kind", "arrival"), _negated=True), ("sending__isnull", True)),
                    _connector="OR",
                ),
                name="arrival_names_its_sending",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handout__isnull", False), ("kind__in", ["issue", "leftover"])),
                    models.Q(
                        models.Q(("kind__in", ["issue", "leftover"]), _negated=True),
                        ("handout__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="issue_names_its_handout",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("corrects__isnull", False), ("kind", "correction")),
                    models.Q(models.Q(("kind", "correction"), _negated=True), ("corrects__isnull", True)),
                    _connector="OR",
                ),
                name="stock_correction_names_its_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("document_number__gt", ""),
                    models.Q(
                        models.Q(("kind__in", ["loss", "correction"]), _negated=True),
                        ("reason__gt", ""),
                        _connector="OR",
                    ),
                ),
                name="stock_movement_has_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockmovement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("handout__isnull", False)),
                fields=("handout", "kind"),
                name="handout_moves_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockbalance",
            constraint=models.UniqueConstraint(fields=("store", "goods"), name="stock_balance_once"),
        ),
        migrations.AddConstraint(
            model_name="stockbalance",
            constraint=models.CheckConstraint(
                condition=models.Q(("on_hand__gte", 0)), name="stock_not_below_zero"
            ),
        ),
        migrations.AddIndex(
            model_name="handout",
            index=models.Index(fields=["area_code", "status", "-id"], name="handout_area_status"),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["preparing", "prepared", "approved", "handing", "closed", "cancelled"])
                ),
                name="handout_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by_id__isnull", True),
                    models.Q(("approved_by_id", models.F("created_by_id")), _negated=True),
                    _connector="OR",
                ),
                name="handout_approver_did_not_make_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["preparing", "cancelled"]),
                    models.Q(("line_count__gt", 0), ("total_quantity__gt", 0)),
                    _connector="OR",
                ),
                name="prepared_handout_has_lines",
            ),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["preparing", "prepared", "cancelled"]),
                    ("approved_by_id__isnull", False),
                    _connector="OR",
                ),
                name="approved_handout_names_its_approver",
            ),
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        migrations.RunSQL(
            sealed.trigger("disbursements_handoutline", ("payee_number_encrypted",)), migrations.RunSQL.noop
        ),
        migrations.RunSQL(RICE, migrations.RunSQL.noop),
    ]
