from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager

Json = dict[str, Any]


class SupplementRequest(models.Model):
    """What the citizen, or the desk that took the dossier in, must put right, and since when the clock stands still for it.

    `items` are the marked places: `{"kind": "answer" | "applicant" | "paper" | "other", "code": "event_end", "label":
    "Ngày kết thúc", "why": "..."}`. `days_left` are the working days that were left of the step when it was asked (negative:
    late already; empty: no limit): they run again from the day on which it was answered.
    """

    area_code = AreaCodeField()
    case = models.ForeignKey(
        "support_programs.Case", on_delete=models.PROTECT, related_name="supplement_requests"
    )
    items: models.JSONField[list[Json], list[Json]] = models.JSONField(default=list)
    reason = models.TextField(_("Lý do"))
    answer_by = models.DateField(_("Đề nghị bổ sung trước ngày"), null=True)
    days_left = models.SmallIntegerField(null=True)
    due_before = models.DateField(null=True)
    asked_on = models.DateField(_("Ngày yêu cầu"))
    asked_by_id = models.BigIntegerField()
    asked_by_name = models.CharField(max_length=150)
    answered_on = models.DateField(_("Ngày bổ sung"), null=True)
    answered_by_id = models.BigIntegerField(null=True)
    answered_by_name = models.CharField(max_length=150, blank=True)
    answer = models.TextField(_("Đã bổ sung"), blank=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("yêu cầu bổ sung")
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_on__isnull=True), name="one_open_request_per_case"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_by_id__isnull=False),
                name="answered_request_names_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.asked_on}"
