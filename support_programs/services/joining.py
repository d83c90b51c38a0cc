"""What is owed moves with people who are joined, and back with the undoing; what both had is kept once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from beneficiaries.queries.joining import Joining, JoinRefused, Json, register_mover
from core.audit import record_event
from support_programs.enums import EntitlementStatus
from support_programs.models import Case, Entitlement, EntitlementDays

MOVER: Final = "claims"
# of two that one human had, what was paid stays, then what is in a batch, then the earlier one
_RANK: Final = {EntitlementStatus.PAID: 0, EntitlementStatus.COMMITTED: 1}


def register() -> None:
    register_mover(MOVER, move_claims, restore_claims, 10)


def doubled_by(moved: Mapping[str, Json]) -> dict[int, int]:
    """Of what this mover told: the entitlements that are paid a second time, each with the one that stays."""
    return {int(pk): other for pk, other in moved.get(MOVER, {}).get("doubled", {}).items()}


def move_claims(joining: Joining, _earlier: Mapping[str, Json]) -> Json:
    """Entitlements of the joined entry get the root as claimant; of two that shut each other out, one `doubles` the other.

    Refused when one of these rows lies outside the actor's area.
    """
    rows = _locked(joining.people)
    moving = [row for row in rows if row.claimant_id != joining.root_id]
    doubled = find_doubles(rows)
    _check_area(joining, [row for row in rows if row in moving or row.pk in doubled])
    # first what stays where it is gives way, then the others come
    for row in sorted(rows, key=lambda row: (row.claimant_id != joining.root_id, row.pk)):
        if row in moving or row.pk in doubled:
            other = doubled.get(row.pk, row.doubles_id)
            Entitlement.objects.filter(pk=row.pk).update(claimant=joining.root_id, doubles=other)
    moving_ids = {row.pk for row in moving}
    _days(set(doubled) - moving_ids).update(is_live=False)
    _days(moving_ids & set(doubled)).update(claimant=joining.root_id, is_live=False)
    _days(moving_ids - set(doubled)).update(claimant=joining.root_id)
    _tell("case.doubled", rows, doubled, joining)
    return {"moved": [row.pk for row in moving], "doubled": {str(pk): by for pk, by in doubled.items()}}


def restore_claims(joining: Joining, moved: Json) -> None:
    """Every entitlement of the joined entry's cases goes back to it, those granted since too, and nothing is doubled any more."""
    doubled = {int(pk): by for pk, by in moved["doubled"].items()}
    rows = _locked(joining.people)
    people = dict(Case.objects.filter(entitlements__in=rows).values_list("pk", "person_id"))
    leaving = [row for row in rows if people[row.case_id] in joining.joined_ids]
    _check_area(joining, [row for row in rows if row in leaving or row.pk in doubled])
    for row in sorted(rows, key=lambda row: (row not in leaving, row.pk)):
        claimant = joining.joined_id if row in leaving else joining.root_id
        other = None if doubled.get(row.pk) == row.doubles_id else row.doubles_id
        if (claimant, other) != (row.claimant_id, row.doubles_id):
            Entitlement.objects.filter(pk=row.pk).update(claimant=claimant, doubles=other)
    leaving_ids, alive = {row.pk for row in leaving}, _alive(doubled)
    _days(leaving_ids & alive).update(claimant=joining.joined_id, is_live=True)
    _days(leaving_ids - alive).update(claimant=joining.joined_id)
    _days(alive - leaving_ids).update(is_live=True)
    _tell("case.undoubled", rows, doubled, joining)


def find_doubles(rows: Iterable[Entitlement]) -> dict[int, int]:
    """Of the live entitlements of one human: those that another shuts out, each with that other."""
    live = [row for row in rows if row.status != EntitlementStatus.CANCELLED and row.doubles_id is None]
    days = _days_of(live)
    kept: list[Entitlement] = []
    doubled: dict[int, int] = {}
    for row in sorted(live, key=lambda row: (_RANK.get(EntitlementStatus(row.status), 2), row.pk)):
        other = next((one for one in kept if _shut_out(one, row, days)), None)
        if other is None:
            kept.append(row)
        else:
            doubled[row.pk] = other.pk
    return doubled


def _shut_out(one: Entitlement, other: Entitlement, days: Mapping[int, Sequence[Any]]) -> bool:
    """What the database would refuse for one claimant (I1)."""
    return (
        (one.programme_id, one.period) == (other.programme_id, other.period)
        or (one.exclusive_group != "" and one.exclusive_group == other.exclusive_group)
        or (one.second_group != "" and one.second_group == other.second_group)
        or any(
            a.lower < b.upper and b.lower < a.upper
            for a in days.get(one.pk, ())
            for b in days.get(other.pk, ())
        )
    )


def _days_of(rows: Iterable[Entitlement]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    live = EntitlementDays.objects.filter(entitlement__in=[row.pk for row in rows], is_live=True)
    for pk, days in live.values_list("entitlement_id", "days"):
        found.setdefault(pk, []).append(days)
    return found


def _locked(people: Sequence[int]) -> list[Entitlement]:
    """In the order of their ids, as a batch locks them: one of the two waits for the other."""
    rows = Entitlement.objects.filter(claimant__in=people)
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def _check_area(joining: Joining, rows: Iterable[Entitlement]) -> None:
    if any(not row.area_code.startswith(joining.actor.area_code) for row in rows):
        raise JoinRefused(
            _(
                "Một trong hai người có mức hưởng ở ngoài địa bàn của bạn. "
                "Hãy đề nghị Sở Lao động - Thương binh và Xã hội xử lý cặp này."
            )
        )


def _days(entitlements: Iterable[int]) -> QuerySet[EntitlementDays]:
    return EntitlementDays.objects.filter(entitlement__in=entitlements)


def _alive(doubled: Iterable[int]) -> set[int]:
    """Of those that were doubled: the ones that nothing stands against now."""
    rows = Entitlement.objects.filter(pk__in=doubled, doubles__isnull=True)
    return set(rows.exclude(status=EntitlementStatus.CANCELLED).values_list("pk", flat=True))


def _tell(action: str, rows: Iterable[Entitlement], doubled: Mapping[int, int], joining: Joining) -> None:
    """In the history of each case whose entitlement is paid by another, or no longer."""
    known = {row.pk: row for row in rows}
    cases = Case.objects.in_bulk([known[pk].case_id for pk in doubled if pk in known])
    for pk, other in doubled.items():
        if pk in known and other in known:
            change = {"other": known[other].reference}
            case = cases[known[pk].case_id]
            record_event(action, case, actor=joining.actor, reason=joining.reason, change=change)
