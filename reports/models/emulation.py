"""The movement, who takes part in it, what counts, and what they achieved."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models.stateful import StatefulModel
from core.querysets import FencedManager
from reports.enums.emulation import (
    AchievementStatus,
    CriterionSource,
    FigureCode,
    MovementStatus,
    ParticipantGroup,
    ParticipantStatus,
)


class Movement(StatefulModel):
    """An emulation movement with its plan: criteria are written while it is prepared, and stay once it runs.

    `verify` says what of it nobody has seen in the plan itself; it is shown as unsure.
    """

    code = models.CharField(max_length=20, unique=True)
    number = models.CharField(_("Số, ký hiệu kế hoạch"), max_length=60)
    dated = models.DateField(_("Ngày kế hoạch"))
    issuer = models.CharField(_("Cơ quan ban hành"), max_length=150)
    title = models.CharField(_("Tên phong trào"), max_length=300)
    starts_on = models.DateField(_("Bắt đầu"))
    ends_on = models.DateField(_("Kết thúc"), null=True)
    verify = models.CharField(max_length=500, blank=True)
    started_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-dated", "-id"]
        verbose_name = _("phong trào thi đua")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=MovementStatus.values), name="movement_status_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="movement_ends_after_start",
            ),
        ]


class Participant(StatefulModel):
    """A unit or a person registered in a movement; `area_code` is the unit's own, `89` for offices of the department.

    A unit is ranked among its group only. A person's name and office stand as their unit wrote them.
    """

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="participants")
    group = models.CharField(_("Nhóm"), max_length=12, choices=ParticipantGroup)
    name = models.CharField(_("Tên đơn vị, họ tên"), max_length=200)
    office = models.CharField(_("Chức vụ"), max_length=150, blank=True)
    employed_at = models.CharField(_("Đơn vị công tác"), max_length=200, blank=True)
    registered_on = models.DateField(_("Ngày đăng ký"))
    paper_number = models.CharField(_("Số văn bản đăng ký"), max_length=60, blank=True)
    paper_date = models.DateField(_("Ngày văn bản đăng ký"), null=True)
    paper = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    registered_by_id = models.BigIntegerField()
    registered_by_name = models.CharField(max_length=150)

    objects = FencedManager()

    class Meta:
        ordering = ["group", "area_code", "name", "id"]
        verbose_name = _("đơn vị, cá nhân đăng ký")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ParticipantStatus.values), name="participant_status_known"
            ),
            models.CheckConstraint(
                condition=Q(group__in=ParticipantGroup.values), name="participant_group_known"
            ),
            models.UniqueConstraint(
                fields=["movement", "area_code"],
                condition=Q(group__in=ParticipantGroup.of_units(), status=ParticipantStatus.REGISTERED),
                name="unit_registered_once",
            ),
            models.UniqueConstraint(
                fields=["movement", "area_code", "group", "name", "employed_at"],
                condition=Q(status=ParticipantStatus.REGISTERED),
                name="participant_registered_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_collective(self) -> bool:
        return self.group != ParticipantGroup.INDIVIDUAL


class Criterion(models.Model):
    """What counts, with how many points at most: a figure on a straight scale, or achievements that were confirmed.

    `zero_at` and `full_at` are per cent; where less is better `zero_at` is the higher one. `is_own` marks a proposal of this
    project that no plan lays down. The database lets nothing change once the movement runs.
    """

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(_("Mã"), max_length=12)
    title = models.CharField(_("Tiêu chí"), max_length=250)
    most_points = models.DecimalField(_("Điểm tối đa"), max_digits=6, decimal_places=2)
    source = models.CharField(_("Cách tính"), max_length=8, choices=CriterionSource)
    figure = models.CharField(_("Số liệu"), max_length=20, choices=FigureCode, blank=True)
    within_days = models.PositiveSmallIntegerField(_("Số ngày quy định"), null=True)
    zero_at = models.DecimalField(_("0 điểm khi tỷ lệ là (%)"), max_digits=5, decimal_places=2, null=True)
    full_at = models.DecimalField(
        _("Điểm tối đa khi tỷ lệ là (%)"), max_digits=5, decimal_places=2, null=True
    )
    full_when_empty = models.BooleanField(_("Đủ điểm khi không phát sinh"), default=False)
    groups: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=12, choices=ParticipantGroup)
    )
    is_own = models.BooleanField(default=False)
    is_active = models.BooleanField(_("Áp dụng"), default=True)
    changed_by_name = models.CharField(max_length=150, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("tiêu chí thi đua")
        constraints = [
            models.UniqueConstraint(fields=["movement", "code"], name="criterion_code_once"),
            models.CheckConstraint(condition=Q(most_points__gt=0), name="criterion_gives_points"),
            models.CheckConstraint(
                condition=Q(source=CriterionSource.ENTERED, figure="", zero_at__isnull=True)
                | Q(
                    source=CriterionSource.FIGURE,
                    figure__in=FigureCode.values,
                    zero_at__isnull=False,
                    full_at__isnull=False,
                )
                & ~Q(zero_at=F("full_at")),
                name="criterion_is_figure_or_entered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.title}"


class Achievement(StatefulModel):
    """What somebody achieved, with its proof; the points are those that another person gave when confirming it."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="achievements")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="achievements")
    title = models.CharField(_("Thành tích"), max_length=250)
    text = models.TextField(_("Mô tả"), blank=True)
    achieved_on = models.DateField(_("Ngày đạt được"))
    proof = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    asked_points = models.DecimalField(_("Điểm đề nghị"), max_digits=6, decimal_places=2)
    points = models.DecimalField(_("Điểm được xác nhận"), max_digits=6, decimal_places=2, null=True)
    entered_by_id = models.BigIntegerField()
    entered_by_name = models.CharField(max_length=150)
    decided_by_id = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(max_length=150, blank=True)
    decided_on = models.DateField(null=True)
    refused_reason = models.CharField(_("Lý do không xác nhận"), max_length=500, blank=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-achieved_on", "-id"]
        verbose_name = _("thành tích")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=AchievementStatus.values), name="achievement_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=AchievementStatus.CONFIRMED)
                | Q(points__isnull=False, decided_by_id__isnull=False),
                name="confirmed_achievement_has_points",
            ),
            models.CheckConstraint(
                condition=Q(decided_by_id__isnull=True) | ~Q(decided_by_id=F("entered_by_id")),
                name="achievement_confirmed_by_another",
            ),
        ]
