from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager


class AgencyConfirmation(models.Model):
    """The paper by which another agency (social insurance, tax office) confirmed a list. Recorded as it is, never rewritten.

    `agency` is the actor's code of the catalogue's chain, e.g. `bhxh`.
    """

    area_code = AreaCodeField()
    case_list = models.ForeignKey(
        "support_programs.CaseList", on_delete=models.PROTECT, related_name="agency_confirmations"
    )
    agency = models.CharField(_("Cơ quan xác nhận"), max_length=40)
    number = models.CharField(_("Số văn bản"), max_length=60)
    signed_on = models.DateField(_("Ngày ký"))
    scan = models.ForeignKey(
        "core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("Bản chụp")
    )
    note = models.TextField(_("Ghi chú"), blank=True)
    recorded_by_id = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)
    recorded_on = models.DateField()

    objects = FencedManager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("xác nhận của cơ quan khác")
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__gt="", number__gt=""), name="agency_confirmation_has_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.number}"
