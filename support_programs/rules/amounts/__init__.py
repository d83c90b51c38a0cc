"""Formulas of what is owed: whole đồng, or goods, with the lines that lead to it and the most that the rule allows."""

from collections.abc import Callable
from typing import Final

from support_programs.rules.amounts.base import AmountRule, Line, Owed
from support_programs.rules.amounts.elsewhere import ContributionPause, LoanCap, Rate
from support_programs.rules.amounts.paid import Band, Bands, Fixed, InKind, PerDay, PerWorkerMonth, Variant
from support_programs.rules.amounts.tables import BaseTimesCoefficient, Coefficient, Item, ItemTable
from support_programs.rules.reading import Table, read_window

__all__ = ["FORMULAS", "AmountRule", "Fixed", "Line", "Owed", "read_amount"]


def _items(table: Table, key: str) -> tuple[Item, ...]:
    items = []
    for row in table.tables(key):
        items.append(
            Item(row.text("code"), row.text("label"), row.money("value"), row.text("per", default=""))
        )
        row.end()
    return tuple(items)


def _bands(table: Table) -> tuple[Band, ...]:
    bands: list[Band] = []
    for row in table.tables("bands"):
        band = Band(row.number("from_days"), row.optional_number("to_days"), row.money("value"))
        if band.from_days < 1 or (band.to_days is not None and band.to_days < band.from_days):
            raise row.error("from_days", "at least 1 day, and not more than `to_days`, is expected")
        if bands and (bands[-1].to_days is None or band.from_days != bands[-1].to_days + 1):
            raise row.error("from_days", "bands follow each other without gap or overlap")
        if bands and band.value < bands[-1].value:
            raise row.error("value", "more days never give less")
        bands.append(band)
        row.end()
    if not bands or bands[-1].to_days is not None:
        raise table.error("bands", "the last band is open")
    return tuple(bands)


def _variants(table: Table) -> tuple[Variant, ...]:
    variants = []
    for row in table.tables("variants"):
        variants.append(Variant(row.text("code"), row.text("label"), row.money("max_days")))
        row.end()
    if not variants:
        raise table.error("variants", "at least one variant is expected")
    return tuple(variants)


def _coefficients(table: Table) -> tuple[Coefficient, ...]:
    found = []
    for row in table.tables("coefficients"):
        found.append(Coefficient(row.text("code"), row.text("label"), row.decimal("value")))
        row.end()
    return tuple(found)


Reader = Callable[[Table, str, str], AmountRule]
FORMULAS: Final[dict[str, Reader]] = {
    "fixed": lambda t, label, article: Fixed(label, article, t.money("value")),
    "bands": lambda t, label, article: Bands(
        label, article, t.code("start"), t.code("end"), read_window(t), _bands(t)
    ),
    "per_day": lambda t, label, article: PerDay(
        label,
        article,
        t.money("value"),
        t.code("field"),
        _variants(t),
        t.code("start"),
        t.code("end"),
        read_window(t),
    ),
    "per_worker_month": lambda t, label, article: PerWorkerMonth(
        label,
        article,
        t.money("value"),
        t.number("max_months"),
        t.code("workers"),
        t.code("months"),
        t.code("cost"),
    ),
    "base_times_coefficient": lambda t, label, article: BaseTimesCoefficient(
        label, article, t.money("base"), t.code("field"), _coefficients(t)
    ),
    "loan_cap": lambda t, label, article: LoanCap(
        label,
        article,
        t.code("field"),
        _items(t, "wages"),
        t.code("workers"),
        t.code("months"),
        t.number("max_months"),
    ),
    "rate": lambda t, label, article: Rate(
        label, article, t.code("base"), t.decimal("normal_rate"), t.number("months"), read_window(t)
    ),
    "contribution_pause": lambda t, label, article: ContributionPause(
        label, article, t.number("months"), t.number("max_total"), t.code("used")
    ),
    "in_kind": lambda t, label, article: InKind(
        label, article, t.text("item"), t.text("unit"), t.money("value"), t.text("per")
    ),
    "floor_table": lambda t, label, article: ItemTable(
        label, article, t.code("field"), _items(t, "items"), is_floor=True
    ),
    "lookup": lambda t, label, article: ItemTable(
        label, article, t.code("field"), _items(t, "items"), is_floor=False
    ),
}


def read_amount(table: Table) -> AmountRule:
    """The formula of a version."""
    kind = table.one_of("type", tuple(FORMULAS))
    rule = FORMULAS[kind](table, table.text("label"), table.text("article", default=""))
    table.end()
    return rule
