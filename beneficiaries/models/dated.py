from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import RecordSource
from core.fields import AreaCodeField
from core.querysets import FencedManager


class DatedRecord(models.Model):
    """What held of somebody from one day to another, by which paper, told by whom.

    A row never changes. It ends once (`valid_to` with its reason), or a later row takes its place (`is_replaced`, the new one
    names it in `replaces` with the reason). Rows that are not replaced are the ones that count. `source` says how it came in;
    an imported one names its list and the row of the file.
    """

    area_code = AreaCodeField()
    valid_from = models.DateField(_("Từ ngày"))
    valid_to = models.DateField(_("Đến ngày"), null=True)
    end_reason = models.CharField(_("Lý do kết thúc"), max_length=500, blank=True)
    ended_by_id = models.BigIntegerField(null=True)
    decision_number = models.CharField(_("Số quyết định"), max_length=60, blank=True)
    decided_on = models.DateField(_("Ngày quyết định"), null=True)
    decided_by = models.CharField(_("Cơ quan quyết định"), max_length=150, blank=True)
    source = models.CharField(_("Nguồn"), max_length=8, choices=RecordSource)
    # where it was read from; the rows of a list are not looked up by it
    list_import = models.ForeignKey(
        "beneficiaries.ListImport", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    row_number = models.PositiveIntegerField(null=True)
    reason = models.CharField(_("Lý do thay đổi"), max_length=500, blank=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    is_replaced = models.BooleanField(default=False)
    recorded_by_id = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)
    recorded_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        abstract = True


def dated_constraints(name: str) -> list[models.CheckConstraint]:
    """What every dated record keeps: an end after its beginning and with a reason, a change with a reason, a known source."""
    return [
        models.CheckConstraint(
            condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            name=f"{name}_ends_after_start",
        ),
        models.CheckConstraint(
            condition=Q(replaces__isnull=True) | Q(reason__gt=""), name=f"{name}_change_has_reason"
        ),
        models.CheckConstraint(
            condition=Q(ended_by_id__isnull=True) | Q(valid_to__isnull=False, end_reason__gt=""),
            name=f"{name}_end_has_reason",
        ),
        models.CheckConstraint(condition=Q(source__in=RecordSource.values), name=f"{name}_source_known"),
    ]
