from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class _Version(models.Model):
    """One version of what the department writes; rows are added, never changed, and the newest counts."""

    version = models.PositiveIntegerField()
    made_by_id = models.BigIntegerField()
    made_by_name = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class ReportLayout(_Version):
    """How the department words a report: titles and order of its columns, which are shown, its own title, basis, signers.

    `columns` is `[{"key": …, "title": …, "group": …, "shown": true}, …]` in order. `is_built_in`: from here on the report is as
    the software brings it. Empty texts and lists leave what the software says.
    """

    definition = models.CharField(max_length=40)
    is_built_in = models.BooleanField(default=False)
    title = models.CharField(_("Tên báo cáo"), max_length=250, blank=True)
    unit_note = models.CharField(_("Đơn vị tính"), max_length=120, blank=True)
    legal_basis: ArrayField[list[str], list[str]] = ArrayField(models.CharField(max_length=300), default=list)
    signers: ArrayField[list[str], list[str]] = ArrayField(models.CharField(max_length=120), default=list)
    recipients: ArrayField[list[str], list[str]] = ArrayField(models.CharField(max_length=150), default=list)
    columns: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)

    class Meta:
        ordering = ["-version"]
        verbose_name = _("trình bày của báo cáo")
        constraints = [
            models.UniqueConstraint(fields=["definition", "version"], name="layout_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.definition} {self.version}"


class OwnReport(_Version):
    """A report that the department put together from the safe list: rows by one or two dimensions, columns by measures.

    `code` is «own-3» for good. `is_ended`: from this version on it is no longer offered; what was issued stays.
    """

    code = models.CharField(max_length=40)
    title = models.CharField(_("Tên báo cáo"), max_length=200)
    purpose = models.CharField(_("Dùng để"), max_length=250, blank=True)
    rows: ArrayField[list[str], list[str]] = ArrayField(models.CharField(max_length=20))
    measures: ArrayField[list[str], list[str]] = ArrayField(models.CharField(max_length=40))
    split_by = models.CharField(_("Chia cột theo"), max_length=20, blank=True)
    programmes: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=20), default=list, blank=True
    )
    every = models.CharField(_("Kỳ thường dùng"), max_length=7, default="month")
    legal_basis: ArrayField[list[str], list[str]] = ArrayField(models.CharField(max_length=300), default=list)
    is_ended = models.BooleanField(default=False)

    class Meta:
        ordering = ["code", "-version"]
        verbose_name = _("mẫu báo cáo của Sở")
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="own_version_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
