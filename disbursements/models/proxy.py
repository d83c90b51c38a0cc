from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager
from disbursements.enums import ProxyRelation


class CashProxy(models.Model):
    """Who received somebody's cash instead of them, on which authorisation.

    Rows only grow: a correction is a new row with a reason, the one with the highest `ordinal` holds.
    """

    area_code = AreaCodeField()
    instruction = models.ForeignKey(
        "disbursements.PaymentInstruction", on_delete=models.PROTECT, related_name="proxies", db_index=False
    )
    ordinal = models.PositiveSmallIntegerField()
    full_name = models.CharField(_("Họ và tên người nhận thay"), max_length=150)
    number_encrypted = models.BinaryField()
    number_last3 = models.CharField(max_length=3)
    relation = models.CharField(_("Quan hệ với người hưởng"), max_length=12, choices=ProxyRelation)
    paper_number = models.CharField(_("Giấy ủy quyền"), max_length=100)
    paper_date = models.DateField(_("Ngày ủy quyền"))
    reason = models.CharField(_("Lý do sửa"), max_length=300, blank=True)
    recorded_by_id = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["instruction", "-ordinal"]
        verbose_name = _("người nhận thay")
        constraints = [
            models.UniqueConstraint(fields=["instruction", "ordinal"], name="proxy_ordinal_once"),
            models.CheckConstraint(
                condition=Q(relation__in=ProxyRelation.values), name="proxy_relation_known"
            ),
            models.CheckConstraint(
                condition=Q(full_name__gt="", paper_number__gt=""), name="proxy_has_name_and_paper"
            ),
            models.CheckConstraint(
                condition=Q(ordinal=1) | Q(reason__gt=""), name="corrected_proxy_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name
