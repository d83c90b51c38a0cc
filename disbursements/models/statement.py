from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager

Json = dict[str, Any]


class StatementImport(models.Model):
    """A payment list that came back with its results: the file as it was, what the check said of each row, when it was recorded.

    `rows` holds row number, instruction reference, what is said of it (`StatementRow`), the sentence, the reason given.
    The same bytes for the same batch are the same import.
    """

    area_code = AreaCodeField()
    batch = models.ForeignKey("disbursements.Batch", on_delete=models.PROTECT, related_name="statements")
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    rows: models.JSONField[list[Json], list[Json]] = models.JSONField()
    uploaded_by_id = models.BigIntegerField()
    uploaded_by_name = models.CharField(max_length=150)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    recorded_at = models.DateTimeField(null=True)
    paid_count = models.PositiveIntegerField(default=0)
    returned_count = models.PositiveIntegerField(default=0)

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("danh sách nộp lại")
        constraints = [
            models.UniqueConstraint(fields=["batch", "sha256"], name="statement_once_per_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.sha256[:8]}"
