from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beneficiaries.models.dated import DatedRecord, dated_constraints
from core.fields import AreaCodeField, ReferenceField, SortKeyField
from core.querysets import FencedManager


class Household(models.Model):
    """People who live and keep house together, in the commune where they live; the register of poor households is of these.

    `code` is the number that the commune's own register gives it, one household per commune. Who its head is stands with its
    members.
    """

    reference = ReferenceField()
    area_code = AreaCodeField()
    code = models.CharField(_("Mã hộ"), max_length=30, blank=True)
    head_name = models.CharField(_("Họ tên chủ hộ"), max_length=150)
    head_name_sort = SortKeyField()
    hamlet = models.CharField(_("Khóm, ấp"), max_length=100, blank=True)
    address = models.CharField(_("Địa chỉ"), max_length=250, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("hộ gia đình")
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "code"], condition=Q(code__gt=""), name="household_code_once_per_commune"
            ),
        ]
        indexes = [models.Index(fields=["area_code", "head_name_sort"], name="household_area_head")]

    def __str__(self) -> str:
        return f"{self.reference} {self.head_name}"


class HouseholdMember(DatedRecord):
    """Who belongs to a household, from one day to another; a person is in one household at a time."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey("beneficiaries.Person", on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(_("Quan hệ với chủ hộ"), max_length=60)
    is_head = models.BooleanField(_("Chủ hộ"), default=False)

    class Meta:
        verbose_name = _("thành viên hộ")
        constraints = [
            *dated_constraints("member"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(valid_to__isnull=True, is_replaced=False),
                name="one_household_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(valid_to__isnull=True, is_replaced=False, is_head=True),
                name="one_head_per_household",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id}: {self.person_id}"
