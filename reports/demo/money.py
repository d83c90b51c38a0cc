"""The money of the demo: decisions with the demo's mark, allocations, entitlements."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from accounts.demo import PROVINCE
from accounts.enums import Role
from core.references import format_reference
from disbursements.models import Allocation, BudgetLine, FundingSource
from reports.demo.cases import AMOUNT
from reports.demo.copying import copy_rows, next_id
from reports.demo.filing import Entry, Filed, moment
from reports.demo.plan import VE_SO
from reports.demo.staff import Staff
from reports.demo.stages import WAVES, Stage
from support_programs.enums import CaseStatus, EntitlementStatus, Step
from support_programs.models import ApprovalDecision, Entitlement

# codes of disbursements/data/funding_sources.toml
_SOURCES: Final = {VE_SO: "XSKT", "KHAC": "HUYEN"}
Lines = dict[tuple[str, int, str], int]


@dataclass(slots=True)
class Claim:
    """One entitlement with the list and the case that it comes from."""

    pk: int
    item: Filed
    entry: Entry
    status: EntitlementStatus


def make_claims(filed: Sequence[Filed], first: int) -> list[Claim]:
    """An entitlement for every case that the district found eligible."""
    claims: list[Claim] = []
    for item in filed:
        is_decided = item.plan.stage.rank >= Stage.MONEY_APPROVED.rank
        status = EntitlementStatus.APPROVED if is_decided else EntitlementStatus.PROPOSED
        for entry in item.entries:
            if not entry.is_out and entry.status in (CaseStatus.ELIGIBLE, CaseStatus.APPROVED):
                claims.append(Claim(first + len(claims), item, entry, status))
    return claims


def write_decisions(
    cursor: CursorWrapper, filed: Sequence[Filed], programme_id: str, staff: Staff, first_number: int
) -> dict[int, int]:
    """One decision per wave that has lists; gives the record of each wave."""
    first = next_id(cursor, ApprovalDecision)
    sizes: dict[int, int] = {}
    for item in filed:
        if item.plan.wave is not None:
            people = sum(not entry.is_out for entry in item.entries)
            sizes[item.plan.wave] = sizes.get(item.plan.wave, 0) + people
    rows = []
    for place, (wave, people) in enumerate(sorted(sizes.items())):
        recorder = staff.pick(PROVINCE, Role.PROVINCIAL_APPROVER, wave)
        rows.append(
            {
                "id": first + place,
                "reference": format_reference("QD", 2021, first_number + place),
                "area_code": PROVINCE,
                "programme_id": programme_id,
                "number": WAVES[wave].number,
                "signed_on": WAVES[wave].signed_on,
                "signer": "Chủ tịch UBND tỉnh (bản dùng thử)",
                "people": people,
                "amount": people * AMOUNT,
                "recorded_by_id": recorder.pk,
                "recorded_by_name": recorder.full_name,
                "created_at": moment(WAVES[wave].signed_on, 480),
            }
        )
    copy_rows(cursor, ApprovalDecision, rows)
    return {wave: first + place for place, wave in enumerate(sorted(sizes))}


def write_lines(
    cursor: CursorWrapper,
    claims: Sequence[Claim],
    decisions: dict[int, int],
    programme_id: str,
    first_number: int,
) -> Lines:
    """The budget lines: of each district, decision and group of people; gives the record of each (district, wave, stream)."""
    keys = sorted(
        {
            (claim.item.plan.district, claim.item.plan.wave, claim.item.plan.stream)
            for claim in claims
            if claim.item.plan.wave is not None and WAVES[claim.item.plan.wave].allocated_on
        }
    )
    sources = dict(FundingSource.objects.using("owner").values_list("code", "pk"))
    first = next_id(cursor, BudgetLine)
    rows = [
        {
            "id": first + place,
            "reference": format_reference("KP", 2021, first_number + place),
            "area_code": district,
            "programme_id": programme_id,
            "decision_id": decisions[wave],
            "source_id": sources[_SOURCES[stream]],
            "stream": stream,
            "created_at": moment(WAVES[wave].allocated_on or WAVES[wave].signed_on, 300),
        }
        for place, (district, wave, stream) in enumerate(keys)
    ]
    copy_rows(cursor, BudgetLine, rows)
    return {key: first + place for place, key in enumerate(keys)}


def write_allocations(
    cursor: CursorWrapper,
    claims: Sequence[Claim],
    lines: Lines,
    decisions: dict[int, int],
    programme_id: str,
    staff: Staff,
    first_number: int,
) -> int:
    """What reached each budget line: exactly the approved sum."""
    sums: dict[tuple[str, int, str], int] = {}
    for claim in claims:
        plan = claim.item.plan
        if plan.wave is not None and WAVES[plan.wave].allocated_on:
            key = plan.district, plan.wave, plan.stream
            sums[key] = sums.get(key, 0) + AMOUNT
    first = next_id(cursor, Allocation)
    rows = [
        {
            "id": first + place,
            "reference": format_reference("PB", 2021, first_number + place),
            "area_code": district,
            "programme_id": programme_id,
            "decision_id": decisions[wave],
            "line_id": lines[district, wave, stream],
            "document_number": f"DEMO-{wave + 1:02d}{'VS' if stream == VE_SO else ''}/TB-TCKH",
            "allocated_on": WAVES[wave].allocated_on,
            "amount": amount,
            "recorded_by_id": staff.pick(district, Role.ACCOUNTANT, 0).pk,
            "created_at": moment(WAVES[wave].allocated_on or WAVES[wave].signed_on, 300),
        }
        for place, ((district, wave, stream), amount) in enumerate(sorted(sums.items()))
    ]
    return copy_rows(cursor, Allocation, rows)


def write_entitlements(
    cursor: CursorWrapper, claims: Sequence[Claim], decisions: dict[int, int], shape: dict[str, Any]
) -> None:
    """The entitlements with their snapshots; `shape` holds programme, exclusive group, lines, cap and version hash."""
    copy_rows(cursor, Entitlement, [{**_row(claim, decisions), **shape} for claim in claims])


def _row(claim: Claim, decisions: dict[int, int]) -> dict[str, object]:
    item, entry, plan = claim.item, claim.entry, claim.item.plan
    decided, appraised = plan.wave is not None, plan.stage.rank >= Stage.MONEY_APPRAISED.rank
    made_on = plan.end_of(Step.DISTRICT_APPRAISAL) or plan.day_of(Step.DISTRICT_APPRAISAL) or plan.list_date
    changed: dt.date = plan.end_of(Step.MONEY_APPROVAL) or made_on
    return {
        "id": claim.pk,
        "reference": entry.reference,
        "area_code": plan.area_code,
        "status": claim.status.value,
        "status_changed_at": moment(changed, 490),
        "created_at": moment(made_on, 200),
        "case_id": entry.pk,
        "case_list_id": item.pk,
        "claimant_id": entry.human.pk,
        "decision_id": decisions[plan.wave] if plan.wave is not None else None,
        "amount": AMOUNT,
        "payee_name": entry.human.full_name,
        "payee_number_encrypted": entry.human.number_encrypted,
        "payee_number_last3": entry.human.last3,
        "entered_by_id": item.officer.pk,
        "appraised_by_id": item.appraiser.pk,
        "list_approved_by_id": item.head.pk if plan.stage.rank >= Stage.DISTRICT_APPROVED.rank else None,
        "money_appraised_by_id": item.money_appraiser.pk if appraised else None,
        "money_approved_by_id": item.approver.pk if decided else None,
    }
