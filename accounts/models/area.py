import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import AreaLevel
from core.fields import AreaCodeField, SortKeyField


class AdministrativeUnitQuerySet(models.QuerySet["AdministrativeUnit"]):
    def valid_on(self, on: dt.date) -> Self:
        """Units that exist on a day."""
        return self.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))

    def communes(self) -> Self:
        return self.filter(level=AreaLevel.COMMUNE)

    def districts(self) -> Self:
        return self.filter(level=AreaLevel.DISTRICT)

    def within(self, area_code: str) -> Self:
        """The unit itself and all below it."""
        return self.filter(area_code__gte=area_code, area_code__lt=area_code + ":")


class AdministrativeUnit(models.Model):
    """A province, district or commune over the time it exists.

    The State's code alone is not unique: after the mergers of 2025 the same number may name another area. `area_code` is the path
    of codes (province, district, commune) that every other table carries.
    """

    code = models.CharField(_("Mã"), max_length=5, db_collation="C")
    area_code = AreaCodeField()
    level = models.PositiveSmallIntegerField(_("Cấp"), choices=AreaLevel)
    name = models.CharField(_("Tên"), max_length=100)
    short_name = models.CharField(_("Tên ngắn"), max_length=100)
    kind = models.CharField(_("Loại"), max_length=20)
    search_key = SortKeyField()
    sort_key = SortKeyField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    valid_from = models.DateField(_("Có từ"))
    valid_to = models.DateField(_("Đến hết"), null=True)

    objects = AdministrativeUnitQuerySet.as_manager()

    class Meta:
        ordering = ["area_code"]
        verbose_name = _("đơn vị hành chính")
        constraints = [
            models.UniqueConstraint(fields=["area_code", "valid_from"], name="one_unit_per_code_and_start"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_urban(self) -> bool:
        """Wards and townships count as urban."""
        return self.kind in ("phuong", "thi_tran")


class Succession(models.Model):
    """Which unit of 2025 took over a unit of 2021, wholly or in part."""

    predecessor = models.ForeignKey(AdministrativeUnit, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(AdministrativeUnit, on_delete=models.CASCADE, related_name="+")
    is_partial = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_succession_per_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"
