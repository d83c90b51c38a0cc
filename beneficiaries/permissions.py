"""Who may bring lists in, who may register people and employers, and who may read imports."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final, Literal

from accounts.enums import AreaLevel, Role
from accounts.permissions import has_any, reads_records
from core.workflow import Actor

# which offices bring a kind of list in
Desk = Literal["commune", "district", "department"]

_DESK_OF: Final[Mapping[AreaLevel, Desk]] = {
    AreaLevel.COMMUNE: "commune",
    AreaLevel.DISTRICT: "district",
    AreaLevel.PROVINCE: "department",
}
_OFFICERS: Final[Mapping[Desk, Callable[[Actor], bool]]] = {
    "commune": has_any(Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER),
    "district": has_any(Role.DISTRICT_OFFICER),
    "department": has_any(Role.PROVINCIAL_REVIEWER),
}
may_read_imports = reads_records
_may_settle_pairs = has_any(Role.DISTRICT_OFFICER, Role.PROVINCIAL_REVIEWER)
_may_let_pass = has_any(Role.DISTRICT_HEAD, Role.PROVINCIAL_APPROVER)
# who enters and appraises needs numbers, who pays needs accounts; leaders and auditors read them masked
may_reveal_number = has_any(Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.PROVINCIAL_REVIEWER)
may_reveal_account = has_any(
    Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.PROVINCIAL_REVIEWER, Role.ACCOUNTANT
)
# who writes down what people ask about their data, and who answers it
may_receive_data_requests = has_any(Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.PROVINCIAL_REVIEWER)
may_answer_data_requests = has_any(Role.DISTRICT_OFFICER, Role.PROVINCIAL_REVIEWER)
may_register = has_any(Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.PROVINCIAL_REVIEWER)


def may_import_at(actor: Actor, desks: Collection[Desk]) -> bool:
    """Somebody who brings in lists of one of these desks, for their own area or for one below it."""
    return any(_OFFICERS[desk](actor) for desk in desks)


def may_import_for(actor: Actor, area_code: str, desks: Collection[Desk]) -> bool:
    """An officer of the commune or of the district above it; for lists of a district or of the department its own officers.

    `desks` are those that bring this kind of list in.
    """
    desk = _DESK_OF[AreaLevel.of(area_code)]
    if desk not in desks or not _OFFICERS[desk](actor):
        return False
    return area_code.startswith(actor.area_code) if desk == "commune" else area_code == actor.area_code


def may_register_in(actor: Actor, area_code: str) -> bool:
    """An officer of the commune, the district or the department, for their own area and those below it."""
    return may_register(actor) and bool(actor.area_code) and area_code.startswith(actor.area_code)


def may_settle_pairs_in(actor: Actor, area_code: str) -> bool:
    """Who says whether two people are one, and joins them: the district's officer inside the district, else the department."""
    return _may_settle_pairs(actor) and bool(actor.area_code) and area_code.startswith(actor.area_code)


def may_let_pair_pass_in(actor: Actor, area_code: str) -> bool:
    """Who lets two people be paid before that is known: another role than who answers."""
    return _may_let_pass(actor) and bool(actor.area_code) and area_code.startswith(actor.area_code)
