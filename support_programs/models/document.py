from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from core.models.stateful import StatefulModel
from core.querysets import FencedManager
from support_programs.enums import DocumentKind, DocumentStatus

Json = dict[str, Any]


class OfficialDocument(StatefulModel):
    """An official paper about a case, a list, a decision, a grievance or a record of an upper app: a draft until somebody enters
    its number and day.

    The number is the records office's and is typed, never made here. `content` is what the paper says beyond the record
    (addressee, reasons, recipients), frozen with the `file` when it is issued. `token` is in the QR code of the paper and
    leads to the public page that confirms it. `about_refs` names what it is about beyond the four: a payout batch, or the other
    lists of a decision over several.
    """

    kind = models.CharField(_("Loại văn bản"), max_length=20, choices=DocumentKind)
    case = models.ForeignKey(
        "support_programs.Case", null=True, on_delete=models.PROTECT, related_name="documents", db_index=False
    )
    case_list = models.ForeignKey(
        "support_programs.CaseList",
        null=True,
        on_delete=models.PROTECT,
        related_name="documents",
        db_index=False,
    )
    decision = models.ForeignKey(
        "support_programs.ApprovalDecision",
        null=True,
        on_delete=models.PROTECT,
        related_name="documents",
        db_index=False,
    )
    grievance = models.ForeignKey(
        "support_programs.Grievance",
        null=True,
        on_delete=models.PROTECT,
        related_name="documents",
        db_index=False,
    )
    about_refs: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=20),
        default=list,
        db_default=Value([], ArrayField(models.CharField(max_length=20))),
    )
    number = models.CharField(_("Số, ký hiệu"), max_length=60, blank=True)
    dated = models.DateField(_("Ngày văn bản"), null=True)
    signer_office = models.CharField(_("Chức vụ người ký"), max_length=150, blank=True)
    signer_name = models.CharField(_("Người ký"), max_length=150, blank=True)
    content: models.JSONField[Json, Json] = models.JSONField(default=dict)
    file = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    token = models.CharField(max_length=32, unique=True)
    made_by_id = models.BigIntegerField()
    made_by_name = models.CharField(max_length=150)
    issued_by_id = models.BigIntegerField(null=True)
    issued_by_name = models.CharField(max_length=150, blank=True)
    issued_on = models.DateField(null=True)
    revoked_reason = models.CharField(_("Lý do thu hồi"), max_length=300, blank=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("văn bản")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind_known"),
            models.CheckConstraint(
                condition=Q(status__in=DocumentStatus.values), name="document_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[DocumentStatus.ISSUED, DocumentStatus.REVOKED])
                | Q(file__isnull=False, sha256__gt="", dated__isnull=False, issued_by_id__isnull=False),
                name="issued_document_has_file",
            ),
            models.CheckConstraint(
                condition=~Q(status=DocumentStatus.REVOKED) | Q(revoked_reason__gt=""),
                name="revoked_document_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-id"], condition=Q(case__isnull=False), name="document_of_case"),
            models.Index(
                fields=["case_list", "-id"], condition=Q(case_list__isnull=False), name="document_of_list"
            ),
            models.Index(
                fields=["grievance", "-id"],
                condition=Q(grievance__isnull=False),
                name="document_of_grievance",
            ),
            models.Index(fields=["area_code", "status", "-id"], name="document_of_area"),
            GinIndex(fields=["about_refs"], name="document_about"),
        ]
