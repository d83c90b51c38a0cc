"""Two entries of one human become one, and apart again: a link with a reason; nothing is deleted, everything can be undone."""

from collections.abc import Collection
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from beneficiaries.enums import PairState
from beneficiaries.models import DuplicateCandidate, Person, PersonJoin
from beneficiaries.permissions import may_settle_pairs_in
from beneficiaries.queries.joining import Joining, JoinRefused, Json, counts_as, movers
from beneficiaries.rules.matching import area_of_both
from core import clock
from core.audit import record_event
from core.text import without_numbers
from core.workflow import Actor

# what an answer of a pair consists of, kept so that undoing gives it back
_ANSWER: Final = ("state", "answer_reason", "answered_by_id", "answered_by_name")


@transaction.atomic
def join_people(
    *,
    kept: Person,
    joined: Person,
    reason: str,
    actor: Actor,
    candidate: DuplicateCandidate | None = None,
) -> PersonJoin:
    """Let `joined`, with everybody who counts as them, count as the root of `kept`; what they are owed moves with them.

    What both had twice is kept once: the other is never paid, or a recovery of its money is opened. Unanswered pairs among
    them are settled. Refused (JoinRefused): without a reason, people who are one already, a pair among them that was answered
    "two people", rows outside the actor's area, and what the movers of the upper apps refuse.
    """
    reason = _reason_of(reason)
    area_code = area_of_both(kept.area_code, joined.area_code)
    _check_desk(actor, area_code)
    root, member_ids = _locked(kept, joined)
    people = (root.pk, *counts_as(root.pk)[1:], *member_ids)
    _check_area(actor, people)
    _check_not_different(people, candidate)
    joining = Joining(root.pk, tuple(member_ids), actor, reason, clock.today())
    Person.objects.filter(pk__in=member_ids).update(joined_to=root)
    moved: dict[str, Any] = {"people": member_ids[1:]}
    try:
        for name, move, _restore in movers():
            moved[name] = move(joining, moved)
    except IntegrityError as error:
        raise JoinRefused(
            _("Hồ sơ của hai người vừa thay đổi nên chưa gộp được. Hãy mở lại trang và thử lại.")
        ) from error
    moved["pairs"] = _settle_pairs(people, candidate, actor)
    join = PersonJoin.objects.create(
        area_code=area_code,
        kept=root,
        joined_id=joining.joined_id,
        candidate=candidate,
        moved=moved,
        reason=reason,
        made_by_id=actor.pk,
        made_by_name=actor.full_name,
        made_at=clock.now(),
    )
    _tell("person.joined", join, actor, reason)
    return join


@transaction.atomic
def undo_join(*, join: PersonJoin, reason: str, actor: Actor) -> PersonJoin:
    """Take two entries apart again: people, entitlements and days are as before the join, its pair is open again.

    Refused (JoinRefused): without a reason, a join that was undone, a later join of the same people that is not undone (that
    one first), money that came back already, and rights that were granted since and would be granted twice.
    """
    reason = _reason_of(reason)
    _check_desk(actor, join.area_code)
    current = PersonJoin.objects.select_for_update(of=("self",)).get(pk=join.pk)
    if current.undone_at is not None:
        raise JoinRefused(_("Lần gộp này đã được gỡ."))
    people = counts_as(current.joined_id)
    list(Person.objects.filter(pk__in=people).order_by("pk").select_for_update(of=("self",)))
    _check_last(current, people)
    _check_area(actor, people)
    earlier = [int(pk) for pk in current.moved["people"]]
    Person.objects.filter(pk=current.joined_id).update(joined_to=None)
    Person.objects.filter(pk__in=earlier).update(joined_to=current.joined_id)
    joining = Joining(current.kept_id, (current.joined_id, *earlier), actor, reason, clock.today())
    try:
        with transaction.atomic():
            for name, _move, restore in reversed(movers()):
                if name in current.moved:
                    restore(joining, current.moved[name])
    except IntegrityError as error:
        raise JoinRefused(
            _("Sau khi gộp đã có mức hưởng mới thay cho mức hưởng trùng, nên gỡ ra sẽ có hai mức hưởng.")
        ) from error
    _reopen_pairs(current, reason, actor)
    PersonJoin.objects.filter(pk=current.pk).update(
        undone_by_id=actor.pk, undone_by_name=actor.full_name, undone_at=clock.now(), undo_reason=reason
    )
    _tell("person.join_undone", current, actor, reason)
    current.refresh_from_db()
    return current


def _reason_of(typed: str) -> str:
    reason = without_numbers(typed.strip())[:500]
    if not reason:
        raise JoinRefused(_("Hãy ghi lý do."))
    return reason


def _check_desk(actor: Actor, area_code: str) -> None:
    if not actor.is_active or not may_settle_pairs_in(actor, area_code):
        raise PermissionDenied(
            _(
                "Gộp người do cán bộ thẩm định cấp huyện làm; người của hai huyện do Sở Lao động - Thương binh và Xã hội làm."
            )
        )


def _locked(kept: Person, joined: Person) -> tuple[Person, list[int]]:
    """The root that stays, and the ids that go over to it (their root first), read after everybody was locked by id."""
    before = {*counts_as(kept.pk), *counts_as(joined.pk)}
    rows = Person.objects.filter(pk__in=before).order_by("pk").select_for_update(of=("self",))
    now = {person.pk: person for person in rows}
    root, leaving = (now[now[person.pk].joined_to_id or person.pk] for person in (kept, joined))
    if root.pk == leaving.pk:
        raise JoinRefused(_("Hai người này đã được gộp làm một."))
    members = counts_as(leaving.pk)
    if not {*counts_as(root.pk), *members} <= before:
        raise JoinRefused(_("Có người vừa gộp một trong hai người này. Hãy mở lại trang để xem."))
    return root, members


def _check_area(actor: Actor, people: Collection[int]) -> None:
    if Person.objects.filter(pk__in=people).exclude(area_code__startswith=actor.area_code).exists():
        raise JoinRefused(
            _(
                "Một trong những người này đã gộp với người ở ngoài địa bàn của bạn. "
                "Hãy đề nghị Sở Lao động - Thương binh và Xã hội xử lý cặp này."
            )
        )


def _among(people: Collection[int]) -> Q:
    return Q(first__in=people, second__in=people)


def _check_not_different(people: Collection[int], candidate: DuplicateCandidate | None) -> None:
    said = DuplicateCandidate.objects.filter(_among(people), state=PairState.DIFFERENT)
    other = said.exclude(pk=candidate.pk if candidate else 0).order_by("pk").first()
    if other is not None:
        raise JoinRefused(
            _(
                "Cặp %(ref)s trong số những người này đã được trả lời là hai người khác nhau. Hãy xem lại cặp đó trước."
            )
            % {"ref": other.reference}
        )


def _settle_pairs(people: Collection[int], candidate: DuplicateCandidate | None, actor: Actor) -> list[Json]:
    """Pairs among those who are one now are answered with it; gives what they said before."""
    rows = DuplicateCandidate.objects.filter(_among(people), state__in=PairState.unanswered())
    rows = rows.exclude(pk=candidate.pk if candidate else 0)
    # who let a pair pass does not answer it; it blocks nothing
    rows = rows.exclude(passed_by_id=actor.pk)
    found = list(rows.order_by("pk").select_for_update(of=("self",)))
    before: list[Json] = []
    for pair in found:
        answered_at = pair.answered_at.isoformat() if pair.answered_at else None
        before.append(
            {"pk": pair.pk, "answered_at": answered_at, **{name: getattr(pair, name) for name in _ANSWER}}
        )
    DuplicateCandidate.objects.filter(pk__in=[pair.pk for pair in found]).update(
        state=PairState.SAME,
        answer_reason=_("Đã gộp cùng một cặp khác của những người này."),
        answered_by_id=actor.pk,
        answered_by_name=actor.full_name,
        answered_at=clock.now(),
        version=F("version") + 1,
    )
    return before


def _reopen_pairs(join: PersonJoin, reason: str, actor: Actor) -> None:
    """The pair that led to the join is asked again and blocks payment; those settled with it say what they said before."""
    same = DuplicateCandidate.objects.filter(state=PairState.SAME)
    for before in join.moved.get("pairs", []):
        kept = {name: before[name] for name in (*_ANSWER, "answered_at")}
        same.filter(pk=before["pk"]).update(**kept, version=F("version") + 1)
    same.filter(pk=join.candidate_id or 0).update(
        state=PairState.OPEN,
        answer_reason="",
        answered_by_id=None,
        answered_by_name="",
        answered_at=None,
        passed_by_id=None,
        passed_by_name="",
        passed_reason="",
        passed_at=None,
        version=F("version") + 1,
    )
    if join.candidate is not None:
        record_event("pair.reopened", join.candidate, actor=actor, reason=reason)


def _check_last(join: PersonJoin, people: Collection[int]) -> None:
    later = PersonJoin.objects.filter(
        Q(kept__in=people) | Q(joined__in=people), pk__gt=join.pk, undone_at__isnull=True
    )
    newest = later.select_related("kept", "joined").order_by("-pk").first()
    if newest is not None:
        raise JoinRefused(
            _("Sau lần này đã gộp tiếp %(joined)s vào %(kept)s. Hãy gỡ lần gộp đó trước.")
            % {"joined": newest.joined.reference, "kept": newest.kept.reference}
        )


def _tell(action: str, join: PersonJoin, actor: Actor, reason: str) -> None:
    """The same line in the history of both."""
    for person, other in ((join.kept, join.joined), (join.joined, join.kept)):
        record_event(action, person, actor=actor, reason=reason, change={"other": other.reference})
