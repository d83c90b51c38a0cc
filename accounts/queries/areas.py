"""Names of areas, by their code."""

from collections.abc import Iterable
from functools import lru_cache

from accounts.enums import AreaLevel
from accounts.models import AdministrativeUnit
from core import clock


@lru_cache(maxsize=4096)
def area_name(area_code: str) -> str:
    """The full name of the unit with this code on the business date (the newest one if it is gone); the code
    itself if unknown.
    """
    units = AdministrativeUnit.objects.filter(area_code=area_code)
    unit = units.valid_on(clock.today()).first() or units.order_by("-valid_from").first()
    return unit.name if unit else area_code


@lru_cache(maxsize=64)
def children_of(area_code: str) -> tuple[tuple[str, str], ...]:
    """(area_code, name) of the units directly below an area, in the order of their codes."""
    level = {2: AreaLevel.DISTRICT, 5: AreaLevel.COMMUNE}.get(len(area_code))
    if level is None:
        return ()
    units = AdministrativeUnit.objects.within(area_code).filter(level=level).valid_on(clock.today())
    return tuple(units.values_list("area_code", "name"))


def parent_name(area_code: str) -> str:
    """The name of the unit above: the district of a commune, the province of a district."""
    return area_name(area_code[:-5] if len(area_code) == 10 else area_code[:2])


def place_name(area_code: str) -> str:
    """The unit with the one above it: commune and district, district and province; the province alone."""
    return (
        area_name(area_code) if len(area_code) == 2 else f"{area_name(area_code)}, {parent_name(area_code)}"
    )


def find_commune(code: str) -> AdministrativeUnit | None:
    """The commune with a State code (`30343`) or an area code (`8988830343`) on the business date."""
    communes = AdministrativeUnit.objects.communes().valid_on(clock.today())
    return communes.filter(code=code).first() or communes.filter(area_code=code).first()


def area_names(area_codes: Iterable[str]) -> dict[str, str]:
    """The names of these areas on the business date, for a list of rows; one query. An unknown code names itself."""
    codes = set(area_codes)
    units = AdministrativeUnit.objects.filter(area_code__in=codes).valid_on(clock.today())
    return {code: code for code in codes} | dict(units.values_list("area_code", "name"))
