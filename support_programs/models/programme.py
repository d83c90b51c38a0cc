from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Programme(models.Model):
    """A legal support scheme, e.g. `LD_TU_DO`; its rules stand in dated versions."""

    code = models.CharField(_("Mã"), max_length=20, primary_key=True)
    name = models.CharField(_("Tên chính sách"), max_length=250)
    short_name = models.CharField(_("Tên ngắn"), max_length=60)

    class Meta:
        verbose_name = _("chính sách hỗ trợ")

    def __str__(self) -> str:
        return self.short_name


class ProgrammeVersion(models.Model):
    """The rules in force over a period, as loaded from the catalogue; `content_hash` says exactly which text judged a case.

    A corrected file makes a new row: what judged a case stays readable. `is_current` marks the text in use.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    code = models.CharField(_("Phiên bản"), max_length=20)
    valid_from = models.DateField(_("Có hiệu lực từ"))
    valid_to = models.DateField(_("Đến hết"), null=True)
    content_hash = models.CharField(max_length=64)
    definition: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    is_current = models.BooleanField(_("Đang dùng"), default=True)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["programme", "valid_from"]
        verbose_name = _("phiên bản chính sách")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code"],
                condition=models.Q(is_current=True),
                name="one_current_text_per_version",
            ),
            models.UniqueConstraint(fields=["programme", "content_hash"], name="text_once_per_programme"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.code}"
