from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField, ReferenceField
from core.querysets import FencedManager
from disbursements.enums import FundingKind, MovementKind


class FundingSource(models.Model):
    """Where money comes from: a budget, the unemployment fund, the lottery company, a donor."""

    code = models.CharField(_("Mã nguồn"), max_length=20, unique=True, db_collation="C")
    name = models.CharField(_("Tên nguồn kinh phí"), max_length=150, unique=True)
    kind = models.CharField(_("Loại nguồn"), max_length=12, choices=FundingKind)
    note = models.CharField(_("Ghi chú"), max_length=300, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("nguồn kinh phí")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FundingKind.values), name="funding_kind_known")
        ]

    def __str__(self) -> str:
        return self.name


class BudgetLine(models.Model):
    """The money of one decision in one district (or the department, `89`) from one source; `stream` keeps it for one group.

    The balances are written by the ledger's trigger alone and never fall below 0, so that what is committed stays within what
    was allotted whatever writes (I10); pages show sums over the ledger, `verify_ledger` proves both equal.
    """

    reference = ReferenceField()
    area_code = AreaCodeField()
    programme = models.ForeignKey("support_programs.Programme", on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(
        "support_programs.ApprovalDecision", on_delete=models.PROTECT, related_name="budget_lines"
    )
    source = models.ForeignKey(FundingSource, on_delete=models.PROTECT, related_name="lines")
    stream = models.CharField(_("Nhóm đối tượng"), max_length=20, blank=True, default="", db_default="")
    note = models.CharField(_("Ghi chú"), max_length=300, blank=True, default="", db_default="")
    available = models.BigIntegerField(_("Còn lại"), default=0, db_default=0)
    committed = models.BigIntegerField(_("Trong đợt chi"), default=0, db_default=0)
    sent = models.BigIntegerField(_("Đã gửi chi, chờ kết quả"), default=0, db_default=0)
    paid = models.BigIntegerField(_("Đã chi"), default=0, db_default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["area_code", "-decision", "source", "stream"]
        verbose_name = _("dòng kinh phí")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "area_code", "source", "stream"], name="budget_line_once"
            ),
            models.CheckConstraint(condition=Q(available__gte=0), name="budget_line_not_exceeded"),
            models.CheckConstraint(
                condition=Q(committed__gte=0, sent__gte=0, paid__gte=0), name="budget_line_balances_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def allotted(self) -> int:
        """Đồng that the line has been given, less what was taken from it."""
        return self.available + self.committed + self.sent + self.paid


class BudgetMovement(models.Model):
    """Money moved by a paper after it was allotted: to another line, back to the budget, or a wrong record taken back (I16)."""

    reference = ReferenceField()
    area_code = AreaCodeField()
    kind = models.CharField(_("Loại"), max_length=12, choices=MovementKind)
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="movements")
    to_line = models.ForeignKey(BudgetLine, null=True, on_delete=models.PROTECT, related_name="received")
    allocation = models.ForeignKey(
        "disbursements.Allocation", null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    amount = models.BigIntegerField(_("Số tiền"))
    document_number = models.CharField(_("Số văn bản"), max_length=60)
    moved_on = models.DateField(_("Ngày văn bản"))
    reason = models.CharField(_("Lý do"), max_length=500)
    recorded_by_id = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-moved_on", "-id"]
        verbose_name = _("điều chỉnh kinh phí")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="movement_amount_positive"),
            models.CheckConstraint(condition=Q(kind__in=MovementKind.values), name="movement_kind_known"),
            models.CheckConstraint(
                condition=Q(reason__gt="", document_number__gt=""), name="movement_has_paper"
            ),
            models.CheckConstraint(
                condition=(Q(kind=MovementKind.TRANSFER) & Q(to_line__isnull=False) & ~Q(to_line=F("line")))
                | (~Q(kind=MovementKind.TRANSFER) & Q(to_line__isnull=True)),
                name="transfer_has_two_lines",
            ),
            models.CheckConstraint(
                condition=Q(kind=MovementKind.CORRECTION, allocation__isnull=False)
                | (~Q(kind=MovementKind.CORRECTION) & Q(allocation__isnull=True)),
                name="correction_names_its_allocation",
            ),
            models.UniqueConstraint(
                fields=["allocation"], condition=Q(allocation__isnull=False), name="allocation_corrected_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reference
