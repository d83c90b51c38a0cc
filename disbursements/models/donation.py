from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField, ReferenceField
from core.querysets import FencedManager
from disbursements.enums import DonationKind, DonorKind


class Donation(models.Model):
    """What somebody gave ("ủng hộ"): money, or goods that went into a store. Never changed; taken back by a correction (I16).

    `amount` is đồng; of goods their estimated worth, where one is known.
    """

    reference = ReferenceField()
    area_code = AreaCodeField()
    kind = models.CharField(_("Hình thức"), max_length=8, choices=DonationKind)
    donor_name = models.CharField(_("Người ủng hộ"), max_length=150)
    donor_key = models.CharField(max_length=200, editable=False, db_collation="C")
    donor_kind = models.CharField(_("Loại nhà tài trợ"), max_length=12, choices=DonorKind)
    receipt_number = models.CharField(_("Số phiếu thu"), max_length=60)
    received_on = models.DateField(_("Ngày nhận"))
    amount = models.BigIntegerField(_("Số tiền, giá trị"), null=True)
    goods = models.ForeignKey("disbursements.Goods", null=True, on_delete=models.PROTECT, related_name="+")
    quantity = models.BigIntegerField(_("Số lượng"), null=True)
    # the source that its money is allotted from
    source = models.ForeignKey(
        "disbursements.FundingSource", on_delete=models.PROTECT, related_name="donations"
    )
    purpose = models.CharField(_("Mục đích ủng hộ"), max_length=300, blank=True)
    recorded_by_id = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-received_on", "-id"]
        verbose_name = _("khoản ủng hộ")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=DonationKind.CASH, amount__gt=0, goods__isnull=True, quantity__isnull=True)
                | (
                    Q(kind=DonationKind.GOODS, goods__isnull=False, quantity__gt=0)
                    & (Q(amount__isnull=True) | Q(amount__gte=0))
                ),
                name="donation_is_money_or_goods",
            ),
            models.CheckConstraint(
                condition=Q(donor_kind__in=DonorKind.values, donor_name__gt="", receipt_number__gt=""),
                name="donation_names_donor",
            ),
        ]
        indexes = [models.Index(fields=["area_code", "-received_on", "-id"], name="donation_register")]

    def __str__(self) -> str:
        return self.reference


class DonationCorrection(models.Model):
    """A donation that was recorded wrongly is taken back whole, with the reason."""

    area_code = AreaCodeField()
    donation = models.OneToOneField(Donation, on_delete=models.PROTECT, related_name="correction")
    reason = models.CharField(_("Lý do"), max_length=500)
    corrected_on = models.DateField(_("Ngày hủy"))
    recorded_by_id = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)

    objects = FencedManager()

    class Meta:
        verbose_name = _("hủy ghi khoản ủng hộ")
        constraints = [
            models.CheckConstraint(condition=Q(reason__gt=""), name="donation_correction_has_reason")
        ]

    def __str__(self) -> str:
        return str(self.donation_id)
