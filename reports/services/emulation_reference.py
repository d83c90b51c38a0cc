"""The movement that every installation begins with, from reports/data/emulation.toml."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from core.audit import record_system_event
from core.queries.references import next_reference
from core.reference_data import register_loader
from reports.enums.emulation import CriterionSource, MovementStatus
from reports.models import Criterion, Movement

SHIPPED: Final = Path(__file__).resolve().parents[1] / "data" / "emulation.toml"
_PROVINCE: Final = "89"


def load_movement() -> str:
    """Make the movement with the proposed criteria where it isn't there; what the department wrote since is left alone."""
    data = tomllib.loads(SHIPPED.read_text("utf-8"), parse_float=Decimal)
    if Movement.objects.filter(code=data["code"]).exists():
        return f"{data['number']}: có sẵn"
    with transaction.atomic():
        movement = Movement.objects.create(
            reference=next_reference("TD"),
            area_code=_PROVINCE,
            status=MovementStatus.PREPARING,
            **{
                name: data[name]
                for name in ("code", "number", "dated", "issuer", "title", "starts_on", "verify")
            },
        )
        for position, entry in enumerate(data["criterion"], start=1):
            Criterion.objects.create(movement=movement, position=position, **_criterion(entry))
    record_system_event("movement.loaded", change={"number": movement.number})
    return f"{movement.number}: {len(data['criterion'])} tiêu chí"


def _criterion(entry: dict[str, Any]) -> dict[str, Any]:
    figure = entry.get("figure", "")
    return {
        "code": entry["code"],
        "title": entry["title"],
        "most_points": Decimal(entry["most_points"]),
        "source": CriterionSource.FIGURE if figure else CriterionSource.ENTERED,
        "figure": figure,
        "within_days": entry.get("within_days"),
        "zero_at": Decimal(entry["zero_at"]) if figure else None,
        "full_at": Decimal(entry["full_at"]) if figure else None,
        "full_when_empty": entry.get("full_when_empty", False),
        "groups": entry["groups"],
        "is_own": True,
    }


def register() -> None:
    """Make the loader known."""
    register_loader("emulation", 60, load_movement)
