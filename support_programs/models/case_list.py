from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.models.stateful import StatefulModel
from core.querysets import FencedManager
from support_programs.enums import ListStatus, Step


def differ(first: str, second: str, name: str) -> models.CheckConstraint:
    condition = Q(**{f"{first}__isnull": True}) | Q(**{f"{second}__isnull": True}) | ~Q(**{first: F(second)})
    return models.CheckConstraint(condition=condition, name=name)


class CaseList(StatefulModel):
    """A list of cases, the unit that travels up: a commune's list is posted, appraised by the district, approved in money by
    the province; the dossier of an `employer` is a list of the district of its head office, others are the department's.

    The way follows the chain of its version. `has_list_approval` and `has_money_appraisal` say whether that chain has an
    approval of the persons by the district and an appraisal of the money by the department; they are set when it is made.
    Numbers and dates of other agencies' papers are entered, never invented. Who acted is kept beside the row,
    so that the database
    can hold that the deciding persons differ.
    """

    programme = models.ForeignKey("support_programs.Programme", on_delete=models.PROTECT, related_name="+")
    version_used = models.ForeignKey(
        "support_programs.ProgrammeVersion", on_delete=models.PROTECT, related_name="+"
    )
    stream = models.CharField(_("Luồng"), max_length=20, blank=True)
    list_import = models.ForeignKey(
        "beneficiaries.ListImport", null=True, on_delete=models.PROTECT, related_name="case_lists"
    )
    employer = models.ForeignKey(
        "beneficiaries.Employer",
        null=True,
        on_delete=models.PROTECT,
        related_name="case_lists",
        db_index=False,
        verbose_name=_("Người sử dụng lao động"),
    )
    has_list_approval = models.BooleanField(default=True, db_default=True)
    has_money_appraisal = models.BooleanField(default=True, db_default=True)
    title = models.CharField(_("Tên danh sách"), max_length=250)
    list_date = models.DateField(_("Ngày lập"))
    letter_number = models.CharField(_("Số tờ trình"), max_length=60, blank=True)
    letter_date = models.DateField(_("Ngày tờ trình"), null=True)

    posting_from = models.DateField(_("Niêm yết từ"), null=True)
    posting_until = models.DateField(_("Niêm yết đến hết"), null=True)
    posting_closed_on = models.DateField(_("Ngày kết thúc niêm yết"), null=True)
    posting_place = models.CharField(_("Nơi niêm yết"), max_length=200, blank=True)
    posting_remarks = models.TextField(_("Ý kiến nhận được"), blank=True)

    posting_minutes = models.ForeignKey(
        "core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("Biên bản")
    )

    district_number = models.CharField(_("Số văn bản duyệt của huyện"), max_length=60, blank=True)
    district_date = models.DateField(_("Ngày văn bản duyệt của huyện"), null=True)
    finance_number = models.CharField(_("Số văn bản của Sở Tài chính"), max_length=60, blank=True)
    finance_date = models.DateField(_("Ngày văn bản của Sở Tài chính"), null=True)
    decision = models.ForeignKey(
        "support_programs.ApprovalDecision", null=True, on_delete=models.PROTECT, related_name="case_lists"
    )
    decision_number = models.CharField(_("Số quyết định"), max_length=60, blank=True)
    decision_date = models.DateField(_("Ngày quyết định"), null=True)
    allocated_on = models.DateField(_("Ngày phân bổ kinh phí"), null=True)
    sent_back_reason = models.TextField(_("Lý do trả lại"), blank=True)

    current_step = models.CharField(max_length=20, choices=Step, default=Step.COMMUNE_REVIEW)
    step_started_on = models.DateField(_("Bắt đầu bước"))
    due_on = models.DateField(_("Hạn của bước"), null=True)

    created_by_id = models.BigIntegerField()
    submitted_by_id = models.BigIntegerField(null=True)
    list_approved_by_id = models.BigIntegerField(null=True)
    # who ended the department's own appraisal of a list that no district approves
    concluded_by_id = models.BigIntegerField(null=True)
    money_appraised_by_id = models.BigIntegerField(null=True)
    money_approved_by_id = models.BigIntegerField(null=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("danh sách đề nghị")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ListStatus.values), name="list_status_known"),
            models.CheckConstraint(condition=Q(current_step__in=Step.values), name="list_step_known"),
            models.CheckConstraint(
                condition=~Q(status__in=ListStatus.after_district())
                | Q(has_list_approval=False)
                | Q(list_approved_by_id__isnull=False),
                name="approved_list_has_approver",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[ListStatus.AT_PROVINCE, ListStatus.MONEY_APPROVED])
                | Q(has_list_approval=True)
                | Q(concluded_by_id__isnull=False),
                name="concluded_list_has_concluder",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[ListStatus.MONEY_APPRAISED, ListStatus.MONEY_APPROVED])
                | Q(has_money_appraisal=False)
                | Q(money_appraised_by_id__isnull=False),
                name="appraised_money_has_appraiser",
            ),
            models.CheckConstraint(
                condition=~Q(status=ListStatus.MONEY_APPROVED)
                | Q(money_approved_by_id__isnull=False, decision__isnull=False),
                name="approved_money_has_decision",
            ),
            differ("submitted_by_id", "list_approved_by_id", "list_approver_did_not_submit"),
            differ("submitted_by_id", "concluded_by_id", "list_concluder_did_not_submit"),
            differ("concluded_by_id", "money_approved_by_id", "money_approver_did_not_conclude"),
            differ("submitted_by_id", "money_appraised_by_id", "money_appraiser_did_not_submit"),
            differ("submitted_by_id", "money_approved_by_id", "money_approver_did_not_submit"),
            differ("list_approved_by_id", "money_appraised_by_id", "money_appraiser_is_another"),
            differ("list_approved_by_id", "money_approved_by_id", "money_approver_did_not_approve_list"),
            differ("money_appraised_by_id", "money_approved_by_id", "money_approver_did_not_appraise"),
        ]
        indexes = [
            models.Index(fields=["area_code", "status", "due_on", "id"], name="list_area_status_due"),
            # the dossiers of an employer
            models.Index(fields=["employer"], condition=Q(employer__isnull=False), name="list_of_employer"),
        ]


class CaseListStep(models.Model):
    """One pass of a list through a step, with its clock in working days; a list sent back passes again."""

    area_code = AreaCodeField()
    case_list = models.ForeignKey(CaseList, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=Step)
    started_on = models.DateField()
    due_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    finished_by_id = models.BigIntegerField(null=True)
    finished_by_name = models.CharField(max_length=150, blank=True)

    objects = FencedManager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("bước xử lý")
        constraints = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="step_known"),
        ]
        indexes = [models.Index(fields=["case_list", "id"], name="step_of_list")]

    def __str__(self) -> str:
        return f"{self.case_list_id} {self.step}"


class Exclusion(models.Model):
    """A row taken out of a list while the rest went on: why, by whom, when. Never deleted."""

    area_code = AreaCodeField()
    case_list = models.ForeignKey(CaseList, on_delete=models.PROTECT, related_name="exclusions")
    case = models.ForeignKey("support_programs.Case", on_delete=models.PROTECT, related_name="exclusions")
    reason = models.TextField(_("Lý do"))
    case_status = models.CharField(max_length=24)
    excluded_by_id = models.BigIntegerField()
    excluded_by_name = models.CharField(max_length=150)
    excluded_on = models.DateField()

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("hồ sơ bị loại khỏi danh sách")

    def __str__(self) -> str:
        return f"{self.case_list_id}: {self.case_id}"


class FactConfirmation(models.Model):
    """What the commune confirmed for a whole list where the list has no column for it, with name and date;
    single rows excepted.
    """

    area_code = AreaCodeField()
    case_list = models.ForeignKey(CaseList, on_delete=models.PROTECT, related_name="confirmations")
    fact = models.CharField(max_length=40)
    value: models.JSONField[object, object] = models.JSONField()
    excepted_cases: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
    confirmed_by_id = models.BigIntegerField()
    confirmed_by_name = models.CharField(max_length=150)
    confirmed_on = models.DateField()

    objects = FencedManager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("xác nhận thông tin của danh sách")

    def __str__(self) -> str:
        return f"{self.case_list_id} {self.fact}"
