from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField, ReferenceField
from core.models.stateful import StatefulModel
from core.querysets import FencedManager
from support_programs.enums import VND, EntitlementStatus
from support_programs.models.case_list import differ

Json = dict[str, Any]


class Entitlement(StatefulModel):
    """What a case is owed, with its calculation lines; a snapshot of payee, rule version and cap, so that
    nothing is read through a key at pay time. Its reference is the case's.

    `claimant` is the root of joined persons; empty where an `employer` is owed. What is owed is `amount` đồng, or, in kind,
    `quantity` of a `unit` other than VND. One live entitlement per programme, claimant (or employer) and period; one per
    claimant among the regimes that exclude each other (NQ 68, Mục I), and one in a `second_group` of the catalogue; what two
    entries of one human had before they were joined is kept, one of both `doubles` the other.
    """

    # found by `entitlement_waiting`, which starts with it; each index less makes committing a batch faster
    programme = models.ForeignKey(
        "support_programs.Programme", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey("support_programs.Case", on_delete=models.PROTECT, related_name="entitlements")
    case_list = models.ForeignKey(
        "support_programs.CaseList", on_delete=models.PROTECT, related_name="entitlements"
    )
    claimant = models.ForeignKey(
        "beneficiaries.Person", null=True, on_delete=models.PROTECT, related_name="entitlements"
    )
    employer = models.ForeignKey(
        "beneficiaries.Employer",
        null=True,
        on_delete=models.PROTECT,
        related_name="entitlements",
        db_index=False,
    )
    decision = models.ForeignKey(
        "support_programs.ApprovalDecision", null=True, on_delete=models.PROTECT, related_name="entitlements"
    )
    # what this pays a second time since two people were found to be one ("chi trùng"); it is never paid, or recovered
    doubles = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="doubled_by", db_index=False
    )
    period = models.CharField(max_length=16, default="once")
    exclusive_group = models.CharField(max_length=20, blank=True)
    second_group = models.CharField(max_length=40, blank=True, default="", db_default="")
    amount = models.BigIntegerField(_("Mức hỗ trợ"))
    cap = models.BigIntegerField(_("Mức trần"))
    unit = models.CharField(max_length=8, default=VND, db_default=VND)
    quantity = models.PositiveIntegerField(default=0, db_default=0)
    lines: models.JSONField[list[Json], list[Json]] = models.JSONField()
    version_hash = models.CharField(max_length=64)
    payee_name = models.CharField(max_length=150)
    payee_number_encrypted = models.BinaryField()
    payee_number_last3 = models.CharField(max_length=3)
    entered_by_id = models.BigIntegerField()
    appraised_by_id = models.BigIntegerField()
    # as its list: False where no district approves the persons, and `list_approved_by_id` stays empty
    has_list_approval = models.BooleanField(default=True, db_default=True)
    list_approved_by_id = models.BigIntegerField(null=True)
    money_appraised_by_id = models.BigIntegerField(null=True)
    money_approved_by_id = models.BigIntegerField(null=True)

    # the case's reference; unique per live entitlement through the constraint below
    reference = ReferenceField(unique=False)

    objects = FencedManager()

    class Meta:
        verbose_name = _("mức hưởng")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=EntitlementStatus.values), name="entitlement_status_known"
            ),
            models.CheckConstraint(
                condition=Q(unit=VND, amount__gt=0, amount__lte=F("cap"))
                | (~Q(unit=VND) & Q(amount=0, quantity__gt=0)),
                name="entitlement_amount_within_cap",
            ),
            models.CheckConstraint(
                condition=Q(claimant__isnull=False) | Q(employer__isnull=False),
                name="entitlement_has_claimant",
            ),
            models.UniqueConstraint(
                fields=["programme", "claimant", "period"],
                condition=~Q(status=EntitlementStatus.CANCELLED) & Q(doubles__isnull=True),
                name="one_live_entitlement_per_period",
            ),
            models.UniqueConstraint(
                fields=["programme", "employer", "period"],
                condition=~Q(status=EntitlementStatus.CANCELLED) & Q(employer__isnull=False),
                name="one_live_entitlement_per_employer",
            ),
            models.UniqueConstraint(
                fields=["second_group", "claimant"],
                condition=~Q(status=EntitlementStatus.CANCELLED)
                & Q(second_group__gt="", doubles__isnull=True),
                name="one_live_of_second_group",
            ),
            models.UniqueConstraint(
                fields=["exclusive_group", "claimant"],
                condition=~Q(status=EntitlementStatus.CANCELLED)
                & Q(exclusive_group__gt="", doubles__isnull=True),
                name="one_live_exclusive_regime",
            ),
            models.UniqueConstraint(
                fields=["case", "period"],
                condition=~Q(status=EntitlementStatus.CANCELLED),
                name="one_live_entitlement_per_case",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=EntitlementStatus.after_decision())
                | (
                    Q(decision__isnull=False, money_approved_by_id__isnull=False)
                    & (Q(has_list_approval=False) | Q(list_approved_by_id__isnull=False))
                ),
                name="approved_entitlement_has_decision",
            ),
            differ("entered_by_id", "appraised_by_id", "entitlement_appraiser_did_not_enter"),
            differ("entered_by_id", "list_approved_by_id", "entitlement_approver_did_not_enter"),
            differ("appraised_by_id", "list_approved_by_id", "entitlement_approver_did_not_appraise"),
            differ("entered_by_id", "money_appraised_by_id", "entitlement_money_appraiser_did_not_enter"),
            differ("appraised_by_id", "money_appraised_by_id", "entitlement_money_appraiser_is_another"),
            differ("list_approved_by_id", "money_approved_by_id", "entitlement_payer_did_not_approve_list"),
            differ(
                "money_appraised_by_id", "money_approved_by_id", "entitlement_payer_did_not_appraise_money"
            ),
            differ("entered_by_id", "money_approved_by_id", "entitlement_payer_did_not_enter"),
            differ("appraised_by_id", "money_approved_by_id", "entitlement_payer_did_not_appraise"),
        ]
        indexes = [
            # what waits to be paid in an area
            models.Index(fields=["programme", "area_code", "status", "id"], name="entitlement_waiting"),
            # people and đồng by area and state, for the overview
            models.Index(fields=["area_code", "status"], include=["amount"], name="entitlement_totals"),
        ]


class ApprovalDecision(models.Model):
    """The signed decision of UBND tỉnh that approves the money of one or more lists. Number and date are those on the paper."""

    reference = ReferenceField()
    area_code = AreaCodeField()
    programme = models.ForeignKey("support_programs.Programme", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("Số quyết định"), max_length=60)
    signed_on = models.DateField(_("Ngày ký"))
    signer = models.CharField(_("Người ký"), max_length=150, blank=True)
    scan = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveIntegerField(_("Số người"))
    amount = models.BigIntegerField(_("Số tiền"))
    recorded_by_id = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-signed_on", "-id"]
        verbose_name = _("quyết định phê duyệt")
        constraints = [
            models.UniqueConstraint(fields=["number", "signed_on"], name="decision_number_once_per_day"),
            models.CheckConstraint(condition=Q(amount__gte=0, people__gt=0), name="decision_not_empty"),
        ]

    def __str__(self) -> str:
        return self.number
