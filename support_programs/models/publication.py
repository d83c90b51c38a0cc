from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager


class DecisionPublication(models.Model):
    """A scan of a decision that stands on the public pages, from an explicit act to its withdrawal; never rewritten.

    `checked_by` is who opened the file and confirmed that it shows no identity number, account, telephone or health fact.
    """

    area_code = AreaCodeField()
    decision = models.ForeignKey(
        "support_programs.ApprovalDecision", on_delete=models.PROTECT, related_name="publications"
    )
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    published_on = models.DateField(_("Ngày công bố"))
    checked_by_id = models.BigIntegerField()
    checked_by_name = models.CharField(_("Người kiểm tra bản chụp"), max_length=150)
    withdrawn_on = models.DateField(_("Ngày gỡ"), null=True)
    withdrawn_by_id = models.BigIntegerField(null=True)
    withdrawn_by_name = models.CharField(max_length=150, blank=True)
    withdrawn_reason = models.CharField(_("Lý do gỡ"), max_length=500, blank=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("công bố bản chụp quyết định")
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_public_scan_of_decision",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_by_id__isnull=True, withdrawn_reason="")
                | Q(withdrawn_on__isnull=False, withdrawn_by_id__isnull=False, withdrawn_reason__gt=""),
                name="withdrawn_scan_has_reason",
            ),
            models.CheckConstraint(condition=Q(checked_by_name__gt=""), name="public_scan_was_checked"),
        ]

    def __str__(self) -> str:
        return str(self.decision_id)
