from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager
from support_programs.enums import PaperForm


class CasePaper(models.Model):
    """A paper of a dossier: a file, or the paper itself that an officer has seen and keeps.

    `code` is that of the evidence which the programme's version asks for; "" for a paper beyond them, whose name is `label`.
    `case_list` says that it was confirmed for a whole list. A paper is never deleted: it is taken out with a reason.
    """

    area_code = AreaCodeField()
    case = models.ForeignKey("support_programs.Case", on_delete=models.PROTECT, related_name="papers")
    code = models.CharField(max_length=40, blank=True)
    label = models.CharField(_("Tên giấy tờ"), max_length=300)
    form = models.CharField(_("Dạng"), max_length=8, choices=PaperForm)
    file = models.ForeignKey(
        "core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    case_list = models.ForeignKey(
        "support_programs.CaseList", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    note = models.CharField(_("Ghi chú"), max_length=300, blank=True)
    received_on = models.DateField(_("Ngày nhận"))
    received_by_id = models.BigIntegerField()
    received_by_name = models.CharField(max_length=150)
    removed_on = models.DateField(null=True)
    removed_by_id = models.BigIntegerField(null=True)
    removed_by_name = models.CharField(max_length=150, blank=True)
    removed_reason = models.CharField(_("Lý do bỏ"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("giấy tờ của hồ sơ")
        constraints = [
            models.CheckConstraint(condition=Q(form__in=PaperForm.values), name="paper_form_known"),
            models.CheckConstraint(
                condition=Q(form=PaperForm.SCAN, file__isnull=False)
                | Q(form=PaperForm.ORIGINAL, file__isnull=True),
                name="scanned_paper_has_file",
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True) | Q(removed_by_id__isnull=False, removed_reason__gt=""),
                name="removed_paper_has_reason",
            ),
            models.UniqueConstraint(
                fields=["case", "code"],
                condition=Q(form=PaperForm.ORIGINAL, removed_on__isnull=True) & ~Q(code=""),
                name="paper_seen_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.label}"
