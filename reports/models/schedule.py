from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField, ReferenceField
from core.querysets import FencedManager
from reports.enums.schedules import WEEKDAYS, Every, Halt
from reports.rules.schedules import Rhythm


class ReportSchedule(models.Model):
    """A report that comes by itself: which, of what area, how often, for whom. It works with the rights of its keeper.

    Due days count from `counts_from` on. `ended_on`: somebody ended it; `halted_because`: it stopped by itself and waits for
    somebody who takes it over.
    """

    reference = ReferenceField()
    area_code = AreaCodeField()
    definition = models.CharField(_("Mẫu báo cáo"), max_length=40)
    programmes: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=20), default=list, blank=True
    )
    every = models.CharField(_("Kỳ"), max_length=5, choices=Every)
    weekday = models.PositiveSmallIntegerField(_("Thứ"), choices=WEEKDAYS, null=True)
    month_day = models.PositiveSmallIntegerField(_("Ngày trong tháng"), null=True)
    at_time = models.TimeField(_("Giờ lập"))
    # accounts; a column and not a table of its own, because the application's role deletes no rows
    recipients: ArrayField[list[int], list[int]] = ArrayField(models.BigIntegerField(), default=list)
    by_mail = models.BooleanField(_("Gửi thư điện tử"), default=False)
    counts_from = models.DateField(_("Tính từ ngày"))
    ended_on = models.DateField(null=True)
    halted_because = models.CharField(max_length=10, choices=Halt, blank=True, default="")
    keeper = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    # taken from the list that the software brings: nobody has prescribed it
    is_suggested = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("lịch báo cáo")
        constraints = [
            models.CheckConstraint(
                condition=Q(every=Every.DAY)
                | Q(every=Every.WEEK, weekday__isnull=False, weekday__range=(1, 7))
                | Q(every=Every.MONTH, month_day__isnull=False, month_day__range=(1, 31)),
                name="schedule_rhythm_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(self.every, self.at_time, self.weekday or 1, self.month_day or 1)

    @property
    def is_running(self) -> bool:
        return self.ended_on is None and not self.halted_because

    @property
    def says_when(self) -> str:
        """«Hằng tuần, Thứ Hai, 07:00»."""
        parts: list[Any] = [self.get_every_display()]
        if self.every == Every.WEEK:
            parts.append(self.get_weekday_display())
        if self.every == Every.MONTH:
            parts.append(_("vào ngày %(day)s") % {"day": self.month_day})
        return ", ".join(str(part) for part in (*parts, f"{self.at_time:%H:%M}"))


class ScheduledRun(models.Model):
    """What a schedule did for one due day: the report it made, or how often that failed. One per schedule and day."""

    schedule = models.ForeignKey(
        ReportSchedule, on_delete=models.PROTECT, related_name="runs", db_index=False
    )
    due_on = models.DateField(_("Ngày đến hạn"))
    first = models.DateField()
    last = models.DateField()
    run = models.OneToOneField(
        "reports.ReportRun", null=True, on_delete=models.PROTECT, related_name="scheduled"
    )
    made_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-due_on"]
        verbose_name = _("kỳ của lịch báo cáo")
        constraints = [
            models.UniqueConstraint(fields=["schedule", "due_on"], name="scheduled_once"),
            models.CheckConstraint(
                condition=Q(run__isnull=True, made_at__isnull=True)
                | Q(run__isnull=False, made_at__isnull=False),
                name="scheduled_made_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id} {self.due_on}"

    @property
    def is_late(self) -> bool:
        """Made on a later day than it was due: something stood still."""
        return self.run is not None and self.run.params.get("business_date", "") > self.due_on.isoformat()


class ScheduledDelivery(models.Model):
    """A report in the list of one person: read or not, mailed or not.

    `mail_claimed_at` is written before a mail goes out: whoever dies in between never sends it again, and it stays unknown
    whether it arrived. A mail that was refused gives the claim back.
    """

    scheduled = models.ForeignKey(
        ScheduledRun, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    wants_mail = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True)
    mail_claimed_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    mail_failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("báo cáo định kỳ của một người")
        constraints = [models.UniqueConstraint(fields=["scheduled", "user"], name="delivered_once")]
        indexes = [
            models.Index(
                fields=["id"],
                name="delivery_mail_waits",
                condition=Q(wants_mail=True, mail_claimed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheduled_id} {self.user_id}"
