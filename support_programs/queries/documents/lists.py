"""Papers about a whole list: the letter that submits it, the list itself to sign, the appraised list, the decision."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from core.date_texts import format_date, format_long_date
from core.money import amount_in_words, format_dong
from core.text import inside_sentence
from support_programs.enums import CaseStatus, Issuer
from support_programs.models import Case, CaseList, OfficialDocument
from support_programs.queries.documents.bodies import Body, area_in_sentence, body_of
from support_programs.queries.documents.sheet import Details, Signer, lines, paragraphs
from support_programs.queries.papers import PROPOSAL, paper_of
from support_programs.queries.programmes import definition_of
from support_programs.rules.parts import LegalBasis

FOUND = Q(status__in=[CaseStatus.ELIGIBLE, CaseStatus.APPROVED])


@dataclass(frozen=True, slots=True)
class Sums:
    """People and đồng of what is submitted or approved."""

    people: int
    amount: int

    @property
    def figures(self) -> str:
        return format_dong(self.amount)

    @property
    def words(self) -> str:
        return amount_in_words(self.amount)


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """One person of the list that goes with a decision or an appraisal; `number` is masked in a decision."""

    ordinal: int
    reference: str
    name: str
    birth: str
    number: str
    hamlet: str
    result: str
    amount: int


def list_of(document: OfficialDocument) -> CaseList:
    """The list that a paper is about; ValueError for a paper about something else."""
    if document.case_list is None:
        raise ValueError(f"{document.reference} is about no list")
    return document.case_list


def sums_of(case_list: CaseList, *, only_found: bool) -> Sums:
    """Everybody of the list, or only those who were found eligible; one query."""
    rows = Case.objects.filter(case_list=case_list)
    found = rows.filter(FOUND) if only_found else rows
    total = found.aggregate(people=Count("pk"), amount=Sum("amount_proposed"))
    return Sums(total["people"], total["amount"] or 0)


def bases_of(case_list: CaseList) -> tuple[str, ...]:
    """The legal bases of the programme's version, as a paper names them."""
    return tuple(_basis(basis) for basis in definition_of(case_list.version_used_id).legal_basis)


def _basis(basis: LegalBasis) -> str:
    day = f" {format_long_date(basis.signed_on)}" if basis.signed_on else ""
    title = (
        f" {inside_sentence(basis.title)}"
        if basis.title.startswith("Về ")
        else f" về {inside_sentence(basis.title)}"
    )
    return f"{basis.document}{day}{title if basis.title else ''}"


def submission(document: OfficialDocument, body: Body) -> Details:
    """The letter with which a level hands the list up: who was found, how much, what came before it, what is asked."""
    case_list, content = list_of(document), document.content
    name = inside_sentence(definition_of(case_list.version_used_id).name)
    is_drawn_up_here = content["issuer"] == Issuer.COMMUNE
    above = _above(case_list, content["issuer"])
    return Details(
        title="Tờ trình",
        subject=f"Về việc đề nghị phê duyệt danh sách và kinh phí {name}",
        addressees=(above,),
        recipients=lines(content.get("recipients", "")) or ("Như trên", "Lưu: VT"),
        values={
            "body": body,
            "case_list": case_list,
            "area": area_in_sentence(case_list.area_code),
            "programme": name,
            "bases": lines(content.get("bases", "")) or bases_of(case_list),
            "sums": sums_of(case_list, only_found=not is_drawn_up_here),
            "is_drawn_up_here": is_drawn_up_here,
            "posting": posting_words(case_list),
            "before": _before(case_list, content["issuer"]),
            "above": above,
            "paragraphs": paragraphs(content.get("text", "")),
            "enclosed": _enclosed(case_list, content["issuer"]),
        },
    )


def _above(case_list: CaseList, issuer: str) -> str:
    """To whom this body submits the list, by the chain of its version."""
    area = case_list.area_code
    province = body_of(Issuer.PROVINCE, area).name
    if issuer == Issuer.COMMUNE:
        return body_of(Issuer.DISTRICT, area).name
    if issuer == Issuer.DISTRICT and case_list.has_money_appraisal:
        return body_of(Issuer.DEPARTMENT, area).name
    return province


def _before(case_list: CaseList, issuer: str) -> list[str]:
    """The papers of those before that are recorded with the list."""
    found = []
    if issuer != Issuer.COMMUNE and case_list.letter_number and case_list.letter_date:
        found.append(_paper("văn bản trình", case_list.letter_number, case_list.letter_date))
    if issuer == Issuer.DEPARTMENT and case_list.district_number and case_list.district_date:
        found.append(
            _paper("văn bản duyệt danh sách của huyện", case_list.district_number, case_list.district_date)
        )
    if issuer == Issuer.DEPARTMENT and case_list.finance_number and case_list.finance_date:
        found.append(_paper("văn bản của Sở Tài chính", case_list.finance_number, case_list.finance_date))
    return found


def _paper(what: str, number: str, day: Any) -> str:
    return f"{what} số {number} {format_long_date(day)}"


def posting_words(case_list: CaseList) -> str:
    """When and where the list hung out; "" for a list that was not posted."""
    if not case_list.posting_from or not case_list.posting_until:
        return ""
    return (
        f"từ ngày {format_date(case_list.posting_from)} đến hết ngày {format_date(case_list.posting_until)} "
        f"tại {inside_sentence(case_list.posting_place)}"
    )


def _enclosed(case_list: CaseList, issuer: str) -> tuple[str, ...]:
    if issuer == Issuer.COMMUNE:
        posted = ("Biên bản niêm yết, biên bản kết thúc niêm yết",) if case_list.posting_from else ()
        return (f"Danh sách đề nghị, mã {case_list.reference}", *posted)
    return (f"Danh sách đã thẩm định, mã {case_list.reference}",)


def proposal(document: OfficialDocument, body: Body) -> Details:
    """The list to sign, with whole numbers: the same rows as the printed list (`queries.papers`)."""
    case_list = list_of(document)
    paper = paper_of(case_list, PROPOSAL)
    return Details(
        title="Danh sách đề nghị hỗ trợ",
        subject=definition_of(case_list.version_used_id).name,
        beside=(Signer(("Người lập",), how="(Ký, ghi rõ họ tên)"),),
        values={
            "case_list": case_list,
            "paper": paper,
            "note": paragraphs(document.content.get("note", "")),
        },
        is_landscape=True,
        enclosed_with=_enclosed_with(case_list.letter_number, case_list.letter_date),
    )


def _enclosed_with(number: str, day: dt.date | None) -> str:
    """The letter that the list goes with; open where none is recorded."""
    if number and day:
        return f"(Kèm theo Tờ trình số {number} {format_long_date(day)})"
    return "(Kèm theo Tờ trình số ………… ngày …… tháng …… năm ……)"


def appraisal(document: OfficialDocument, body: Body) -> Details:
    """Every row with what was found; the sum is of those who are entitled."""
    case_list = list_of(document)
    paper = paper_of(case_list, PROPOSAL)
    cases = list(Case.objects.filter(case_list=case_list).order_by("position", "pk"))
    rows = [
        AnnexLine(
            ordinal=line.ordinal,
            reference=case.reference,
            name=line.name,
            birth=line.birth,
            number=line.number,
            hamlet=line.hamlet,
            result=str(CaseStatus(case.status).label),
            amount=line.amount if case.status in (CaseStatus.ELIGIBLE, CaseStatus.APPROVED) else 0,
        )
        for line, case in zip(paper.lines, cases, strict=True)
    ]
    out = case_list.exclusions.select_related("case").order_by("pk")
    return Details(
        title="Danh sách thẩm định",
        subject=definition_of(case_list.version_used_id).name,
        beside=(Signer(("Người thẩm định",), how="(Ký, ghi rõ họ tên)"),),
        values={
            "case_list": case_list,
            "area": area_in_sentence(case_list.area_code),
            "rows": rows,
            "people": sum(1 for row in rows if row.amount),
            "amount": sum(row.amount for row in rows),
            "amount_words": amount_in_words(sum(row.amount for row in rows)),
            "excluded": [(row.case.applicant_name, row.case.reference, row.reason) for row in out],
            "note": paragraphs(document.content.get("note", "")),
        },
        is_landscape=True,
    )
