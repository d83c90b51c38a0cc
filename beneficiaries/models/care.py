from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import CareRelation
from beneficiaries.models.dated import DatedRecord, dated_constraints


class Care(DatedRecord):
    """Who cares for somebody (a child, a person with a disability), from one day to another; both are persons of the register."""

    person = models.ForeignKey(
        "beneficiaries.Person",
        verbose_name=_("Người được chăm sóc"),
        on_delete=models.PROTECT,
        related_name="carers",
    )
    carer = models.ForeignKey(
        "beneficiaries.Person",
        verbose_name=_("Người chăm sóc"),
        on_delete=models.PROTECT,
        related_name="cared_for",
    )
    relation = models.CharField(_("Quan hệ"), max_length=12, choices=CareRelation)

    class Meta:
        verbose_name = _("người chăm sóc")
        constraints = [
            *dated_constraints("care"),
            models.CheckConstraint(condition=Q(relation__in=CareRelation.values), name="care_relation_known"),
            models.CheckConstraint(condition=~Q(person=F("carer")), name="carer_is_another"),
            models.UniqueConstraint(
                fields=["person", "carer"],
                condition=Q(valid_to__isnull=True, is_replaced=False),
                name="one_care_of_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carer_id} -> {self.person_id}"


class StopOrder(DatedRecord):
    """An order that closed a place of work, from one day to another (Directive 16 and the like); `place` says what it closed."""

    employer = models.ForeignKey(
        "beneficiaries.Employer", on_delete=models.PROTECT, related_name="stop_orders"
    )
    place = models.CharField(_("Địa điểm, ngành nghề phải dừng"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("lệnh dừng hoạt động")
        constraints = [
            *dated_constraints("stop_order"),
            models.CheckConstraint(condition=Q(decision_number__gt=""), name="stop_order_has_number"),
        ]

    def __str__(self) -> str:
        return self.decision_number
