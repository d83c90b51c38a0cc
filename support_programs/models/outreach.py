from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager
from support_programs.enums import OutreachState


class Outreach(models.Model):
    """Somebody whom the rules say qualifies, or may, and who has no case: handed to the commune, and what came of it."""

    area_code = AreaCodeField()
    programme = models.ForeignKey(
        "support_programs.Programme", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey("beneficiaries.Person", on_delete=models.PROTECT, related_name="outreach")
    state = models.CharField(max_length=12, choices=OutreachState, default=OutreachState.WAITING)
    # what the rules said on the day, and what was missing
    result = models.CharField(max_length=12)
    letters = models.CharField(max_length=60, blank=True)
    handed_by_id = models.BigIntegerField()
    handed_by_name = models.CharField(max_length=150)
    handed_on = models.DateField(_("Ngày giao"))
    note = models.CharField(_("Ghi chú"), max_length=500, blank=True)
    answered_by_id = models.BigIntegerField(null=True)
    answered_by_name = models.CharField(max_length=150, blank=True)
    answered_on = models.DateField(_("Ngày trả lời"), null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("người cần rà soát")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OutreachState.values), name="outreach_state_known"),
            models.CheckConstraint(
                condition=Q(state=OutreachState.WAITING)
                | Q(answered_by_id__isnull=False, answered_on__isnull=False),
                name="answered_outreach_names_who",
            ),
            models.UniqueConstraint(fields=["programme", "person"], name="outreach_once"),
        ]
        indexes = [models.Index(fields=["area_code", "state", "id"], name="outreach_queue")]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.person_id}"
