from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager


class UnnamedDonor(models.Model):
    """A donor asked not to be named on the public pages: the donation stands there without the name, from then until it ends.

    `note` says how they asked. Never rewritten; where they change their mind it is ended, and a new wish is a new row.
    """

    area_code = AreaCodeField()
    donation = models.ForeignKey(
        "disbursements.Donation", on_delete=models.PROTECT, related_name="unnamed_wishes"
    )
    note = models.CharField(_("Nhà tài trợ đề nghị thế nào"), max_length=300)
    asked_on = models.DateField(_("Ngày ghi"))
    recorded_by_id = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)
    ended_on = models.DateField(null=True)
    ended_by_id = models.BigIntegerField(null=True)
    ended_by_name = models.CharField(max_length=150, blank=True)
    ended_note = models.CharField(_("Vì sao nêu tên lại"), max_length=300, blank=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("nhà tài trợ không nêu tên")
        constraints = [
            models.UniqueConstraint(
                fields=["donation"], condition=Q(ended_on__isnull=True), name="one_live_wish_of_donor"
            ),
            models.CheckConstraint(condition=Q(note__gt=""), name="unnamed_donor_has_note"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by_id__isnull=True, ended_note="")
                | Q(ended_on__isnull=False, ended_by_id__isnull=False, ended_note__gt=""),
                name="ended_wish_has_note",
            ),
        ]

    def __str__(self) -> str:
        return str(self.donation_id)
