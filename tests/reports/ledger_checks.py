"""What the money of each report must equal, added up row by row over ledger and case tables, never by the figures engine.

A report without money says `no_money`. Whoever adds a report adds its line here.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from disbursements.enums import InstructionStatus
from disbursements.models import Donation, LedgerPosting, PaymentInstruction, Recovery
from reports.definitions import DEFINITIONS
from reports.definitions.base import Report
from support_programs.enums import CaseStatus, EntitlementStatus
from support_programs.models import Case, Entitlement

Check = Callable[[Report], None]
Sum = Callable[[tuple[str, ...]], int]
FIRST: Final = dt.date(2021, 9, 1)
TODAY: Final = dt.date(2021, 9, 27)
BEGINNING: Final = dt.date.min


def ledger(account: str, first: dt.date = BEGINNING, *, kinds: tuple[str, ...] = ()) -> Sum:
    """Đồng of an account from a day to the end of the period, posting by posting."""

    def read(programmes: tuple[str, ...]) -> int:
        return sum(
            row.amount
            for row in LedgerPosting.objects.filter(account=account)
            if first <= row.business_date <= TODAY
            and (not programmes or row.programme_id in programmes)
            and (not kinds or row.kind in kinds)
        )

    return read


def together(*sums: Sum) -> Sum:
    """Several sums added up."""
    return lambda programmes: sum(one(programmes) for one in sums)


def negative(one: Sum) -> Sum:
    """What left an account."""
    return lambda programmes: -one(programmes)


def approved(first: dt.date = BEGINNING) -> Sum:
    """Entitlements of decisions signed by the end of the period."""

    def read(programmes: tuple[str, ...]) -> int:
        return sum(
            row.amount
            for row in Entitlement.objects.select_related("decision")
            if row.status in EntitlementStatus.after_decision()
            and row.decision is not None
            and first <= row.decision.signed_on <= TODAY
            and (not programmes or row.programme_id in programmes)
        )

    return read


def proposed(first: dt.date = BEGINNING) -> Sum:
    """What was asked for in dossiers received by the end of the period."""

    def read(programmes: tuple[str, ...]) -> int:
        return sum(
            row.amount_proposed or 0
            for row in Case.objects.exclude(status__in=[CaseStatus.DRAFT, CaseStatus.WITHDRAWN])
            if row.received_on is not None
            and first <= row.received_on <= TODAY
            and (not programmes or row.programme_id in programmes)
        )

    return read


def refused(programmes: tuple[str, ...]) -> int:
    """What refused dossiers of the period had asked for."""
    return sum(
        row.amount_proposed or 0
        for row in Case.objects.filter(status=CaseStatus.INELIGIBLE)
        if row.appraised_on is not None and FIRST <= row.appraised_on <= TODAY
    )


def paid_of_received(programmes: tuple[str, ...]) -> int:
    """What was paid on dossiers received in the period."""
    return sum(
        row.amount
        for row in Entitlement.objects.filter(status=EntitlementStatus.PAID).select_related("case")
        if row.programme_id in programmes and FIRST <= row.case.received_on <= TODAY
    )


def not_received(programmes: tuple[str, ...]) -> int:
    """The last attempts that came back or failed and that nothing took up."""
    last: dict[int, PaymentInstruction] = {}
    for row in PaymentInstruction.objects.order_by("attempt"):
        last[row.entitlement_id] = row
    return sum(row.amount for row in last.values() if row.status in InstructionStatus.final_without_payment())


def donated(first: dt.date, kind: str) -> Sum:
    """Donations that stand."""
    return lambda _programmes: sum(
        row.amount or 0
        for row in Donation.objects.filter(kind=kind, correction=None)
        if first <= row.received_on <= TODAY
    )


def recoveries(field: str) -> Sum:
    """Đồng of what was to come back, recovery by recovery."""
    return lambda _programmes: sum(
        getattr(row, field) for row in Recovery.objects.all() if row.opened_on <= TODAY
    )


def no_money(report: Report) -> None:
    """The report has no column of đồng with a total."""
    assert [column.key for column in report.columns if column.kind.value == "money" and column.total] == []


def equals(*programmes: str, **wanted: Sum) -> Check:
    """Totals of columns and what each must be, of some programmes (those of the definition where none is named)."""

    def check(report: Report) -> None:
        of = programmes or DEFINITIONS[report.code].programmes
        assert {key: report.totals[key] for key in wanted} == {key: one(of) for key, one in wanted.items()}

    return check


PAID: Final = ledger("paid")
_STAGES: Final = {
    "proposed_amount_period": proposed(FIRST),
    "approved_amount_period": approved(FIRST),
    "paid_amount_period": ledger("paid", FIRST),
    "proposed_amount_to_date": proposed(),
    "approved_amount_to_date": approved(),
    "paid_amount_to_date": PAID,
    "remaining_amount_to_date": together(approved(), negative(PAID)),
}


def stages(*programmes: str, without: tuple[str, ...] = ()) -> Check:
    """The columns that most reports have."""
    return equals(*programmes, **{key: one for key, one in _STAGES.items() if key not in without})


_BUDGET: Final = equals(
    given=together(*(ledger(account) for account in ("available", "committed", "sent", "unknown", "paid"))),
    committed_amount=ledger("committed"),
    sent_amount=together(ledger("sent"), ledger("unknown")),
    paid_period=ledger("paid", FIRST),
    paid_amount=PAID,
    left=ledger("available"),
)
_RECOVERED: Final = {
    "received": together(ledger("recovered"), ledger("handed_back")),
    "handed_back": ledger("handed_back"),
}
LEDGER: Final[Mapping[str, Check]] = {
    "audit_actions": no_money,
    "audit_denials": no_money,
    "audit_events": no_money,
    "audit_people": no_money,
    "audit_personal_data": no_money,
    "budget_decisions": _BUDGET,
    "budget_districts": _BUDGET,
    "budget_sources": _BUDGET,
    "daily_progress": stages(
        without=(
            "proposed_amount_period",
            "approved_amount_period",
            "paid_amount_period",
            "proposed_amount_to_date",
        )
    ),
    "donation_register": equals(cash=donated(FIRST, "cash"), goods_value=donated(FIRST, "goods")),
    "donation_use": equals(donated=donated(BEGINNING, "cash")),
    "donations": equals(
        period_cash=donated(FIRST, "cash"),
        period_goods_value=donated(FIRST, "goods"),
        cash=donated(BEGINNING, "cash"),
        goods_value=donated(BEGINNING, "goods"),
    ),
    "duplicates": equals(recovered_amount=lambda _programmes: 0),
    "employer_list": equals(paid_amount=PAID),
    "employer_summary": equals(paid_amount=PAID),
    "f0_f1_totals": stages(),
    "free_workers": equals(
        "LD_TU_DO",
        period_proposed_amount=proposed(FIRST),
        period_approved_amount=approved(FIRST),
        period_paid_amount=ledger("paid", FIRST),
        proposed_amount=proposed(),
        approved_amount=approved(),
        paid_amount=PAID,
        remaining_amount=together(approved(), negative(PAID)),
    ),
    "goods_stock": no_money,
    "late_lists": no_money,
    "left_behind": no_money,
    "monthly_regimes": equals("BTXH_THANG", paid_amount=PAID),
    "nq68_loans": equals("VAY_VON", paid_amount=PAID),
    "nq68_policies": stages(without=("proposed_amount_period",)),
    "nq68_result": stages(),
    "poverty": no_money,
    "programme_list": equals("LD_TU_DO", amount=proposed(FIRST), paid=paid_of_received),
    "programme_summary": stages("LD_TU_DO", without=("proposed_amount_period", "approved_amount_period")),
    "recoveries": equals(**_RECOVERED, to_hand_back=ledger("recovered"), left=ledger("receivable")),
    "recovery_people": equals(
        amount=recoveries("amount"), received=recoveries("recovered"), handed_back=recoveries("handed_back")
    ),
    "refusal_reasons": equals(amount=refused),
    "returned": equals(all_amount=not_received),
    "returned_people": equals(amount=not_received),
    "rice_quota": no_money,
    "rice_rounds": no_money,
    "rice_stock": no_money,
    "step_speed": no_money,
    "targets_half_year": no_money,
    "targets_progress": no_money,
    "unclaimed": equals(amount=negative(ledger("source", FIRST, kinds=("unclaimed",)))),
    "waiting_time": no_money,
    "weekly_progress": stages(
        without=("proposed_amount_period", "approved_amount_period", "proposed_amount_to_date")
    ),
}
