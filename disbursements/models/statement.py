from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager
from disbursements.enums import (
    LineSaid,
    MatchMethod,
    MoneyDirection,
    ReturnReason,
    StatementFormat,
    StatementRow,
    StatementState,
)


class StatementImport(models.Model):
    """What came back of a batch: a payment list with its results, a bank's result file, or a statement of the payer account.

    The file is kept as it was; its rows are `StatementLine`. The same bytes for the same batch are the same import. `bank_name`,
    `account_last3`, `period_*`, `opening` and `closing` are what the file says of itself; `message` says why it was refused.
    """

    area_code = AreaCodeField()
    batch = models.ForeignKey("disbursements.Batch", on_delete=models.PROTECT, related_name="statements")
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    format = models.CharField(
        _("Loại tệp"), max_length=8, choices=StatementFormat, blank=True, default="", db_default=""
    )
    state = models.CharField(
        max_length=8,
        choices=StatementState,
        default=StatementState.READING,
        db_default=StatementState.READING,
    )
    message = models.CharField(max_length=500, blank=True, default="", db_default="")
    bank_name = models.CharField(_("Ngân hàng"), max_length=100, blank=True, default="", db_default="")
    account_last3 = models.CharField(max_length=3, blank=True, default="", db_default="")
    period_from = models.DateField(_("Từ ngày"), null=True)
    period_to = models.DateField(_("Đến ngày"), null=True)
    opening = models.BigIntegerField(_("Số dư đầu kỳ"), null=True)
    closing = models.BigIntegerField(_("Số dư cuối kỳ"), null=True)
    line_count = models.PositiveIntegerField(_("Số dòng"), default=0, db_default=0)
    job = models.ForeignKey("core.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_by_id = models.BigIntegerField()
    uploaded_by_name = models.CharField(max_length=150)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    recorded_at = models.DateTimeField(null=True)
    paid_count = models.PositiveIntegerField(default=0)
    returned_count = models.PositiveIntegerField(default=0)
    failed_count = models.PositiveIntegerField(default=0, db_default=0)
    unknown_count = models.PositiveIntegerField(default=0, db_default=0)

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("sao kê")
        constraints = [
            models.UniqueConstraint(fields=["batch", "sha256"], name="statement_once_per_batch"),
            models.CheckConstraint(
                condition=Q(format__in=["", *StatementFormat.values]), name="statement_format_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=StatementState.values), name="statement_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=StatementState.REFUSED) | Q(message__gt=""),
                name="refused_statement_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=StatementState.RECORDED) | Q(recorded_at__isnull=False),
                name="recorded_statement_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.sha256[:8]}"

    @property
    def is_of_bank(self) -> bool:
        """Does it tell of movements of an account (debit and credit), and not of the people of our own list?"""
        return self.format in StatementFormat.of_account()


class StatementLine(models.Model):
    """One row of a file that came back: what it says (never changed), which payment instruction it is about, what became of it.

    `row` is the number that the spreadsheet shows, or the running number of the movement in a statement. `outcome` is the check's
    answer until the row is recorded or settled by hand; `twin` is the row that says the same, or that takes it back.
    """

    statement = models.ForeignKey(
        StatementImport, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    area_code = AreaCodeField()
    row = models.PositiveIntegerField(_("Dòng"))
    booked_on = models.DateField(_("Ngày"), null=True)
    direction = models.CharField(max_length=6, choices=MoneyDirection, blank=True, default="", db_default="")
    amount = models.BigIntegerField(_("Số tiền"), null=True)
    typed_amount = models.CharField(max_length=60, blank=True, default="", db_default="")
    typed_reference = models.CharField(max_length=100, blank=True, default="", db_default="")
    # the one written form of the reference that was found, whether or not there is such an instruction
    reference = models.CharField(max_length=20, blank=True, default="", db_default="", db_collation="C")
    bank_reference = models.CharField(max_length=40, blank=True, default="", db_default="")
    text = models.CharField(_("Nội dung"), max_length=500, blank=True, default="", db_default="")
    account_encrypted = models.BinaryField(null=True)
    account_index = models.BinaryField(max_length=16, null=True)
    account_last3 = models.CharField(max_length=3, blank=True, default="", db_default="")
    payee_name = models.CharField(_("Người nhận"), max_length=150, blank=True, default="", db_default="")
    said = models.CharField(max_length=10, choices=LineSaid, default=LineSaid.NOTHING)
    typed_result = models.CharField(max_length=100, blank=True, default="", db_default="")
    reason = models.CharField(_("Lý do"), max_length=300, blank=True, default="", db_default="")
    bank_code = models.CharField(max_length=10, blank=True, default="", db_default="")
    result_code = models.CharField(max_length=14, choices=ReturnReason, blank=True, default="", db_default="")
    # what tells a movement from every other: the same line in another file has the same
    digest = models.BinaryField(max_length=16)
    instruction = models.ForeignKey(
        "disbursements.PaymentInstruction",
        null=True,
        on_delete=models.PROTECT,
        related_name="statement_lines",
    )
    outcome = models.CharField(max_length=14, choices=StatementRow, blank=True, default="", db_default="")
    method = models.CharField(max_length=14, choices=MatchMethod, blank=True, default="", db_default="")
    twin = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    resolved_by_id = models.BigIntegerField(null=True)
    resolved_by_name = models.CharField(max_length=150, blank=True, default="", db_default="")
    resolved_at = models.DateTimeField(null=True)
    resolution = models.CharField(_("Lý do xử lý"), max_length=300, blank=True, default="", db_default="")
    recorded_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        ordering = ["statement", "row"]
        verbose_name = _("dòng sao kê")
        constraints = [
            models.UniqueConstraint(fields=["statement", "row"], name="row_once_per_statement"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *StatementRow.values]), name="statement_line_outcome_known"
            ),
            models.CheckConstraint(condition=Q(said__in=LineSaid.values), name="statement_line_said_known"),
            models.CheckConstraint(
                condition=Q(method__in=["", *MatchMethod.values]), name="statement_line_method_known"
            ),
            models.CheckConstraint(
                condition=Q(result_code__in=["", *ReturnReason.values]), name="statement_line_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(resolved_by_id__isnull=True)
                | Q(resolution__gt="", resolved_by_name__gt="", resolved_at__isnull=False),
                name="settled_by_hand_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=StatementRow.to_record()) | Q(instruction__isnull=False),
                name="row_to_record_has_its_line",
            ),
        ]
        indexes = [
            # rows that a person has to look at, first on the page and in the way of closing
            models.Index(
                fields=["statement", "outcome", "row"],
                name="statement_rows_to_look_at",
                condition=Q(outcome__in=StatementRow.refused()),
            ),
            models.Index(fields=["digest"], name="statement_line_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.row}"
