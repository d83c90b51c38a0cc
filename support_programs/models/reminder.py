from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager

Json = dict[str, Any]


class Reminder(models.Model):
    """A letter that urges the offices of one area (`area_code`) to work off what is late: the list as it stood, the letter,
    and whether somebody there has seen it.

    `lists` are `{"reference": "DS-…", "title": "…", "area": "…", "step": "…", "due_on": "2021-09-20", "days_late": 5,
    "people": 40}`.
    """

    area_code = AreaCodeField()
    sender_area_code = models.CharField(max_length=10)
    lists: models.JSONField[list[Json], list[Json]] = models.JSONField(default=list)
    text = models.TextField(_("Nội dung"), blank=True)
    answer_by = models.DateField(_("Đề nghị hoàn thành trước ngày"), null=True)
    document = models.ForeignKey(
        "support_programs.OfficialDocument",
        null=True,
        on_delete=models.PROTECT,
        related_name="reminders",
        db_index=False,
    )
    sent_on = models.DateField(_("Ngày gửi"))
    sent_by_id = models.BigIntegerField()
    sent_by_name = models.CharField(max_length=150)
    seen_on = models.DateField(null=True)
    seen_by_id = models.BigIntegerField(null=True)
    seen_by_name = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("đôn đốc")
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_on__isnull=True) | Q(seen_by_id__isnull=False),
                name="seen_reminder_names_who",
            ),
        ]
        indexes = [models.Index(fields=["area_code", "-id"], name="reminder_of_area")]

    def __str__(self) -> str:
        return f"{self.area_code} {self.sent_on}"
