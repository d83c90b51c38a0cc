"""The decision that approves lists and their money: its articles, and an annex of its own page numbers for each list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from accounts.queries import area_name
from core.text import inside_sentence, without_numbers
from support_programs.enums import Issuer
from support_programs.models import Case, CaseList, OfficialDocument
from support_programs.permissions import COMMUNE_DIGITS
from support_programs.queries.documents.beside import lists_beside
from support_programs.queries.documents.bodies import Body, area_in_sentence, body_of
from support_programs.queries.documents.lists import FOUND, AnnexLine, Sums, bases_of, list_of
from support_programs.queries.documents.sheet import Details, lines, paragraphs
from support_programs.queries.programmes import definition_of

_ROMAN: Final = (
    ("C", 100),
    ("XC", 90),
    ("L", 50),
    ("XL", 40),
    ("X", 10),
    ("IX", 9),
    ("V", 5),
    ("IV", 4),
    ("I", 1),
)


@dataclass(frozen=True, slots=True)
class Annex:
    """One list that is approved: its people with masked numbers, its sum, the fund that pays it. `number` is Roman, "" where the
    decision has one annex only.
    """

    number: str
    case_list: CaseList
    area: str
    fund: str
    rows: tuple[AnnexLine, ...]

    @property
    def sums(self) -> Sums:
        return Sums(len(self.rows), sum(row.amount for row in self.rows))


def decision(document: OfficialDocument, body: Body) -> Details:
    """The decision with its articles, and each list as an annex of its own page numbers, identity numbers masked; with several
    lists the first annex sums them up.
    """
    case_list, content = list_of(document), document.content
    approved = [case_list, *lists_beside(content.get("beside", ()))]
    annexes = _annexes(approved)
    name = inside_sentence(definition_of(case_list.version_used_id).name)
    return Details(
        title="Quyết định",
        subject=f"Về việc phê duyệt danh sách và kinh phí {name}",
        recipients=lines(content.get("recipients", "")) or ("Như Điều 3", "Lưu: VT"),
        values={
            "body": body,
            "case_list": case_list,
            "area": area_in_sentence(case_list.area_code),
            "programme": name,
            "bases": lines(content.get("bases", "")) or bases_of(case_list),
            "proposed_by": content.get("proposed_by") or _proposed_by(case_list),
            "sums": Sums(sum(a.sums.people for a in annexes), sum(a.sums.amount for a in annexes)),
            "fund": "; ".join(sorted({annex.fund for annex in annexes if annex.fund})),
            "duties": paragraphs(content.get("duties", "")) or _duties(approved),
            "charged": content.get("charged") or _charged(approved, body),
            "annexes": annexes,
            "is_of_several": len(annexes) > 1,
        },
    )


def _annexes(approved: Sequence[CaseList]) -> list[Annex]:
    """One query for the people of all lists."""
    cases = Case.objects.filter(FOUND, case_list__in=approved).order_by("case_list", "position", "pk")
    rows = {pk: tuple(_annex(found)) for pk, found in groupby(cases, key=lambda case: case.case_list_id)}
    # the first annex of several is their summary
    first = 2 if len(approved) > 1 else 0
    return [
        Annex(
            number=roman(first + place) if first else "",
            case_list=case_list,
            area=area_in_sentence(case_list.area_code),
            fund=_fund(case_list),
            rows=rows.get(case_list.pk, ()),
        )
        for place, case_list in enumerate(approved)
    ]


def _fund(case_list: CaseList) -> str:
    streams = definition_of(case_list.version_used_id).streams
    return next((stream.fund for stream in streams if stream.code == case_list.stream), "")


def roman(number: int) -> str:
    """A number as annexes are counted (NĐ 30, Phụ lục I): 2 is "II"."""
    found = ""
    for sign, value in _ROMAN:
        while number >= value:
            found, number = found + sign, number - value
    return found


def _proposed_by(case_list: CaseList) -> str:
    if not case_list.has_list_approval or case_list.has_money_appraisal:
        return "Giám đốc Sở Lao động - Thương binh và Xã hội"
    return f"Chủ tịch {body_of(Issuer.DISTRICT, case_list.area_code).name}"


def _duties(approved: Sequence[CaseList]) -> tuple[str, ...]:
    where = area_name(approved[0].area_code) if len(approved) == 1 else f"{len(approved)} danh sách kèm theo"
    said = (
        f"Giao Sở Lao động - Thương binh và Xã hội và các cơ quan liên quan tổ chức chi trả cho những người có tên trong "
        f"danh sách ({where}) đúng đối tượng, đúng số tiền, công khai, minh bạch."
    )
    return (said,)


def _charged(approved: Sequence[CaseList], body: Body) -> str:
    unit = ""
    if all(len(case_list.area_code) == COMMUNE_DIGITS for case_list in approved):
        places = dict.fromkeys(inside_sentence(area_name(case_list.area_code)) for case_list in approved)
        unit = f", Chủ tịch Ủy ban nhân dân {', '.join(places)}"
    return (
        f"Chánh Văn phòng {body.name}; Giám đốc các Sở: Lao động - Thương binh và Xã hội, Tài chính{unit} "
        "và thủ trưởng các cơ quan, đơn vị có liên quan chịu trách nhiệm thi hành Quyết định này."
    )


def _annex(cases: Iterable[Case]) -> Iterator[AnnexLine]:
    """Who gets the money. The annex is published: it has no reference, which with the year of birth would open the page of
    somebody's case to everybody, and no number that was typed into the hamlet.
    """
    for ordinal, case in enumerate(cases, start=1):
        yield AnnexLine(
            ordinal=ordinal,
            reference="",
            name=case.applicant_name,
            birth=str(case.birth_year or ""),
            number=f"••• {case.number_last3}" if case.number_last3 else "",
            hamlet=without_numbers(case.hamlet),
            result="",
            amount=case.amount_proposed,
        )
