from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager


class SignatureRule(models.Model):
    """From `from_amount` đồng a batch needs this many signatures of different people. No source in law: unsure, marked so."""

    from_amount = models.BigIntegerField(_("Từ số tiền"), unique=True)
    signatures = models.PositiveSmallIntegerField(_("Số chữ ký"))
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["from_amount"]
        verbose_name = _("số chữ ký theo số tiền")
        constraints = [
            models.CheckConstraint(
                condition=Q(from_amount__gte=0, signatures__gte=1, signatures__lte=5),
                name="signature_rule_sensible",
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_amount}: {self.signatures}"


class BatchSignature(models.Model):
    """One approver's name under a prepared batch; given once, never changed, each by another person (I7)."""

    batch = models.ForeignKey("disbursements.Batch", on_delete=models.PROTECT, related_name="signatures")
    area_code = AreaCodeField()
    ordinal = models.PositiveSmallIntegerField()
    signer_id = models.BigIntegerField()
    signer_name = models.CharField(max_length=150)
    signed_on = models.DateField()
    signed_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["batch", "ordinal"]
        verbose_name = _("chữ ký duyệt chi")
        constraints = [
            models.UniqueConstraint(fields=["batch", "signer_id"], name="signs_a_batch_once"),
            models.UniqueConstraint(fields=["batch", "ordinal"], name="signature_ordinal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.ordinal}"
