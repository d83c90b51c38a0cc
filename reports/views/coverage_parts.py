"""The coverage on the overview: tables by register, by unit and by group, the figures with the list behind them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.charts import percent_text, share_of
from core.wording import Text
from reports.links import link
from reports.queries.areas import AreaChoice
from reports.queries.coverage import Reach, RegisterReach


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One programme among those whom a register names; `url` opens those without a case."""

    programme: str
    register: Text
    reach: Reach
    share: str
    url: str


@dataclass(frozen=True, slots=True)
class CoverageUnit:
    """One unit: for each row of the table above how many have a case, of how many."""

    name: str
    cells: tuple[tuple[Reach, str], ...]


def coverage_rows(parts: tuple[RegisterReach, ...], choice: AreaChoice) -> list[CoverageRow]:
    """A row for each programme and register."""
    return [
        CoverageRow(
            part.programme_name,
            part.register_title,
            part.total,
            percent_text(share_of(part.total.with_case, part.total.named)) if part.total.named else "",
            _behind(part.programme, choice.unit.area_code),
        )
        for part in parts
    ]


@dataclass(frozen=True, slots=True)
class CoverageGroup:
    """One group of a register among those whom a programme means."""

    programme: str
    register: Text
    group: Text
    reach: Reach


def coverage_groups(parts: tuple[RegisterReach, ...]) -> list[CoverageGroup]:
    """A row for each group that somebody is in, in the order of the registers."""
    return [
        CoverageGroup(part.programme_name, part.register_title, group, reach)
        for part in parts
        for group, reach in part.by_group
    ]


def coverage_units(parts: tuple[RegisterReach, ...], choice: AreaChoice) -> list[CoverageUnit]:
    """A row for each unit in the order of the areas; one more for people whose commune is not known yet."""
    units = [(unit.area_code, unit.short_name) for unit in choice.units]
    known = {code for code, _name in units}
    if any(code not in known for part in parts for code in part.by_unit):
        units.append(("", _("Chưa rõ xã")))
    return [
        CoverageUnit(
            name,
            tuple(
                (_reach_of(part, code, known), _behind(part.programme, code) if code else "")
                for part in parts
            ),
        )
        for code, name in units
    ]


def _reach_of(part: RegisterReach, code: str, known: set[str]) -> Reach:
    if code:
        return part.by_unit.get(code, Reach())
    return sum((reach for unit, reach in part.by_unit.items() if unit not in known), Reach())


def _behind(programme: str, area_code: str) -> str:
    district = area_code[:5] if len(area_code) > 2 else ""
    commune = area_code if len(area_code) == 10 else ""
    return link("support_programs:left_behind", programme=programme, district=district, commune=commune)
