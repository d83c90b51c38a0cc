"""The permissions table of an app's README, drawn from its workflow tables."""

from dataclasses import dataclass
from typing import Final

from django.utils import translation

from accounts.enums import Role
from core.workflow import Transition, Workflow

HEADING: Final = "## Who may do what"
_HEAD: Final = "| action | on screen | from | who | what stands in the way |\n|---|---|---|---|---|"


@dataclass(frozen=True, slots=True)
class OneRole:
    """Somebody with one role, as predicates see an actor."""

    role: Role
    pk: int = 1
    full_name: str = ""
    area_code: str = "89"
    is_active: bool = True
    sees_records: bool = True

    def has_role(self, *codes: str) -> bool:
        return self.role.value in codes


def permissions_table(workflow: Workflow) -> str:
    """One line per transition: who may act, and the sentences that keep single rows from it."""
    with translation.override("vi"):
        return "\n".join([_HEAD, *(_line(transition) for transition in workflow.transitions)])


def _line(transition: Transition) -> str:
    who = [role.value for role in Role if transition.permission(OneRole(role))]
    blocks = [str(guard.message) for guard in transition.guards]
    if transition.needs_reason:
        blocks.append("Hãy ghi lý do.")
    cells = (
        f"`{transition.action}`",
        str(transition.label),
        f"{', '.join(sorted(transition.sources))} → {transition.target}",
        ", ".join(who),
        " ".join(blocks),
    )
    return f"| {' | '.join(cells)} |"
