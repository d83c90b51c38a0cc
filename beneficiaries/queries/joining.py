"""Who counts as one human, and what upper apps move when two people are joined or a join is undone."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from beneficiaries.models import Person, PersonJoin
from core.transitions import TransitionRefused
from core.workflow import Actor

Json = dict[str, Any]


class JoinRefused(TransitionRefused):
    """A join, or its undoing, that something stands in the way of; `str()` says what, and the way out."""


@dataclass(frozen=True, slots=True)
class Joining:
    """A join or its undoing on its way: `joined_ids` (who was found twice, first, and whoever counted as them) and the root.

    When a mover is called the people are moved already: to `root_id` in a join, back under the first of `joined_ids` in an undo.
    """

    root_id: int
    joined_ids: tuple[int, ...]
    actor: Actor
    reason: str
    on: dt.date

    @property
    def joined_id(self) -> int:
        return self.joined_ids[0]

    @property
    def people(self) -> tuple[int, ...]:
        return (self.root_id, *self.joined_ids)


# what was moved before, by name, so that a later mover knows it; gives what undoing needs, as JSON
Move = Callable[[Joining, Mapping[str, Json]], Json]
Restore = Callable[[Joining, Json], None]
_movers: Final[dict[str, tuple[int, Move, Restore]]] = {}


def register_mover(name: str, move: Move, restore: Restore, order: int) -> None:
    """An upper app moves its rows with a join and puts them back with its undoing; both run in the join's transaction.

    Movers run by `order`, undoing runs backwards. Either raises JoinRefused when the rows stand in the way.
    """
    _movers[name] = (order, move, restore)


def movers() -> list[tuple[str, Move, Restore]]:
    """The registered movers in their order."""
    ranked = sorted(_movers.items(), key=lambda item: (item[1][0], item[0]))
    return [(name, move, restore) for name, (_order, move, restore) in ranked]


def root_of(person: Person) -> int:
    """The id of the entry that this one counts as; its own where it is joined to nobody."""
    return person.joined_to_id or person.pk


def counts_as(person_id: int) -> list[int]:
    """The ids of all entries of the same human, the root first."""
    asked = Person.objects.filter(pk=person_id).values_list("joined_to_id", flat=True).first()
    root = asked or person_id
    others = Person.objects.filter(joined_to_id=root).order_by("pk").values_list("pk", flat=True)
    return [root, *others]


def live_joins(people: list[int]) -> list[PersonJoin]:
    """The joins of these people that are not undone, newest first."""
    rows = PersonJoin.objects.filter(Q(kept__in=people) | Q(joined__in=people), undone_at__isnull=True)
    return list(rows.select_related("kept", "joined", "candidate").order_by("-pk"))
