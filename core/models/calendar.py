from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """A day that differs from the ordinary week: a public holiday, or a weekend day that is worked.

    Deadlines count working days by this table (`core.working_days`); the administrator keeps it after the yearly notice.
    """

    day = models.DateField(_("Ngày"), primary_key=True)
    is_working = models.BooleanField(_("Là ngày làm việc"), default=False)
    name = models.CharField(_("Tên"), max_length=100)
    source = models.CharField(_("Nguồn"), max_length=200)

    class Meta:
        ordering = ["day"]
        verbose_name = _("ngày nghỉ, ngày làm bù")

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"
