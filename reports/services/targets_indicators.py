"""Indicators: loaded from their files, and changed by the department."""

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from core.audit import record_event
from core.reference_data import register_loader
from core.search import register_reference_page
from core.workflow import Actor
from reports.enums.targets import TargetSource
from reports.models import TargetIndicator
from reports.permissions import keeps_reports
from reports.queries.targets_due import target_queues
from reports.services.targets_scope import NOT_DEPARTMENT
from support_programs.queries.queues import register_queue
from support_programs.services.scope import check_no_number, check_role

FOLDER: Final = Path(__file__).resolve().parents[1] / "data" / "indicators"
_WORDS: Final = ("title", "group", "unit", "direction", "period", "adding")


@dataclass(frozen=True, slots=True)
class IndicatorWords:
    """What the department may change of an indicator; what it measures stays."""

    title: str
    legal_basis: str
    verify: str
    due_days: int
    reported_from: dt.date
    is_active: bool


def load_indicators(folder: Path = FOLDER) -> str:
    """Bring the indicators to what the files say; one that the department changed keeps its words. Errors name file and code."""
    rows = list(_read(folder))
    for row in rows:
        code = row.pop("code")
        kept = TargetIndicator.objects.filter(code=code).first()
        if kept is None:
            TargetIndicator.objects.create(code=code, **row)
        elif kept.changed_by_id is None:
            TargetIndicator.objects.filter(pk=kept.pk).update(**row)
    return f"{len(rows)} indicators"


def _read(folder: Path) -> Iterator[dict[str, Any]]:
    position = 0
    for path in sorted(folder.glob("*.toml")):
        found = tomllib.loads(path.read_text("utf-8"))
        for one in found["indicator"]:
            position += 10
            try:
                yield _row({**found.get("defaults", {}), **one}, position)
            except (KeyError, ValueError) as error:
                raise ValueError(f"{path.name}, {one.get('code', '?')}: {error}") from error


def _row(one: Mapping[str, Any], position: int) -> dict[str, Any]:
    highest = 100 if one["unit"] in ("%", "điểm %") else None
    return {
        "code": one["code"],
        **{name: one[name] for name in _WORDS},
        "decimals": one.get("decimals", 0),
        "lowest": Decimal(one.get("lowest", 0)),
        "highest": None if highest is None else Decimal(highest),
        "source": TargetSource.COMPUTED if one.get("measure") else TargetSource.ENTERED,
        "measure": one.get("measure", ""),
        "programmes": one.get("programmes", []),
        "of_districts": "district" in one["of"],
        "of_province": "province" in one["of"],
        "due_days": one["due_days"],
        "reported_from": one["reported_from"],
        "legal_basis": one.get("legal_basis", ""),
        "confidence": one["confidence"],
        "verify": one.get("verify", ""),
        "position": position,
    }


@transaction.atomic
def change_indicator(*, actor: Actor, indicator: TargetIndicator, words: IndicatorWords) -> TargetIndicator:
    """The department's words, due days and whether it is followed at all; figures and plans stay as they are.

    Refused: other people, and identity numbers in the words.
    """
    check_role(actor, keeps_reports, NOT_DEPARTMENT)
    check_no_number(words.title, words.legal_basis, words.verify)
    locked = TargetIndicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    names = [name for name in IndicatorWords.__slots__ if getattr(locked, name) != getattr(words, name)]
    if not names:
        return locked
    for name in names:
        setattr(locked, name, getattr(words, name))
    locked.changed_by_id = actor.pk
    locked.save(update_fields=[*names, "changed_by_id"])
    fields = ", ".join(str(field.verbose_name) for field in locked._meta.fields if field.name in names)
    record_event(
        "target_indicator.changed",
        locked,
        actor=actor,
        change={"title": locked.title, "fields": fields},
        area_code=actor.area_code,
    )
    return locked


def register() -> None:
    """Make the indicators known to `load_reference`, the counters to the worklist and the references to the search."""
    register_loader("indicators", 45, load_indicators)
    register_queue("targets", target_queues)
    register_reference_page("CT", "reports:target_entry")
