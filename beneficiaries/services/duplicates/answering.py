"""What an officer says of two people who may be one, and letting their payment pass meanwhile."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from beneficiaries.enums import PairState
from beneficiaries.models import DuplicateCandidate, Person
from beneficiaries.permissions import may_let_pair_pass_in, may_settle_pairs_in
from beneficiaries.services.joining import join_people
from core import clock
from core.audit import record_event
from core.models import Event
from core.text import without_numbers
from core.transitions import StaleRecord, TransitionRefused
from core.workflow import Actor

ANSWERS = (PairState.SAME, PairState.DIFFERENT, PairState.VERIFYING)


@transaction.atomic
def answer_pair(
    *,
    candidate: DuplicateCandidate,
    answer: str,
    reason: str,
    actor: Actor,
    keep: Person | None = None,
    expected_version: int | None = None,
) -> DuplicateCandidate:
    """Record what two entries are: "same" (joins the other into `keep`), "different", or "verifying", with the reason.

    The answer is remembered: the pair is not asked again unless its facts change. While "verifying" the payment of both waits.
    Refused: another desk (PermissionDenied), no reason, a pair that was joined (undo that first), who let the pair pass, an
    answer since `expected_version` (by default the candidate's own, StaleRecord), and what stands in the way of the join.
    """
    if answer not in ANSWERS:
        raise ValueError(answer)
    if not actor.is_active or not may_settle_pairs_in(actor, candidate.area_code):
        raise PermissionDenied(
            _("Cặp này do cán bộ thẩm định cấp huyện trả lời; người của hai huyện do Sở trả lời.")
        )
    told = _reason_of(reason)
    current = _locked(candidate, expected_version)
    if current.state == PairState.SAME:
        raise TransitionRefused(_("Hai người này đã được gộp. Muốn trả lời lại, hãy gỡ lần gộp trước."))
    if current.passed_by_id == actor.pk:
        raise TransitionRefused(_("Bạn đã cho chi cặp này nên người khác phải trả lời."))
    if answer == PairState.SAME and (keep is None or keep.pk not in (current.first_id, current.second_id)):
        raise TransitionRefused(_("Hãy chọn giữ người nào."))
    _write(
        current,
        state=answer,
        answer_reason=told,
        answered_by_id=actor.pk,
        answered_by_name=actor.full_name,
        answered_at=clock.now(),
    )
    if answer == PairState.SAME and keep is not None:
        other = current.second if keep.pk == current.first_id else current.first
        join_people(kept=keep, joined=other, reason=told, actor=actor, candidate=current)
    record_event("pair.answered", current, actor=actor, reason=told, change={"answer": _label(answer)})
    return current


@transaction.atomic
def let_pass(
    *, candidate: DuplicateCandidate, reason: str, actor: Actor, expected_version: int | None = None
) -> DuplicateCandidate:
    """Let both people be paid although nobody knows yet whether they are one, with the reason; the pair stays to be answered.

    Refused: another role (PermissionDenied), no reason, a pair that was answered or let pass already, whoever answered it.
    """
    if not actor.is_active or not may_let_pair_pass_in(actor, candidate.area_code):
        raise PermissionDenied(
            _("Cho chi khi còn nghi trùng do lãnh đạo huyện hoặc người phê duyệt cấp tỉnh quyết định.")
        )
    told = _reason_of(reason)
    current = _locked(candidate, expected_version)
    if current.state not in PairState.unanswered():
        raise TransitionRefused(_("Cặp này đã có câu trả lời nên không cần cho chi."))
    if current.passed_by_id is not None:
        raise TransitionRefused(_("Cặp này đã được cho chi."))
    if current.answered_by_id == actor.pk or _has_answered(actor, current):
        raise TransitionRefused(_("Bạn đã trả lời cặp này nên người khác phải quyết định cho chi."))
    _write(
        current,
        passed_by_id=actor.pk,
        passed_by_name=actor.full_name,
        passed_reason=told,
        passed_at=clock.now(),
    )
    record_event("pair.passed", current, actor=actor, reason=told)
    return current


def _has_answered(actor: Actor, pair: DuplicateCandidate) -> bool:
    """Before the answer that stands now, too."""
    told = Event.objects.filter(object_type="beneficiaries.duplicatecandidate", object_id=pair.pk)
    return told.filter(action="pair.answered", actor_id=actor.pk).exists()


def _reason_of(typed: str) -> str:
    reason = without_numbers(typed.strip())[:500]
    if not reason:
        raise TransitionRefused(_("Hãy ghi lý do."))
    return reason


def _locked(candidate: DuplicateCandidate, expected_version: int | None) -> DuplicateCandidate:
    rows = DuplicateCandidate.objects.select_for_update(of=("self",)).select_related("first", "second")
    current = rows.get(pk=candidate.pk)
    if current.version != (expected_version or candidate.version):
        raise StaleRecord(
            _("Cặp này vừa được trả lời, hoặc vừa có thông tin mới. Hãy xem lại trang này rồi trả lời.")
        )
    return current


def _write(pair: DuplicateCandidate, **values: Any) -> None:
    DuplicateCandidate.objects.filter(pk=pair.pk).update(**values, version=F("version") + 1)
    pair.refresh_from_db()


def _label(answer: str) -> str:
    return str(PairState(answer).label)
