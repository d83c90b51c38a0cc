from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField, ReferenceField
from core.querysets import FencedManager


class Allocation(models.Model):
    """Money that reached a budget line of a district for an approved decision, as its paper says; the clock of the payment
    step starts on its date.

    A paper may feed several lines, each once: a second row of the same paper and line is refused by the trigger
    `allocation_paper_once` until the first was taken back as wrong.
    """

    reference = ReferenceField()
    area_code = AreaCodeField()
    programme = models.ForeignKey("support_programs.Programme", on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(
        "support_programs.ApprovalDecision", on_delete=models.PROTECT, related_name="allocations"
    )
    line = models.ForeignKey("disbursements.BudgetLine", on_delete=models.PROTECT, related_name="allocations")
    document_number = models.CharField(_("Số văn bản"), max_length=60)
    allocated_on = models.DateField(_("Ngày phân bổ"))
    amount = models.BigIntegerField(_("Số tiền"))
    recorded_by_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-allocated_on", "-id"]
        verbose_name = _("phân bổ kinh phí")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="allocation_amount_positive"),
        ]

    def __str__(self) -> str:
        return self.reference
