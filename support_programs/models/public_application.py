from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.stateful import StatefulModel
from core.querysets import FencedManager
from support_programs.enums import ApplicationStatus


class PublicApplication(StatefulModel):
    """An application that a citizen typed on the public page: no case before the commune has taken it in.

    Everything that was typed lies encrypted (`raw`), but for what the worklist shows. `tracking_hash` finds it by the code that
    the citizen was given.
    """

    programme = models.ForeignKey(
        "support_programs.Programme", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    applicant_name = models.CharField(_("Người đề nghị"), max_length=150)
    birth_year = models.PositiveSmallIntegerField(_("Năm sinh"), null=True)
    raw_encrypted = models.BinaryField()
    # sha256 of the random code; the code itself is kept nowhere
    tracking_hash = models.CharField(max_length=64, unique=True)
    sent_on = models.DateField(_("Ngày gửi"))
    case = models.ForeignKey("support_programs.Case", null=True, on_delete=models.PROTECT, related_name="+")
    handled_by_id = models.BigIntegerField(null=True)
    handled_by_name = models.CharField(max_length=150, blank=True)
    handled_on = models.DateField(null=True)
    decline_reason = models.TextField(_("Lý do không tiếp nhận"), blank=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("đơn đăng ký trên trang công khai")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ApplicationStatus.values), name="application_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=ApplicationStatus.TAKEN_IN) | Q(case__isnull=False),
                name="application_taken_in_has_case",
            ),
            models.CheckConstraint(
                condition=~Q(status=ApplicationStatus.DECLINED) | Q(decline_reason__gt=""),
                name="declined_application_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["area_code", "status", "id"], name="application_of_area")]
