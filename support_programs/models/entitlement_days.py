from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager


class EntitlementDays(models.Model):
    """Days that an entitlement pays for (F0, F1). Live days of one person never overlap, whatever the case (docs: section 11.3).

    `is_live` ends with the entitlement.
    """

    area_code = AreaCodeField()
    entitlement = models.ForeignKey(
        "support_programs.Entitlement", on_delete=models.PROTECT, related_name="days"
    )
    claimant = models.ForeignKey("beneficiaries.Person", on_delete=models.PROTECT, related_name="paid_days")
    days = DateRangeField(_("Số ngày được hưởng"))
    is_live = models.BooleanField(default=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("ngày được hưởng")
        constraints = [
            models.CheckConstraint(
                condition=Q(days__isempty=False, days__lower_inf=False, days__upper_inf=False),
                name="paid_days_have_ends",
            ),
            # a range of one number stands for the person, so that no extension is needed
            ExclusionConstraint(
                name="paid_days_do_not_overlap",
                expressions=[
                    (
                        Func(F("claimant"), F("claimant"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    ("days", RangeOperators.OVERLAPS),
                ],
                condition=Q(is_live=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant_id} {self.days}"
