"""One's own case as a citizen sees it: where it stands, what comes next, what is missing. No name, number, amount or account."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.queries import area_name
from core import clock
from core.dates import PartialDate
from core.page_parts import Badge, Step, StepState, Tone
from core.references import parse_reference
from core.text import inside_sentence
from core.wording import Text
from support_programs.enums import CaseStatus as C
from support_programs.enums import EntitlementStatus
from support_programs.enums import ListStatus as L
from support_programs.enums import Step as ChainStep
from support_programs.models import Case, Entitlement, SupplementRequest
from support_programs.permissions import COMMUNE_DIGITS, DEPARTMENT_DIGITS
from support_programs.queries.claims import missing_answers
from support_programs.queries.missing_papers import missing_names
from support_programs.queries.programmes import definition_of
from support_programs.queries.public_lists import TOTALS_ONLY

WAITING: Final = Badge(Tone.WARN, "back", lazy("Chờ ông/bà bổ sung"))
LOOKED_AT: Final = Badge(Tone.INFO, "half", lazy("Đang xem xét"))
POSTED: Final = Badge(Tone.INFO, "clock", lazy("Đang công khai lấy ý kiến"))
APPROVED: Final = Badge(Tone.OK, "check", lazy("Đã phê duyệt, chờ chi trả"))
PAID: Final = Badge(Tone.OK, "money", lazy("Đã chi trả"))
REFUSED: Final = Badge(Tone.BAD, "x", lazy("Không đủ điều kiện"))
WITHDRAWN: Final = Badge(Tone.MUTE, "back", lazy("Ông/bà đã rút hồ sơ"))
ELSEWHERE: Final = Badge(Tone.OK, "send", lazy("Cơ quan khác đã quyết định"))
_RECEIVING, _POSTING, _APPRAISING, _DECIDING, _PAYING = range(5)
# where a list in this state stands on the way; another one is still with those who took the dossier in
_ON_THE_WAY: Final = {
    L.POSTING: _POSTING,
    L.POSTED: _APPRAISING,
    L.AT_AGENCY: _APPRAISING,
    L.AT_DISTRICT: _APPRAISING,
    L.DISTRICT_APPROVED: _DECIDING,
    L.AT_DEPARTMENT: _DECIDING,
    L.MONEY_APPRAISED: _DECIDING,
    L.AT_PROVINCE: _DECIDING,
    L.MONEY_APPROVED: _PAYING,
}
_STAGES: Final[tuple[Text, ...]] = (
    lazy("Tiếp nhận"),
    lazy("Công khai lấy ý kiến"),
    lazy("Thẩm định"),
    lazy("Phê duyệt"),
    lazy("Chi trả"),
)


@dataclass(frozen=True, slots=True)
class CaseShown:
    """What the page of one's own case says. `programme` is empty where its name alone would tell of an illness."""

    reference: str
    programme: str
    state: Badge
    place: str
    received_on: dt.date
    next_label: Text
    next_on: dt.date | None
    is_late: bool
    missing: tuple[str, ...]
    steps: tuple[Step, ...]


def own_case(reference: str, born: PartialDate) -> Case | None:
    """The case of a reference, as people type it, if its applicant was born then: the year, or the whole date where one was
    typed and is known. None for an unknown reference and for a wrong birth alike, after the same query.
    """
    parsed = parse_reference(reference)
    wanted = str(parsed) if parsed else "HS-0000-00000000"
    case = Case.objects.filter(reference=wanted).select_related("programme", "case_list").first()
    return case if case is not None and _is_born(case, born) else None


def _is_born(case: Case, born: PartialDate) -> bool:
    if born.date is not None and case.birth_date is not None:
        return born.date == case.birth_date
    return case.birth_year is not None and born.year == case.birth_year


def case_shown(case: Case) -> CaseShown:
    """The case in a citizen's words; a few queries."""
    request = SupplementRequest.objects.filter(case=case, answered_on__isnull=True).first()
    state = _state(case, request)
    is_open = state in (WAITING, LOOKED_AT, POSTED, APPROVED)
    label, day = _next(case, state, request) if is_open else ("", None)
    return CaseShown(
        reference=case.reference,
        programme="" if case.programme_id in TOTALS_ONLY else case.programme.short_name,
        state=state,
        place=office_of(case.area_code),
        received_on=case.received_on,
        next_label=label,
        next_on=day,
        is_late=day is not None and day < clock.today(),
        missing=_missing(case, request) if state in (WAITING, LOOKED_AT, POSTED) else (),
        steps=_steps(case, state),
    )


def office_of(area_code: str) -> str:
    """Where a dossier of this area is taken in, and whom to ask about it."""
    if len(area_code) == COMMUNE_DIGITS:
        return _("UBND %(place)s") % {"place": inside_sentence(area_name(area_code))}
    if len(area_code) == DEPARTMENT_DIGITS:
        return _("Sở Lao động - Thương binh và Xã hội tỉnh An Giang")
    place = inside_sentence(area_name(area_code))
    return _("Phòng Lao động - Thương binh và Xã hội %(place)s") % {"place": place}


def _state(case: Case, request: SupplementRequest | None) -> Badge:
    by_case = {
        # nothing is asked of whose refused case was reopened: it only waits for a new list
        C.NEEDS_SUPPLEMENT: WAITING if request else LOOKED_AT,
        C.INELIGIBLE: REFUSED,
        C.WITHDRAWN: WITHDRAWN,
        C.DECIDED_ELSEWHERE: ELSEWHERE,
    }
    if case.status in by_case:
        return by_case[C(case.status)]
    if case.status == C.APPROVED:
        is_paid = Entitlement.objects.filter(case=case, status=EntitlementStatus.PAID).exists()
        return PAID if is_paid else APPROVED
    is_posted = case.case_list is not None and case.case_list.status == L.POSTING
    return POSTED if is_posted else LOOKED_AT


def _next(case: Case, state: Badge, request: SupplementRequest | None) -> tuple[Text, dt.date | None]:
    if state == WAITING:
        return _("Đề nghị bổ sung trước ngày"), request.answer_by if request else None
    if state == POSTED and case.case_list:
        return _("Công khai đến hết ngày"), case.case_list.posting_until
    due = case.case_list.due_on if case.case_list else None
    return _("Dự kiến xong bước này"), due or case.due_on


def _missing(case: Case, request: SupplementRequest | None) -> tuple[str, ...]:
    """Names of answers and papers, never what is in them; what was asked for comes first."""
    asked = [str(item.get("label", "")) for item in request.items] if request else []
    names = [*asked, *missing_answers(case), *missing_names([case.pk]).get(case.pk, ())]
    return tuple(dict.fromkeys(name for name in names if name))


def _steps(case: Case, state: Badge) -> tuple[Step, ...]:
    if state in (REFUSED, WITHDRAWN, ELSEWHERE):
        return ()
    at = _ON_THE_WAY.get(L(case.case_list.status), _RECEIVING) if case.case_list else _RECEIVING
    if case.case_list and case.case_list.status == L.AT_DEPARTMENT and not case.case_list.has_list_approval:
        at = _APPRAISING
    if state == PAID:
        at = len(_STAGES)
    has_posting = definition_of(case.version_used_id).has_step(ChainStep.POSTING)
    return tuple(
        Step(label, _step_state(number, at))
        for number, label in enumerate(_STAGES)
        if number != _POSTING or has_posting
    )


def _step_state(number: int, at: int) -> StepState:
    if number == at:
        return StepState.CURRENT
    return StepState.DONE if number < at else StepState.TODO
