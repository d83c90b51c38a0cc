"""People whose support is approved, and the money for it: what payouts start from.

Made set-based and through the tables' own triggers, so that thousands of people take a moment and nothing is impossible.
"""

import datetime as dt
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.db import connection

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Employer, PayoutAccount, Person
from core import crypto
from disbursements.enums import PayoutChannel
from disbursements.models import Allocation, Batch, BudgetLine, FundingSource, PaymentInstruction
from disbursements.queries.payout_warnings import LABELS
from disbursements.services.batches import approve_batch, release_batch
from disbursements.services.building import prepare_batch
from disbursements.services.requests import BatchRequest, request_batch
from support_programs.models import ApprovalDecision, Case, CaseList, Entitlement, Programme, ProgrammeVersion
from tests.factories.people import COMMUNE, DISTRICT, user

PROGRAMME = "LD_TU_DO"
AMOUNT = 1_500_000
SIGNED_ON = "2021-09-20"
# references made here begin with a 9, far above those of the database's own sequences
_number = count(1)


@dataclass(slots=True)
class Staff:
    """The people of a district's chain; each a person of their own."""

    enterer: User = field(default_factory=lambda: user(Role.COMMUNE_OFFICER))
    appraiser: User = field(default_factory=lambda: user(Role.DISTRICT_OFFICER))
    list_approver: User = field(default_factory=lambda: user(Role.DISTRICT_HEAD))
    money_appraiser: User = field(default_factory=lambda: user(Role.PROVINCIAL_REVIEWER))
    money_approver: User = field(default_factory=lambda: user(Role.PROVINCIAL_APPROVER))
    accountant: User = field(default_factory=lambda: user(Role.ACCOUNTANT, name="Kế toán Lê Thị Hoa"))
    approver: User = field(default_factory=lambda: user(Role.PROVINCIAL_APPROVER, name="Trần Minh Đức"))


@dataclass(slots=True)
class ApprovedList:
    """One list whose money is approved."""

    staff: Staff
    decision: ApprovalDecision
    case_list: CaseList

    @property
    def entitlements(self) -> list[Entitlement]:
        return list(Entitlement.objects.filter(case_list=self.case_list).order_by("id"))


def programme() -> ProgrammeVersion:
    """The programme and its version, made when a test comes first."""
    Programme.objects.get_or_create(
        code=PROGRAMME, defaults={"name": "Hỗ trợ lao động tự do", "short_name": "Lao động tự do"}
    )
    version = ProgrammeVersion.objects.filter(programme_id=PROGRAMME).first()
    return version or ProgrammeVersion.objects.create(
        programme_id=PROGRAMME, code="2021-08", valid_from="2021-08-01", content_hash="h" * 64, definition={}
    )


def approved_list(
    people: int = 3,
    *,
    staff: Staff | None = None,
    area: str = COMMUNE,
    stream: str = "khac",
    amount: int = AMOUNT,
    with_accounts: int = 0,
    decision: ApprovalDecision | None = None,
    employer: Employer | None = None,
    version: ProgrammeVersion | None = None,
    **fields: Any,
) -> ApprovedList:
    """A list of `people` approved entitlements, no money yet; the first `with_accounts` have an account; `fields`: its own."""
    staff = staff or Staff()
    number = next(_number)
    version = version or programme()
    decision = decision or ApprovalDecision.objects.create(
        reference=f"QD-2021-9{number:07d}",
        area_code="89",
        programme_id=PROGRAMME,
        number=f"{2000 + number}/QĐ-UBND",
        signed_on=SIGNED_ON,
        people=people,
        amount=people * amount,
        recorded_by_id=staff.money_approver.pk,
        recorded_by_name=staff.money_approver.full_name,
    )
    case_list = CaseList.objects.create(
        reference=f"DS-2021-9{number:07d}",
        area_code=area,
        status="draft",
        programme_id=PROGRAMME,
        version_used=version,
        stream=stream,
        title=f"Danh sách {number}",
        list_date="2021-08-20",
        step_started_on="2021-08-20",
        created_by_id=staff.enterer.pk,
        submitted_by_id=staff.enterer.pk,
        money_appraised_by_id=staff.money_appraiser.pk,
        money_approved_by_id=staff.money_approver.pk,
        decision=decision,
        decision_number=decision.number,
        decision_date=SIGNED_ON,
        employer=employer,
        **{"list_approved_by_id": staff.list_approver.pk, **fields},
    )
    at_district = ("posting", "posted", "at_district", "district_approved")
    at_department = ("at_department", "money_appraised", "money_approved")
    for status in (*(at_district if case_list.has_list_approval else ()), *at_department):
        CaseList.objects.filter(pk=case_list.pk).update(status=status)
    case_list.refresh_from_db()
    _fill(case_list, people, staff, stream, amount, version, with_accounts)
    return ApprovedList(staff, decision, case_list)


def allocation(of: ApprovedList, amount: int | None = None, on: str = "2021-09-24") -> Allocation:
    """The district's money for a list's decision, by default all of it."""
    return _allocate(budget_line(of), of.staff.accountant.pk, amount, on)


def _allocate(line: BudgetLine, by: int, amount: int | None = None, on: str = "2021-09-24") -> Allocation:
    total = sum(
        e.amount
        for e in Entitlement.objects.filter(decision=line.decision, area_code__startswith=line.area_code)
    )
    number = next(_number)
    return Allocation.objects.create(
        reference=f"PB-2021-9{number:07d}",
        line=line,
        area_code=line.area_code,
        programme_id=line.programme_id,
        decision_id=line.decision_id,
        document_number=f"{number}/STC-NS",
        allocated_on=on,
        amount=total if amount is None else amount,
        recorded_by_id=by,
    )


def budget_line(of: ApprovedList, source: str = "TINH", stream: str = "") -> BudgetLine:
    """The line of a list's decision in its district; empty until money is allocated to it."""
    return _line(of.decision.pk, of.case_list.area_code, source, stream)


def _line(decision: int, area: str, source: str = "TINH", stream: str = "") -> BudgetLine:
    line, _made = BudgetLine.objects.get_or_create(
        area_code=area[:5],
        decision_id=decision,
        source=FundingSource.objects.get(code=source),
        stream=stream,
        defaults={"reference": f"KP-2021-9{next(_number):07d}", "programme_id": PROGRAMME},
    )
    return line


def _money_of(entitlement: Entitlement, by: int) -> BudgetLine:
    """A line with the money of an entitlement's decision in its district."""
    found = BudgetLine.objects.filter(
        decision=entitlement.decision_id, area_code=entitlement.area_code[:5]
    ).first()
    if found is None:
        assert entitlement.decision_id is not None
        found = _line(entitlement.decision_id, entitlement.area_code)
        _allocate(found, by)
    return found


def payable_list(people: int = 3, **options: Any) -> ApprovedList:
    """An approved list whose money has reached the district."""
    made = approved_list(people, **options)
    allocation(made)
    return made


def _references(prefix: str, number: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT next_reference(%s, 2021) FROM generate_series(1, %s)", [prefix, number])
        return [row[0] for row in cursor.fetchall()]


def _fill(
    case_list: CaseList,
    people: int,
    staff: Staff,
    stream: str,
    amount: int,
    version: ProgrammeVersion,
    with_accounts: int,
) -> None:
    area = case_list.area_code
    persons = [
        Person(
            reference=reference,
            area_code=area,
            full_name=f"Nguyễn Văn {place}",
            name_key=f"nguyen van {place}",
            name_sort=f"{place:06d} nguyen van",
            birth_date=dt.date(1970, 1, 1) + dt.timedelta(days=place % 9000),
            birth_year=(dt.date(1970, 1, 1) + dt.timedelta(days=place % 9000)).year,
            sex="M",
            hamlet=f"Ấp {place % 5}",
        )
        for place, reference in enumerate(_references("NT", people), start=1)
    ]
    Person.objects.bulk_create(persons, batch_size=2000)
    cases = [
        Case(
            reference=reference,
            area_code=area,
            status="draft",
            programme_id=PROGRAMME,
            version_used=version,
            stream=stream,
            person=person,
            case_list=case_list,
            position=place,
            applicant_name=person.full_name,
            name_key=person.name_key,
            name_sort=person.name_sort,
            birth_date=person.birth_date,
            birth_year=person.birth_year,
            sex="M",
            number_kind="CCCD",
            number_last3="412",
            hamlet=person.hamlet,
            occupation="Bán vé số",
            received_on="2021-08-20",
            result="eligible",
            amount_proposed=amount,
            entered_by_id=staff.enterer.pk,
            appraised_by_id=staff.appraiser.pk,
            appraised_on="2021-08-25",
        )
        for place, (person, reference) in enumerate(
            zip(persons, _references("HS", people), strict=True), start=1
        )
    ]
    Case.objects.bulk_create(cases, batch_size=2000)
    Entitlement.objects.bulk_create(
        [_entitlement(case, staff, case_list, amount, version) for case in cases], batch_size=2000
    )
    PayoutAccount.objects.bulk_create(_account(case) for case in cases[:with_accounts])
    for status in ("listed", "appraising", "eligible", "approved"):
        case_list.cases.update(status=status)
    Entitlement.objects.filter(case_list=case_list).update(status="approved")


def _entitlement(
    case: Case, staff: Staff, case_list: CaseList, amount: int, version: ProgrammeVersion
) -> Entitlement:
    number = f"0890{next(_number):08d}"
    return Entitlement(
        reference=case.reference,
        area_code=case.area_code,
        status="proposed",
        programme_id=PROGRAMME,
        case=case,
        case_list=case_list,
        claimant_id=case.person_id,
        exclusive_group=version.definition.get("exclusive_group", ""),
        decision_id=case_list.decision_id,
        amount=amount,
        cap=amount,
        lines=[],
        version_hash=version.content_hash,
        payee_name=case.applicant_name,
        payee_number_encrypted=crypto.encrypt("number", number),
        payee_number_last3=number[-3:],
        entered_by_id=staff.enterer.pk,
        appraised_by_id=staff.appraiser.pk,
        has_list_approval=case_list.has_list_approval,
        list_approved_by_id=case_list.list_approved_by_id,
        money_appraised_by_id=staff.money_appraiser.pk,
        money_approved_by_id=staff.money_approver.pk,
    )


def _account(case: Case) -> PayoutAccount:
    return PayoutAccount(
        area_code=case.area_code,
        person_id=case.person_id,
        bank_name="Agribank",
        holder_name=case.applicant_name.upper(),
        account_encrypted=crypto.encrypt("account", "6700205100927"),
        account_index=crypto.blind_index("account", "6700205100927"),
        account_last3="927",
        valid_from="2021-08-01",
    )


def bare_batch(maker: User, *, is_prepared: bool = False) -> Batch:
    """A batch of one line, put together by hand: for tests that are about the engine, not about payouts."""
    number = next(_number)
    made = approved_list(1)
    entitlement = made.entitlements[0]
    batch = Batch.objects.create(
        reference=f"DC-2021-9{number:07d}",
        area_code=DISTRICT,
        programme_id=PROGRAMME,
        title="Đợt thử",
        channel="cash",
        status="preparing",
        idempotency_key=f"k{number}",
        request_hash="h",
        line_count=1,
        total_amount=entitlement.amount,
        created_by_id=maker.pk,
        created_by_name=maker.full_name,
    )
    bare_line(batch, entitlement)
    Entitlement.objects.filter(pk=entitlement.pk).update(status="committed")
    if is_prepared:
        Batch.objects.filter(pk=batch.pk).update(status="prepared", version=2)
        batch.refresh_from_db()
    return batch


def bare_line(batch: Batch, entitlement: Entitlement, **other: Any) -> PaymentInstruction:
    """One line of a batch as the build would write it; `other` values are for tests that try to break it."""
    fields = {
        "reference": f"LC-2021-9{next(_number):07d}",
        "area_code": entitlement.area_code,
        "status": "queued",
        "batch": batch,
        "batch_reference": batch.reference,
        "entitlement": entitlement,
        "budget_line": _money_of(entitlement, batch.created_by_id),
        "case_reference": entitlement.reference,
        "case_list_id": entitlement.case_list_id,
        "decision_number": "1/QĐ-UBND",
        "position": next(_number),
        "channel": batch.channel,
        "amount": entitlement.amount,
        "cap": entitlement.cap,
        "version_hash": entitlement.version_hash,
        "payee_name": entitlement.payee_name,
        "payee_sort": "",
        "payee_number_encrypted": entitlement.payee_number_encrypted,
        "payee_number_last3": entitlement.payee_number_last3,
        "entered_by_id": entitlement.entered_by_id,
        "list_approved_by_id": entitlement.list_approved_by_id,
        "money_approved_by_id": entitlement.money_approved_by_id,
        "batched_by_id": batch.created_by_id,
        "received_on": entitlement.case.received_on,
    }
    return PaymentInstruction.objects.create(**{**fields, **other})


def request_for(
    key: str = "k1", *, area: str = DISTRICT, channel: str = "cash", stream: str = "", **other: Any
) -> BatchRequest:
    """A request by somebody who took note of every warning, unless `other` says otherwise."""
    return BatchRequest(
        PROGRAMME, area, stream, PayoutChannel(channel), key, **{"warnings_seen": frozenset(LABELS), **other}
    )


def two_decisions() -> tuple[ApprovedList, ApprovedList]:
    """2 and 3 payable people of one district, by decisions of the province's only two approvers."""
    first = payable_list(2)
    staff = first.staff
    swapped = Staff(
        staff.enterer,
        staff.appraiser,
        staff.list_approver,
        staff.money_appraiser,
        staff.approver,
        staff.accountant,
        staff.money_approver,
    )
    return first, payable_list(3, staff=swapped)


def prepared_batch(made: ApprovedList, **options: Any) -> Batch:
    """A batch of the district, asked for and built as a worker would; its lines wait for approval."""
    actor = made.staff.accountant
    batch = request_batch(actor=actor, request=request_for(f"key{next(_number)}", **options))
    prepare_batch(batch=batch, actor=actor)
    batch.refresh_from_db()
    return batch


def released_batch(made: ApprovedList, **options: Any) -> Batch:
    """A batch that is being paid: every line sent."""
    batch = prepared_batch(made, **options)
    approve_batch(actor=made.staff.approver, batch=batch)
    return release_batch(actor=made.staff.accountant, batch=batch)
