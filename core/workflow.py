"""State machines as data: the table that the services, the buttons, the tests, the README and the database's trigger all read.

A transition says who may act by role (`permission`) and what stands in the way of single rows (`guards`). A guard is a
query condition, so that one definition serves one row and fifty thousand alike.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import Q

from core.wording import Text


class Actor(Protocol):
    """Who acts: a signed-in user."""

    pk: int
    full_name: str
    area_code: str
    is_active: bool

    @property
    def sees_records(self) -> bool: ...

    def has_role(self, *codes: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Guard:
    """What blocks a row: rows that match `blocked(actor)` are refused with `message`.

    With `hides` the action isn't offered for such a row at all: it belongs to somebody else's desk, or to another way.
    `remedy` says what the person can do about it, where the message doesn't.
    """

    message: Text
    blocked: Callable[[Actor], Q]
    hides: bool = False
    remedy: Text = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """One action: from any of `sources` to `target`.

    `action` is the audit code (`case.mark_eligible`); `label` names the button; `needs_reason` refuses an empty reason.
    """

    action: str
    label: Text
    sources: frozenset[str]
    target: str
    permission: Callable[[Actor], bool]
    denied: Text
    guards: tuple[Guard, ...] = ()
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class Workflow:
    """All transitions of one kind of record, and its first states."""

    table: str
    initial: frozenset[str]
    transitions: tuple[Transition, ...]
    state_labels: Mapping[str, Text] = field(default_factory=dict)

    def transition(self, action: str) -> Transition:
        """The transition of an action code; KeyError for a code that the table does not list."""
        for candidate in self.transitions:
            if candidate.action == action:
                return candidate
        raise KeyError(action)

    def jumps(self) -> tuple[str, ...]:
        """Every allowed `from:to` pair, sorted: what the database's trigger lets through."""
        pairs = {f"{s}:{t.target}" for t in self.transitions for s in t.sources if s != t.target}
        return tuple(sorted(pairs))

    def actions_from(self, state: str) -> tuple[Transition, ...]:
        """The transitions that leave a state, in the table's order."""
        return tuple(t for t in self.transitions if state in t.sources)

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, for the app's README."""
        lines = ["stateDiagram-v2", *(f"    [*] --> {state}" for state in sorted(self.initial))]
        for t in self.transitions:
            lines += [
                f"    {source} --> {t.target}: {t.action.split('.')[-1]}" for source in sorted(t.sources)
            ]
        return "\n".join(lines)


def transition_trigger_sql(workflow: Workflow) -> str:
    """SQL that makes the database refuse a jump, or a first state, that the table does not list."""
    table = workflow.table
    jumps = ",".join(workflow.jumps())
    first = ",".join(sorted(workflow.initial))
    return f"""
CREATE OR REPLACE FUNCTION refuse_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'transition % of % is not allowed', TG_ARGV[0], TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
DROP TRIGGER IF EXISTS transitions ON "{table}";
DROP TRIGGER IF EXISTS first_state ON "{table}";
CREATE TRIGGER transitions BEFORE UPDATE ON "{table}" FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status
        AND OLD.status || ':' || NEW.status <> ALL ('{{{jumps}}}'::text[]))
  EXECUTE FUNCTION refuse_transition('update');
CREATE TRIGGER first_state BEFORE INSERT ON "{table}" FOR EACH ROW
  WHEN (NEW.status <> ALL ('{{{first}}}'::text[]))
  EXECUTE FUNCTION refuse_transition('insert');
"""
