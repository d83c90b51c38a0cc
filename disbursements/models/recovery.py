from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField, ReferenceField
from core.querysets import FencedManager
from disbursements.enums import RecoveryState


class Recovery(models.Model):
    """Money that was paid a second time to one human and is to come back ("thu hồi"): opened when two people are joined (I1)."""

    reference = ReferenceField()
    area_code = AreaCodeField()
    entitlement = models.ForeignKey(
        "support_programs.Entitlement", on_delete=models.PROTECT, related_name="recoveries"
    )
    person = models.ForeignKey("beneficiaries.Person", on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField(_("Số tiền"))
    reason = models.CharField(_("Lý do"), max_length=500)
    state = models.CharField(max_length=9, choices=RecoveryState, default=RecoveryState.OPEN)
    opened_by_id = models.BigIntegerField()
    opened_on = models.DateField()
    ended_reason = models.CharField(max_length=500, blank=True)
    ended_on = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("thu hồi")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="recovery_amount_positive"),
            models.CheckConstraint(condition=Q(state__in=RecoveryState.values), name="recovery_state_known"),
            models.CheckConstraint(
                condition=Q(state=RecoveryState.OPEN) | Q(ended_on__isnull=False, ended_reason__gt=""),
                name="ended_recovery_has_reason",
            ),
            models.UniqueConstraint(
                fields=["entitlement"],
                condition=~Q(state=RecoveryState.CANCELLED),
                name="one_recovery_per_entitlement",
            ),
        ]
        indexes = [models.Index(fields=["area_code", "state", "-id"], name="recovery_queue")]

    def __str__(self) -> str:
        return self.reference
