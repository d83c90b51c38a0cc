"""Budget lines as the pages show them: by line, district, programme, source or decision, with sums over the ledger."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.queries import area_names
from core.querysets import Viewer
from core.wording import Text
from disbursements.models import BudgetLine, FundingSource, LedgerPosting
from disbursements.queries.ledger import Balances, balance, balances, line_money
from disbursements.queries.request_choices import stream_choices
from support_programs.models import CaseList
from support_programs.queries.programmes import programme_choices


class Grouping(TextChoices):
    """What a row of the table is."""

    LINE = "line", _("Từng dòng kinh phí")
    DISTRICT = "line_area", _("Theo địa bàn")
    PROGRAMME = "programme", _("Theo chính sách")
    SOURCE = "source", _("Theo nguồn kinh phí")
    DECISION = "decision", _("Theo quyết định")


@dataclass(frozen=True, slots=True)
class BudgetFilter:
    """Which lines are shown, and by what they are summed; an empty part filters nothing."""

    programme: str = ""
    area: str = ""
    source: str = ""
    decision: str = ""
    by: Grouping = Grouping.LINE

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "BudgetFilter":
        """What the address asks for; what it can't be is left out."""
        by, decision, area = query.get("by", ""), query.get("decision", ""), query.get("area", "")
        return cls(
            query.get("programme", ""),
            area if area.isascii() and area.isdecimal() else "",
            query.get("source", ""),
            decision if decision.isascii() and decision.isdecimal() and len(decision) < 12 else "",
            Grouping(by) if by in Grouping.values else Grouping.LINE,
        )

    def lines(self, viewer: Viewer) -> QuerySet[BudgetLine]:
        """The lines that somebody may see and that fit; the department's area (`89`) means its own lines alone."""
        found: QuerySet[BudgetLine] = BudgetLine.objects.visible_to(viewer)
        asked = {"programme": self.programme, "source__code": self.source, "decision": self.decision}
        if self.area:
            found = found.filter(area_code=self.area)
        return found.filter(**{name: value for name, value in asked.items() if value})


@dataclass(frozen=True, slots=True)
class LineNames:
    """The words of lines: areas, decisions, programmes, groups; three questions for any number of lines."""

    areas: Mapping[str, str] = field(default_factory=dict)
    decisions: Mapping[int, tuple[str, dt.date | None]] = field(default_factory=dict)
    programmes: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)

    def group(self, stream: str) -> Text:
        return self.groups.get(stream, stream) if stream else _("Mọi nhóm")


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A row of the table: a line, or all lines of one key; `address` is the part of the address that leads behind it."""

    label: Text
    note: Text
    money: Balances
    lines: int
    address: str
    line: BudgetLine | None = None
    area: str = ""
    decision: str = ""
    group: Text = ""


def line_names(lines: Iterable[BudgetLine]) -> LineNames:
    """The words for these lines; number and day of a decision are those copied to its lists, as it is the province's row."""
    found = list(lines)
    return LineNames(
        area_names({line.area_code for line in found}),
        decision_names({line.decision_id for line in found}),
        dict(programme_choices()),
        dict(stream_choices()),
    )


def decision_names(decisions: Iterable[int]) -> dict[int, tuple[str, dt.date | None]]:
    """(number, day signed) of decisions; one query."""
    rows = CaseList.objects.filter(decision__in=set(decisions)).order_by("decision", "pk")
    return {
        pk: (number, day)
        for pk, number, day in rows.values_list("decision", "decision_number", "decision_date").distinct()
    }


def line_rows(lines: Iterable[BudgetLine]) -> list[BudgetRow]:
    """A row per line, in the order given; a constant number of queries."""
    found = list(lines)
    money, names = line_money(found), line_names(found)
    return [
        BudgetRow(
            line.reference,
            str(line.source),
            money[line.pk],
            1,
            "",
            line,
            names.areas.get(line.area_code, line.area_code),
            names.decisions.get(line.decision_id, ("", None))[0],
            names.group(line.stream),
        )
        for line in found
    ]


def grouped_rows(lines: QuerySet[BudgetLine], by: Grouping) -> list[BudgetRow]:
    """A row per district, programme, source or decision of these lines; three queries."""
    column = {Grouping.DISTRICT: "area_code", Grouping.SOURCE: "source__code"}.get(by, by.value)
    counts = dict(lines.order_by().values_list(column).annotate(n=Count("pk")))
    money = balances(postings_of_lines(lines), by.value)
    labels = _labels(by, counts)
    names = {"line_area": "area"}
    rows = [
        BudgetRow(
            labels.get(key, str(key)),
            "",
            money.get((key,), Balances()),
            count,
            f"{names.get(by.value, by.value)}={key}",
        )
        for key, count in counts.items()
    ]
    return sorted(rows, key=lambda row: (str(row.label), row.address))


def _labels(by: Grouping, keys: Iterable[Any]) -> dict[Any, Text]:
    if by is Grouping.DISTRICT:
        return dict(area_names(keys))
    if by is Grouping.PROGRAMME:
        return dict(programme_choices())
    if by is Grouping.SOURCE:
        return dict(FundingSource.objects.filter(code__in=list(keys)).values_list("code", "name"))
    return {pk: number for pk, (number, _day) in decision_names(keys).items()}


def postings_of_lines(lines: QuerySet[BudgetLine]) -> QuerySet[LedgerPosting]:
    """Every posting on these lines."""
    return LedgerPosting.objects.filter(budget_line__in=lines.order_by().values("pk"))


def total_of(lines: QuerySet[BudgetLine]) -> Balances:
    """Where the money of all these lines is; one query."""
    return balance(postings_of_lines(lines))


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What the filters offer: only what the visible lines have."""

    programmes: list[tuple[str, str]]
    areas: list[tuple[str, str]]
    sources: list[tuple[str, str]]
    decisions: list[tuple[str, str]]


def filter_choices(viewer: Viewer) -> FilterChoices:
    """The choices of the filters; three queries."""
    seen = BudgetLine.objects.visible_to(viewer).order_by()
    rows = set(seen.values_list("programme", "area_code", "source__code", "source__name", "decision"))
    programmes = dict(programme_choices())
    decisions = decision_names({row[4] for row in rows})
    areas = area_names({row[1] for row in rows})
    return FilterChoices(
        sorted({(row[0], programmes.get(row[0], row[0])) for row in rows}, key=lambda item: item[1]),
        sorted(areas.items()),
        sorted({(row[2], row[3]) for row in rows}, key=lambda item: item[1]),
        sorted(
            ((str(pk), number) for pk, (number, _day) in decisions.items()),
            key=lambda item: item[1],
        ),
    )


def targets_of(viewer: Viewer, line: BudgetLine) -> list[BudgetLine]:
    """The other lines of the same programme that a transfer may lead to, in the viewer's area."""
    seen: QuerySet[BudgetLine] = BudgetLine.objects.visible_to(viewer)
    found = seen.filter(programme=line.programme_id).exclude(pk=line.pk).select_related("source")
    return list(found.order_by("area_code", "decision", "source", "stream"))
