from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.models.stateful import StatefulModel
from core.querysets import FencedManager
from disbursements.enums import BatchStatus, PaymentFileKind, PayoutChannel


class Batch(StatefulModel):
    """One payout round of one programme and area, built once per request (`idempotency_key`, `request_hash`),
    approved by somebody else.

    `area_code` is the commune or district that it pays in. Once prepared, `line_count` and `total_amount` equal its lines,
    and the lines no longer change in person or amount.
    """

    programme = models.ForeignKey("support_programs.Programme", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("Tên đợt chi"), max_length=200)
    channel = models.CharField(_("Hình thức chi trả"), max_length=8, choices=PayoutChannel)
    stream = models.CharField(max_length=20, blank=True)
    decision_number = models.CharField(_("Số quyết định"), max_length=60, blank=True)
    # the code of the one source of its lines; empty where each decision has only one
    source_code = models.CharField(_("Nguồn kinh phí"), max_length=20, blank=True, default="", db_default="")
    # only people who were not paid before ("chi lại")
    is_retry = models.BooleanField(default=False, db_default=False)
    payer_account = models.ForeignKey(
        "disbursements.PayerAccount", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # what the preview warned of and the maker took note of: code to number of people
    warnings: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(
        default=dict, db_default=Value({}, models.JSONField())
    )
    idempotency_key = models.CharField(max_length=64, unique=True)
    request_hash = models.CharField(max_length=64)
    job = models.ForeignKey("core.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    line_count = models.PositiveIntegerField(_("Số người"), default=0)
    total_amount = models.BigIntegerField(_("Số tiền"), default=0)
    signatures_needed = models.PositiveSmallIntegerField(_("Số chữ ký"), default=1, db_default=1)
    made_on = models.DateField(_("Ngày lập"), null=True)
    created_by_id = models.BigIntegerField()
    created_by_name = models.CharField(max_length=150)
    approved_by_id = models.BigIntegerField(null=True)
    approved_by_name = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)
    released_on = models.DateField(_("Ngày bắt đầu chi"), null=True)
    released_by_id = models.BigIntegerField(null=True)
    due_on = models.DateField(_("Hạn chi"), null=True)
    closed_on = models.DateField(_("Ngày khóa"), null=True)
    cancelled_on = models.DateField(_("Ngày hủy"), null=True)
    cancel_reason = models.TextField(blank=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("đợt chi trả")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=BatchStatus.values), name="batch_status_known"),
            models.CheckConstraint(condition=Q(channel__in=PayoutChannel.values), name="batch_channel_known"),
            models.CheckConstraint(
                condition=Q(approved_by_id__isnull=True) | ~Q(approved_by_id=F("created_by_id")),
                name="batch_approver_did_not_make_it",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[BatchStatus.PREPARING, BatchStatus.CANCELLED]) | Q(line_count__gt=0),
                name="prepared_batch_has_lines",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[BatchStatus.PREPARING, BatchStatus.PREPARED, BatchStatus.CANCELLED])
                | Q(approved_by_id__isnull=False),
                name="approved_batch_names_its_approver",
            ),
        ]
        indexes = [models.Index(fields=["area_code", "status", "-id"], name="batch_area_status")]


class PaymentFile(models.Model):
    """A file of a batch, rendered once and kept with its hash: a draft when it is prepared, the final one when it is approved."""

    area_code = AreaCodeField()
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=16, choices=PaymentFileKind)
    # the bank (BIN) or employer that the file is for; empty for a file of the whole batch
    part = models.CharField(max_length=20, blank=True, default="", db_default="")
    line_count = models.PositiveIntegerField(default=0, db_default=0)
    amount = models.BigIntegerField(default=0, db_default=0)
    is_draft = models.BooleanField(default=False)
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    made_by_id = models.BigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("tệp chi")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PaymentFileKind.values), name="payment_file_kind_known"
            ),
            models.UniqueConstraint(
                fields=["batch", "kind", "part", "is_draft"], name="one_payment_file_per_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.kind}"
