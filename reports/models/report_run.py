from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField, ReferenceField
from core.querysets import FencedManager


class ReportRun(models.Model):
    """A report as it was made: definition, parameters, scope, rows and totals, and the files with their hashes; it never changes.

    `shape` is everything of the report but its figures (titles, columns, signers, charts). A summary keeps its sections in
    `rows`; a list keeps its rows in `rows_file`, one JSON array a line, compressed. `request_key` makes it once however often
    it is asked for; `software` names what wrote the files, so that a file that comes out otherwise can be explained.
    """

    reference = ReferenceField()
    area_code = AreaCodeField()
    definition = models.CharField(_("Mẫu báo cáo"), max_length=40)
    title = models.CharField(max_length=250)
    params: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    rows: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    shape: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    totals: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    rows_file = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    row_count = models.PositiveIntegerField(_("Số dòng"), default=0)
    # it names people: shown only to who reads records
    is_personal = models.BooleanField(default=False)
    xlsx = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    request_key = models.CharField(max_length=120, null=True, unique=True)
    software = models.CharField(max_length=120, blank=True)
    made_by_id = models.BigIntegerField()
    made_by_name = models.CharField(max_length=150)
    figures_at = models.DateTimeField(_("Số liệu đến"))
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("báo cáo đã lập")

    def __str__(self) -> str:
        return self.reference
