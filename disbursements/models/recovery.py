from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField, ReferenceField
from core.querysets import FencedManager
from disbursements.enums import RecoveryKind, RecoveryState


class Recovery(models.Model):
    """Money that was paid wrongly and is to come back ("thu hồi"): opened when two people are joined (I1), or by an officer.

    `recovered` and `handed_back` are written by the database's triggers over receipts and hand-backs (sql/after.sql), which also
    end it when all is back; both never pass `amount`, which never passes what the instruction paid.
    """

    reference = ReferenceField()
    area_code = AreaCodeField()
    entitlement = models.ForeignKey(
        "support_programs.Entitlement", on_delete=models.PROTECT, related_name="recoveries"
    )
    instruction = models.ForeignKey(
        "disbursements.PaymentInstruction", on_delete=models.PROTECT, related_name="recoveries"
    )
    person = models.ForeignKey("beneficiaries.Person", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        _("Loại"),
        max_length=12,
        choices=RecoveryKind,
        default=RecoveryKind.DOUBLE,
        db_default=RecoveryKind.DOUBLE,
    )
    amount = models.BigIntegerField(_("Số tiền"))
    reason = models.CharField(_("Lý do"), max_length=500)
    state = models.CharField(max_length=9, choices=RecoveryState, default=RecoveryState.OPEN)
    opened_by_id = models.BigIntegerField()
    opened_by_name = models.CharField(max_length=150, blank=True, default="", db_default="")
    opened_on = models.DateField()
    decision_number = models.CharField(
        _("Số quyết định"), max_length=60, blank=True, default="", db_default=""
    )
    decision_on = models.DateField(_("Ngày quyết định"), null=True)
    decision_signer = models.CharField(_("Người ký"), max_length=150, blank=True, default="", db_default="")
    recovered = models.BigIntegerField(_("Đã thu"), default=0, db_default=0)
    handed_back = models.BigIntegerField(_("Đã nộp ngân sách"), default=0, db_default=0)
    ended_reason = models.CharField(max_length=500, blank=True)
    ended_on = models.DateField(null=True)
    waiver_number = models.CharField(max_length=60, blank=True, default="", db_default="")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("thu hồi")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="recovery_amount_positive"),
            models.CheckConstraint(condition=Q(state__in=RecoveryState.values), name="recovery_state_known"),
            models.CheckConstraint(condition=Q(kind__in=RecoveryKind.values), name="recovery_kind_known"),
            models.CheckConstraint(
                condition=Q(state=RecoveryState.OPEN) | Q(ended_on__isnull=False, ended_reason__gt=""),
                name="ended_recovery_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(recovered__gte=0, recovered__lte=F("amount"))
                & Q(handed_back__gte=0, handed_back__lte=F("recovered")),
                name="recovery_sums_within_amount",
            ),
            # it ends by itself when all is back, and not before
            models.CheckConstraint(
                condition=(Q(state=RecoveryState.RECOVERED) & Q(recovered=F("amount")))
                | (~Q(state=RecoveryState.RECOVERED) & Q(recovered__lt=F("amount"))),
                name="recovered_when_all_is_back",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecoveryState.CANCELLED) | Q(recovered=0),
                name="cancelled_recovery_took_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecoveryState.WAIVED) | Q(waiver_number__gt=""),
                name="waived_by_a_decision",
            ),
            models.UniqueConstraint(
                fields=["entitlement"],
                condition=~Q(state=RecoveryState.CANCELLED),
                name="one_recovery_per_entitlement",
            ),
        ]
        indexes = [models.Index(fields=["area_code", "state", "-id"], name="recovery_queue")]

    def __str__(self) -> str:
        return self.reference

    @property
    def left(self) -> int:
        """Đồng still to come back; 0 once it has ended."""
        return self.amount - self.recovered if self.state == RecoveryState.OPEN else 0

    @property
    def to_hand_back(self) -> int:
        """Đồng that came back and are not with the budget yet."""
        return self.recovered - self.handed_back


class RecoveryInstalment(models.Model):
    """One due day of a plan. A new plan is a new `plan` number, earlier ones stay; `due_total` is what must be back by then,
    what had come back before the plan included, so that the last one is the whole amount.
    """

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="instalments")
    area_code = AreaCodeField()
    plan = models.PositiveSmallIntegerField()
    ordinal = models.PositiveSmallIntegerField()
    due_on = models.DateField(_("Hạn nộp"))
    amount = models.BigIntegerField(_("Số tiền"))
    due_total = models.BigIntegerField()
    planned_by_id = models.BigIntegerField()
    planned_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["recovery", "-plan", "ordinal"]
        verbose_name = _("kỳ thu hồi")
        constraints = [
            models.UniqueConstraint(fields=["recovery", "plan", "ordinal"], name="instalment_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, due_total__gte=F("amount")), name="instalment_amount_positive"
            ),
        ]
        indexes = [models.Index(fields=["area_code", "due_on"], name="instalment_due")]

    def __str__(self) -> str:
        return f"{self.recovery_id} {self.plan}.{self.ordinal}"


class RecoveryReceipt(models.Model):
    """Money that came back, as its receipt says."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="receipts")
    area_code = AreaCodeField()
    document_number = models.CharField(_("Số chứng từ"), max_length=60)
    received_on = models.DateField(_("Ngày thu"))
    amount = models.BigIntegerField(_("Số tiền"))
    recorded_by_id = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["received_on", "id"]
        verbose_name = _("phiếu thu hồi")
        constraints = [
            models.UniqueConstraint(fields=["recovery", "document_number"], name="recovery_receipt_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, document_number__gt=""), name="receipt_has_paper"
            ),
        ]

    def __str__(self) -> str:
        return self.document_number


class RecoveryHandBack(models.Model):
    """Recovered money given back to the budget that it came from, by its paper."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="hand_backs")
    area_code = AreaCodeField()
    document_number = models.CharField(_("Số chứng từ"), max_length=60)
    handed_on = models.DateField(_("Ngày nộp"))
    amount = models.BigIntegerField(_("Số tiền"))
    recorded_by_id = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["handed_on", "id"]
        verbose_name = _("nộp tiền thu hồi")
        constraints = [
            models.UniqueConstraint(fields=["recovery", "document_number"], name="hand_back_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, document_number__gt=""), name="hand_back_has_paper"
            ),
        ]

    def __str__(self) -> str:
        return self.document_number
