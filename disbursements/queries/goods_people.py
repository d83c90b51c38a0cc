"""Who could be handed goods in a new round, and who not and why: one definition for the preview and for the build."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, CharField, Count, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from beneficiaries.queries.duplicates import may_be_somebody_else
from core.wording import Text
from disbursements.models import Goods, Store
from disbursements.queries.goods_stock import on_hand
from support_programs.enums import VND, EntitlementStatus
from support_programs.models import CaseList, Entitlement
from support_programs.queries.programmes import programme_choices

_DOUBLED: Final = "doubled"
_SUSPECTED: Final = "suspected"
_TOUCHED: Final = "touched"
_REASONS: Final[dict[str, Text]] = {
    _DOUBLED: _("Hưởng trùng: cùng một người, đã có mức hưởng khác"),
    _SUSPECTED: _("Nghi trùng với người khác, chưa có câu trả lời"),
    _TOUCHED: _("Bạn đã nhập hồ sơ hoặc duyệt danh sách của những người này"),
    EntitlementStatus.PROPOSED: _("Chưa được phê duyệt"),
    EntitlementStatus.COMMITTED: _("Đã ở trong một đợt cấp phát khác"),
    EntitlementStatus.PAID: _("Đã nhận hàng"),
}


@dataclass(frozen=True, slots=True)
class HandoutScope:
    """Whom a round is asked for: a programme in an area, one decision or all, one kind of goods, by one accountant."""

    programme: str
    area_code: str
    unit: str
    maker_id: int
    decision: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A group of people whom the round leaves out, with the reason."""

    code: str
    people: int
    quantity: int

    @property
    def reason(self) -> Text:
        return _REASONS[self.code]


@dataclass(frozen=True, slots=True)
class CommuneShare:
    """What one commune of the round takes."""

    area_code: str
    people: int
    quantity: int


@dataclass(frozen=True, slots=True)
class HandoutPreview:
    """People and units of a round before it is asked for, commune by commune, and what the store has for it."""

    people: int
    quantity: int
    communes: tuple[CommuneShare, ...]
    left_out: tuple[LeftOut, ...]
    on_hand: int

    @property
    def lacking(self) -> int:
        """How many units the store has too few; 0 where it suffices."""
        return max(0, self.quantity - self.on_hand)


def in_kind(area_code: str) -> QuerySet[Entitlement]:
    """What people of an area are owed in goods."""
    found: QuerySet[Entitlement] = Entitlement.objects.in_area(area_code)
    return found.filter(claimant__isnull=False).exclude(unit=VND)


def waiting_for_goods(area_code: str) -> QuerySet[Entitlement]:
    """Approved and in no round yet."""
    return in_kind(area_code).filter(
        status=EntitlementStatus.APPROVED, decision__isnull=False, doubles__isnull=True
    )


def receivable(scope: HandoutScope) -> QuerySet[Entitlement]:
    """Who goes into the round: approved, in no round, with nothing in the way."""
    return _with_obstacle(_approved(scope), scope.maker_id).filter(obstacle="")


def preview(scope: HandoutScope, store: Store, goods: Goods) -> HandoutPreview:
    """What the accountant sees before asking for a round; four queries, whatever its size."""
    shares = tuple(
        CommuneShare(area, people, total)
        for area, people, total in receivable(scope)
        .order_by()
        .values_list("area_code")
        .annotate(people=Count("pk"), total=Sum("quantity"))
        .order_by("area_code")
    )
    return HandoutPreview(
        people=sum(share.people for share in shares),
        quantity=sum(share.quantity for share in shares),
        communes=shares,
        left_out=(*_blocked(scope), *_elsewhere(scope)),
        on_hand=on_hand(store, goods),
    )


def handout_programmes(area_code: str, named: str = "") -> list[tuple[str, str]]:
    """(code, short name) of the programmes that owe goods to people of the area, those that wait first."""
    decided = in_kind(area_code).filter(status__in=EntitlementStatus.after_decision())
    waiting = Count("pk", filter=Q(status=EntitlementStatus.APPROVED))
    found = dict(decided.order_by().values_list("programme").annotate(waiting=waiting))
    ranked = {code: -n for code, n in found.items()} | ({named: 0} if named else {})
    names = dict(programme_choices())
    return sorted(
        ((code, names[code]) for code in ranked if code in names), key=lambda item: (ranked[item[0]], item[0])
    )


def handout_decisions(area_code: str, named: str = "") -> list[tuple[str, Text]]:
    """(number, number and day) of the decisions by which goods are still owed in the area, newest first."""
    owed = waiting_for_goods(area_code).values("case_list")
    rows = (
        CaseList.objects.in_area(area_code)
        .filter(Q(pk__in=owed) | Q(decision_number=named), decision__isnull=False)
        .order_by("-decision_date", "decision_number")
        .values_list("decision_number", "decision_date")
        .distinct()
    )
    return [
        (number, _("%(number)s ngày %(day)s") % {"number": number, "day": f"{signed_on:%d/%m/%Y}"})
        for number, signed_on in rows
    ]


def _scoped(scope: HandoutScope) -> QuerySet[Entitlement]:
    found = in_kind(scope.area_code).filter(programme=scope.programme, unit=scope.unit)
    return found.filter(case_list__decision_number=scope.decision) if scope.decision else found


def _approved(scope: HandoutScope) -> QuerySet[Entitlement]:
    return _scoped(scope).filter(status=EntitlementStatus.APPROVED, decision__isnull=False)


def _with_obstacle(rows: QuerySet[Entitlement], maker_id: int) -> QuerySet[Any]:
    obstacles = (
        When(doubles__isnull=False, then=Value(_DOUBLED)),
        When(may_be_somebody_else("claimant"), then=Value(_SUSPECTED)),
        When(Q(entered_by_id=maker_id) | Q(list_approved_by_id=maker_id), then=Value(_TOUCHED)),
    )
    found: QuerySet[Any] = rows.annotate(
        obstacle=Case(*obstacles, default=Value(""), output_field=CharField())
    )
    return found


def _blocked(scope: HandoutScope) -> list[LeftOut]:
    rows = (
        _with_obstacle(_approved(scope), scope.maker_id)
        .exclude(obstacle="")
        .order_by()
        .values_list("obstacle")
        .annotate(people=Count("pk"), total=Sum("quantity"))
        .order_by("obstacle")
    )
    return [LeftOut(*row) for row in rows]


def _elsewhere(scope: HandoutScope) -> list[LeftOut]:
    others = (EntitlementStatus.PROPOSED, EntitlementStatus.COMMITTED, EntitlementStatus.PAID)
    rows = (
        _scoped(scope)
        .filter(status__in=others)
        .order_by()
        .values_list("status")
        .annotate(people=Count("pk"), total=Sum("quantity"))
        .order_by("status")
    )
    return [LeftOut(*row) for row in rows]
