from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager
from disbursements.enums import PainVersion


class PayerAccount(models.Model):
    """The account from which an office pays by transfer; a change is a new row, the old one ends."""

    area_code = AreaCodeField()
    bank_bin = models.CharField(_("Mã ngân hàng"), max_length=6)
    bank_name = models.CharField(_("Ngân hàng"), max_length=150)
    holder_name = models.CharField(_("Tên chủ tài khoản"), max_length=150)
    account_number = models.CharField(_("Số tài khoản"), max_length=34)
    pain_version = models.CharField(
        _("Bản pain.001"), max_length=2, choices=PainVersion, default=PainVersion.V09
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    recorded_by_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["area_code", "-valid_from", "-id"]
        verbose_name = _("tài khoản chi")
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "account_number"],
                condition=Q(valid_to__isnull=True),
                name="payer_account_once",
            ),
            models.CheckConstraint(
                condition=Q(pain_version__in=PainVersion.values), name="pain_version_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_name} {self.account_number}"
