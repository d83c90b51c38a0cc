from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField, SortKeyField
from core.models.stateful import StatefulModel
from core.querysets import FencedManager
from disbursements.enums import HandoutFileKind, HandoutLineStatus, HandoutStatus

Json = dict[str, Any]
_RESULTS = [HandoutLineStatus.RECEIVED, HandoutLineStatus.MISSED]


class Handout(StatefulModel):
    """One round of handing out goods ("đợt cấp phát") of one programme in an area, out of one store.

    Asked for once per request; approved by somebody else. Once prepared, `line_count` and `total_quantity` equal its lines.
    """

    programme = models.ForeignKey("support_programs.Programme", on_delete=models.PROTECT, related_name="+")
    goods = models.ForeignKey("disbursements.Goods", on_delete=models.PROTECT, related_name="+")
    store = models.ForeignKey("disbursements.Store", on_delete=models.PROTECT, related_name="handouts")
    # a commune doesn't see the district's store
    store_name = models.CharField(max_length=150)
    title = models.CharField(_("Tên đợt cấp phát"), max_length=200)
    decision_number = models.CharField(_("Số quyết định"), max_length=60, blank=True)
    idempotency_key = models.CharField(max_length=64, unique=True)
    request_hash = models.CharField(max_length=64)
    job = models.ForeignKey("core.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    line_count = models.PositiveIntegerField(_("Số người"), default=0)
    total_quantity = models.BigIntegerField(_("Số lượng"), default=0)
    made_on = models.DateField(_("Ngày lập"))
    created_by_id = models.BigIntegerField()
    created_by_name = models.CharField(max_length=150)
    approved_by_id = models.BigIntegerField(null=True)
    approved_by_name = models.CharField(max_length=150, blank=True)
    approved_on = models.DateField(_("Ngày duyệt"), null=True)
    started_on = models.DateField(_("Ngày bắt đầu cấp phát"), null=True)
    started_by_id = models.BigIntegerField(null=True)
    closed_on = models.DateField(_("Ngày khóa"), null=True)
    cancelled_on = models.DateField(_("Ngày hủy"), null=True)
    cancel_reason = models.TextField(blank=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("đợt cấp phát")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=HandoutStatus.values), name="handout_status_known"),
            models.CheckConstraint(
                condition=Q(approved_by_id__isnull=True) | ~Q(approved_by_id=F("created_by_id")),
                name="handout_approver_did_not_make_it",
            ),
            models.CheckConstraint(
                condition=Q(started_by_id__isnull=True) | ~Q(started_by_id=F("approved_by_id")),
                name="handout_starter_did_not_approve_it",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[HandoutStatus.HANDING, HandoutStatus.CLOSED])
                | Q(started_by_id__isnull=False),
                name="started_handout_names_who",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[HandoutStatus.PREPARING, HandoutStatus.CANCELLED])
                | Q(line_count__gt=0, total_quantity__gt=0),
                name="prepared_handout_has_lines",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[HandoutStatus.PREPARING, HandoutStatus.PREPARED, HandoutStatus.CANCELLED]
                )
                | Q(approved_by_id__isnull=False),
                name="approved_handout_names_its_approver",
            ),
        ]
        indexes = [models.Index(fields=["area_code", "status", "-id"], name="handout_area_status")]


class HandoutLine(StatefulModel):
    """So many units of goods for one person ("dòng cấp phát"): a snapshot of what was approved, handed over once."""

    handout = models.ForeignKey(Handout, on_delete=models.PROTECT, related_name="lines", db_index=False)
    handout_reference = models.CharField(max_length=20)
    entitlement = models.ForeignKey(
        "support_programs.Entitlement", on_delete=models.PROTECT, related_name="handout_lines", db_index=False
    )
    case_reference = models.CharField(max_length=20)
    case_list = models.ForeignKey("support_programs.CaseList", on_delete=models.PROTECT, related_name="+")
    decision_number = models.CharField(max_length=60)
    attempt = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveIntegerField(_("Số thứ tự"))
    quantity = models.PositiveIntegerField(_("Số lượng"))
    unit = models.CharField(max_length=8)
    version_hash = models.CharField(max_length=64)
    payee_name = models.CharField(_("Người nhận"), max_length=150)
    payee_sort = SortKeyField()
    payee_key = SortKeyField()
    birth_date = models.DateField(null=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    payee_number_encrypted = models.BinaryField()
    payee_number_last3 = models.CharField(max_length=3)
    hamlet = models.CharField(max_length=250, blank=True)
    entered_by_id = models.BigIntegerField()
    list_approved_by_id = models.BigIntegerField(null=True)
    money_approved_by_id = models.BigIntegerField(null=True)
    made_by_id = models.BigIntegerField()
    resulted_on = models.DateField(_("Ngày có kết quả"), null=True)
    result_reason = models.CharField(_("Lý do"), max_length=300, blank=True, default="", db_default="")
    recorded_by_id = models.BigIntegerField(null=True)
    # who took it for them
    proxy_name = models.CharField(_("Người nhận thay"), max_length=150, blank=True, default="", db_default="")
    proxy_relation = models.CharField(_("Quan hệ"), max_length=100, blank=True, default="", db_default="")
    proxy_paper = models.CharField(_("Giấy ủy quyền"), max_length=100, blank=True, default="", db_default="")
    proxy_number_encrypted = models.BinaryField(null=True)
    proxy_number_last3 = models.CharField(max_length=3, blank=True, default="", db_default="")

    objects = FencedManager()

    class Meta:
        verbose_name = _("dòng cấp phát")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=HandoutLineStatus.values), name="handout_line_status_known"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="handout_line_quantity_positive"),
            models.UniqueConstraint(
                fields=["entitlement"],
                condition=Q(status__in=HandoutLineStatus.live()),
                name="one_live_handout_line",
            ),
            models.UniqueConstraint(
                fields=["entitlement", "attempt"], name="handout_attempt_once_per_entitlement"
            ),
            models.UniqueConstraint(fields=["handout", "position"], name="handout_position_once"),
            models.CheckConstraint(
                condition=~Q(made_by_id=F("entered_by_id"))
                & (Q(list_approved_by_id__isnull=True) | ~Q(made_by_id=F("list_approved_by_id"))),
                name="handout_maker_did_not_enter_or_approve",
            ),
            models.CheckConstraint(
                condition=Q(recorded_by_id__isnull=True)
                | (
                    ~Q(recorded_by_id=F("entered_by_id"))
                    & (Q(list_approved_by_id__isnull=True) | ~Q(recorded_by_id=F("list_approved_by_id")))
                ),
                name="handout_recorder_did_not_enter_or_approve",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=_RESULTS)
                | Q(recorded_by_id__isnull=False, resulted_on__isnull=False),
                name="handout_result_names_its_recorder",
            ),
            models.CheckConstraint(
                condition=~Q(status=HandoutLineStatus.MISSED) | Q(result_reason__gt=""),
                name="missed_handout_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(proxy_name="", proxy_number_encrypted__isnull=True)
                | Q(status=HandoutLineStatus.RECEIVED, proxy_name__gt="", proxy_relation__gt=""),
                name="handout_proxy_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["handout", "status", "position"], name="handout_lines_of"),
            models.Index(fields=["area_code", "status"], include=["quantity"], name="handout_line_totals"),
        ]

    @property
    def birth_text(self) -> str:
        """20/11/1993, or the year where only that is known."""
        return f"{self.birth_date:%d/%m/%Y}" if self.birth_date else str(self.birth_year or "")


class HandoutFile(models.Model):
    """The list that is signed when goods are handed over; written once after the approval, kept with its hash."""

    area_code = AreaCodeField()
    handout = models.ForeignKey(Handout, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=16, choices=HandoutFileKind)
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    made_by_id = models.BigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("tệp cấp phát")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=HandoutFileKind.values), name="handout_file_known"),
            models.UniqueConstraint(fields=["handout", "kind"], name="one_handout_file_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.handout_id} {self.kind}"


class HandoutUpload(models.Model):
    """A hand-out list that came back as a file: what the check says of each row, and whether it was recorded."""

    area_code = AreaCodeField()
    handout = models.ForeignKey(Handout, on_delete=models.PROTECT, related_name="uploads")
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    rows: models.JSONField[list[Json], list[Json]] = models.JSONField()
    recorded_at = models.DateTimeField(null=True)
    received_count = models.PositiveIntegerField(default=0)
    missed_count = models.PositiveIntegerField(default=0)
    uploaded_by_id = models.BigIntegerField()
    uploaded_by_name = models.CharField(max_length=150)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("danh sách cấp phát nộp lại")
        constraints = [
            models.UniqueConstraint(fields=["handout", "sha256"], name="handout_file_uploaded_once")
        ]

    def __str__(self) -> str:
        return f"{self.handout_id} {self.pk}"
