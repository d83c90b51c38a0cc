"""Who could be paid in a new batch, and who not and why: one definition for the preview and for the build."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from accounts.enums import Role
from accounts.queries.staff import active_holders, full_names
from beneficiaries.models import DuplicateCandidate, Person
from beneficiaries.queries.duplicates import unsettled
from core.workflow import Actor
from disbursements.enums import InstructionStatus
from disbursements.models import Batch, BudgetLine, PaymentInstruction
from disbursements.queries.means import Means, means_of
from disbursements.queries.obstacles import IN_BATCH, NOT_APPROVED, PAID, Exclusion, with_obstacle
from disbursements.queries.signatures import signatures_for
from support_programs.enums import VND, EntitlementStatus
from support_programs.models import Entitlement

DISTRICT_DIGITS: Final = 5
SHOWN_PAIRS: Final = 5
# who did one of these may not approve the batch (workflow.py, sql/approver.sql)
WORKED_ON_BY: Final = (
    "entered_by_id",
    "appraised_by_id",
    "list_approved_by_id",
    "money_appraised_by_id",
    "money_approved_by_id",
)
# groups of the preview that are told by the state of their entitlement alone
_STATUS_OF: Final = {
    NOT_APPROVED: EntitlementStatus.PROPOSED,
    IN_BATCH: EntitlementStatus.COMMITTED,
    PAID: EntitlementStatus.PAID,
}


@dataclass(frozen=True, slots=True)
class BatchScope:
    """Whom a batch is asked for: a programme in a commune or district, one stream or all, one channel, by one accountant.

    `decision` is the number of one decision; empty takes those of all. `source` is the code of one funding source; empty where
    each decision has only one. The department's own people are asked for with the province's code. `is_retry` takes only people
    whose money came back before.
    """

    programme: str
    area_code: str
    stream: str
    channel: str
    maker_id: int
    decision: str = ""
    source: str = ""
    is_retry: bool = False

    @classmethod
    def of(cls, batch: Batch) -> "BatchScope":
        """What a batch was asked for."""
        return cls(
            batch.programme_id,
            batch.area_code,
            batch.stream,
            batch.channel,
            batch.created_by_id,
            batch.decision_number,
            batch.source_code,
            batch.is_retry,
        )

    @property
    def district(self) -> str:
        return self.area_code[:DISTRICT_DIGITS]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A budget line that does not cover the people of the batch; `left` is what is still available, đồng."""

    line: str
    number: str
    source: str
    needed: int
    left: int


@dataclass(frozen=True, slots=True)
class DecisionShare:
    """The people of a batch whose money one person approved by one decision; that person may not approve the batch."""

    number: str
    people: int
    approver_id: int
    approver: str


@dataclass(frozen=True, slots=True)
class ListShare:
    """The people of a batch who are on one list of one commune."""

    area_code: str
    reference: str
    title: str
    people: int
    amount: int


@dataclass(frozen=True, slots=True)
class BatchPreview:
    """What a batch would hold now: people and đồng, who is left out and why, and where allocated money is short.

    `approvers_left` counts the provincial approvers who would be allowed to sign it (I7), `signatures` how many must.
    """

    people: int
    amount: int
    lists: tuple[ListShare, ...]
    exclusions: tuple[Exclusion, ...]
    shortfalls: tuple[Shortfall, ...]
    decisions: tuple[DecisionShare, ...]
    signatures: int
    approvers_left: int

    @property
    def is_possible(self) -> bool:
        return self.people > 0 and not self.shortfalls and not self.is_stuck

    @property
    def is_mixed(self) -> bool:
        """Decisions of several approvers are in it: none of them may approve it."""
        return len({share.approver_id for share in self.decisions}) > 1

    @property
    def lacks_approver(self) -> bool:
        """Fewer people may sign it than must."""
        return self.people > 0 and self.approvers_left < self.signatures

    @property
    def is_stuck(self) -> bool:
        """Nobody could approve it, while a batch of one decision alone somebody might."""
        return self.is_mixed and self.lacks_approver


def scope_means(scope: BatchScope) -> Means:
    """The budget lines and banks that a batch of this scope would use; to be read once for all that is asked about it."""
    return means_of(scope.programme, scope.district, scope.source, scope.channel, _approved(scope))


def payable(scope: BatchScope, means: Means | None = None) -> QuerySet[Any]:
    """Entitlements that a batch of this scope takes in: approved, their decision's money in the district, nothing in the way."""
    return _with_obstacle(scope, scope_means(scope) if means is None else means).filter(obstacle="")


def preview(scope: BatchScope, means: Means | None = None) -> BatchPreview:
    """Count the people and đồng of a batch before it is asked for; a constant number of queries, the people are read once."""
    groups = _groups(scope, scope_means(scope) if means is None else means)
    ready = [group for group in groups if group["obstacle"] == ""]
    amount = sum(group["total"] for group in ready)
    left_out = [
        Exclusion(code, sum(g["people"] for g in found), sum(g["total"] for g in found))
        for code, found in _by(groups, "obstacle").items()
        if code
    ]
    return BatchPreview(
        people=sum(group["people"] for group in ready),
        amount=amount,
        lists=_lists(ready),
        exclusions=(*left_out, *_elsewhere(scope)),
        shortfalls=_shortfalls(ready),
        decisions=_shares(ready),
        signatures=signatures_for(amount),
        approvers_left=_approvers_left(scope, ready),
    )


def people_left_out(scope: BatchScope, code: str) -> QuerySet[Entitlement]:
    """Those behind an exclusion of the preview, by name; nobody for a code that is none."""
    if code in _STATUS_OF:
        found = _in_scope(scope).filter(status=_STATUS_OF[code])
    else:
        found = _with_obstacle(scope, scope_means(scope)).filter(obstacle=code).exclude(obstacle="")
    return found.select_related("case").order_by("area_code", "case__name_sort", "pk")


def suspected_pairs(scope: BatchScope, actor: Actor) -> list[DuplicateCandidate]:
    """The pairs that keep approved people of this scope out of the batch, the surest first; those that the actor may open."""
    waiting = _approved(scope).values("claimant")
    people = Person.objects.filter(Q(pk__in=waiting) | Q(joined_to__in=waiting)).values("pk")
    pairs = unsettled().filter(Q(first__in=people) | Q(second__in=people))
    seen = pairs.filter(pk__in=DuplicateCandidate.objects.visible_to(actor).values("pk"))
    return list(seen.select_related("first", "second").order_by("-score", "pk")[:SHOWN_PAIRS])


def _groups(scope: BatchScope, means: Means) -> list[dict[str, Any]]:
    """People and đồng by obstacle, list, line and who worked on them: everything that the preview says comes from this."""
    keys = (
        "obstacle",
        "area_code",
        "case_list__reference",
        "case_list__title",
        "case_list__decision_number",
        "paying_line",
        *WORKED_ON_BY,
    )
    rows = _with_obstacle(scope, means).values(*keys).annotate(people=Count("pk"), total=Sum("amount"))
    return list(rows.order_by("obstacle", "area_code", "case_list__reference"))


def _by(groups: list[dict[str, Any]], *keys: str) -> dict[Any, list[dict[str, Any]]]:
    found: dict[Any, list[dict[str, Any]]] = {}
    for group in groups:
        key = group[keys[0]] if len(keys) == 1 else tuple(group[key] for key in keys)
        found.setdefault(key, []).append(group)
    return dict(sorted(found.items()))


def _lists(ready: list[dict[str, Any]]) -> tuple[ListShare, ...]:
    keys = ("area_code", "case_list__reference", "case_list__title")
    return tuple(
        ListShare(area, reference, title, sum(g["people"] for g in found), sum(g["total"] for g in found))
        for (area, reference, title), found in _by(ready, *keys).items()
    )


def _shares(ready: list[dict[str, Any]]) -> tuple[DecisionShare, ...]:
    found = _by(ready, "case_list__decision_number", "money_approved_by_id")
    names = full_names({approver for _number, approver in found})
    return tuple(
        DecisionShare(number, sum(g["people"] for g in groups), approver, names.get(approver, ""))
        for (number, approver), groups in found.items()
    )


def _approvers_left(scope: BatchScope, ready: list[dict[str, Any]]) -> int:
    """Active provincial approvers who neither ask for this batch nor worked on its people."""
    approvers = active_holders(Role.PROVINCIAL_APPROVER) - {scope.maker_id}
    return len(approvers.difference({group[column] for group in ready for column in WORKED_ON_BY}))


def _shortfalls(ready: list[dict[str, Any]]) -> tuple[Shortfall, ...]:
    """Budget lines of which less is available than the batch needs; one query."""
    found = _by(ready, "paying_line")
    needed = {line: sum(group["total"] for group in groups) for line, groups in found.items()}
    lines = BudgetLine.objects.filter(pk__in=needed).select_related("source").order_by("pk")
    return tuple(
        Shortfall(
            line.reference,
            found[line.pk][0]["case_list__decision_number"],
            line.source.name,
            needed[line.pk],
            line.available,
        )
        for line in lines
        if needed[line.pk] > line.available
    )


def _in_scope(scope: BatchScope) -> QuerySet[Entitlement]:
    # goods are handed out, and what an employer is owed goes through the insurance fund: neither is in a batch
    found: QuerySet[Entitlement] = Entitlement.objects.in_area(scope.area_code).filter(
        programme=scope.programme, unit=VND, claimant__isnull=False
    )
    if len(scope.area_code) < DISTRICT_DIGITS:
        found = found.filter(area_code=scope.area_code)
    if scope.stream:
        found = found.filter(case_list__stream=scope.stream)
    if scope.is_retry:
        earlier = PaymentInstruction.objects.filter(
            entitlement=OuterRef("pk"), status__in=InstructionStatus.final_without_payment()
        )
        found = found.filter(Exists(earlier))
    return found.filter(case_list__decision_number=scope.decision) if scope.decision else found


def _approved(scope: BatchScope) -> QuerySet[Entitlement]:
    return _in_scope(scope).filter(status=EntitlementStatus.APPROVED, decision__isnull=False)


def _with_obstacle(scope: BatchScope, means: Means) -> QuerySet[Any]:
    return with_obstacle(_approved(scope), maker_id=scope.maker_id, channel=scope.channel, means=means)


def _elsewhere(scope: BatchScope) -> list[Exclusion]:
    rows = (
        _in_scope(scope)
        .filter(status__in=_STATUS_OF.values())
        .order_by("status")
        .values("status")
        .annotate(people=Count("pk"), total=Sum("amount"))
    )
    codes = {status.value: code for code, status in _STATUS_OF.items()}
    return [Exclusion(codes[row["status"]], row["people"], row["total"]) for row in rows]
