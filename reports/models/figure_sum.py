from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager


class FigureSum(models.Model):
    """People and đồng that came to a figure of the overview (+) or left it (-): sums over these rows are the figures.

    Written by the database's own triggers (sql of migration 0009_a_figure_sums) whenever cases, entitlements or payment
    instructions change, whatever changes them: a row per statement, area, programme, group and day. The application's role may
    only read it. `days`, of «waited»: from receipt to payment.
    """

    area_code = AreaCodeField()
    fact = models.CharField(max_length=12)
    programme = models.CharField(max_length=20)
    stream = models.CharField(max_length=20)
    day = models.DateField(null=True)
    days = models.IntegerField(null=True)
    people = models.IntegerField(_("Số người"))
    amount = models.BigIntegerField(_("Số tiền"))

    objects = FencedManager()

    class Meta:
        verbose_name = _("số cộng của tổng quan")
        indexes = [
            models.Index(
                fields=["fact", "area_code"],
                include=["programme", "stream", "day", "days", "people", "amount"],
                name="figure_sums",
            )
        ]

    def __str__(self) -> str:
        return f"{self.fact} {self.area_code} {self.people}"
