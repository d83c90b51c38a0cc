from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager


class EmployerMonth(models.Model):
    """People and money of one month under a scheme that is decided elsewhere: contributions paused or cut, wages lent.

    A correction is a new row with its reason; the old one stays, no longer current. `month` is its first day.
    """

    area_code = AreaCodeField()
    case = models.ForeignKey("support_programs.Case", on_delete=models.PROTECT, related_name="months")
    month = models.DateField(_("Tháng"))
    workers = models.PositiveIntegerField(_("Số lao động"))
    amount = models.BigIntegerField(_("Số tiền"))
    note = models.CharField(_("Ghi chú"), max_length=250, blank=True)
    is_current = models.BooleanField(default=True)
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("Thay cho")
    )
    reason = models.CharField(_("Lý do sửa"), max_length=500, blank=True)
    recorded_by_id = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)
    recorded_on = models.DateField()

    objects = FencedManager()

    class Meta:
        ordering = ["month", "id"]
        verbose_name = _("số liệu theo tháng")
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="month_is_its_first_day"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="month_amount_not_negative"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | Q(reason__gt=""), name="corrected_month_has_reason"
            ),
            models.UniqueConstraint(
                fields=["case", "month"], condition=Q(is_current=True), name="one_current_row_per_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.month:%m/%Y}"
