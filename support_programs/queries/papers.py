"""Printed lists: the proposal to those who appraise with full numbers, and the commune's public posting with masked ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from accounts.queries import area_name, parent_name
from beneficiaries.models import IdentityDocument
from core import crypto
from core.dates import format_date
from core.money import amount_in_words
from core.text import without_any_number
from support_programs.enums import Step
from support_programs.models import Case, CaseList
from support_programs.permissions import COMMUNE_DIGITS, DEPARTMENT_DIGITS
from support_programs.queries.programmes import definition_of

PROPOSAL: Final = "proposal"
POSTING: Final = "posting"
KINDS: Final = (PROPOSAL, POSTING)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One person of a printed list; `number` is masked on a posting."""

    ordinal: int
    name: str
    birth: str
    number: str
    hamlet: str
    occupation: str
    amount: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A printed list with what stands above and below its table."""

    kind: str
    title: str
    parent_body: str
    body: str
    number: str
    place_date: str
    subject: str
    basis: str
    posted: str
    lines: tuple[PaperLine, ...]
    amount: int
    amount_words: str
    signers: tuple[dict[str, str], ...]
    employer: str = ""

    @property
    def people(self) -> int:
        return len(self.lines)

    @property
    def is_public(self) -> bool:
        return self.kind == POSTING


def has_posting(case_list: CaseList) -> bool:
    """Whether the list's chain has a public posting."""
    return definition_of(case_list.version_used_id).has_step(Step.POSTING)


def paper_of(case_list: CaseList, kind: str) -> Paper:
    """The paper of a list as it stands; two queries. What isn't recorded yet (number, day) is left open to write."""
    cases = list(Case.objects.filter(case_list=case_list).order_by("position", "pk"))
    is_public = kind == POSTING
    numbers = {} if is_public else _numbers([case.person_id for case in cases if case.person_id])
    lines = tuple(_lines(cases, numbers, is_public=is_public))
    amount = sum(line.amount for line in lines)
    definition = definition_of(case_list.version_used_id)
    place = area_name(case_list.area_code)
    parent_body, body = _bodies(case_list)
    posted = ""
    if is_public and case_list.posting_from and case_list.posting_until:
        posted = _("Niêm yết từ ngày %(from)s đến hết ngày %(until)s tại %(place)s.") % {
            "from": format_date(case_list.posting_from),
            "until": format_date(case_list.posting_until),
            "place": case_list.posting_place,
        }
    return Paper(
        kind=kind,
        title=_("Danh sách niêm yết công khai") if is_public else _("Danh sách đề nghị hỗ trợ"),
        parent_body=parent_body,
        body=body,
        number="" if is_public else case_list.letter_number,
        place_date=f"{place}, ngày …… tháng …… năm ……",
        subject=definition.name,
        basis="; ".join(f"{basis.document} {basis.article}".strip() for basis in definition.legal_basis),
        posted=posted,
        lines=lines,
        amount=amount,
        amount_words=amount_in_words(amount),
        signers=({"office": _("Người lập")}, {"office": _signing(case_list)}),
        employer=_employer(case_list),
    )


def _bodies(case_list: CaseList) -> tuple[str, str]:
    """Who stands at the head of the paper: the body above, and the one that draws the list up."""
    area_code = case_list.area_code
    if len(area_code) == COMMUNE_DIGITS:
        return f"Ủy ban nhân dân {parent_name(area_code)}", f"Ủy ban nhân dân {area_name(area_code)}"
    parent = f"Ủy ban nhân dân {area_name(area_code)}"
    if len(area_code) == DEPARTMENT_DIGITS:
        return parent, "Sở Lao động - Thương binh và Xã hội"
    return parent, "Phòng Lao động - Thương binh và Xã hội"


def _signing(case_list: CaseList) -> str:
    if len(case_list.area_code) == COMMUNE_DIGITS:
        return _("TM. Ủy ban nhân dân")
    return _("Giám đốc") if len(case_list.area_code) == DEPARTMENT_DIGITS else _("Trưởng phòng")


def _employer(case_list: CaseList) -> str:
    """Whose people these are, with the tax code; "" for a list of no employer."""
    employer = case_list.employer
    if employer is None:
        return ""
    code = _("mã số thuế %(code)s") % {"code": employer.tax_code} if employer.tax_code else ""
    return ", ".join(part for part in (employer.name, code, employer.address) if part)


def _numbers(person_ids: list[int]) -> dict[int, str]:
    papers = IdentityDocument.objects.filter(person_id__in=person_ids, is_current=True)
    return {
        person_id: crypto.decrypt("number", bytes(blob))
        for person_id, blob in papers.values_list("person_id", "number_encrypted")
    }


def _lines(cases: list[Case], numbers: dict[int, str], *, is_public: bool) -> Iterator[PaperLine]:
    for ordinal, case in enumerate(cases, start=1):
        year = str(case.birth_year or "")
        full = format_date(case.birth_date) if case.birth_date else year
        yield PaperLine(
            ordinal=ordinal,
            name=case.applicant_name,
            birth=year if is_public else full,
            number=f"••• {case.number_last3}" if is_public else numbers.get(case.person_id or 0, ""),
            # somebody may have typed a number into these; what hangs out shows none
            hamlet=without_any_number(case.hamlet) if is_public else case.hamlet,
            occupation=without_any_number(case.occupation) if is_public else case.occupation,
            amount=case.amount_proposed,
        )
