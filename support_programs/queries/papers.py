"""The commune's printed lists: the proposal to the district with full numbers, and the public posting with masked ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from accounts.queries import area_name, parent_name
from beneficiaries.models import IdentityDocument
from core import crypto
from core.dates import format_date
from core.money import amount_in_words
from support_programs.models import Case, CaseList
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

    @property
    def people(self) -> int:
        return len(self.lines)

    @property
    def is_public(self) -> bool:
        return self.kind == POSTING


def paper_of(case_list: CaseList, kind: str) -> Paper:
    """The paper of a list as it stands; two queries. What isn't recorded yet (number, day) is left open to write."""
    cases = list(Case.objects.filter(case_list=case_list).order_by("position", "pk"))
    is_public = kind == POSTING
    numbers = {} if is_public else _numbers([case.person_id for case in cases if case.person_id])
    lines = tuple(_lines(cases, numbers, is_public=is_public))
    amount = sum(line.amount for line in lines)
    definition = definition_of(case_list.version_used_id)
    commune = area_name(case_list.area_code)
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
        parent_body=f"Ủy ban nhân dân {parent_name(case_list.area_code)}",
        body=f"Ủy ban nhân dân {commune}",
        number="" if is_public else case_list.letter_number,
        place_date=f"{commune}, ngày …… tháng …… năm ……",
        subject=definition.name,
        basis="; ".join(f"{basis.document} {basis.article}".strip() for basis in definition.legal_basis),
        posted=posted,
        lines=lines,
        amount=amount,
        amount_words=amount_in_words(amount),
        signers=({"office": _("Người lập")}, {"office": _("TM. Ủy ban nhân dân")}),
    )


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
            hamlet=case.hamlet,
            occupation=case.occupation,
            amount=case.amount_proposed,
        )
