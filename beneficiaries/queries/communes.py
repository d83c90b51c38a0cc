"""The communes that an address can name, from the register of areas."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from accounts.models import AdministrativeUnit
from accounts.queries import area_name, children_of
from beneficiaries.rules.addresses import Commune, Communes


@lru_cache(maxsize=4)
def _communes_of(province: str, on: dt.date) -> tuple[Commune, ...]:
    units = AdministrativeUnit.objects.communes().within(province).valid_on(on)
    return tuple(
        Commune(area, area[:5], name, short)
        for area, name, short in units.values_list("area_code", "name", "short_name")
    )


@lru_cache(maxsize=64)
def communes_seen_from(area_code: str, on: dt.date) -> Communes:
    """The communes of the province as they were on that day, seen from one of them.

    Seen from a district or the province they are all as good: whose commune is not known yet may live in any.
    """
    names = [area_name(area_code[:5]), area_name(area_code[:2])]
    if len(area_code) == 2:
        names += [name for _code, name in children_of(area_code)]
    higher = [written for name in names for written in (name, _bare(name))]
    desk = "" if len(area_code) == 10 else area_name(area_code)
    return Communes(_communes_of(area_code[:2], on), area_code, higher, desk)


def _bare(name: str) -> str:
    for kind in ("Huyện ", "Thị xã ", "Thành phố ", "Tỉnh "):
        name = name.removeprefix(kind)
    return name
