from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager


class PlanEntry(models.Model):
    """One figure of the payment plan ("kế hoạch chi"): people and đồng of a programme in a district (or the department, `89`),
    for the week that begins on a Monday, or for the whole programme where `week` is empty.

    A row never changes: a later one `replaces` it, and the one that nothing replaces is in force.
    """

    area_code = AreaCodeField()
    programme = models.ForeignKey("support_programs.Programme", on_delete=models.PROTECT, related_name="+")
    week = models.DateField(_("Tuần từ thứ Hai"), null=True)
    people = models.PositiveIntegerField(_("Số người"))
    amount = models.BigIntegerField(_("Số tiền"))
    document_number = models.CharField(_("Số văn bản"), max_length=60)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by", verbose_name=_("Thay cho")
    )
    entered_by_id = models.BigIntegerField()
    entered_by_name = models.CharField(_("Người nhập"), max_length=150)
    entered_on = models.DateField(_("Ngày nhập"))
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("kế hoạch chi")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="plan_amount_not_negative"),
            models.CheckConstraint(condition=Q(document_number__gt=""), name="plan_names_its_paper"),
            models.CheckConstraint(
                condition=Q(week__isnull=True) | Q(week__iso_week_day=1), name="plan_week_begins_on_monday"
            ),
            # the first row of a figure; later ones replace one another, each once
            models.UniqueConstraint(
                fields=["programme", "area_code", "week"],
                condition=Q(replaces__isnull=True),
                nulls_distinct=False,
                name="plan_begins_once",
            ),
        ]
        indexes = [models.Index(fields=["programme", "area_code", "week"], name="plan_figure")]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.area_code} {self.week or ''}".strip()
