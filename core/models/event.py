from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField


class Event(models.Model):
    """One line of the audit log: who did what to which record, when and why.

    Rows only grow: the application's role may insert (without id, time and transaction number, which the database sets)
    and read, nothing else. Identity numbers and accounts stand here masked. Written through `core.audit` only.
    """

    at = models.DateTimeField(_("Lúc"), db_default=Now())
    business_date = models.DateField(_("Ngày nghiệp vụ"))
    actor_id = models.BigIntegerField(_("Mã người làm"), null=True)
    actor_name = models.CharField(_("Người làm"), max_length=150)
    action = models.CharField(_("Việc"), max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    object_ref = models.CharField(_("Mã"), max_length=40, blank=True)
    area_code = AreaCodeField()
    reason = models.TextField(_("Lý do"), blank=True)
    change: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("dòng nhật ký")
        indexes = [
            # the history of one record, newest first
            models.Index(fields=["object_type", "object_id", "-id"], name="event_object"),
            # the log of an area
            models.Index(fields=["area_code", "-id"], name="event_area"),
            # everything about a reference that somebody typed
            models.Index(fields=["object_ref"], name="event_reference", condition=~models.Q(object_ref="")),
            # how many numbers somebody looked at in an hour
            models.Index(
                fields=["actor_id", "at"],
                name="event_reveals",
                condition=models.Q(action="person.number_revealed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_ref}"
