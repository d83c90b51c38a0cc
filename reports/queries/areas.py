"""Which area the figures are of, and the units that they are shown by."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from accounts.enums import AreaLevel
from accounts.models import AdministrativeUnit
from core.querysets import Viewer

_PREFIX_LENGTHS: Final = {AreaLevel.PROVINCE: 2, AreaLevel.DISTRICT: 5, AreaLevel.COMMUNE: 10}
# names of offices, as those of units
DEPARTMENT_DESK: Final = "Hồ sơ do Sở LĐ-TBXH tiếp nhận"
_DESKS: Final = {
    AreaLevel.PROVINCE: (DEPARTMENT_DESK, "Tại Sở"),
    AreaLevel.DISTRICT: ("Hồ sơ do cấp huyện tiếp nhận", "Tại huyện"),
}
_LEVELS: Final = {length: level for level, length in _PREFIX_LENGTHS.items()}


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit as the figures name it."""

    area_code: str
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """The area that somebody looks at, and the units one level below (a commune is shown by itself)."""

    unit: Unit
    level: AreaLevel
    units: tuple[Unit, ...]

    @property
    def prefix_length(self) -> int:
        """How many characters of an area code name one of `units`."""
        return len(self.units[0].area_code) if self.units else len(self.unit.area_code)

    @property
    def own(self) -> Unit | None:
        """The area's own desk, which takes in dossiers that belong to no unit below: the department's, a district's; None for a
        commune, which is shown by itself. Its code is that of the area.
        """
        if self.level == AreaLevel.COMMUNE:
            return None
        name, short = _DESKS[self.level]
        return Unit(self.unit.area_code, name, short)


def area_choice(viewer: Viewer, area_code: str, on: dt.date) -> AreaChoice | None:
    """The area asked for (the viewer's own when none is), or None when it isn't there or lies outside the viewer's."""
    wanted = area_code or viewer.area_code
    if not viewer.area_code or not wanted.startswith(viewer.area_code):
        return None
    valid = AdministrativeUnit.objects.valid_on(on)
    found = valid.filter(area_code=wanted).first()
    if found is None:
        return None
    level = AreaLevel(found.level)
    unit = _unit(found)
    if level == AreaLevel.COMMUNE:
        return AreaChoice(unit, level, (unit,))
    below = valid.filter(parent=found).order_by("area_code")
    return AreaChoice(unit, level, tuple(_unit(row) for row in below))


def with_communes(choice: AreaChoice, on: dt.date) -> AreaChoice:
    """The same area shown by its communes instead of its districts; an area below the province is shown so anyway."""
    if choice.level != AreaLevel.PROVINCE:
        return choice
    communes = AdministrativeUnit.objects.valid_on(on).within(choice.unit.area_code)
    rows = communes.filter(level=AreaLevel.COMMUNE).order_by("area_code")
    return replace(choice, units=tuple(_unit(row) for row in rows))


def has_communes(choice: AreaChoice) -> bool:
    """Is a province shown by its communes?"""
    return choice.level == AreaLevel.PROVINCE and choice.prefix_length == _PREFIX_LENGTHS[AreaLevel.COMMUNE]


def units_within(viewer: Viewer, on: dt.date) -> list[Unit]:
    """The viewer's area and its districts, for a choice of areas; the communes too where it is one district."""
    reach = AreaLevel.DISTRICT if level_of(viewer.area_code) == AreaLevel.PROVINCE else AreaLevel.COMMUNE
    valid = AdministrativeUnit.objects.valid_on(on).within(viewer.area_code).filter(level__lte=reach)
    return [_unit(row) for row in valid.order_by("area_code")]


def level_of(area_code: str) -> AreaLevel:
    """The level that the length of a code says."""
    return _LEVELS.get(len(area_code), AreaLevel.COMMUNE)


def _unit(row: AdministrativeUnit) -> Unit:
    return Unit(row.area_code, row.name, row.short_name)
