"""Rice of the demo: stores with stock, rice on its way, a donation, and a round of handing out at thị trấn Chợ Vàm."""

import datetime as dt
from random import Random
from typing import Final

from accounts.demo import PHU_TAN, PROVINCE
from accounts.models import User
from core import clock
from disbursements.enums import DonorKind
from disbursements.models import FundingSource, Goods, Handout, Store
from disbursements.services.goods_donations import DonationPaper, record_donation
from disbursements.services.goods_handouts import approve_handout, start_handout
from disbursements.services.goods_requests import HandoutRequest, prepare_handout, request_handout
from disbursements.services.goods_results import HandoutResults, record_handout_results
from disbursements.services.goods_stock import (
    StockPaper,
    StorePlace,
    add_store,
    receive_goods,
    record_arrival,
    send_goods,
)
from reports.demo.acting import acting
from reports.demo.dossiers import typed_of
from reports.demo.people import Numbers, people_of
from reports.demo.plan import CHO_VAM, OTHERS, ListPlan
from reports.demo.stages import Stage
from support_programs.models import Case, CaseList
from support_programs.queries.missing_papers import standing_of
from support_programs.services import agencies, approval
from support_programs.services.appraisal import verify_cases
from support_programs.services.claims import open_claim
from support_programs.services.lists import list_cases
from support_programs.services.papers import record_seen

_RICE: Final = "GAO_HO_TRO"
_PORTION: Final = 15
_PEOPLE: Final = 12
_FILED, _DECIDED, _CAME, _TODAY = (dt.date(2021, 9, day) for day in (13, 17, 20, 24))


def bring_rice(seed: int) -> str:
    """Stores, papers of stock and a round that is half handed out; gives in words how many portions."""
    case_list = _approved_list(Random(seed + 3))
    rice = Goods.objects.get(code="GAO")
    store = _stores(rice)
    handout = _round(rice, store)
    _hand_out(handout)
    return f"{handout.line_count} portions of rice for {case_list.reference}"


def _approved_list(random: Random) -> CaseList:
    """A list of poor people of the commune that the department has decided."""
    plan = ListPlan(CHO_VAM, OTHERS, Stage.DRAFT, _PEOPLE, 0)
    people = people_of(plan, _PEOPLE, Numbers(random), random)
    with acting("xa30409", _FILED) as actor:
        cases = [
            open_claim(
                programme=_RICE,
                received_on=_FILED,
                applicant=typed_of(human),
                answers={"group": "poor" if place % 3 else "near_poor", "present_locally": "true"},
                actor=actor,
                keeps_warnings=True,
            )
            for place, human in enumerate(people)
        ]
        for case in cases:
            record_seen(
                case, codes=[paper.code for paper in standing_of([case.pk])[case.pk].missing], actor=actor
            )
        list_cases(Case.objects.filter(pk__in=[case.pk for case in cases]), actor=actor)
        case_list = CaseList.objects.get(cases=cases[0])
        case_list = agencies.submit_to_department(case_list, actor=actor)
    return _decided(case_list)


def _decided(case_list: CaseList) -> CaseList:
    with acting("so-a", _FILED) as actor:
        verify_cases(Case.objects.filter(case_list=case_list), actor=actor)
        case_list.refresh_from_db()
        case_list = approval.conclude_list(case_list, actor=actor)
    with acting("tinh-a", _DECIDED) as actor:
        paper = approval.DecisionPaper("DEMO-51/QĐ-SLĐTBXH", _DECIDED, "Châu Văn Ly (bản dùng thử)")
        approval.approve_money([case_list], paper=paper, actor=actor)
    case_list.refresh_from_db()
    return case_list


def _stores(rice: Goods) -> Store:
    """The department's store sends rice to the district; the commune has its own, filled, and a benefactor gives more."""
    source = FundingSource.objects.get(code="TW")
    with acting("kt-tinh-a", _CAME) as actor:
        province = add_store(actor=actor, place=_place(PROVINCE, "Kho gạo Sở LĐ-TBXH", "Lê Văn Thơm"))
        receive_goods(
            actor=actor, store=province, paper=_paper(rice, 30_000, "DEMO-PN-01", _CAME), source=source
        )
    with acting("kt888a", _CAME) as actor:
        district = add_store(actor=actor, place=_place(PHU_TAN, "Kho huyện Phú Tân", "Trần Quốc Toàn"))
        receive_goods(
            actor=actor, store=district, paper=_paper(rice, 4_500, "DEMO-PN-02", _CAME), source=source
        )
        _donated(rice, district, actor)
    with acting("xa30409", _CAME) as actor:
        commune = add_store(actor=actor, place=_place(CHO_VAM, "Kho thị trấn Chợ Vàm", "Nguyễn Văn Hậu"))
    with acting("kt888a", _CAME) as actor:
        sending = send_goods(
            actor=actor, store=district, to_store=commune, paper=_paper(rice, 600, "DEMO-PX-03", _CAME)
        )
    with acting("xa30409", _TODAY) as actor:
        record_arrival(actor=actor, sending=sending, paper=_paper(rice, 600, "DEMO-PN-03", _TODAY))
    with acting("kt-tinh-a", _TODAY) as actor:
        send_goods(
            actor=actor, store=province, to_store=district, paper=_paper(rice, 12_000, "DEMO-PX-04", _TODAY)
        )
    return commune


def _place(area: str, name: str, keeper: str) -> StorePlace:
    return StorePlace(area, name, "", keeper)


def _paper(rice: Goods, quantity: int, number: str, day: dt.date) -> StockPaper:
    return StockPaper(rice, quantity, number, day)


def _donated(rice: Goods, store: Store, actor: User) -> None:
    record_donation(
        actor=actor,
        paper=DonationPaper(
            donor_name="Chùa Phú Thạnh (dùng thử)",
            donor_kind=DonorKind.GROUP,
            receipt_number="DEMO-UH-07",
            received_on=_CAME,
            amount=9_000_000,
            goods=rice,
            quantity=500,
            store=store,
            purpose="Giúp hộ khó khăn trong thời gian giãn cách",
        ),
    )


def _round(rice: Goods, store: Store) -> Handout:
    """The round of the commune: made by the district's accountant, approved by the province, its rice taken out today."""
    with acting("kt888a", _TODAY) as actor:
        request = HandoutRequest(
            _RICE, CHO_VAM, store, rice, key="demo-rice", title="Cấp gạo đợt 1, thị trấn Chợ Vàm"
        )
        handout = request_handout(actor=actor, request=request)
        prepare_handout(handout=handout, actor=actor)
    handout.refresh_from_db()
    with acting("tinh-b", _TODAY) as actor:
        handout = approve_handout(actor=actor, handout=handout)
    with acting("kt888a") as actor:
        handout = start_handout(actor=actor, handout=handout, document_number="DEMO-PX-05")
    handout.refresh_from_db()
    return handout


def _hand_out(handout: Handout) -> None:
    """Most have their rice, one was away, the others come today."""
    references = list(handout.lines.order_by("position").values_list("reference", flat=True))
    with acting("kt888a", clock.today()) as actor:
        results = HandoutResults(frozenset(references[:7]), {references[7]: "Vắng mặt khi cấp phát"})
        record_handout_results(actor=actor, handout=handout, results=results)
