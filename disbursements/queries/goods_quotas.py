"""How much rice a district was to get in the wave of August 2021, and how much of it is in rounds or handed over."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.db.models import Q, Sum

from accounts.queries import area_names
from core.querysets import area_filter
from disbursements.enums import HandoutLineStatus
from disbursements.models import HandoutLine

RICE_PROGRAMME: Final = "GAO_HO_TRO"
QUOTA_PAPER: Final = "Công văn 2119/SLĐTBXH-BTXH"
_FILE: Final = Path(__file__).resolve().parent.parent / "data" / "rice_quotas_2021_08.csv"


@dataclass(frozen=True, slots=True)
class Quota:
    """What the letter gives one district: kg for so many people."""

    area_code: str
    kg: int
    people: int


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """A district's quota beside what is planned in rounds and what was handed over, kg."""

    quota: Quota
    area: str
    planned: int
    handed: int

    @property
    def left(self) -> int:
        """Negative where rounds hold more than the letter gives."""
        return self.quota.kg - self.planned - self.handed


@cache
def quotas() -> tuple[Quota, ...]:
    """The figures of the letter, district by district."""
    lines = [line for line in _FILE.read_text("utf-8").splitlines() if not line.startswith("#")]
    return tuple(Quota(row["area_code"], int(row["kg"]), int(row["people"])) for row in csv.DictReader(lines))


def quota_rows(area_code: str) -> list[QuotaRow]:
    """The districts of an area with their quota; none for a commune, which the letter does not name. Two queries."""
    found = [quota for quota in quotas() if quota.area_code.startswith(area_code)]
    if not found:
        return []
    live = HandoutLine.objects.filter(area_filter(area_code), handout__programme=RICE_PROGRAMME)
    sums: dict[str, dict[str, int]] = {}
    rows = (
        live.filter(status__in=HandoutLineStatus.live())
        .order_by()
        .values("area_code")
        .annotate(
            planned=Sum("quantity", filter=Q(status=HandoutLineStatus.WAITING), default=0),
            handed=Sum("quantity", filter=Q(status=HandoutLineStatus.RECEIVED), default=0),
        )
    )
    for row in rows:
        of = sums.setdefault(row["area_code"][:5], {"planned": 0, "handed": 0})
        of["planned"] += row["planned"]
        of["handed"] += row["handed"]
    names = area_names(quota.area_code for quota in found)
    none = {"planned": 0, "handed": 0}
    return [QuotaRow(quota, names[quota.area_code], **sums.get(quota.area_code, none)) for quota in found]


def over_quota(programme: str, area_code: str, quantity: int) -> int:
    """By how many kg a further round would exceed what the letter gives its district; 0 where it does not, or none is known."""
    if programme != RICE_PROGRAMME:
        return 0
    row = next(iter(quota_rows(area_code[:5])), None)
    return max(0, quantity - row.left) if row else 0
