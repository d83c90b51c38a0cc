"""What comes in at the desks of the demo: applications of the public page in every state, forms that somebody has begun."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Final

from accounts.demo import AN_PHU, PHU_TAN
from beneficiaries.enums import Sex
from reports.demo.acting import acting, as_citizen
from reports.demo.dossiers import typed_of
from reports.demo.people import Human, Numbers, people_of
from reports.demo.plan import CHO_VAM, OTHERS, ListPlan
from reports.demo.stages import Stage
from support_programs.queries.applications import Typed, rules_for
from support_programs.services.applications import decline_application, send_application
from support_programs.services.claims import open_claim
from support_programs.services.entry_drafts import keep_draft
from support_programs.services.entry_opened import after_opening

_FREE: Final = {
    "has_labour_contract": "false",
    "residence": "permanent",
    "claims_elsewhere": "false",
    "monthly_income": "0",
    "lost_income_on": "12/07/2021",
}
_SHOP: Final = {
    "business_name": "Quán cà phê Hương Quê",
    "business_address": "Chợ Chợ Vàm",
    "business_lines": "Bán cà phê, giải khát",
    "household_kind": "registered",
    "stop_cause": "order",
    "all_lines_stopped": "true",
    "event_start": "14/07/2021",
    "event_end": "24/09/2021",
}
_GUIDE: Final = {
    "guide_card_number": "189124517",
    "guide_card_expires_on": "30/11/2023",
    "guide_basis": "labour_contract",
    "got_other_support": "false",
}
_PATIENT: Final = {
    "variant": "F0",
    "has_competent_decision": "true",
    "event_start": "02/09/2021",
    "event_end": "18/09/2021",
    "facility": "Bệnh viện dã chiến Phú Tân",
}


@dataclass(frozen=True, slots=True)
class Sending:
    """One application: `declined` is the reason of the desk `by` that doesn't take it in, else `by` made a case of it."""

    programme: str
    area_code: str
    day: dt.date
    answers: Mapping[str, str] = field(default_factory=lambda: _FREE)
    note: str = ""
    by: str = ""
    declined: str = ""


SENDINGS: Final = (
    Sending(
        "LD_TU_DO",
        CHO_VAM,
        dt.date(2021, 9, 20),
        note="Tôi không biết đi xe, nhờ cán bộ báo trưởng ấp giùm khi cần ký.",
    ),
    Sending("HO_KD", CHO_VAM, dt.date(2021, 9, 23), _SHOP, "Tôi gửi giấy đăng ký kinh doanh sau."),
    Sending("LD_TU_DO", CHO_VAM, dt.date(2021, 9, 27)),
    Sending("LD_TU_DO", f"{PHU_TAN}30406", dt.date(2021, 9, 24), note="Gọi cho tôi sau 5 giờ chiều."),
    Sending("LD_TU_DO", f"{PHU_TAN}30406", dt.date(2021, 9, 27)),
    Sending("LD_TU_DO", f"{PHU_TAN}30415", dt.date(2021, 9, 22)),
    Sending("LD_TU_DO", f"{AN_PHU}30343", dt.date(2021, 9, 21), note="Tôi nói tiếng Chăm, cần người dịch."),
    Sending("LD_TU_DO", f"{AN_PHU}30349", dt.date(2021, 9, 24)),
    Sending("F0_F1", f"{PHU_TAN}30421", dt.date(2021, 9, 22), _PATIENT, "Giấy ra viện tôi để ở nhà."),
    Sending("HDV_DL", f"{PHU_TAN}30430", dt.date(2021, 9, 23), _GUIDE),
    Sending(
        "LD_TU_DO",
        CHO_VAM,
        dt.date(2021, 9, 16),
        by="xa30409",
        declined="Ông/bà đã có tên trong danh sách đợt 2 của thị trấn. Không cần đăng ký lại; theo dõi bằng mã hồ sơ.",
    ),
    Sending(
        "LD_TU_DO",
        f"{AN_PHU}30337",
        dt.date(2021, 9, 15),
        by="xa30337",
        declined="Địa chỉ ông/bà ghi thuộc xã Khánh An. Ông/bà đăng ký lại và chọn xã Khánh An.",
    ),
    Sending("LD_TU_DO", CHO_VAM, dt.date(2021, 9, 21), by="xa30409"),
    Sending("LD_TU_DO", f"{PHU_TAN}30406", dt.date(2021, 9, 20), by="xa30406b"),
)


def send_applications(random: Random, numbers: Numbers) -> int:
    """All of them, each from a person of its own; gives how many."""
    for sending in SENDINGS:
        human = _person(sending.area_code, numbers, random)
        who = typed_of(human) | ({"job": "Hướng dẫn viên du lịch"} if sending.answers is _GUIDE else {})
        typed = Typed(who, sending.answers, sending.area_code, human.birth_year, sending.note)
        with as_citizen(sending.day):
            sent = send_application(programme=sending.programme, typed=typed)
        if sending.by:
            _settle(sending, sent.application.reference, typed)
    return len(SENDINGS)


def _settle(sending: Sending, reference: str, typed: Typed) -> None:
    with acting(sending.by, sending.day + dt.timedelta(days=1)) as actor:
        if sending.declined:
            decline_application(reference=reference, reason=sending.declined, actor=actor)
            return
        open_claim(
            programme=sending.programme,
            received_on=sending.day + dt.timedelta(days=1),
            applicant=typed.applicant,
            answers=typed.answers,
            stream=OTHERS if sending.programme == "LD_TU_DO" else "",
            actor=actor,
            keeps_warnings=True,
            on_opened=partial(after_opening, draft_id=None, application=reference, actor=actor),
        )


def begin_forms(random: Random, numbers: Numbers) -> int:
    """Forms that two officers have begun and were called away from; gives how many."""
    begun = (
        ("xa30409", "LD_TU_DO", {"answers-lost_income_on": "05/07/2021"}),
        ("xa30409", "F0_F1", {"answers-variant": "F1"}),
        ("cv888b", "TAM_HOAN", {"employer-name": "Công ty TNHH May mặc Phú Mỹ (dùng thử)"}),
    )
    for username, programme, answers in begun:
        definition = rules_for(programme)
        if definition is None:
            continue
        human = _person(CHO_VAM, numbers, random)
        applicant = {f"applicant-{name}": text for name, text in typed_of(human).items() if name != "phone"}
        with acting(username) as actor:
            keep_draft(definition=definition, typed={**applicant, **answers}, actor=actor)
    return len(begun)


def _person(area_code: str, numbers: Numbers, random: Random) -> Human:
    """Somebody with a telephone who lives there; women and men in turn of chance."""
    plan = ListPlan(area_code, OTHERS, Stage.DRAFT, 1, 0)
    human = people_of(plan, 1, numbers, random)[0]
    human.phone = human.phone or f"09{'1' if human.sex is Sex.MALE else '8'}{random.randrange(10**7):07d}"
    return human
