"""Dossiers of the other policies: a few of each, taken in by the demo's officers through the services, at the desks between."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from accounts.models import User
from beneficiaries.enums import Sex
from core import clock
from core.dates import format_date
from core.transitions import TransitionRefused
from reports.demo.acting import acting
from reports.demo.people import Human, Numbers, people_of
from reports.demo.plan import CHO_VAM, OTHERS, ListPlan
from reports.demo.stages import Stage
from support_programs.enums import CaseStatus
from support_programs.models import Case, CaseList
from support_programs.queries.missing_papers import standing_of
from support_programs.services import agencies, appraisal, approval, employer_months, posting
from support_programs.services.claims import open_claim
from support_programs.services.lists import list_cases
from support_programs.services.papers import record_seen

# who takes in and who appraises at each level; nobody does both for a dossier
_DISTRICT: Final = ("cv888b", "cv888a", "ld888a")
_DEPARTMENT: Final = ("so-a", "so-b")
_AT_COMMUNE: Final = "xa30409"
Typed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented employer."""

    name: str
    tax_code: str
    kind: str = "enterprise"
    address: str = "Thị trấn Phú Mỹ, huyện Phú Tân"

    def typed(self) -> dict[str, str]:
        return {"name": self.name, "tax_code": self.tax_code, "kind": self.kind, "address": self.address}


FIRMS: Final = (
    Firm("Công ty TNHH May mặc Phú Mỹ (dùng thử)", "1600123453"),
    Firm("Công ty TNHH Chế biến thủy sản Chợ Vàm (dùng thử)", "1600234562"),
    Firm("Hợp tác xã Vận tải Phú Tân (dùng thử)", "1600345671", "cooperative"),
    Firm("Công ty TNHH Gỗ Phú Hưng (dùng thử)", "1600456780"),
)
_TRACKED: Final = (
    (
        "HTTT",
        FIRMS[0],
        {
            "paid_up_to": "2021-04",
            "headcount_base": "240",
            "headcount_now": "180",
            "months_paused_before": "0",
        },
    ),
    (
        "VAY_VON",
        FIRMS[1],
        {
            "loan_kind": "recovery_after_stop",
            "event_start": "01/07/2021",
            "workers": "85",
            "months": "3",
            "wage_region": "IV",
            "has_recovery_plan": "true",
            "has_bad_debt": "false",
        },
    ),
)
_TRAINING: Final = {
    "unemployment_insured_months": "36",
    "changes_structure_or_technology": "true",
    "revenue_quarter": "1.850.000.000",
    "revenue_2019": "2.600.000.000",
    "revenue_2020": "2.300.000.000",
    "has_training_plan": "true",
    "workers": "40",
    "months": "3",
    "plan_cost": "165.000.000",
}
SUSPENDED: Final = {
    "employer_kind": "enterprise",
    "cause": "employer_stopped",
    "event_start": "12/07/2021",
    "event_end": "05/09/2021",
    "within_contract_term": "true",
    "insured_month_before": "true",
    "is_pregnant": "false",
}


class Dossiers:
    """Writes the dossiers with people of its own; each step as the officer who does it."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed + 1)
        self._numbers = Numbers(self._random)
        self.made = 0

    def write(self) -> int:
        """All of them; gives how many cases were taken in."""
        self._suspended_workers()
        self._patients()
        self._household_businesses()
        self._department()
        self._tracked()
        return self.made

    def _claim(self, username: str, programme: str, received: dt.date, **given: Any) -> Case:
        with acting(username) as actor:
            case = open_claim(
                programme=programme, received_on=received, actor=actor, keeps_warnings=True, **given
            )
            # a draft of a patient waits for its papers
            missing = standing_of([case.pk])[case.pk].missing
            if missing and programme != "F0_F1":
                case = record_seen(case, codes=[paper.code for paper in missing], actor=actor)
        self.made += 1
        return case

    def _people(self, count: int) -> Iterator[dict[str, str]]:
        plan = ListPlan(CHO_VAM, OTHERS, Stage.DRAFT, count, 0)
        return map(typed_of, people_of(plan, count, self._numbers, self._random))

    def _suspended_workers(self) -> None:
        """Three employers' lists: one waits for BHXH, one for the district's appraisal, one for UBND tỉnh."""
        entering, appraising, head = _DISTRICT
        for turn, firm in enumerate(FIRMS[:3]):
            cases = [
                self._suspended_worker(place, turn, firm, person)
                for place, person in enumerate(self._people(4 + turn))
            ]
            case_list = CaseList.objects.get(cases=cases[0])
            with acting(entering) as actor:
                case_list = agencies.send_to_agency(case_list, actor=actor)
                if turn > 0:
                    case_list = agencies.record_confirmation(
                        case_list,
                        number=f"{310 + turn}/BHXH-TST",
                        signed_on=dt.date(2021, 9, 23),
                        actor=actor,
                    )
            if turn > 1:
                with acting(appraising) as actor:
                    appraisal.verify_cases(Case.objects.filter(case_list=case_list), actor=actor)
                    _leave_out_what_needs_eyes(case_list, actor)
                with acting(head) as actor:
                    case_list = approval.approve_list(
                        case_list, number="61/TTr-UBND", date=dt.date(2021, 9, 24), actor=actor
                    )
                with acting(appraising) as actor:
                    approval.forward_to_province(case_list, actor=actor)

    def _suspended_worker(self, place: int, turn: int, firm: Firm, person: Mapping[str, str]) -> Case:
        """The first of a list has a young child, the third was away for a shorter time."""
        end = "28/07/2021" if place == 2 else SUSPENDED["event_end"]
        return self._claim(
            _DISTRICT[0],
            "TAM_HOAN",
            dt.date(2021, 9, 20),
            applicant={**person, "job": "Công nhân"},
            employer=firm.typed(),
            answers={**SUSPENDED, "employer_kind": firm.kind, "event_end": end},
            children=[_child(self._random, turn)] if place == 0 else [],
        )

    def _patients(self) -> None:
        """A commune's F0 and F1, a child among them: drafts that wait to be listed."""
        spells = (
            ("F0", "05/08/2021", "26/08/2021"),
            ("F1", "03/08/2021", "17/08/2021"),
            ("F0", "10/08/2021", "28/08/2021"),
        )
        for place, ((variant, start, end), person) in enumerate(zip(spells, self._people(3), strict=True)):
            born = {"dob": "14/02/2014"} if place == 2 else {}
            self._claim(
                _AT_COMMUNE,
                "F0_F1",
                dt.date(2021, 9, 22),
                applicant={
                    **person,
                    **born,
                    **({"job": "", "id_number": _child_number(person)} if born else {}),
                },
                answers={
                    "variant": variant,
                    "has_competent_decision": "true",
                    "event_start": start,
                    "event_end": end,
                },
            )

    def _household_businesses(self) -> None:
        """A commune's list at the district, after posting and tax office; one was refused, whose law comes in October."""
        answers = {
            "business_address": "Chợ Chợ Vàm",
            "business_lines": "Bán cà phê, giải khát",
            "household_kind": "registered",
            "all_lines_stopped": "true",
            "event_start": "14/07/2021",
            "event_end": "20/09/2021",
        }
        cases = [
            self._claim(
                _AT_COMMUNE,
                "HO_KD",
                dt.date(2021, 9, 21),
                applicant=person,
                answers={
                    **answers,
                    "business_name": f"Hộ kinh doanh {person['full_name']}",
                    "stop_cause": cause,
                },
            )
            for cause, person in zip(("order", "order", "directive_16"), self._people(3), strict=True)
        ]
        with acting(_AT_COMMUNE) as actor:
            list_cases(Case.objects.filter(pk__in=[case.pk for case in cases]), actor=actor)
            case_list = CaseList.objects.get(cases=cases[0])
            posting.post_list(
                case_list,
                place="Trụ sở UBND thị trấn Chợ Vàm",
                posting_from=dt.date(2021, 9, 22),
                actor=actor,
            )
            posting.close_posting(case_list, actor=actor)
            case_list = agencies.send_to_agency(case_list, actor=actor)
            case_list = agencies.record_confirmation(
                case_list, number="118/XN-CCT", signed_on=clock.today(), actor=actor
            )
        with acting(_DISTRICT[1]) as actor:
            appraisal.exclude_case(
                cases[2],
                to=CaseStatus.INELIGIBLE,
                reason="Dừng kinh doanh do địa bàn áp dụng Chỉ thị 16, không phải theo yêu cầu (Điều 35 QĐ 23).",
                actor=actor,
            )

    def _department(self) -> None:
        """Dossiers that the department itself receives: tour guides, an ended contract, a training plan."""
        entering, _appraising = _DEPARTMENT
        guide = {
            "guide_card_expires_on": "31/05/2023",
            "guide_basis": "labour_contract",
            "got_other_support": "false",
        }
        guides = [
            self._claim(
                entering,
                "HDV_DL",
                dt.date(2021, 9, 23),
                applicant={**person, "job": "Hướng dẫn viên du lịch"},
                answers={**guide, "guide_card_number": f"18912345{number}"},
            )
            for number, person in enumerate(self._people(2), start=1)
        ]
        with acting(entering) as actor:
            list_cases(Case.objects.filter(programme="HDV_DL"), actor=actor)
            agencies.submit_to_department(CaseList.objects.get(cases=guides[0]), actor=actor)
        ended = {
            "cause": "employer_stopped",
            "event_start": "31/07/2021",
            "insured_month_before": "true",
            "entitled_unemployment_benefit": "false",
            "unlawful_termination": "false",
            "receives_pension": "false",
            "is_pregnant": "true",
        }
        woman = next(person for person in self._people(30) if person["sex"] == "Nữ")
        self._claim(entering, "CHAM_DUT", dt.date(2021, 9, 24), applicant=woman, answers=ended)
        self._claim(entering, "DAO_TAO", dt.date(2021, 9, 24), employer=FIRMS[1].typed(), answers=_TRAINING)

    def _tracked(self) -> None:
        """What BHXH and the bank decide, with their paper and the figures of two months."""
        for (programme, firm, answers), agency in zip(_TRACKED, ("BHXH tỉnh", "Ngân hàng CSXH"), strict=True):
            case = self._claim(
                _DEPARTMENT[0], programme, dt.date(2021, 8, 16), employer=firm.typed(), answers=answers
            )
            with acting(_DEPARTMENT[0]) as actor:
                case = appraisal.record_decision_elsewhere(
                    case, agency=agency, number="402/QĐ", signed_on=dt.date(2021, 8, 24), actor=actor
                )
                for month in (8, 9):
                    employer_months.record_month(
                        case, month=dt.date(2021, month, 1), workers=85, amount=218_000_000, actor=actor
                    )


def _leave_out_what_needs_eyes(case_list: CaseList, actor: User) -> None:
    """A list is approved when every row is decided: what the bulk verify left is returned for completion."""
    for case in Case.objects.filter(case_list=case_list, status=CaseStatus.APPRAISING):
        try:
            appraisal.mark_eligible(case, actor=actor)
        except TransitionRefused:
            appraisal.exclude_case(
                case, to=CaseStatus.NEEDS_SUPPLEMENT, reason="Cần bổ sung giấy tờ còn thiếu.", actor=actor
            )


def typed_of(human: Human) -> dict[str, str]:
    """A person as a form has them."""
    born = format_date(human.birth_date) if human.birth_date else str(human.birth_year)
    return {
        "full_name": human.full_name,
        "dob": born,
        "sex": "Nam" if human.sex == Sex.MALE else "Nữ",
        "id_number": human.number,
        "address": human.hamlet,
        "job": human.occupation,
        "phone": human.phone,
    }


def _child(random: Random, turn: int) -> Mapping[str, str]:
    return {
        "full_name": ("Nguyễn Bảo An", "Lê Gia Hân", "Trần Minh Khôi")[turn],
        "birth_date": f"{random.randint(1, 28):02d}/03/2019",
        "relation": "mother",
        "identity_kind": "birth_certificate",
        "number": f"{120 + turn}/2019",
        "place": "UBND thị trấn Phú Mỹ",
        "proof": "Bản sao giấy khai sinh",
    }


def _child_number(person: Mapping[str, str]) -> str:
    """A personal number of somebody born in 2014 in An Giang, with the sex of the person."""
    digit = "2" if person["sex"] == "Nam" else "3"
    return f"089{digit}14{person['phone'][-6:]:0>6}"


def bring_dossiers(seed: int) -> int:
    """Take the demo's dossiers in; gives how many cases."""
    return Dossiers(seed).write()
