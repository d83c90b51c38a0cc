from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField, SortKeyField
from core.models.stateful import StatefulModel
from core.querysets import FencedManager
from support_programs.enums import VND, CaseStatus, Result

Json = dict[str, Any]


class Case(StatefulModel):
    """One applicant's claim under one programme, worked on until closed. Its row belongs to the unit where it was filed.

    `person` is empty for the claim of an employer; a household business has both, its owner and itself. Workers of an
    employer's list name no employer here: their list does. `period` tells claims of one programme apart that may stand
    side by side: a spell of days, a wave, a month.

    The applicant's name, birth, sex, hamlet and masked number are a snapshot, so that the page needs nobody else's row.
    `facts` holds what is known beyond them, each with its source:
    `{"lost_income_on": {"value": "2021-07-09", "source": "list", "on": "2021-08-20", "by": "Lê Thị Hoa"}}`; a fact that
    is not there is unknown, not true. `result` is the outcome of the newest determination.
    """

    # no index of its own here and below where another one starts with the column, or where nobody asks by it alone
    programme = models.ForeignKey(
        "support_programs.Programme", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    version_used = models.ForeignKey(
        "support_programs.ProgrammeVersion", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stream = models.CharField(_("Luồng"), max_length=20, blank=True)
    person = models.ForeignKey(
        "beneficiaries.Person", null=True, on_delete=models.PROTECT, related_name="cases"
    )
    employer = models.ForeignKey(
        "beneficiaries.Employer", null=True, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    period = models.CharField(max_length=16, default="once", db_default="once")
    case_list = models.ForeignKey(
        "support_programs.CaseList", null=True, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    position = models.PositiveIntegerField(_("Số thứ tự"), null=True)
    import_row = models.ForeignKey(
        "beneficiaries.ImportRow", null=True, on_delete=models.SET_NULL, related_name="cases", db_index=False
    )

    applicant_name = models.CharField(_("Người đề nghị"), max_length=150)
    name_key = SortKeyField()
    name_sort = SortKeyField()
    birth_date = models.DateField(_("Ngày sinh"), null=True)
    birth_year = models.PositiveSmallIntegerField(_("Năm sinh"), null=True)
    sex = models.CharField(_("Giới tính"), max_length=1, blank=True)
    number_kind = models.CharField(max_length=4)
    number_last3 = models.CharField(max_length=3)
    hamlet = models.CharField(_("Khóm, ấp"), max_length=250, blank=True)
    phone = models.CharField(_("Số điện thoại"), max_length=20, blank=True)
    occupation = models.CharField(_("Công việc"), max_length=150, blank=True)

    received_on = models.DateField(_("Ngày tiếp nhận"))
    due_on = models.DateField(_("Hạn xử lý"), null=True)
    facts: models.JSONField[Json, Json] = models.JSONField(default=dict)
    result = models.CharField(max_length=12, choices=Result, default=Result.UNDETERMINED)
    # one letter per criterion of the newest determination, in its order: m met, n not met, u unknown, r to review
    outcomes = models.CharField(max_length=60, blank=True)
    # 0: the facts don't allow to calculate it yet, or what is owed is not money (`quantity` of `unit`)
    amount_proposed = models.BigIntegerField(_("Mức hỗ trợ đề nghị"))
    unit = models.CharField(max_length=8, default=VND, db_default=VND)
    quantity = models.PositiveIntegerField(default=0, db_default=0)
    mark_text = models.CharField(_("Lý do trả lại"), max_length=500, blank=True)
    entered_by_id = models.BigIntegerField()
    # who changed a case that was typed by hand: they entered it no less
    also_entered_by = ArrayField(models.BigIntegerField(), null=True)
    appraised_by_id = models.BigIntegerField(null=True)
    appraised_on = models.DateField(null=True)
    # whose worklist it is on; nobody's yet when empty
    assigned_to_id = models.BigIntegerField(null=True)
    assigned_on = models.DateField(null=True)
    # how many papers that its version asks for are neither seen nor scanned (services.papers)
    papers_missing = models.PositiveSmallIntegerField(default=0, db_default=0)
    # the paper of the agency that decided a claim which is only tracked here
    outside_number = models.CharField(_("Số văn bản"), max_length=60, blank=True, default="", db_default="")
    outside_date = models.DateField(_("Ngày văn bản"), null=True)
    outside_agency = models.CharField(
        _("Cơ quan quyết định"), max_length=150, blank=True, default="", db_default=""
    )

    objects = FencedManager()

    class Meta:
        verbose_name = _("hồ sơ")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=CaseStatus.values), name="case_status_known"),
            models.CheckConstraint(condition=Q(result__in=Result.values), name="case_result_known"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(employer__isnull=False), name="case_has_claimant"
            ),
            models.CheckConstraint(
                condition=Q(unit=VND, amount_proposed__gte=0) | (~Q(unit=VND) & Q(amount_proposed=0)),
                name="case_amount_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(appraised_by_id__isnull=True) | ~Q(appraised_by_id=F("entered_by_id")),
                name="case_appraiser_did_not_enter",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[CaseStatus.ELIGIBLE, CaseStatus.APPROVED])
                | Q(appraised_by_id__isnull=False, result=Result.ELIGIBLE),
                name="eligible_case_was_appraised",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[CaseStatus.ELIGIBLE, CaseStatus.APPROVED]) | Q(papers_missing=0),
                name="eligible_case_has_papers",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[CaseStatus.LISTED, CaseStatus.APPROVED])
                | Q(case_list__isnull=False),
                name="listed_case_has_list",
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.DECIDED_ELSEWHERE)
                | Q(outside_date__isnull=False, outside_agency__gt=""),
                name="decided_elsewhere_has_paper",
            ),
            # a live case blocks a second one of the same programme and period; a refused one doesn't
            models.UniqueConstraint(
                fields=["programme", "person", "period"],
                condition=~Q(status__in=CaseStatus.ended()),
                name="one_live_case_per_programme_and_person",
            ),
            models.UniqueConstraint(
                fields=["programme", "employer", "period"],
                condition=~Q(status__in=CaseStatus.ended()) & Q(employer__isnull=False),
                name="one_live_case_per_programme_and_employer",
            ),
            models.UniqueConstraint(
                fields=["import_row"], condition=Q(import_row__isnull=False), name="one_case_per_import_row"
            ),
        ]
        indexes = [
            # the same name and year of birth in another case
            models.Index(fields=["name_key", "birth_year"], name="case_name_year"),
            # worklists of an area by deadline
            models.Index(fields=["area_code", "status", "due_on", "id"], name="case_area_status_due"),
            # what is on one officer's own worklist; most rows are nobody's
            models.Index(
                fields=["assigned_to_id", "status", "due_on", "id"],
                condition=Q(assigned_to_id__isnull=False),
                name="case_assigned",
            ),
            # the same over the whole province, which walks the order instead of sorting
            models.Index(fields=["due_on", "id"], name="case_due"),
            models.Index(fields=["name_sort", "id"], name="case_name"),
            # the rows of a list in its order
            models.Index(fields=["case_list", "position"], name="case_list_position"),
            # the claims of an employer; most rows have none
            models.Index(fields=["employer"], condition=Q(employer__isnull=False), name="case_of_employer"),
        ]


class EligibilityDetermination(models.Model):
    """Frozen: which version judged which facts on which day, every criterion's outcome with its sentence, and the result."""

    area_code = AreaCodeField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="determinations")
    version_used = models.ForeignKey(
        "support_programs.ProgrammeVersion", on_delete=models.PROTECT, related_name="+"
    )
    version_hash = models.CharField(max_length=64)
    judged_on = models.DateField()
    result = models.CharField(max_length=12, choices=Result)
    facts: models.JSONField[Json, Json] = models.JSONField()
    criteria: models.JSONField[list[Json], list[Json]] = models.JSONField()
    created_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("kết quả kiểm tra điều kiện")
        constraints = [
            models.CheckConstraint(condition=Q(result__in=Result.values), name="determination_result_known"),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="determination_newest")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.result}"
