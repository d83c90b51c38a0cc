from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField, ReferenceField
from core.querysets import FencedManager


class UnclaimedReturn(models.Model):
    """Money that nobody took in a set time, given back to the budget by one paper: its people are its items, its money the
    movements of kind `unclaimed` of its budget lines.
    """

    reference = ReferenceField()
    area_code = AreaCodeField()
    programme = models.ForeignKey("support_programs.Programme", on_delete=models.PROTECT, related_name="+")
    document_number = models.CharField(_("Số văn bản"), max_length=60)
    returned_on = models.DateField(_("Ngày văn bản"))
    waited_days = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField(_("Số người"))
    amount = models.BigIntegerField(_("Số tiền"))
    recorded_by_id = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("hoàn trả tiền không có người nhận")
        constraints = [
            models.UniqueConstraint(fields=["area_code", "document_number"], name="unclaimed_paper_once"),
            models.CheckConstraint(
                condition=Q(people__gt=0, amount__gt=0, document_number__gt=""),
                name="unclaimed_return_has_people",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class UnclaimedItem(models.Model):
    """One person whose money went back; kept out of batches until somebody reopens it with a reason (new money is needed)."""

    unclaimed = models.ForeignKey(UnclaimedReturn, on_delete=models.PROTECT, related_name="items")
    area_code = AreaCodeField()
    movement = models.ForeignKey(
        "disbursements.BudgetMovement", on_delete=models.PROTECT, related_name="unclaimed_items"
    )
    instruction = models.OneToOneField(
        "disbursements.PaymentInstruction", on_delete=models.PROTECT, related_name="unclaimed_item"
    )
    entitlement = models.ForeignKey(
        "support_programs.Entitlement", on_delete=models.PROTECT, related_name="unclaimed_items"
    )
    amount = models.BigIntegerField(_("Số tiền"))
    reopened_on = models.DateField(_("Ngày mở lại"), null=True)
    reopened_reason = models.CharField(_("Lý do mở lại"), max_length=500, blank=True)
    reopened_by_id = models.BigIntegerField(null=True)
    reopened_by_name = models.CharField(max_length=150, blank=True)

    objects = FencedManager()

    class Meta:
        ordering = ["unclaimed", "area_code", "id"]
        verbose_name = _("người không nhận tiền")
        constraints = [
            models.UniqueConstraint(
                fields=["entitlement"],
                condition=Q(reopened_on__isnull=True),
                name="unclaimed_once_per_entitlement",
            ),
            models.CheckConstraint(
                condition=Q(reopened_on__isnull=True, reopened_by_id__isnull=True)
                | Q(reopened_on__isnull=False, reopened_by_id__isnull=False, reopened_reason__gt=""),
                name="reopened_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unclaimed_id} {self.entitlement_id}"
