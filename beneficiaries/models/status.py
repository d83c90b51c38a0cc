from typing import Any, Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import RegisterCode
from beneficiaries.models.dated import DatedRecord, dated_constraints
from core.fields import ReferenceField

DAYS: Final = Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange")


class Status(DatedRecord):
    """An entry of a register: that a person (or a household, of poor ones) is of a group from one day to another.

    `register` says which register, `category` which of its groups; `details` holds the other answers of the register's form
    by their code, as JSON (days "YYYY-MM-DD", money in đồng). What each register asks is in `beneficiaries/registers`.
    One entry of a register and category counts for a person on one day, one at all for a household.
    """

    reference = ReferenceField()
    register = models.CharField(_("Sổ"), max_length=20, choices=RegisterCode)
    person = models.ForeignKey(
        "beneficiaries.Person", null=True, on_delete=models.PROTECT, related_name="statuses"
    )
    household = models.ForeignKey(
        "beneficiaries.Household", null=True, on_delete=models.PROTECT, related_name="statuses"
    )
    category = models.CharField(_("Nhóm"), max_length=40)
    details: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("mục của sổ")
        constraints = [
            *dated_constraints("status"),
            models.CheckConstraint(condition=Q(register__in=RegisterCode.values), name="register_known"),
            models.CheckConstraint(
                condition=Q(
                    register=RegisterCode.POOR_HOUSEHOLDS, household__isnull=False, person__isnull=True
                )
                | (
                    ~Q(register=RegisterCode.POOR_HOUSEHOLDS)
                    & Q(person__isnull=False, household__isnull=True)
                ),
                name="status_has_its_subject",
            ),
            ExclusionConstraint(
                name="one_status_of_a_kind_a_day",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("register", RangeOperators.EQUAL),
                    ("category", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(is_replaced=False, person__isnull=False),
            ),
            # poor and near-poor exclude each other
            ExclusionConstraint(
                name="one_status_of_a_household_a_day",
                expressions=[("household", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
                condition=Q(is_replaced=False, household__isnull=False),
            ),
        ]
        indexes = [
            # a register's page: one area, newest first
            models.Index(
                fields=["register", "area_code", "-id"],
                condition=Q(is_replaced=False),
                name="status_register_area",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
