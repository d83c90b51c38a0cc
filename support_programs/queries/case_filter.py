"""What the address of a table of cases asks for: words, kinds, days, amounts, and the order."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.dates import parse_date
from core.querysets import area_filter
from core.search import SearchQuery, read_query
from core.text import search_key
from support_programs.enums import CaseStatus, Result
from support_programs.models import Case

ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "position": ("position", "pk"),
    "due": ("due_on", "pk"),
    "-due": ("-due_on", "-pk"),
    "name": ("name_sort", "pk"),
    "-name": ("-name_sort", "-pk"),
    "area": ("area_code", "pk"),
    "-area": ("-area_code", "-pk"),
    "amount": ("amount_proposed", "pk"),
    "-amount": ("-amount_proposed", "-pk"),
}
ME: Final = "me"
NOBODY: Final = "none"
# what the rest of the row of filters asks; «Thêm bộ lọc» opens them
FURTHER: Final = (
    "occupation",
    "employer",
    "officer",
    "received_from",
    "received_to",
    "amount_from",
    "amount_to",
    "papers",
)
NAMES: Final = ("q", "programme", "area", "status", "result", "late", *FURTHER)
_SEPARATORS: Final = re.compile(r"[\s.,đĐ]+")
_LARGEST: Final = 10**13


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the address asks for; unknown words are ignored, days and amounts that can't be read are named in `problems`.

    `officer` is `me`, `none` or the number of an account; `papers` is `missing`. What was typed for a day or an amount stays in
    `typed`, so that the field shows it again.
    """

    q: str = ""
    programme: str = ""
    area: str = ""
    status: str = ""
    result: str = ""
    late: bool = False
    sort: str = "due"
    occupation: str = ""
    employer: str = ""
    officer: str = ""
    me: int = 0
    received_from: dt.date | None = None
    received_to: dt.date | None = None
    amount_from: int | None = None
    amount_to: int | None = None
    papers: str = ""
    typed: Mapping[str, str] | None = None
    problems: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, query: Mapping[str, str], *, me: int = 0, sort: str = "due") -> "CaseFilter":
        """`me` is who asks; `sort` the order when the address names none."""
        wanted = query.get("sort", sort)
        typed = {name: query.get(name, "").strip()[:100] for name in FURTHER}
        read, problems = _read(typed)
        return cls(
            q=query.get("q", "").strip()[:100],
            programme=query.get("programme", ""),
            area=query.get("area", ""),
            status=query.get("status", "") if query.get("status") in CaseStatus.values else "",
            result=query.get("result", "") if query.get("result") in (*Result.values, "review") else "",
            late=query.get("late") == "1",
            sort=wanted if wanted in ORDERS else "due",
            occupation=typed["occupation"],
            employer=typed["employer"],
            officer=typed["officer"] if _is_officer(typed["officer"]) else "",
            me=me,
            papers="missing" if typed["papers"] == "missing" else "",
            typed=typed,
            problems=problems,
            **read,
        )

    @property
    def has_further(self) -> bool:
        """Something of «Thêm bộ lọc» is asked for, or was typed and can't be read."""
        return any((self.typed or {}).values())

    def apply(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        """The rows that fit. Words of the name are found without marks, three digits or a birth narrow them; a reference finds
        its case.
        """
        cases = self._named(cases)
        if self.programme:
            cases = cases.filter(programme_id=self.programme)
        if self.area:
            cases = cases.filter(area_filter(self.area))
        if self.status:
            cases = cases.filter(status=self.status)
        if self.result == "review":
            cases = cases.filter(outcomes__contains="r")
        elif self.result:
            cases = cases.filter(result=self.result)
        if self.late:
            cases = cases.filter(due_on__lt=clock.today())
        return cases.filter(self._further())

    def _named(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        query = read_query(self.q)
        if query.reference is not None:
            return cases.filter(reference=str(query.reference))
        for word in query.words or search_key(self.q).split():
            cases = cases.filter(name_key__contains=word)
        return cases.filter(narrowed_to(query))

    def _further(self) -> Q:
        asked = Q()
        if self.occupation:
            asked &= Q(occupation__icontains=self.occupation)
        if self.employer:
            words = search_key(self.employer)
            own, of_list = (
                Q(employer__name_key__contains=words),
                Q(case_list__employer__name_key__contains=words),
            )
            asked &= own | of_list
        if self.officer == NOBODY:
            asked &= Q(assigned_to_id=None)
        elif self.officer:
            asked &= Q(assigned_to_id=self.me if self.officer == ME else int(self.officer))
        if self.papers:
            asked &= Q(papers_missing__gt=0)
        for name, lookup in _BOUNDS.items():
            if (bound := getattr(self, name)) is not None:
                asked &= Q(**{lookup: bound})
        return asked


_BOUNDS: Final = {
    "received_from": "received_on__gte",
    "received_to": "received_on__lte",
    "amount_from": "amount_proposed__gte",
    "amount_to": "amount_proposed__lte",
}


def _is_officer(text: str) -> bool:
    return text in (ME, NOBODY) or (text.isascii() and text.isdecimal() and len(text) < 10)


def _read(typed: Mapping[str, str]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Days and amounts that were typed, and a sentence for each that can't be read."""
    readers: dict[str, tuple[Callable[[str], Any], str]] = {
        "received_from": (_day, _("Nhận từ ngày")),
        "received_to": (_day, _("Nhận đến ngày")),
        "amount_from": (_amount, _("Mức hỗ trợ từ")),
        "amount_to": (_amount, _("Mức hỗ trợ đến")),
    }
    found: dict[str, Any] = {}
    problems = []
    for name, (read, label) in readers.items():
        if not typed[name]:
            continue
        try:
            found[name] = read(typed[name])
        except ValueError as error:
            problems.append(f"{label}: {error}")
    return found, tuple(problems)


def _day(text: str) -> dt.date:
    """InvalidDateError, a ValueError, says in words what is wrong."""
    return parse_date(text, latest=clock.today())


def _amount(text: str) -> int:
    digits = _SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdecimal()) or int(digits) > _LARGEST:
        raise ValueError(
            _("Không đọc được số tiền “%(typed)s”. Hãy nhập số đồng, ví dụ 1.500.000.") % {"typed": text}
        )
    return int(digits)


def narrowed_to(query: SearchQuery) -> Q:
    """What three digits of a paper and a birth ask besides the name; who has only a year may be born on that day of it."""
    if not query.name:
        return Q()
    asked = Q(number_last3=query.last3) if query.last3 else Q()
    if query.birth:
        is_that_year = Q(birth_date=None, birth_year=query.birth.year)
        return asked & (Q(birth_date=query.birth) | is_that_year)
    return asked & Q(birth_year=query.birth_year) if query.birth_year else asked
