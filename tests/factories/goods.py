"""People who are owed rice, stores with rice in them, and rounds of handing it out."""

import datetime as dt
from dataclasses import dataclass
from itertools import count
from typing import Any

from beneficiaries.models import Person
from core import crypto
from disbursements.models import FundingSource, Goods, Handout, StockMovement, Store
from disbursements.services.goods_handouts import approve_handout, start_handout
from disbursements.services.goods_requests import HandoutRequest, prepare_handout, request_handout
from disbursements.services.goods_stock import StockPaper, StorePlace, add_store, receive_goods
from support_programs.models import ApprovalDecision, Case, CaseList, Entitlement, Programme, ProgrammeVersion
from tests.factories.payments import SIGNED_ON, Staff, _references
from tests.factories.people import COMMUNE, DISTRICT

RICE = "GAO_HO_TRO"
PORTION = 15
PERIOD = "wave_2021_08"
MOVED_ON = dt.date(2021, 9, 20)
_number = count(1)


@dataclass(slots=True)
class RiceList:
    """One list of people whose rice is approved."""

    staff: Staff
    decision: ApprovalDecision
    case_list: CaseList

    @property
    def entitlements(self) -> list[Entitlement]:
        return list(Entitlement.objects.filter(case_list=self.case_list).order_by("id"))


def rice_version() -> ProgrammeVersion:
    Programme.objects.get_or_create(
        code=RICE, defaults={"name": "Hỗ trợ gạo cho người dân", "short_name": "Hỗ trợ gạo"}
    )
    version = ProgrammeVersion.objects.filter(programme_id=RICE).first()
    return version or ProgrammeVersion.objects.create(
        programme_id=RICE, code="wave", valid_from="2021-08-01", content_hash="g" * 64, definition={}
    )


def rice() -> Goods:
    return Goods.objects.get(code="GAO")


def rice_list(people: int = 3, *, staff: Staff | None = None, area: str = COMMUNE) -> RiceList:
    """A list whose `people` are each owed 15 kg of rice; nobody of a district approves such a list (Công văn 2119)."""
    staff, number, version = staff or Staff(), next(_number), rice_version()
    decision = ApprovalDecision.objects.create(
        reference=f"QD-2021-8{number:07d}",
        area_code="89",
        programme_id=RICE,
        number=f"{number}/QĐ-SLĐTBXH",
        signed_on=SIGNED_ON,
        people=people,
        amount=0,
        recorded_by_id=staff.money_approver.pk,
        recorded_by_name=staff.money_approver.full_name,
    )
    case_list = CaseList.objects.create(
        reference=f"DS-2021-8{number:07d}",
        area_code=area,
        status="draft",
        programme_id=RICE,
        version_used=version,
        title=f"Danh sách gạo {number}",
        list_date="2021-08-31",
        step_started_on="2021-08-31",
        created_by_id=staff.enterer.pk,
        submitted_by_id=staff.enterer.pk,
        has_list_approval=False,
        has_money_appraisal=False,
        concluded_by_id=staff.money_appraiser.pk,
        money_approved_by_id=staff.money_approver.pk,
        decision=decision,
        decision_number=decision.number,
        decision_date=SIGNED_ON,
    )
    for status in ("at_department", "at_province", "money_approved"):
        CaseList.objects.filter(pk=case_list.pk).update(status=status)
    case_list.refresh_from_db()
    _fill(case_list, people, staff, version)
    return RiceList(staff, decision, case_list)


def _fill(case_list: CaseList, people: int, staff: Staff, version: ProgrammeVersion) -> None:
    area = case_list.area_code
    persons = [
        Person(
            reference=reference,
            area_code=area,
            full_name=f"Trần Thị {place}",
            name_key=f"tran thi {place}",
            name_sort=f"{place:06d} tran thi",
            birth_date=dt.date(1960, 1, 1) + dt.timedelta(days=place % 9000),
            birth_year=1960,
            sex="F",
            hamlet=f"Ấp {place % 5}",
        )
        for place, reference in enumerate(_references("NT", people), start=1)
    ]
    Person.objects.bulk_create(persons)
    cases = [
        Case(
            reference=reference,
            area_code=area,
            status="draft",
            programme_id=RICE,
            version_used=version,
            person=person,
            case_list=case_list,
            position=place,
            applicant_name=person.full_name,
            name_key=person.name_key,
            name_sort=person.name_sort,
            birth_date=person.birth_date,
            birth_year=person.birth_year,
            sex="F",
            number_kind="CCCD",
            number_last3="412",
            hamlet=person.hamlet,
            received_on="2021-08-31",
            result="eligible",
            amount_proposed=0,
            unit="kg",
            quantity=PORTION,
            period=PERIOD,
            entered_by_id=staff.enterer.pk,
            appraised_by_id=staff.appraiser.pk,
            appraised_on="2021-09-01",
        )
        for place, (person, reference) in enumerate(
            zip(persons, _references("HS", people), strict=True), start=1
        )
    ]
    Case.objects.bulk_create(cases)
    Entitlement.objects.bulk_create([_owed(case, staff, case_list, version) for case in cases])
    for status in ("listed", "appraising", "eligible", "approved"):
        case_list.cases.update(status=status)
    Entitlement.objects.filter(case_list=case_list).update(status="approved")


def _owed(case: Case, staff: Staff, case_list: CaseList, version: ProgrammeVersion) -> Entitlement:
    number = f"0891{next(_number):08d}"
    return Entitlement(
        reference=case.reference,
        area_code=case.area_code,
        status="proposed",
        programme_id=RICE,
        case=case,
        case_list=case_list,
        claimant_id=case.person_id,
        decision_id=case_list.decision_id,
        amount=0,
        cap=0,
        unit="kg",
        quantity=PORTION,
        period=PERIOD,
        lines=[],
        version_hash=version.content_hash,
        payee_name=case.applicant_name,
        payee_number_encrypted=crypto.encrypt("number", number),
        payee_number_last3=number[-3:],
        entered_by_id=staff.enterer.pk,
        appraised_by_id=staff.appraiser.pk,
        has_list_approval=False,
        money_approved_by_id=staff.money_approver.pk,
    )


def paper(quantity: int = 1000, *, reason: str = "", on: dt.date = MOVED_ON) -> StockPaper:
    """A stock paper over rice, with a number of its own."""
    return StockPaper(rice(), quantity, f"{next(_number)}/PNK", on, reason)


def store(staff: Staff, area: str = DISTRICT, *, kg: int = 0) -> Store:
    """A store of the district's accountant with so much rice in it."""
    made = add_store(actor=staff.accountant, place=StorePlace(area, f"Kho số {next(_number)}"))
    if kg:
        receipt(staff, made, kg)
    return made


def receipt(staff: Staff, into: Store, kg: int) -> StockMovement:
    source = FundingSource.objects.get(code="TW")
    return receive_goods(actor=staff.accountant, store=into, paper=paper(kg), source=source)


def request_for(made: RiceList, out_of: Store, key: str = "", **other: Any) -> HandoutRequest:
    given = {
        "programme": RICE,
        "area_code": DISTRICT,
        "key": key or f"cp{next(_number)}",
        "decision": made.decision.number,
    }
    return HandoutRequest(**{**given, "store": out_of, "goods": rice(), **other})


def prepared_handout(made: RiceList, out_of: Store, **other: Any) -> Handout:
    """A round of the list's people, asked for and put together as a worker would."""
    actor = made.staff.accountant
    handout = request_handout(actor=actor, request=request_for(made, out_of, **other))
    return prepare_handout(handout=handout, actor=actor)


def approved_handout(made: RiceList, out_of: Store, **other: Any) -> Handout:
    return approve_handout(actor=made.staff.approver, handout=prepared_handout(made, out_of, **other))


def started_handout(made: RiceList, out_of: Store | None = None, **other: Any) -> Handout:
    """A round whose goods have left the store: by default one that held exactly as much."""
    kg = PORTION * len(made.entitlements)
    handout = approved_handout(made, out_of or store(made.staff, kg=kg), **other)
    return start_handout(actor=made.staff.accountant, handout=handout, document_number=f"{next(_number)}/PXK")
