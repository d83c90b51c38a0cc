"""Claims of employers, spells and waves, goods instead of money; other agencies' papers; children; days that are paid once."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("beneficiaries", "0003_fewer_indexes"),
        ("core", "0003_event_reference_index"),
        ("support_programs", "0007_indexes_that_others_cover"),
    ]

    operations = [
        # a column that a trigger compares can't change its type; 0009 puts the trigger back
        migrations.RunSQL("DROP TRIGGER frozen ON support_programs_entitlement", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="AgencyConfirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("agency", models.CharField(max_length=40, verbose_name="Cơ quan xác nhận")),
                ("number", models.CharField(max_length=60, verbose_name="Số văn bản")),
                ("signed_on", models.DateField(verbose_name="Ngày ký")),
                ("note", models.TextField(blank=True, verbose_name="Ghi chú")),
                ("recorded_by_id", models.BigIntegerField()),
                ("recorded_by_name", models.CharField(max_length=150)),
                ("recorded_on", models.DateField()),
            ],
            options={
                "verbose_name": "xác nhận của cơ quan khác",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CaseChild",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("full_name", models.CharField(max_length=150, verbose_name="Họ và tên")),
                ("name_key", core.fields.SortKeyField(db_collation="C", editable=False, max_length=200)),
                ("birth_date", models.DateField(verbose_name="Ngày sinh")),
                (
                    "relation",
                    models.CharField(
                        choices=[("mother", "Mẹ"), ("father", "Cha"), ("carer", "Người chăm sóc thay thế")],
                        max_length=8,
                        verbose_name="Quan hệ với trẻ",
                    ),
                ),
                (
                    "identity_kind",
                    models.CharField(
                        choices=[
                            ("personal_number", "Số định danh cá nhân"),
                            ("birth_certificate", "Giấy khai sinh"),
                        ],
                        max_length=20,
                        verbose_name="Loại giấy tờ",
                    ),
                ),
                ("number_encrypted", models.BinaryField()),
                ("number_index", models.BinaryField(max_length=16)),
                ("number_last3", models.CharField(max_length=3)),
                ("proof", models.CharField(blank=True, max_length=250, verbose_name="Giấy tờ chứng minh")),
                ("added_by_id", models.BigIntegerField()),
                ("added_on", models.DateField()),
                ("is_live", models.BooleanField(default=True)),
                ("removed_on", models.DateField(null=True)),
                ("removed_reason", models.CharField(blank=True, max_length=500, verbose_name="Lý do bỏ")),
            ],
            options={
                "verbose_name": "trẻ em được hỗ trợ thêm",
                "ordering": ["birth_date", "id"],
            },
        ),
        migrations.CreateModel(
            name="EmployerMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("month", models.DateField(verbose_name="Tháng")),
                ("workers", models.PositiveIntegerField(verbose_name="Số lao động")),
                ("amount", models.BigIntegerField(verbose_name="Số tiền")),
                ("note", models.CharField(blank=True, max_length=250, verbose_name="Ghi chú")),
                ("is_current", models.BooleanField(default=True)),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="Lý do sửa")),
                ("recorded_by_id", models.BigIntegerField()),
                ("recorded_by_name", models.CharField(max_length=150)),
                ("recorded_on", models.DateField()),
            ],
            options={
                "verbose_name": "số liệu theo tháng",
                "ordering": ["month", "id"],
            },
        ),
        migrations.CreateModel(
            name="EntitlementDays",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                (
                    "days",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="Số ngày được hưởng"),
                ),
                ("is_live", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name": "ngày được hưởng",
            },
        ),
        migrations.RemoveConstraint(
            model_name="approvaldecision",
            name="decision_not_empty",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_amount_positive",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="one_live_case_per_programme_and_person",
        ),
        migrations.RemoveConstraint(
            model_name="caselist",
            name="list_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="caselist",
            name="list_step_known",
        ),
        migrations.RemoveConstraint(
            model_name="caselist",
            name="approved_list_has_approver",
        ),
        migrations.RemoveConstraint(
            model_name="caselist",
            name="appraised_money_has_appraiser",
        ),
        migrations.RemoveConstraint(
            model_name="caseliststep",
            name="step_known",
        ),
        migrations.RemoveConstraint(
            model_name="entitlement",
            name="entitlement_amount_within_cap",
        ),
        migrations.RemoveConstraint(
            model_name="entitlement",
            name="approved_entitlement_has_decision",
        ),
        migrations.AddField(
            model_name="case",
            name="outside_agency",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=150, verbose_name="Cơ quan quyết định"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="outside_date",
            field=models.DateField(null=True, verbose_name="Ngày văn bản"),
        ),
        migrations.AddField(
            model_name="case",
            name="outside_number",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=60, verbose_name="Số văn bản"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="period",
            field=models.CharField(db_default="once", default="once", max_length=16),
        ),
        migrations.AddField(
            model_name="case",
            name="quantity",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="case",
            name="unit",
            field=models.CharField(db_default="VND", default="VND", max_length=8),
        ),
        migrations.AddField(
            model_name="caselist",
            name="concluded_by_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="caselist",
            name="has_list_approval",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="caselist",
            name="has_money_appraisal",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="entitlement",
            name="has_list_approval",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="entitlement",
            name="quantity",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="entitlement",
            name="second_group",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="entitlement",
            name="unit",
            field=models.CharField(db_default="VND", default="VND", max_length=8),
        ),
        migrations.AlterField(
            model_name="case",
            name="outcomes",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AlterField(
            model_name="case",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="beneficiaries.person",
            ),
        ),
        migrations.AlterField(
            model_name="caselist",
            name="current_step",
            field=models.CharField(
                choices=[
                    ("commune_review", "Xã rà soát, lập danh sách"),
                    ("posting", "Niêm yết công khai"),
                    ("confirmation", "Cơ quan BHXH xác nhận"),
                    ("tax_review", "Chi cục Thuế thẩm định"),
                    ("district_appraisal", "Huyện thẩm định, duyệt danh sách"),
                    ("department_appraisal", "Sở thẩm định"),
                    ("money_appraisal", "Sở LĐ-TBXH, Sở Tài chính thẩm định kinh phí"),
                    ("money_approval", "UBND tỉnh duyệt kinh phí"),
                    ("payment", "Chi trả"),
                ],
                default="commune_review",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="caseliststep",
            name="step",
            field=models.CharField(
                choices=[
                    ("commune_review", "Xã rà soát, lập danh sách"),
                    ("posting", "Niêm yết công khai"),
                    ("confirmation", "Cơ quan BHXH xác nhận"),
                    ("tax_review", "Chi cục Thuế thẩm định"),
                    ("district_appraisal", "Huyện thẩm định, duyệt danh sách"),
                    ("department_appraisal", "Sở thẩm định"),
                    ("money_appraisal", "Sở LĐ-TBXH, Sở Tài chính thẩm định kinh phí"),
                    ("money_approval", "UBND tỉnh duyệt kinh phí"),
                    ("payment", "Chi trả"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="entitlement",
            name="claimant",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entitlements",
                to="beneficiaries.person",
            ),
        ),
        migrations.AlterField(
            model_name="entitlement",
            name="period",
            field=models.CharField(default="once", max_length=16),
        ),
        migrations.AddConstraint(
            model_name="approvaldecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0), ("people__gt", 0)), name="decision_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "draft",
                            "listed",
                            "appraising",
                            "needs_supplement",
                            "eligible",
                            "ineligible",
                            "approved",
                            "withdrawn",
                            "decided_elsewhere",
                        ],
                    )
                ),
                name="case_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount_proposed__gte", 0), ("unit", "VND")),
                    models.Q(models.Q(("unit", "VND"), _negated=True), ("amount_proposed", 0)),
                    _connector="OR",
                ),
                name="case_amount_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "decided_elsewhere"), _negated=True),
                    models.Q(("outside_agency__gt", ""), ("outside_date__isnull", False)),
                    _connector="OR",
                ),
                name="decided_elsewhere_has_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("ineligible", "withdrawn")), _negated=True),
                fields=("programme", "person", "period"),
                name="one_live_case_per_programme_and_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="caselist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "draft",
                            "posting",
                            "posted",
                            "at_agency",
                            "at_district",
                            "district_approved",
                            "at_department",
                            "money_appraised",
                            "at_province",
                            "money_approved",
                            "sent_back",
                        ],
                    )
                ),
                name="list_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="caselist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "current_step__in",
                        [
                            "commune_review",
                            "posting",
                            "confirmation",
                            "tax_review",
                            "district_appraisal",
                            "department_appraisal",
                            "money_appraisal",
                            "money_approval",
                            "payment",
                        ],
                    )
                ),
                name="list_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="caselist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "status__in",
                            (
                                "district_approved",
                                "at_department",
                                "money_appraised",
                                "at_province",
                                "money_approved",
                            ),
                        ),
                        _negated=True,
                    ),
                    ("has_list_approval", False),
                    ("list_approved_by_id__isnull", False),
                    _connector="OR",
                ),
                name="approved_list_has_approver",
            ),
        ),
        migrations.AddConstraint(
            model_name="caselist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["at_province", "money_approved"]), _negated=True),
                    ("has_list_approval", True),
                    ("concluded_by_id__isnull", False),
                    _connector="OR",
                ),
                name="concluded_list_has_concluder",
            ),
        ),
        migrations.AddConstraint(
            model_name="caselist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["money_appraised", "money_approved"]), _negated=True),
                    ("has_money_appraisal", False),
                    ("money_appraised_by_id__isnull", False),
                    _connector="OR",
                ),
                name="appraised_money_has_appraiser",
            ),
        ),
        migrations.AddConstraint(
            model_name="caselist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("submitted_by_id__isnull", True),
                    ("concluded_by_id__isnull", True),
                    models.Q(("submitted_by_id", models.F("concluded_by_id")), _negated=True),
                    _connector="OR",
                ),
                name="list_concluder_did_not_submit",
            ),
        ),
        migrations.AddConstraint(
            model_name="caselist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("concluded_by_id__isnull", True),
                    ("money_approved_by_id__isnull", True),
                    models.Q(("concluded_by_id", models.F("money_approved_by_id")), _negated=True),
                    _connector="OR",
                ),
                name="money_approver_did_not_conclude",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseliststep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "commune_review",
                            "posting",
                            "confirmation",
                            "tax_review",
                            "district_appraisal",
                            "department_appraisal",
                            "money_appraisal",
                            "money_approval",
                            "payment",
                        ],
                    )
                ),
                name="step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("amount__lte", models.F("cap")), ("unit", "VND")),
                    models.Q(models.Q(("unit", "VND"), _negated=True), ("amount", 0), ("quantity__gt", 0)),
                    _connector="OR",
                ),
                name="entitlement_amount_within_cap",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlement",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("status", "cancelled"), _negated=True), ("second_group__gt", "")
                ),
                fields=("second_group", "claimant"),
                name="one_live_of_second_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("approved", "committed", "paid")), _negated=True),
                    models.Q(
                        ("decision__isnull", False),
                        ("money_approved_by_id__isnull", False),
                        models.Q(
                            ("has_list_approval", False),
                            ("list_approved_by_id__isnull", False),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="approved_entitlement_has_decision",
            ),
        ),
        migrations.AddField(
            model_name="agencyconfirmation",
            name="case_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agency_confirmations",
                to="support_programs.caselist",
            ),
        ),
        migrations.AddField(
            model_name="agencyconfirmation",
            name="scan",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
                verbose_name="Bản chụp",
            ),
        ),
        migrations.AddField(
            model_name="casechild",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="support_programs.case",
            ),
        ),
        migrations.AddField(
            model_name="employermonth",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="months", to="support_programs.case"
            ),
        ),
        migrations.AddField(
            model_name="employermonth",
            name="replaces",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="support_programs.employermonth",
                verbose_name="Thay cho",
            ),
        ),
        migrations.AddField(
            model_name="entitlementdays",
            name="claimant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="paid_days",
                to="beneficiaries.person",
            ),
        ),
        migrations.AddField(
            model_name="entitlementdays",
            name="entitlement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="days",
                to="support_programs.entitlement",
            ),
        ),
        migrations.AddConstraint(
            model_name="agencyconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(("agency__gt", ""), ("number__gt", "")),
                name="agency_confirmation_has_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="casechild",
            constraint=models.CheckConstraint(
                condition=models.Q(("relation__in", ["mother", "father", "carer"])),
                name="child_relation_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="casechild",
            constraint=models.CheckConstraint(
                condition=models.Q(("identity_kind__in", ["personal_number", "birth_certificate"])),
                name="child_identity_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="casechild",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("removed_on__isnull", True),
                    models.Q(("is_live", False), ("removed_reason__gt", "")),
                    _connector="OR",
                ),
                name="removed_child_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="casechild",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_live", True)), fields=("number_index",), name="child_supplement_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="employermonth",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="month_is_its_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="employermonth",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)), name="month_amount_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="employermonth",
            constraint=models.CheckConstraint(
                condition=models.Q(("replaces__isnull", True), ("reason__gt", ""), _connector="OR"),
                name="corrected_month_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="employermonth",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("case", "month"),
                name="one_current_row_per_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlementdays",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("days__isempty", False), ("days__lower_inf", False), ("days__upper_inf", False)
                ),
                name="paid_days_have_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlementdays",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("is_live", True)),
                expressions=[
                    (
                        models.Func(
                            models.F("claimant"),
                            models.F("claimant"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    ("days", "&&"),
                ],
                name="paid_days_do_not_overlap",
            ),
        ),
    ]
