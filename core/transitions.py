"""The one door for every change of state: `perform` for a record, `perform_many` for a set, over the same table.

Both lock late, check after the lock, write the state together with its audit event, and leave commit to the caller's block.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import BooleanField, Case, F, Q, Value, When
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event, record_events
from core.lookups import Among
from core.models.stateful import StatefulModel
from core.queries.changes import last_change_of
from core.wording import Text
from core.workflow import Actor, Guard, Transition, Workflow

M = TypeVar("M", bound=StatefulModel)


class TransitionRefused(Exception):
    """An action that the record's state or a guard does not allow; `str()` is the sentence for the officer."""


class StaleRecord(TransitionRefused):
    """The record was changed after this page was opened; the sentence names who changed what, and when."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that a bulk action left as it was, and why."""

    pk: int
    reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class ManyResult:
    """What a bulk action did: how many rows changed, and which did not."""

    done: int
    refused: tuple[Refusal, ...]


def check_permission(transition: Transition, actor: Actor) -> None:
    """Refuse an actor without the role that the table asks for, or whose account is closed."""
    if not actor.is_active or not transition.permission(actor):
        raise PermissionDenied(str(transition.denied))


def check_version(record: StatefulModel, expected_version: int | None, actor: Actor) -> None:
    """StaleRecord where the (locked) record isn't the one that the actor's page showed; None asks nothing."""
    if expected_version is None or record.version == expected_version:
        return
    change = last_change_of(record)
    if change is None:
        raise StaleRecord(_("Có người vừa sửa bản ghi này. Hãy mở lại trang để xem bản mới."))
    words = {"who": change.actor_name, "what": change.label, "when": change.when}
    if change.actor_id == actor.pk:
        raise StaleRecord(
            _("Bạn vừa ghi «%(what)s» lúc %(when)s ở một trang khác. Bạn xem lại rồi quyết định.") % words
        )
    raise StaleRecord(_("%(who)s vừa ghi «%(what)s» lúc %(when)s. Bạn xem lại rồi quyết định.") % words)


def perform(
    workflow: Workflow,
    obj: M,
    action: str,
    *,
    actor: Actor,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
    event: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
) -> M:
    """Carry out one action on one record and return it as it is now.

    `changes` are further fields written with the state; `event` adds facts to the audit line. Refused: a missing role
    (PermissionDenied), a state that the action does not start from, a guard, a missing reason (TransitionRefused), and a
    record changed since `expected_version` (StaleRecord).
    """
    transition = workflow.transition(action)
    check_permission(transition, actor)
    _check_reason(transition, reason)
    manager = type(obj)._default_manager
    with transaction.atomic():
        current = manager.select_for_update(of=("self",)).get(pk=obj.pk)
        check_version(current, expected_version, actor)
        if current.status not in transition.sources:
            raise TransitionRefused(wrong_state(workflow, current.status))
        blocking = refusals_of(transition, current, actor)
        if blocking:
            raise TransitionRefused(" ".join(blocking))
        updated = manager.filter(pk=obj.pk, status__in=transition.sources).update(
            **_written(transition, changes)
        )
        if updated != 1:
            raise TransitionRefused(_("Bản ghi vừa được người khác xử lý."))
        record_event(action, current, actor=actor, reason=reason, change=event)
    current.refresh_from_db()
    return current


def perform_many(
    workflow: Workflow,
    queryset: models.QuerySet[M],
    action: str,
    *,
    actor: Actor,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
    event: Mapping[str, Any] | None = None,
) -> ManyResult:
    """Carry out one action on every row of a set that allows it, in a constant number of statements.

    Rows whose state or guards forbid it stay as they are and are named in the result. A missing role or reason refuses all.
    """
    transition = workflow.transition(action)
    check_permission(transition, actor)
    _check_reason(transition, reason)
    with transaction.atomic():
        ids = list(queryset.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
        locked = queryset.model._default_manager.filter(Among.of(ids))
        refused = tuple(_refused_rows(workflow, transition, locked, actor))
        refused_ids = {row.pk for row in refused}
        ready = queryset.model._default_manager.filter(Among.of(pk for pk in ids if pk not in refused_ids))
        record_events(action, ready, actor=actor, reason=reason, change=event)
        done = ready.filter(status__in=transition.sources).update(**_written(transition, changes))
        if done != len(ids) - len(refused):
            raise TransitionRefused(_("Danh sách vừa thay đổi. Hãy thử lại."))
    return ManyResult(done=done, refused=refused)


def refusals_of(transition: Transition, obj: StatefulModel, actor: Actor) -> list[str]:
    """Every sentence that stands in the way of this action on this record (state and role aside); one query."""
    return [str(guard.message) for guard in blocking_guards([transition], obj, actor)[transition.action]]


def blocking_guards(
    transitions: Sequence[Transition], obj: StatefulModel, actor: Actor
) -> dict[str, list[Guard]]:
    """The guards that stand in the way of each of these actions on this record; one query for all."""
    guards = tuple(dict.fromkeys(guard for transition in transitions for guard in transition.guards))
    if not guards:
        return {transition.action: [] for transition in transitions}
    names = [f"guard_{n}" for n in range(len(guards))]
    flags = _with_guards(type(obj)._default_manager.filter(pk=obj.pk), guards, actor)
    is_blocked = dict(zip(guards, flags.values_list(*names).get(), strict=True))
    return {
        transition.action: [guard for guard in transition.guards if is_blocked[guard]]
        for transition in transitions
    }


@dataclass(frozen=True, slots=True)
class Explained:
    """One action seen by one person: what stands in its way ("" = nothing), and what to do about it."""

    action: str
    label: Text
    reasons: tuple[str, ...]
    remedies: tuple[str, ...] = ()


Blocking = Mapping[str, Sequence[Guard]]


def standing_of(workflow: Workflow, obj: StatefulModel, actor: Actor) -> Blocking:
    """The actions that this person's roles may take from the record's state, each with the guards in its way; one query."""
    here = workflow.actions_from(obj.status)
    return blocking_guards([each for each in here if actor.is_active and each.permission(actor)], obj, actor)


def explain(
    workflow: Workflow,
    obj: StatefulModel,
    actor: Actor,
    *,
    instead: Mapping[str, Text] | None = None,
    standing: Blocking | None = None,
) -> list[Explained]:
    """Why this person can or can't do what the table knows: every action from the record's state, then those of the person's
    roles that start from another state. `instead` names actions that no page offers alone, with the sentence. One query, none
    where `standing` is known.
    """
    here = workflow.actions_from(obj.status)
    blocking = standing_of(workflow, obj, actor) if standing is None else standing
    told = [
        _explained(transition, blocking.get(transition.action), (instead or {}).get(transition.action))
        for transition in here
    ]
    elsewhere = [each for each in workflow.transitions if each not in here and each.permission(actor)]
    return [
        *told,
        *(
            Explained(each.action, each.label, (wrong_state(workflow, obj.status),), (_from(workflow, each),))
            for each in elsewhere
            if each.action not in (instead or {})
        ),
    ]


def _explained(transition: Transition, guards: Sequence[Guard] | None, other_way: Text | None) -> Explained:
    if guards is None:
        return Explained(transition.action, transition.label, (str(transition.denied),))
    if other_way is not None:
        return Explained(transition.action, transition.label, (str(other_way),))
    return Explained(
        transition.action,
        transition.label,
        tuple(str(guard.message) for guard in guards),
        tuple(str(guard.remedy) for guard in guards if guard.remedy),
    )


def _from(workflow: Workflow, transition: Transition) -> str:
    states = [str(workflow.state_labels.get(state, state)) for state in sorted(transition.sources)]
    return _("Làm được khi: %(states)s.") % {"states": ", ".join(f"«{state}»" for state in states)}


def _with_guards(queryset: models.QuerySet[M], guards: tuple[Guard, ...], actor: Actor) -> models.QuerySet[M]:
    conditions = {f"guard_{n}": _truth(guard.blocked(actor)) for n, guard in enumerate(guards)}
    annotated: models.QuerySet[M] = queryset.annotate(**conditions)
    return annotated


def _truth(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _refused_rows(
    workflow: Workflow, transition: Transition, locked: models.QuerySet[M], actor: Actor
) -> list[Refusal]:
    blocked = ~Q(status__in=transition.sources)
    for guard in transition.guards:
        blocked |= guard.blocked(actor)
    names = [f"guard_{n}" for n in range(len(transition.guards))]
    rows = _with_guards(locked.filter(blocked).distinct(), transition.guards, actor)
    refused = []
    for row in rows.order_by("pk").values("pk", "reference", "status", *names):
        # guards speak of a record in the right state; in another one they mislead (a case already found eligible "has a regime")
        if row["status"] in transition.sources:
            reasons = [str(g.message) for g, name in zip(transition.guards, names, strict=True) if row[name]]
        else:
            reasons = [wrong_state(workflow, row["status"])]
        refused.append(Refusal(row["pk"], row["reference"], " ".join(reasons)))
    return refused


def _check_reason(transition: Transition, reason: str) -> None:
    if transition.needs_reason and not reason.strip():
        raise TransitionRefused(_("Hãy ghi lý do."))


def wrong_state(workflow: Workflow, state: str) -> str:
    """The sentence that refuses an action in this state."""
    label = str(workflow.state_labels.get(state, state))
    return _("Không làm được khi đang ở trạng thái «%(state)s».") % {"state": label}


def _written(transition: Transition, changes: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "status": transition.target,
        "status_changed_at": clock.now(),
        "version": F("version") + 1,
        **(changes or {}),
    }
