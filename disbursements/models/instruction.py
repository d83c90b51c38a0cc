from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import SortKeyField
from core.models.stateful import StatefulModel
from core.querysets import FencedManager
from disbursements.enums import InstructionStatus, PayoutChannel, ReturnReason


class PaymentInstruction(StatefulModel):
    """One amount to one payee through one channel: a snapshot of what was approved, paid once."""

    # the two keys have no index of their own: `instruction_of_batch` and `attempt_once_per_entitlement` start with them
    batch = models.ForeignKey(
        "disbursements.Batch", on_delete=models.PROTECT, related_name="instructions", db_index=False
    )
    batch_reference = models.CharField(max_length=20)
    entitlement = models.ForeignKey(
        "support_programs.Entitlement", on_delete=models.PROTECT, related_name="instructions", db_index=False
    )
    budget_line = models.ForeignKey(
        "disbursements.BudgetLine", on_delete=models.PROTECT, related_name="instructions", db_index=False
    )
    case_reference = models.CharField(max_length=20)
    case_list = models.ForeignKey("support_programs.CaseList", on_delete=models.PROTECT, related_name="+")
    decision_number = models.CharField(max_length=60)
    attempt = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveIntegerField(_("Số thứ tự"))
    channel = models.CharField(max_length=8, choices=PayoutChannel)
    amount = models.BigIntegerField(_("Số tiền"))
    cap = models.BigIntegerField()
    version_hash = models.CharField(max_length=64)
    payee_name = models.CharField(_("Người nhận"), max_length=150)
    payee_sort = SortKeyField()
    birth_date = models.DateField(null=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    payee_number_encrypted = models.BinaryField()
    payee_number_last3 = models.CharField(max_length=3)
    hamlet = models.CharField(max_length=250, blank=True)
    bank_bin = models.CharField(max_length=6, blank=True, default="", db_default="")
    bank_name = models.CharField(max_length=100, blank=True)
    account_holder = models.CharField(max_length=150, blank=True)
    account_encrypted = models.BinaryField(null=True)
    account_index = models.BinaryField(max_length=16, null=True)
    account_last3 = models.CharField(max_length=3, blank=True)
    entered_by_id = models.BigIntegerField()
    # empty where no district approves the persons: lists of the department, and employers' where the province approves both
    list_approved_by_id = models.BigIntegerField(null=True)
    money_approved_by_id = models.BigIntegerField()
    batched_by_id = models.BigIntegerField()
    # when the claim was taken in: how long people waited is read without another table
    received_on = models.DateField(_("Ngày tiếp nhận"), null=True)
    sent_on = models.DateField(null=True)
    unknown_since = models.DateField(_("Chưa rõ từ ngày"), null=True)
    resulted_on = models.DateField(_("Ngày có kết quả"), null=True)
    # why it was not paid, as a code; `result_reason` keeps the words
    result_code = models.CharField(
        _("Loại lý do"), max_length=14, choices=ReturnReason, blank=True, default="", db_default=""
    )
    result_reason = models.CharField(_("Lý do"), max_length=300, blank=True)
    recorded_by_id = models.BigIntegerField(null=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("lệnh chi")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=InstructionStatus.values), name="instruction_status_known"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=F("cap")), name="instruction_amount_within_cap"
            ),
            models.UniqueConstraint(
                fields=["entitlement"],
                condition=Q(status__in=InstructionStatus.live()),
                name="one_live_instruction_per_entitlement",
            ),
            models.UniqueConstraint(fields=["entitlement", "attempt"], name="attempt_once_per_entitlement"),
            models.UniqueConstraint(fields=["batch", "position"], name="position_once_per_batch"),
            models.CheckConstraint(
                condition=~Q(batched_by_id=F("entered_by_id"))
                & (Q(list_approved_by_id__isnull=True) | ~Q(batched_by_id=F("list_approved_by_id"))),
                name="batch_maker_did_not_enter_or_approve",
            ),
            models.CheckConstraint(
                condition=Q(recorded_by_id__isnull=True)
                | (
                    ~Q(recorded_by_id=F("entered_by_id"))
                    & (Q(list_approved_by_id__isnull=True) | ~Q(recorded_by_id=F("list_approved_by_id")))
                ),
                name="result_recorder_did_not_enter_or_approve",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[InstructionStatus.PAID, *InstructionStatus.final_without_payment()])
                | Q(recorded_by_id__isnull=False),
                name="result_names_its_recorder",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[*InstructionStatus.final_without_payment()])
                | Q(result_reason__gt=""),
                name="unpaid_result_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(result_code="")
                | Q(
                    result_code__in=ReturnReason.values,
                    status__in=InstructionStatus.final_without_payment(),
                ),
                name="result_code_says_why_unpaid",
            ),
        ]
        indexes = [
            # people and đồng by area and state, for the overview
            models.Index(fields=["area_code", "status"], include=["amount"], name="instruction_totals"),
            models.Index(fields=["batch", "status", "position"], name="instruction_of_batch"),
            # what came back in an area, newest first
            models.Index(
                fields=["area_code", "-resulted_on"],
                name="instruction_returned",
                condition=Q(status__in=InstructionStatus.final_without_payment()),
            ),
        ]

    @property
    def payment_reference(self) -> str:
        """What the bank carries with the payment: the reference without dashes, 14 plain signs with its check digit (F18)."""
        return self.reference.replace("-", "")

    @property
    def birth_text(self) -> str:
        """20/11/1993, or the year where only that is known."""
        return f"{self.birth_date:%d/%m/%Y}" if self.birth_date else str(self.birth_year or "")
