"""The sector's targets: what is measured, what was planned, what units report, and the words of the half-year report."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.models.stateful import StatefulModel
from core.querysets import FencedManager
from reports.enums.targets import (
    TargetAdding,
    TargetDirection,
    TargetGroup,
    TargetPeriod,
    TargetSource,
    TargetStatus,
    TargetTextPart,
)
from reports.rules.targets import Bounds


class TargetIndicator(models.Model):
    """Something that is measured in the sector. Its table comes from `reports/data/indicators`, and the department may change
    words, bounds and due days; `changed_by_id` then keeps the loader's hands off.

    `of_districts` and `of_province` say whose figures are reported: of districts alone the province's is their sum. `measure`
    names what the system computes; `verify` is what about it no source says.
    """

    code = models.CharField(_("Mã"), max_length=40, unique=True, db_collation="C")
    title = models.CharField(_("Chỉ tiêu"), max_length=200)
    group = models.CharField(_("Lĩnh vực"), max_length=12, choices=TargetGroup)
    unit = models.CharField(_("Đơn vị tính"), max_length=30)
    decimals = models.PositiveSmallIntegerField(_("Số chữ số thập phân"), default=0)
    lowest = models.DecimalField(_("Nhỏ nhất"), max_digits=14, decimal_places=2, null=True)
    highest = models.DecimalField(_("Lớn nhất"), max_digits=14, decimal_places=2, null=True)
    direction = models.CharField(max_length=4, choices=TargetDirection)
    period = models.CharField(_("Kỳ báo cáo"), max_length=7, choices=TargetPeriod)
    adding = models.CharField(max_length=4, choices=TargetAdding)
    source = models.CharField(_("Nguồn số liệu"), max_length=8, choices=TargetSource)
    measure = models.CharField(max_length=40, blank=True)
    programmes = models.JSONField(default=list)
    of_districts = models.BooleanField(default=True)
    of_province = models.BooleanField(default=False)
    due_days = models.PositiveSmallIntegerField(_("Hạn báo cáo, số ngày sau khi hết kỳ"), default=10)
    reported_from = models.DateField(_("Báo cáo từ"))
    legal_basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)
    confidence = models.CharField(max_length=6)
    verify = models.CharField(_("Cần xác minh"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(_("Đang theo dõi"), default=True)
    changed_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("chỉ tiêu")
        constraints = [
            models.CheckConstraint(
                condition=Q(source=TargetSource.COMPUTED, measure__gt="")
                | Q(source=TargetSource.ENTERED, measure=""),
                name="indicator_says_who_gives_it",
            ),
            models.CheckConstraint(
                condition=Q(of_districts=True) | Q(of_province=True), name="indicator_is_of_somebody"
            ),
            models.CheckConstraint(condition=Q(decimals__lte=2), name="indicator_decimals_kept"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def bounds(self) -> Bounds:
        return Bounds(self.decimals, self.lowest, self.highest)

    @property
    def is_computed(self) -> bool:
        return self.source == TargetSource.COMPUTED

    def is_reported_by(self, area_code: str) -> bool:
        """Does a unit of this level type its figure?"""
        is_theirs = {2: self.of_province, 5: self.of_districts}.get(len(area_code), False)
        return is_theirs and not self.is_computed and self.is_active

    def has_plan_of(self, area_code: str) -> bool:
        """The province has a plan for everything, a district for what is told of districts."""
        return len(area_code) == 2 or (len(area_code) == 5 and self.of_districts)


class TargetPlan(models.Model):
    """What a unit is to reach in a year, by its paper. A row never changes: a newer one names the row it takes the place of,
    and one without a value takes the plan back.
    """

    area_code = AreaCodeField()
    indicator = models.ForeignKey(TargetIndicator, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField(_("Năm"))
    value = models.DecimalField(_("Kế hoạch"), max_digits=14, decimal_places=2, null=True)
    paper_number = models.CharField(_("Số văn bản"), max_length=60)
    paper_on = models.DateField(_("Ngày văn bản"))
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    entered_by_id = models.BigIntegerField()
    entered_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("kế hoạch chỉ tiêu")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area_code", "year"],
                condition=Q(replaces__isnull=True),
                name="target_plan_begins_once",
            ),
            models.CheckConstraint(condition=Q(paper_number__gt=""), name="target_plan_has_paper"),
        ]
        indexes = [models.Index(fields=["year", "area_code"], name="target_plan_year")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area_code} {self.year}"


class TargetEntry(StatefulModel):
    """A figure of one unit and period on its way: typed, submitted, approved by another person. A correction is a row of its own
    that names the approved one and why; the moment it is approved, that one is replaced.
    """

    indicator = models.ForeignKey(TargetIndicator, on_delete=models.PROTECT, related_name="entries")
    year = models.PositiveSmallIntegerField(_("Năm"))
    period = models.PositiveSmallIntegerField(_("Kỳ"))
    value = models.DecimalField(_("Số liệu"), max_digits=14, decimal_places=2)
    note = models.CharField(_("Ghi chú"), max_length=500, blank=True)
    evidence = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    correction_reason = models.CharField(_("Lý do đính chính"), max_length=500, blank=True)
    entered_by_id = models.BigIntegerField()
    entered_by_name = models.CharField(max_length=150)
    submitted_by_id = models.BigIntegerField(null=True)
    submitted_by_name = models.CharField(max_length=150, blank=True)
    approved_by_id = models.BigIntegerField(null=True)
    approved_by_name = models.CharField(max_length=150, blank=True)
    approved_on = models.DateField(null=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("số liệu chỉ tiêu")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=TargetStatus.values), name="target_status_known"),
            models.UniqueConstraint(
                fields=["indicator", "area_code", "year", "period"],
                condition=Q(status__in=TargetStatus.under_way()),
                name="one_target_figure_under_way",
            ),
            models.UniqueConstraint(
                fields=["indicator", "area_code", "year", "period"],
                condition=Q(status=TargetStatus.APPROVED),
                name="one_approved_target_figure",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | Q(correction_reason__gt=""),
                name="target_correction_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[TargetStatus.APPROVED, TargetStatus.REPLACED])
                | Q(approved_by_id__isnull=False, approved_on__isnull=False),
                name="approved_target_names_its_approver",
            ),
            models.CheckConstraint(
                condition=Q(approved_by_id__isnull=True)
                | (~Q(approved_by_id=F("entered_by_id")) & ~Q(approved_by_id=F("submitted_by_id"))),
                name="target_approver_did_not_type_it",
            ),
        ]
        indexes = [
            models.Index(fields=["year", "area_code", "period"], name="target_entry_year"),
            models.Index(fields=["area_code", "status"], name="target_entry_queue"),
        ]


class TargetText(models.Model):
    """A part of a half-year report that somebody wrote. The newest counts; earlier ones stay as they were."""

    area_code = AreaCodeField()
    year = models.PositiveSmallIntegerField()
    half = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=9, choices=TargetTextPart)
    body = models.TextField(_("Nội dung"), max_length=6000, blank=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    written_by_id = models.BigIntegerField()
    written_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("lời báo cáo chỉ tiêu")
        constraints = [
            models.CheckConstraint(condition=Q(half__in=[1, 2]), name="target_text_half_known"),
            models.UniqueConstraint(
                fields=["area_code", "year", "half", "part"],
                condition=Q(replaces__isnull=True),
                name="target_text_begins_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.year}.{self.half}"
