"""Who could be paid in a new batch, and who not and why: one definition for the preview and for the build."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum

from accounts.enums import Role
from accounts.queries.staff import active_holders, full_names
from beneficiaries.models import DuplicateCandidate, Person
from beneficiaries.queries.duplicates import unsettled
from core.workflow import Actor
from disbursements.models import BudgetLine
from disbursements.queries.lines import paying_lines
from disbursements.queries.obstacles import IN_BATCH, NOT_APPROVED, PAID, Exclusion, with_obstacle
from support_programs.enums import VND, EntitlementStatus
from support_programs.models import CaseList, Entitlement

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


@dataclass(frozen=True, slots=True)
class BatchScope:
    """Whom a batch is asked for: a programme in a commune or district, one stream or all, one channel, by one accountant.

    `decision` is the number of one decision; empty takes those of all. `source` is the code of one funding source; empty where
    each decision has only one. The department's own people are asked for with the province's code.
    """

    programme: str
    area_code: str
    stream: str
    channel: str
    maker_id: int
    decision: str = ""
    source: str = ""

    @property
    def district(self) -> str:
        return self.area_code[:DISTRICT_DIGITS]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A budget line that does not cover the people of the batch; `left` is what is still available, đồng."""

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
class BatchPreview:
    """What a batch would hold now: people and đồng, who is left out and why, and where allocated money is short.

    `approvers_left` counts the provincial approvers who would be allowed to approve it (I7).
    """

    people: int
    amount: int
    lists: int
    exclusions: tuple[Exclusion, ...]
    shortfalls: tuple[Shortfall, ...]
    decisions: tuple[DecisionShare, ...]
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
        return self.people > 0 and self.approvers_left == 0

    @property
    def is_stuck(self) -> bool:
        """Nobody could approve it, while a batch of one decision alone somebody might."""
        return self.is_mixed and self.lacks_approver


def payable(scope: BatchScope) -> QuerySet[Any]:
    """Entitlements that a batch of this scope takes in: approved, their decision's money in the district, nothing in the way."""
    return _with_obstacle(_approved(scope), scope).filter(obstacle="")


def preview(scope: BatchScope) -> BatchPreview:
    """Count the people and đồng of a batch before it is asked for; a constant number of queries."""
    found = {
        row["obstacle"]: row
        for row in _with_obstacle(_approved(scope), scope)
        .values("obstacle")
        .annotate(people=Count("pk"), amount=Sum("amount"), lists=Count("case_list", distinct=True))
    }
    ready = found.pop("", {"people": 0, "amount": 0, "lists": 0})
    left_out = [Exclusion(code, row["people"], row["amount"]) for code, row in sorted(found.items())]
    return BatchPreview(
        people=ready["people"],
        amount=ready["amount"],
        lists=ready["lists"],
        exclusions=(*left_out, *_elsewhere(scope)),
        shortfalls=shortfalls(scope),
        decisions=_shares(scope),
        approvers_left=_approvers_left(scope),
    )


def suspected_pairs(scope: BatchScope, actor: Actor) -> list[DuplicateCandidate]:
    """The pairs that keep approved people of this scope out of the batch, the surest first; those that the actor may open."""
    waiting = _approved(scope).values("claimant")
    people = Person.objects.filter(Q(pk__in=waiting) | Q(joined_to__in=waiting)).values("pk")
    pairs = unsettled().filter(Q(first__in=people) | Q(second__in=people))
    seen = pairs.filter(pk__in=DuplicateCandidate.objects.visible_to(actor).values("pk"))
    return list(seen.select_related("first", "second").order_by("-score", "pk")[:SHOWN_PAIRS])


def _shares(scope: BatchScope) -> tuple[DecisionShare, ...]:
    rows = (
        payable(scope)
        .order_by("case_list__decision_number", "money_approved_by_id")
        .values_list("case_list__decision_number", "money_approved_by_id")
        .annotate(people=Count("pk"))
    )
    found = list(rows)
    names = full_names({approver for _number, approver, _people in found})
    return tuple(
        DecisionShare(number, people, approver, names.get(approver, "")) for number, approver, people in found
    )


def _approvers_left(scope: BatchScope) -> int:
    """Active provincial approvers who neither ask for this batch nor worked on its people."""
    approvers = active_holders(Role.PROVINCIAL_APPROVER) - {scope.maker_id}
    is_theirs = Q()
    for column in WORKED_ON_BY:
        is_theirs |= Q(**{f"{column}__in": approvers})
    rows = payable(scope).filter(is_theirs).order_by().values_list(*WORKED_ON_BY).distinct()
    return len(approvers.difference(*rows))


def shortfalls(scope: BatchScope) -> tuple[Shortfall, ...]:
    """Budget lines of which less is available than the batch needs; three queries."""
    needed = dict(
        payable(scope)
        .order_by()
        .values_list("paying_line")
        .annotate(total=Sum("amount"))
        .order_by("paying_line")
    )
    lines = BudgetLine.objects.filter(pk__in=needed).select_related("source")
    # the decision's own row is the province's; its number was copied to the lists
    numbers = dict(
        CaseList.objects.filter(decision__in=lines.values("decision")).values_list(
            "decision", "decision_number"
        )
    )
    return tuple(
        Shortfall(numbers[line.decision_id], line.source.name, needed[line.pk], line.available)
        for line in lines.order_by("pk")
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
    return found.filter(case_list__decision_number=scope.decision) if scope.decision else found


def _approved(scope: BatchScope) -> QuerySet[Entitlement]:
    return _in_scope(scope).filter(status=EntitlementStatus.APPROVED, decision__isnull=False)


def _with_obstacle(rows: QuerySet[Entitlement], scope: BatchScope) -> QuerySet[Any]:
    lines = paying_lines(scope.programme, scope.district, scope.source)
    return with_obstacle(rows, maker_id=scope.maker_id, channel=scope.channel, lines=lines)


def _elsewhere(scope: BatchScope) -> list[Exclusion]:
    codes = {
        EntitlementStatus.PROPOSED: NOT_APPROVED,
        EntitlementStatus.COMMITTED: IN_BATCH,
        EntitlementStatus.PAID: PAID,
    }
    rows = (
        _in_scope(scope)
        .filter(status__in=codes)
        .order_by("status")
        .values("status")
        .annotate(people=Count("pk"), total=Sum("amount"))
    )
    return [Exclusion(codes[EntitlementStatus(row["status"])], row["people"], row["total"]) for row in rows]
