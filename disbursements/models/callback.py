from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField, ReferenceField
from core.querysets import FencedManager
from disbursements.enums import CallOutcome


class CallbackSample(models.Model):
    """Paid people drawn at random to be called back ("gọi kiểm tra"); the same seed over the same payments draws the same."""

    reference = ReferenceField()
    area_code = AreaCodeField()
    programme = models.ForeignKey(
        "support_programs.Programme", null=True, on_delete=models.PROTECT, related_name="+"
    )
    batch = models.ForeignKey("disbursements.Batch", null=True, on_delete=models.PROTECT, related_name="+")
    paid_from = models.DateField(_("Chi từ ngày"), null=True)
    paid_to = models.DateField(_("đến ngày"), null=True)
    seed = models.CharField(_("Số gieo"), max_length=40)
    population = models.PositiveIntegerField(_("Số người đã chi"))
    size = models.PositiveIntegerField(_("Số người được chọn"))
    drawn_on = models.DateField()
    drawn_by_id = models.BigIntegerField()
    drawn_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("mẫu gọi kiểm tra")
        constraints = [models.CheckConstraint(condition=Q(size__gt=0, seed__gt=""), name="sample_has_people")]

    def __str__(self) -> str:
        return self.reference


class CallbackItem(models.Model):
    """One person of a sample and what they said; an answer stays, who was not reached can be called again."""

    sample = models.ForeignKey(CallbackSample, on_delete=models.PROTECT, related_name="items")
    area_code = AreaCodeField()
    instruction = models.ForeignKey(
        "disbursements.PaymentInstruction", on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveIntegerField()
    outcome = models.CharField(_("Kết quả"), max_length=13, choices=CallOutcome, blank=True)
    said_amount = models.BigIntegerField(_("Số tiền người nhận nói"), null=True)
    note = models.CharField(_("Ghi chú"), max_length=500, blank=True)
    called_on = models.DateField(null=True)
    calls = models.PositiveSmallIntegerField(default=0, db_default=0)
    called_by_id = models.BigIntegerField(null=True)
    called_by_name = models.CharField(max_length=150, blank=True)

    objects = FencedManager()

    class Meta:
        ordering = ["sample", "position"]
        verbose_name = _("người được gọi kiểm tra")
        constraints = [
            models.UniqueConstraint(fields=["sample", "position"], name="sample_position_once"),
            models.UniqueConstraint(fields=["sample", "instruction"], name="sampled_once"),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(called_on__isnull=False, called_by_id__isnull=False),
                name="call_names_its_caller",
            ),
            models.CheckConstraint(condition=Q(outcome__in=["", *CallOutcome.values]), name="outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.position}"
