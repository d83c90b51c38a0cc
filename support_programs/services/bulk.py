"""Work on many cases at once: who was done, who was left and why; a large set is done in the background."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.enums import JobState
from core.lookups import Among
from core.models import Job
from core.queries.references import next_reference
from core.services.jobs import JobRefused, JobRun, start_job
from core.transitions import ManyResult, Refusal, TransitionRefused
from core.workflow import Actor
from support_programs.enums import CaseStatus
from support_programs.models import Case
from support_programs.permissions.cases import APPRAISED_ELSEWHERE, CASE_OF_OTHER_LEVEL
from support_programs.services.appraisal import exclude_cases, verify_cases
from support_programs.services.assignment import assign_cases, claim_cases, release_cases
from support_programs.services.lists import list_cases, remove_cases
from support_programs.services.scope import check_area

KIND: Final = "support_programs.bulk"
AT_ONCE: Final = 2_000  # a larger set runs in the background
MOST: Final = 20_000
CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class BulkOrder:
    """What is to be done: an action's code, with its reason or note, and for a hand-over the colleague's account."""

    action: str
    reason: str = ""
    officer_id: int | None = None


@transaction.atomic
def order_bulk(order: BulkOrder, ids: Sequence[int], *, actor: Actor, back: str) -> Job:
    """Do this with cases, at once or, beyond 2,000, in the background. The job that is given back keeps what was done with which
    case and what was not, and why; only who ordered it reads it.

    Refused: an action that there is not, nothing or more than 20,000 cases, a missing reason (TransitionRefused); a missing role
    (PermissionDenied).
    """
    if order.action not in _ACTS:
        raise TransitionRefused(_("Hãy chọn một việc để làm với các hồ sơ đã chọn."))
    if not ids:
        raise TransitionRefused(_("Bạn chưa chọn hồ sơ nào."))
    if len(ids) > MOST:
        raise TransitionRefused(_("Mỗi lần làm được tối đa 20.000 hồ sơ. Hãy lọc bớt rồi làm từng phần."))
    if len(ids) > AT_ONCE:
        params = {"order": asdict(order), "ids": list(ids), "back": back}
        job = start_job(KIND, params=params, actor=actor)
    else:
        job = _kept(order, carry_out(order, ids, actor=actor), actor=actor, back=back)
    Job.objects.filter(pk=job.pk).update(
        return_url=reverse("support_programs:bulk_result", args=[job.reference])
    )
    return job


def carry_out(order: BulkOrder, ids: Sequence[int], *, actor: Actor) -> dict[str, Any]:
    """Do it with these cases in the running transaction; gives `{"done": [references], "left": [[reference, reason]]}`.

    Cases of other desks are left and named, unless all are: then a missing role is heard as PermissionDenied.
    """
    rows = Case.objects.filter(Among.of(ids))
    references = dict(rows.values_list("pk", "reference"))
    check_area(actor, *set(rows.order_by().values_list("area_code", flat=True).distinct()))
    foreign = _foreign(order, rows, actor)
    near = [pk for pk in ids if pk not in {row.pk for row in foreign}]
    if not near:
        near, foreign = list(ids), ()
    refused = (*foreign, *_attempt(order, Case.objects.filter(Among.of(near)), actor))
    left = {row.pk: row.reason for row in refused}
    return {
        "done": [references[pk] for pk in ids if pk in references and pk not in left],
        "left": [[references[pk], left[pk]] for pk in ids if pk in references and pk in left],
    }


def run_bulk(run: JobRun) -> None:
    """The job: 500 cases at a time, each portion committed together with what is known of it, so that a second run goes on where
    the first one stopped.
    """
    order, ids = BulkOrder(**run.params["order"]), run.params["ids"]
    run.result = run.job.result or _nothing_yet(order, run.params["back"])
    while (start := run.result["next"]) < len(ids):
        with run.fenced():
            actor = User.objects.get(pk=run.job.created_by_id or 0)
            try:
                told = carry_out(order, ids[start : start + CHUNK], actor=actor)
            except PermissionDenied as denied:
                raise JobRefused(str(denied)) from denied
            result = {
                **run.result,
                "done": run.result["done"] + told["done"],
                "left": run.result["left"] + told["left"],
                "next": start + CHUNK,
            }
            Job.objects.filter(pk=run.job.pk).update(result=result)
        run.result = result
        run.progress(min(start + CHUNK, len(ids)), len(ids), _("Đang làm hàng loạt"))


def _attempt(order: BulkOrder, cases: QuerySet[Case], actor: Actor) -> Sequence[Refusal]:
    """What the service left; a refusal of the whole set is each row's."""
    try:
        with transaction.atomic():
            return _ACTS[order.action](order, cases, actor)
    except TransitionRefused as refusal:
        return [Refusal(pk, ref, str(refusal)) for pk, ref in cases.values_list("pk", "reference")]


def _foreign(order: BulkOrder, rows: QuerySet[Case], actor: Actor) -> tuple[Refusal, ...]:
    """Rows that another desk works on, where the service would refuse the whole set for them."""
    guard = {"verify": APPRAISED_ELSEWHERE, "list": CASE_OF_OTHER_LEVEL, "remove": CASE_OF_OTHER_LEVEL}.get(
        order.action
    )
    blocked = guard.blocked(actor) if guard else Q(pk__in=[])
    found = rows.filter(blocked).values_list("pk", "reference")
    return tuple(Refusal(pk, reference, str(guard.message)) for pk, reference in found) if guard else ()


def _verify(order: BulkOrder, cases: QuerySet[Case], actor: Actor) -> Sequence[Refusal]:
    return verify_cases(cases, actor=actor).needs_eyes


def _exclude(to: CaseStatus) -> "Act":
    return lambda order, cases, actor: exclude_cases(cases, to=to, reason=order.reason, actor=actor).refused


def _many(service: Callable[..., ManyResult]) -> "Act":
    return lambda order, cases, actor: service(cases, actor=actor).refused


def _assign(order: BulkOrder, cases: QuerySet[Case], actor: Actor) -> Sequence[Refusal]:
    """To nobody without an account: the cases are let go."""
    if order.officer_id is None:
        return release_cases(cases, actor=actor, note=order.reason).refused
    to = User.objects.get(pk=order.officer_id)
    return assign_cases(cases, to=to, actor=actor, note=order.reason).refused


Act = Callable[[BulkOrder, QuerySet[Case], Actor], Sequence[Refusal]]
_ACTS: Final[dict[str, Act]] = {
    "verify": _verify,
    "ask_supplement": _exclude(CaseStatus.NEEDS_SUPPLEMENT),
    "refuse": _exclude(CaseStatus.INELIGIBLE),
    "list": _many(list_cases),
    "remove": _many(remove_cases),
    "claim": _many(claim_cases),
    "assign": _assign,
}


def _nothing_yet(order: BulkOrder, back: str) -> dict[str, Any]:
    return {"action": order.action, "reason": order.reason, "back": back, "done": [], "left": [], "next": 0}


def _kept(order: BulkOrder, told: dict[str, Any], *, actor: Actor, back: str) -> Job:
    """What was done at once is kept like a job that has ended."""
    count = len(told["done"]) + len(told["left"])
    now = clock.now()
    return Job.objects.create(
        reference=next_reference("CV"),
        area_code=actor.area_code,
        kind=KIND,
        state=JobState.DONE,
        result={**_nothing_yet(order, back), **told, "next": count},
        progress_done=count,
        progress_total=count,
        created_by_id=actor.pk,
        started_at=now,
        finished_at=now,
    )
