"""Who may bring lists in, and who may read them."""

from __future__ import annotations

from accounts.enums import Role
from accounts.permissions import has_any, reads_records
from core.workflow import Actor

may_import = has_any(Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER)
may_read_imports = reads_records


def may_import_for(actor: Actor, area_code: str) -> bool:
    """An officer of the commune, or of the district above it."""
    return may_import(actor) and len(area_code) == 10 and area_code.startswith(actor.area_code)
