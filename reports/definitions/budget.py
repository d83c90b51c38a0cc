"""Kinh phí: given, in batches, sent, paid and left, by source, district or decision; every figure is a sum of the ledger."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from accounts.queries import area_names
from core.money import amount_in_words
from core.querysets import Viewer
from core.spreadsheets.tables import Column, Kind
from reports.definitions.base import Ask, Body, Params, ReportDefinition, ReportGroup
from reports.definitions.lines import (
    Line,
    money_column,
    named,
    people_and_money,
    sections_by,
)
from reports.definitions.stages import ORDINAL, label_column
from reports.queries.budget_sums import BudgetAsked, BudgetSum, budget_sums, decision_words, source_names
from support_programs.queries.programmes import programme_choices

_NOTE: Final = (
    "Kinh phí đã cấp là số đã trừ phần điều chuyển đi, hoàn trả và hủy ghi. Đã gửi gồm cả lệnh chi chưa rõ kết quả. "
    "Kinh phí được phân bổ cho huyện và cho Sở; xã, phường, thị trấn không có dòng kinh phí riêng."
)
_UNSURE: Final = "Chưa có mẫu của Bộ Tài chính, của tỉnh; các cột do hệ thống chọn."
COLUMNS_BUT_LABEL: Final = (
    money_column("given_period", "Trong kỳ", "Kinh phí đã cấp"),
    money_column("given", "Lũy kế", "Kinh phí đã cấp"),
    *people_and_money("committed", "Trong đợt chi, chưa gửi"),
    *people_and_money("sent", "Đã gửi chi, chờ kết quả"),
    money_column("paid_period", "Số tiền", "Đã chi trong kỳ"),
    *people_and_money("paid", "Đã chi lũy kế"),
    money_column("left", "Kinh phí còn lại"),
    Column("paid_share", "Tỷ lệ đã chi", Kind.PERCENT, ratio_of=("paid_amount", "given")),
)


@dataclass(frozen=True, slots=True)
class Words:
    """The names of everything that a key may hold."""

    areas: Mapping[str, str]
    programmes: Mapping[str, str]
    sources: Mapping[str, str]
    decisions: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A table of the budget: the parts of its key, what heads a section (code, words) and what names a line."""

    by: tuple[str, ...]
    title: str
    heading: Callable[[tuple[Any, ...], Words], tuple[str, str]]
    line: Callable[[tuple[Any, ...], Words], str]

    @property
    def columns(self) -> tuple[Column, ...]:
        return (ORDINAL, label_column(self.title, 36), *COLUMNS_BUT_LABEL)

    def read(self, params: Params, viewer: Viewer) -> Body:
        """The sections in the order of the key."""
        asked = BudgetAsked(params.area.unit.area_code, params.first, params.last, params.programmes)
        sums = budget_sums(viewer, asked, *self.by)
        words = _words(self.by, sums)
        sections = sections_by(
            sums,
            lambda one: self.heading(one.key, words),
            lambda one: _line(self.line(one.key, words), one),
            self.columns,
        )
        return Body(sections=sections, notes=(_NOTE,))


def _words(by: Sequence[str], sums: Sequence[BudgetSum]) -> Words:
    found = {name: {one.key[place] for one in sums} for place, name in enumerate(by)}
    return Words(
        area_names(found.get("line_area", ())),
        dict(programme_choices()),
        source_names(),
        decision_words(found["decision"]) if found.get("decision") else {},
    )


def _line(label: str, one: BudgetSum) -> Line:
    money = one.at_end
    line: Line = {
        "label": label,
        "given_period": one.in_period.given,
        "given": money.given,
        "committed_people": money.committed.people,
        "committed_amount": money.committed.amount,
        "sent_people": money.sent.people,
        "sent_amount": money.sent.amount,
        "paid_period": one.in_period.paid.amount,
        "paid_people": money.paid.people,
        "paid_amount": money.paid.amount,
        "left": money.left,
    }
    return line


BY_SOURCE: Final = Arrangement(
    ("source", "programme"),
    "Nguồn kinh phí, chính sách",
    lambda key, words: ("", named(words.sources, key[0], "Không rõ nguồn")),
    lambda key, words: named(words.programmes, key[1], ""),
)
BY_DISTRICT: Final = Arrangement(
    ("line_area", "programme", "source"),
    "Đơn vị, chính sách và nguồn",
    lambda key, words: (key[0], words.areas[key[0]]),
    lambda key, words: f"{named(words.programmes, key[1], '')}; {named(words.sources, key[2], '')}",
)
BY_DECISION: Final = Arrangement(
    ("decision", "line_area", "source"),
    "Quyết định, đơn vị và nguồn",
    lambda key, words: ("", f"Quyết định {named(words.decisions, key[0], '')}"),
    lambda key, words: f"{words.areas[key[1]]}; {named(words.sources, key[2], '')}",
)


def _in_words(totals: Mapping[str, int]) -> tuple[str, ...]:
    return (
        f"Kinh phí đã cấp (bằng chữ): {amount_in_words(totals['given'])}.",
        f"Số tiền đã chi lũy kế (bằng chữ): {amount_in_words(totals['paid_amount'])}.",
    )


def _definition(code: str, title: str, purpose: str, arrangement: Arrangement) -> ReportDefinition:
    return ReportDefinition(
        code=code,
        slug=code.replace("_", "-"),
        group=ReportGroup.MONEY,
        title=title,
        purpose=purpose,
        columns=lambda _params: arrangement.columns,
        read=arrangement.read,
        in_words=_in_words,
        unit_note="Đơn vị tính: người, đồng",
        asks=(Ask.PROGRAMMES,),
        unsure=_UNSURE,
    )


DEFINITIONS: Final = (
    _definition(
        "budget_sources",
        "Kinh phí theo nguồn",
        "Đã cấp, trong đợt chi, đã gửi, đã chi và còn lại của từng nguồn theo chính sách.",
        BY_SOURCE,
    ),
    _definition(
        "budget_districts",
        "Kinh phí theo huyện, thị xã, thành phố",
        "Đã cấp, trong đợt chi, đã gửi, đã chi và còn lại của từng huyện theo chính sách và nguồn.",
        BY_DISTRICT,
    ),
    _definition(
        "budget_decisions",
        "Kinh phí theo quyết định",
        "Đã cấp, trong đợt chi, đã gửi, đã chi và còn lại của từng quyết định theo huyện và nguồn.",
        BY_DECISION,
    ),
)
