"""What is in the stores, what is on its way, and where it went: every figure is a sum over the stock papers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, Q, QuerySet, Sum, Window

from accounts.queries import area_names
from core.querysets import area_filter
from core.workflow import Actor
from disbursements.enums import HandoutLineStatus, HandoutStatus, StockKind
from disbursements.models import Goods, HandoutLine, StockBalance, StockMovement, Store

# a paper that was taken back and the one that does it cancel out; neither counts as received or lost
_STANDS: Final = Q(correction__isnull=True) & ~Q(kind=StockKind.CORRECTION)


@dataclass(frozen=True, slots=True)
class GoodsSums:
    """One kind of goods in an area, in its unit. `difference` must be 0: all that came in is somewhere (I18).

    `came` and `went` are transfers over the area's border; `out` is with rounds that are being handed out.
    """

    goods: Goods
    received: int = 0
    came: int = 0
    went: int = 0
    lost: int = 0
    in_transit: int = 0
    out: int = 0
    handed: int = 0
    on_hand: int = 0

    @property
    def difference(self) -> int:
        """What came in less everything that is accounted for."""
        accounted = self.went + self.lost + self.in_transit + self.out + self.handed + self.on_hand
        return self.received + self.came - accounted


@dataclass(frozen=True, slots=True)
class StoreRow:
    """What one store has of one kind of goods, and what is on its way to it."""

    store: Store
    area: str
    goods: Goods | None
    on_hand: int
    coming: int


def stores_of(actor: Actor) -> QuerySet[Store]:
    """The stores of one's area that are in use."""
    found: QuerySet[Store] = Store.objects.visible_to(actor).filter(is_active=True)
    return found.order_by("area_code", "name")


def reachable_stores(actor: Actor) -> QuerySet[Store]:
    """Where goods can be sent to: the stores of one's area, and those of the district and province above it."""
    above = Q(area_code__in=[actor.area_code[:2], actor.area_code[:5]])
    return Store.objects.filter(area_filter(actor.area_code) | above, is_active=True).order_by(
        "area_code", "name"
    )


def movements_seen(actor: Actor) -> QuerySet[StockMovement]:
    """Papers of one's stores, and what is sent to them from elsewhere."""
    if not actor.sees_records:
        return StockMovement.objects.none()
    mine = area_filter(actor.area_code) | area_filter(actor.area_code, "other_store__area_code")
    return StockMovement.objects.filter(mine).select_related("store", "other_store", "goods", "handout")


def in_transit(actor: Actor) -> QuerySet[StockMovement]:
    """What was sent and is not recorded as arrived, the oldest first; both ends see it."""
    return (
        movements_seen(actor).filter(kind=StockKind.SENDING, arrival__isnull=True).order_by("moved_on", "pk")
    )


def coming_to(actor: Actor) -> QuerySet[StockMovement]:
    """What is on its way to one's own stores."""
    waiting = StockMovement.objects.filter(kind=StockKind.SENDING, arrival__isnull=True)
    return waiting.filter(area_filter(actor.area_code, "other_store__area_code"))


def stock_rows(actor: Actor, goods: str = "") -> list[StoreRow]:
    """Every store of the area with what it has, those without goods too; four queries."""
    stores = list(stores_of(actor))
    kinds = {row.pk: row for row in Goods.objects.all()}
    balances = StockBalance.objects.visible_to(actor).filter(store__in=stores)
    have = {(row.store_id, row.goods_id): row.on_hand for row in balances}
    coming: dict[tuple[int, int], int] = {
        (store, kind): -total
        for store, kind, total in coming_to(actor)
        .order_by()
        .values_list("other_store", "goods")
        .annotate(total=Sum("change"))
        .order_by("other_store")
    }
    names = area_names(store.area_code for store in stores)
    rows = []
    for store in stores:
        keys = sorted({key for key in (*have, *coming) if key[0] == store.pk})
        found = [
            StoreRow(store, names[store.area_code], kinds[kind], have.get((store.pk, kind), 0), coming.get((store.pk, kind), 0))
            for _store, kind in keys
            if not goods or kinds[kind].code == goods
        ]  # fmt: skip
        rows += found or ([] if goods else [StoreRow(store, names[store.area_code], None, 0, 0)])
    return rows


def goods_sums(area_code: str) -> list[GoodsSums]:
    """Received, lost, on the way, handed out and left of each kind of goods in an area; four queries."""
    mine, other = area_filter(area_code), area_filter(area_code, "other_store__area_code")
    papers = StockMovement.objects.filter(mine)
    moved = {
        row["goods"]: row
        for row in papers.order_by()
        .values("goods")
        .annotate(
            received=Sum("change", filter=_STANDS & Q(kind=StockKind.RECEIPT), default=0),
            came=Sum("change", filter=Q(kind=StockKind.ARRIVAL) & ~other, default=0),
            lost=Sum("change", filter=_STANDS & Q(kind=StockKind.LOSS), default=0),
            missing=Sum("missing", filter=other, default=0),
            left=Sum("change", filter=Q(kind=StockKind.SENDING) & ~other, default=0),
            transit=Sum("change", filter=Q(kind=StockKind.SENDING, arrival__isnull=True) & other, default=0),
            rounds=Sum("change", filter=Q(kind__in=[StockKind.ISSUE, StockKind.LEFTOVER]), default=0),
        )
        .order_by("goods")
    }
    handed = dict(
        HandoutLine.objects.filter(area_filter(area_code, "handout__store__area_code"))
        .filter(status=HandoutLineStatus.RECEIVED, handout__status__in=[HandoutStatus.HANDING, HandoutStatus.CLOSED])
        .order_by()
        .values_list("handout__goods")
        .annotate(total=Sum("quantity"))
    )  # fmt: skip
    stock = dict(
        StockBalance.objects.filter(mine).order_by().values_list("goods").annotate(total=Sum("on_hand"))
    )
    return [_sums_of(kind, moved[kind.pk], handed.get(kind.pk, 0), stock.get(kind.pk, 0))
            for kind in Goods.objects.filter(pk__in=moved)]  # fmt: skip


def _sums_of(kind: Goods, row: Mapping[str, Any], handed: int, on_hand: int) -> GoodsSums:
    return GoodsSums(
        goods=kind,
        received=row["received"],
        came=row["came"],
        went=-row["left"],
        lost=-row["lost"] + row["missing"],
        in_transit=-row["transit"],
        out=-row["rounds"] - handed,
        handed=handed,
        on_hand=on_hand,
    )


def movements_of(store: Store, goods: str = "") -> QuerySet[StockMovement]:
    """The papers of one store, newest first, each with the stock after it."""
    rows = StockMovement.objects.filter(store=store)
    if goods:
        rows = rows.filter(goods__code=goods)
    after = Window(Sum("change"), partition_by=[F("goods")], order_by=[F("pk").asc()])
    return (
        rows.select_related("goods", "other_store", "handout", "source").annotate(after=after).order_by("-pk")
    )


def on_hand(store: Store, goods: Goods) -> int:
    """What the store has now."""
    found = StockBalance.objects.filter(store=store, goods=goods).values_list("on_hand", flat=True).first()
    return found or 0


def goods_choices(rows: Iterable[Goods] | None = None) -> list[tuple[str, str]]:
    """(code, name and unit) of the goods in use."""
    return [(row.code, str(row)) for row in (rows or Goods.objects.filter(is_active=True))]
