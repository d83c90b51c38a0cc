"""What a case waits for: the marked places of its open request, and the places of a dossier that can be marked."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from core.wording import Text
from core.workflow import Actor
from support_programs.enums import CaseStatus
from support_programs.models import Case, CasePaper, SupplementRequest
from support_programs.permissions import intake_of
from support_programs.queries.claims import answers_of
from support_programs.queries.facts import stored_facts
from support_programs.queries.filing import papers_of
from support_programs.queries.panels import Panel, register_case_panel
from support_programs.queries.programmes import definition_of

ANSWER: Final = "answer"
APPLICANT: Final = "applicant"
PAPER: Final = "paper"
OTHER: Final = "other"
_OF_PERSON: Final[Mapping[str, Text]] = {
    "full_name": lazy("Họ và tên"),
    "birth": lazy("Ngày sinh"),
    "sex": lazy("Giới tính"),
    "number": lazy("Số CCCD, CMND"),
    "address": lazy("Khóm, ấp"),
    "job": lazy("Công việc"),
    "phone": lazy("Số điện thoại"),
}
_OF_EMPLOYER: Final[Mapping[str, Text]] = {
    "employer": lazy("Tên đơn vị"),
    "tax_code": lazy("Mã số thuế"),
    "address": lazy("Địa chỉ"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a dossier that can be marked; `shown` is what stands there now, `hint` a reason that suggests itself."""

    kind: str
    code: str
    label: str
    shown: str = ""
    hint: str = ""

    @property
    def name(self) -> str:
        """Its part of the names of form fields."""
        return f"{self.kind}-{self.code}"


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Places under one heading."""

    title: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """What the open request of a case marks: code -> why, by kind. Empty where nothing is waited for."""

    request: SupplementRequest | None
    answers: Mapping[str, str]
    applicant: Mapping[str, str]
    papers: Mapping[str, str]

    def __bool__(self) -> bool:
        return self.request is not None


def open_request_of(case: Case) -> SupplementRequest | None:
    """What the case waits for now; None where nobody waits for anything."""
    if case.status != CaseStatus.NEEDS_SUPPLEMENT:
        return None
    return SupplementRequest.objects.filter(case=case, answered_on__isnull=True).first()


def marks_of(case: Case) -> Marks:
    """The places of the page that must be put right, each with why. One query, none for a case that waits for nothing."""
    request = open_request_of(case)
    items = request.items if request else []

    def of(kind: str) -> dict[str, str]:
        return {str(item["code"]): str(item["why"]) for item in items if item["kind"] == kind}

    return Marks(request, of(ANSWER), of(APPLICANT), of(PAPER))


def waiting_since(case_ids: Sequence[int]) -> dict[int, dt.date]:
    """Since when cases wait for the citizen, by id, for the rows of a table. One query."""
    if not case_ids:
        return {}
    rows = SupplementRequest.objects.filter(case_id__in=case_ids, answered_on__isnull=True)
    return dict(rows.values_list("case_id", "asked_on"))


def places_of(case: Case) -> tuple[PlaceGroup, ...]:
    """Every place of the dossier that an appraiser can mark, in the order in which the case page shows them."""
    definition = definition_of(case.version_used_id)
    has_children = any(field.type == "children" for field in definition.fields)
    held = set(CasePaper.objects.filter(case=case, removed_on__isnull=True).values_list("code", flat=True))
    papers = []
    for paper in papers_of(definition, stored_facts(case.facts)):
        evidence = paper.evidence
        is_missing = evidence.is_required and not paper.is_open and evidence.code not in held
        papers.append(
            Place(
                PAPER,
                evidence.code,
                evidence.name,
                _("Đã có trong hồ sơ") if evidence.code in held else "",
                _("Hồ sơ chưa có giấy tờ này.") if is_missing else "",
            )
        )
    answers = [
        Place(
            ANSWER, row.code, row.label, row.value, "" if row.value or not row.is_required else _("Chưa ghi.")
        )
        for row in answers_of(case)
    ]
    if has_children:
        answers.append(Place(ANSWER, "children", _("Trẻ em đi kèm")))
    groups = (
        PlaceGroup(_("Giấy tờ"), tuple(papers)),
        PlaceGroup(_("Người đề nghị"), _applicant_places(case)),
        PlaceGroup(_("Thông tin trong hồ sơ"), tuple(answers)),
        PlaceGroup(_("Khác"), (Place(OTHER, "other", _("Điều khác")),)),
    )
    return tuple(group for group in groups if group.places)


def _applicant_places(case: Case) -> tuple[Place, ...]:
    if case.person_id is None:
        shown = {"employer": case.applicant_name, "address": case.hamlet}
        return tuple(
            Place(APPLICANT, code, str(label), shown.get(code, "")) for code, label in _OF_EMPLOYER.items()
        )
    born = case.birth_date.strftime("%d/%m/%Y") if case.birth_date else str(case.birth_year or "")
    shown = {
        "full_name": case.applicant_name,
        "birth": born,
        "sex": {"M": _("nam"), "F": _("nữ")}.get(case.sex, ""),
        "number": f"••• {case.number_last3}" if case.number_last3 else "",
        "address": case.hamlet,
        "job": case.occupation,
        "phone": _("Đã có") if case.phone else "",
    }
    return tuple(Place(APPLICANT, code, str(label), shown[code]) for code, label in _OF_PERSON.items())


def _panel(actor: Actor, case: Case) -> Panel | None:
    """What is asked of the case, with who can answer it; answered requests of earlier are told in a fold."""
    requests = list(SupplementRequest.objects.filter(case=case))
    if not requests:
        return None
    is_waiting = case.status == CaseStatus.NEEDS_SUPPLEMENT
    current = next((one for one in requests if is_waiting and one.answered_on is None), None)
    has_role, denied = intake_of(case.area_code)
    context: dict[str, Any] = {
        "case": case,
        "request": current,
        "earlier": [one for one in requests if one.answered_on is not None],
        "can_answer": current is not None and actor.is_active and has_role(actor),
        "denied": denied,
    }
    return Panel("support_programs/clocks/request_panel.html", context)


def register() -> None:
    """The panel of every case page, first under the criteria."""
    register_case_panel("supplement", _panel, place="top", order=5)
