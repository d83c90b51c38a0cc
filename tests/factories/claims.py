"""Claims of the tests, typed by hand: people, employers and children, each with a number of their own."""

import datetime as dt
from itertools import count
from typing import Any

from accounts.enums import Role
from accounts.models import User
from core import clock
from support_programs.models import Case
from support_programs.services.claims import open_claim
from tests.factories.papers import hand_in
from tests.factories.people import PROVINCE, user

_number = count(1)
SUSPENDED = {
    "employer_kind": "enterprise",
    "cause": "employer_stopped",
    "event_start": "01/07/2021",
    "event_end": "15/08/2021",
    "within_contract_term": True,
    "insured_month_before": True,
}
ENDED = {
    "cause": "employer_stopped",
    "event_start": "01/07/2021",
    "insured_month_before": True,
    "entitled_unemployment_benefit": False,
    "unlawful_termination": False,
    "receives_pension": False,
}
TREATED = {
    "variant": "F0",
    "has_competent_decision": True,
    "event_start": "01/08/2021",
    "event_end": "10/08/2021",
}
STOPPED = {
    "business_name": "Tạp hóa Mỹ Lương",
    "business_address": "Ấp Mỹ Lương",
    "business_lines": "Bán tạp hóa",
    "tax_code": "",
    "household_kind": "registered",
    "stop_cause": "order",
    "event_start": "01/07/2021",
    "event_end": "31/07/2021",
}
TRAINING = {
    "unemployment_insured_months": 12,
    "changes_structure_or_technology": True,
    "revenue_quarter": 800_000_000,
    "revenue_2019": 1_000_000_000,
    "has_training_plan": True,
    "workers": 10,
    "months": 2,
    "plan_cost": 20_000_000,
}
OF_EMPLOYERS = ("DAO_TAO", "HTTT", "TNLD_BNN", "VAY_VON")
ANSWERS: dict[str, dict[str, object]] = {
    "TAM_HOAN": SUSPENDED,
    "CHAM_DUT": ENDED,
    "F0_F1": TREATED,
    "HO_KD": STOPPED,
    "DAO_TAO": TRAINING,
    "LD_TU_DO": {},
}


def applicant(**changes: str) -> dict[str, str]:
    """Somebody new, as an officer types them."""
    number = next(_number)
    return {
        "full_name": f"Trần Thị Người {number}",
        "dob": "12/05/1990",
        "sex": "Nữ",
        # far apart, so that nobody looks like the one before with a mistyped digit
        "id_number": f"089190{number * 104_729 % 1_000_000:06d}",
        "address": "Ấp Mỹ Lương",
        "job": "Bán vé số dạo",
        "phone": "",
        **changes,
    }


def tax_code() -> str:
    """Ten digits whose last one fits the others."""
    digits = f"16{next(_number):07d}"
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    check = 10 - sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return digits + str(check) if check < 10 else tax_code()


def employer(area: str, **changes: str) -> dict[str, str]:
    return {
        "area_code": area,
        "kind": "enterprise",
        "name": "Công ty TNHH May Vĩnh Thạnh",
        "tax_code": tax_code(),
        "address": "Số 1, đường Nguyễn Huệ",
        **changes,
    }


def child(**changes: str) -> dict[str, str]:
    number = next(_number)
    return {
        "full_name": f"Lê Minh Bé {number}",
        "birth_date": "11/03/2018",
        "relation": "mother",
        "identity_kind": "personal_number",
        "number": f"089218{number:06d}",
        "proof": "Giấy khai sinh số 12/2018",
        **changes,
    }


def reviewer() -> User:
    return user(Role.PROVINCIAL_REVIEWER, area=PROVINCE)


def claim(programme: str, actor: User, *, has_papers: bool = True, **changes: Any) -> Case:
    """A dossier of today with everything that its rules ask for, unless `changes` say otherwise."""
    given: dict[str, Any] = {
        "programme": programme,
        "received_on": clock.today(),
        "answers": ANSWERS.get(programme, {}),
        "actor": actor,
        "keeps_warnings": True,
        **changes,
    }
    if programme not in OF_EMPLOYERS:
        given.setdefault("applicant", applicant())
    if programme in ("TAM_HOAN", *OF_EMPLOYERS):
        given.setdefault("employer", employer("89888"))
    case = open_claim(**given)
    return hand_in(case, actor) if has_papers else case


def on(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, day)
