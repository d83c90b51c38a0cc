from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField
from core.querysets import FencedManager
from disbursements.enums import LedgerAccount, LedgerKind


class LedgerPosting(models.Model):
    """One leg of a double entry: đồng and people that reached (+) or left (-) an account; the legs of an `entry` sum to 0.

    Written by the database's own triggers (sql/ledger.sql) whenever allocations, movements, payment instructions or recoveries
    are written, whatever writes them; the application's role can read it only. `area_code` is the commune of the payee, or the
    area of the line. `object_ref` names the paper, batch or recovery.
    """

    entry = models.BigIntegerField()
    posted_at = models.DateTimeField(db_default=Now())
    business_date = models.DateField()
    kind = models.CharField(max_length=14, choices=LedgerKind)
    account = models.CharField(max_length=12, choices=LedgerAccount)
    area_code = AreaCodeField()
    programme = models.ForeignKey(
        "support_programs.Programme", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    budget_line = models.ForeignKey(
        "disbursements.BudgetLine", on_delete=models.PROTECT, related_name="postings", db_index=False
    )
    batch = models.ForeignKey(
        "disbursements.Batch", null=True, on_delete=models.PROTECT, related_name="postings", db_index=False
    )
    # the group of the people; empty where the money is nobody's yet
    stream = models.CharField(max_length=20, blank=True, default="", db_default="")
    object_ref = models.CharField(max_length=20, db_collation="C")
    amount = models.BigIntegerField(_("Số tiền"))
    people = models.IntegerField(_("Số người"))

    objects = FencedManager()

    class Meta:
        verbose_name = _("bút toán")
        constraints = [
            models.CheckConstraint(
                condition=Q(account__in=LedgerAccount.values), name="ledger_account_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=LedgerKind.values), name="ledger_kind_known"),
        ]
        indexes = [
            # money and people by area and account, for the overview
            models.Index(
                fields=["account", "area_code"],
                include=["amount", "people", "business_date", "programme", "stream"],
                name="ledger_totals",
            ),
            models.Index(
                fields=["batch", "account"], condition=Q(batch__isnull=False), name="ledger_of_batch"
            ),
            models.Index(fields=["budget_line", "account"], name="ledger_of_line"),
            models.Index(fields=["entry"], name="ledger_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.account} {self.amount}"
