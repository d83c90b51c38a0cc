"""The administrative units of 2021 and 2025, from the shipped files."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from django.db import transaction

from accounts.enums import AreaLevel
from accounts.models import AdministrativeUnit, Succession
from core.text import search_key, sort_key

FILES: Final = Path(__file__).resolve().parent.parent / "data"
# as of the shipped list; what changed before it is not recorded
FROM_2021: Final = dt.date(2021, 7, 1)
UNTIL_2025: Final = dt.date(2025, 6, 30)
FROM_2025: Final = dt.date(2025, 7, 1)
_KINDS: Final = {"Xã": "xa", "Phường": "phuong", "Đặc": "dac_khu", "Tỉnh": "tinh", "Thành": "thanh_pho_tw"}


@transaction.atomic
def load_areas() -> str:
    """Add the units that the table lacks and the map from old to new; existing rows stay as they are."""
    known = set(AdministrativeUnit.objects.values_list("area_code", "valid_from"))
    for level in AreaLevel:
        units = [u for u in [*_units_2021(), *_units_2025()] if u.level == level]
        parents = _ids() if level > AreaLevel.PROVINCE else {}
        for unit in units:
            unit.parent_id = parents.get((_parent_code(unit), unit.valid_from))
        AdministrativeUnit.objects.bulk_create(
            [u for u in units if (u.area_code, u.valid_from) not in known], batch_size=2000
        )
    Succession.objects.bulk_create(_successions(), ignore_conflicts=True)
    return f"{AdministrativeUnit.objects.count()} units, {Succession.objects.count()} successions"


def _rows(name: str) -> Iterator[dict[str, str]]:
    with open(FILES / name, encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def _units_2021() -> Iterable[AdministrativeUnit]:
    rows = list(_rows("admin_units_2021.csv"))
    parents = {row["code"]: row["parent_code"] for row in rows}
    for row in rows:
        path, code = row["code"], row["code"]
        while code := parents.get(code, ""):
            path = code + path
        yield _unit(row["code"], path, int(row["level"]), row["name_vi"], row["type"], FROM_2021, UNTIL_2025)


def _units_2025() -> Iterable[AdministrativeUnit]:
    for row in _rows("admin_units_2025.csv"):
        level = AreaLevel.PROVINCE if row["level"] == "1" else AreaLevel.COMMUNE
        kind = _KINDS.get(row["name_vi"].split()[0], "")
        yield _unit(
            row["code"], row["parent_code"] + row["code"], level, row["name_vi"], kind, FROM_2025, None
        )


def _unit(
    code: str, path: str, level: int, name: str, kind: str, start: dt.date, end: dt.date | None
) -> AdministrativeUnit:
    prefixes = (
        "Thành phố ",
        "Thị xã ",
        "Thị trấn ",
        "Huyện ",
        "Quận ",
        "Phường ",
        "Xã ",
        "Tỉnh ",
        "Đặc khu ",
    )
    short = next((name[len(p) :] for p in prefixes if name.startswith(p)), name)
    return AdministrativeUnit(
        code=code,
        area_code=path,
        level=level,
        name=name,
        # «Phường 1» keeps its kind: a bare number is no name
        short_name=name if short.isdigit() else short,
        kind=kind,
        search_key=search_key(name),
        sort_key=sort_key(short),
        valid_from=start,
        valid_to=end,
    )


def _parent_code(unit: AdministrativeUnit) -> str:
    return unit.area_code[: -len(unit.code)]


def _ids() -> dict[tuple[str, dt.date], int]:
    rows = AdministrativeUnit.objects.values_list("area_code", "valid_from", "pk")
    return {(area_code, start): pk for area_code, start, pk in rows}


def _successions() -> list[Succession]:
    communes = AdministrativeUnit.objects.filter(level=AreaLevel.COMMUNE)
    old = dict(communes.filter(valid_from=FROM_2021).values_list("code", "pk"))
    new = dict(communes.filter(valid_from=FROM_2025).values_list("code", "pk"))
    return [
        Succession(
            predecessor_id=old[row["old_code"]],
            successor_id=new[row["new_code"]],
            is_partial=row["extent"] == "partial",
        )
        for row in _rows("admin_map_2021_2025.csv")
    ]
