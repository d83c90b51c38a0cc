"""Goods come into stores, move between them, get lost: each by a paper. Stock never falls below 0 (I18)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.audit import record_event
from core.dates import format_date
from core.money import format_dong
from core.queries.references import next_reference
from core.text import clean_text
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import StockKind
from disbursements.models import Donation, FundingSource, Goods, StockMovement, Store
from disbursements.permissions import may_add_goods, may_keep_stores
from disbursements.queries.goods_stock import on_hand, reachable_stores
from support_programs.services.scope import check_area, check_no_number, check_past, check_role


@dataclass(frozen=True, slots=True)
class StockPaper:
    """What a stock paper says: so many units of goods, its number and day, and why where that has to be said."""

    goods: Goods
    quantity: int
    document_number: str
    moved_on: dt.date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StorePlace:
    """A store to be: where it is and who keeps it."""

    area_code: str
    name: str
    address: str = ""
    keeper_name: str = ""


@transaction.atomic
def add_store(*, actor: Actor, place: StorePlace) -> Store:
    """A new store in one's area. Refused: a name that the area's stores have already, and whoever keeps no stores."""
    _check_keeper(actor, place.area_code)
    name = clean_text(place.name)
    check_no_number(name, place.address, place.keeper_name)
    if not name:
        raise TransitionRefused(_("Hãy ghi tên kho."))
    _lock(f"store:{place.area_code}")
    if Store.objects.filter(area_code=place.area_code, name__iexact=name).exists():
        raise TransitionRefused(_("Kho «%(name)s» đã có ở đơn vị này. Hãy đặt tên khác.") % {"name": name})
    store = Store.objects.create(
        reference=next_reference("KO"),
        area_code=place.area_code,
        name=name,
        address=clean_text(place.address),
        keeper_name=clean_text(place.keeper_name),
        created_by_id=actor.pk,
    )
    record_event("store.added", store, actor=actor, change={"name": name})
    return store


@transaction.atomic
def add_goods(*, actor: Actor, code: str, name: str, unit: str) -> Goods:
    """A further kind of goods, for the whole province; by the department's accountant only. Refused: one that exists."""
    check_role(
        actor, may_add_goods, _("Danh mục hàng do kế toán của Sở ghi. Hãy đề nghị Sở thêm loại hàng này.")
    )
    name, unit, code = clean_text(name), clean_text(unit), code.strip().upper()
    _lock("goods")
    if Goods.objects.filter(code=code).exists():
        raise TransitionRefused(_("Mã hàng %(code)s đã có. Hãy dùng mã khác.") % {"code": code})
    if Goods.objects.filter(name__iexact=name, unit__iexact=unit).exists():
        raise TransitionRefused(_("Loại hàng «%(name)s» (%(unit)s) đã có.") % {"name": name, "unit": unit})
    goods = Goods.objects.create(code=code, name=name, unit=unit)
    record_event(
        "goods.added", goods, actor=actor, change={"name": name, "unit": unit}, area_code=actor.area_code
    )
    return goods


@transaction.atomic
def receive_goods(
    *,
    actor: Actor,
    store: Store,
    paper: StockPaper,
    source: FundingSource,
    estimated_value: int | None = None,
    donation: Donation | None = None,
) -> StockMovement:
    """Goods come into a store by a paper, from a source; their worth, where known, is what the paper estimates, đồng.

    Refused: another's store, a day in the future, a quantity that is not above 0, the same paper again.
    """
    _check_keeper(actor, store.area_code)
    _check_paper(StockKind.RECEIPT, store, paper)
    return _write(
        StockKind.RECEIPT,
        actor,
        store,
        paper,
        change=paper.quantity,
        source=source,
        estimated_value=estimated_value,
        donation=donation,
    )


@transaction.atomic
def send_goods(*, actor: Actor, store: Store, to_store: Store, paper: StockPaper) -> StockMovement:
    """Goods leave a store for another one; they are on their way until the other store records their arrival.

    Refused: more than the store has, the same store, one that is neither in one's area nor above it.
    """
    _check_keeper(actor, store.area_code)
    if to_store.pk == store.pk:
        raise TransitionRefused(_("Kho nhận phải khác kho xuất. Hãy chọn kho nhận khác."))
    if not reachable_stores(actor).filter(pk=to_store.pk).exists():
        raise TransitionRefused(_("Hãy chọn kho nhận trong địa bàn của bạn hoặc của cấp trên."))
    _check_paper(StockKind.SENDING, store, paper)
    check_enough(store, paper.goods, paper.quantity)
    return _write(
        StockKind.SENDING,
        actor,
        store,
        paper,
        change=-paper.quantity,
        other_store=to_store,
        event={"store": to_store.name},
    )


@transaction.atomic
def record_arrival(*, actor: Actor, sending: StockMovement, paper: StockPaper) -> StockMovement:
    """What was sent has come: `paper.quantity` units of it; what is missing is written off with the reason of the minutes.

    Refused: another's store, an arrival recorded before, more than was sent, a day before it was sent, less without a reason.
    """
    store = sending.other_store
    if sending.kind != StockKind.SENDING or store is None:
        raise TransitionRefused(
            _("Phiếu %(ref)s không phải phiếu xuất chuyển kho.") % {"ref": sending.reference}
        )
    _check_keeper(actor, store.area_code)
    _lock(f"arrival:{sending.pk}")
    if StockMovement.objects.filter(sending=sending).exists():
        raise TransitionRefused(_("Hàng của phiếu %(ref)s đã được ghi nhận.") % {"ref": sending.reference})
    missing = sending.quantity - paper.quantity
    if missing < 0:
        raise TransitionRefused(
            _("Phiếu %(ref)s xuất %(sent)s %(unit)s, không thể nhận %(typed)s. Hãy kiểm tra lại số lượng.")
            % {
                "ref": sending.reference,
                "sent": format_dong(sending.quantity),
                "unit": sending.goods.unit,
                "typed": format_dong(paper.quantity),
            }
        )
    if missing and not paper.reason.strip():
        raise TransitionRefused(
            _("Thiếu %(n)s %(unit)s so với phiếu xuất. Hãy ghi lý do và số biên bản.")
            % {"n": format_dong(missing), "unit": sending.goods.unit}
        )
    _check_words(paper)
    if paper.moved_on < sending.moved_on:
        raise TransitionRefused(
            _("Ngày nhận không được trước ngày xuất %(day)s.") % {"day": format_date(sending.moved_on)}
        )
    return _write(
        StockKind.ARRIVAL,
        actor,
        store,
        paper,
        change=paper.quantity,
        missing=missing,
        other_store=sending.store,
        sending=sending,
        event={"missing": missing},
    )


@transaction.atomic
def record_loss(*, actor: Actor, store: Store, paper: StockPaper) -> StockMovement:
    """Goods that are spoilt or gone are written off by a paper with a reason; refused beyond what the store has."""
    _check_keeper(actor, store.area_code)
    if not paper.reason.strip():
        raise TransitionRefused(_("Hãy ghi lý do hao hụt, hư hỏng."))
    _check_paper(StockKind.LOSS, store, paper)
    check_enough(store, paper.goods, paper.quantity)
    return _write(StockKind.LOSS, actor, store, paper, change=-paper.quantity)


@transaction.atomic
def correct_movement(
    *, actor: Actor, movement: StockMovement, document_number: str, moved_on: dt.date, reason: str
) -> StockMovement:
    """A receipt or a loss that was recorded wrongly is taken back whole, by a new paper (I16).

    Refused: other kinds of papers, one taken back before, no reason, and a receipt of which too little is left in the store.
    """
    _check_keeper(actor, movement.store.area_code)
    if movement.kind not in (StockKind.RECEIPT, StockKind.LOSS):
        raise TransitionRefused(_("Chỉ hủy được phiếu nhập kho và phiếu hao hụt ghi sai."))
    if not reason.strip():
        raise TransitionRefused(_("Hãy ghi lý do hủy phiếu."))
    _lock(f"correction:{movement.pk}")
    if StockMovement.objects.filter(corrects=movement).exists():
        raise TransitionRefused(_("Phiếu %(ref)s đã được hủy.") % {"ref": movement.reference})
    paper = StockPaper(movement.goods, movement.quantity, document_number, moved_on, reason)
    _check_words(paper)
    if movement.change > 0:
        check_enough(movement.store, movement.goods, movement.quantity)
    return _write(
        StockKind.CORRECTION,
        actor,
        movement.store,
        paper,
        change=-movement.change,
        corrects=movement,
        event={"paper": movement.reference},
    )


def check_enough(store: Store, goods: Goods, needed: int) -> None:
    """TransitionRefused when a store has less than is needed; nobody else takes from its stock until the transaction ends."""
    _lock(f"stock:{store.pk}:{goods.pk}")
    left = on_hand(store, goods)
    if needed > left:
        raise TransitionRefused(
            _(
                "%(store)s còn %(left)s %(unit)s %(goods)s, không đủ để xuất %(needed)s %(unit)s. "
                "Hãy nhập kho thêm hoặc xuất ít hơn."
            )
            % {
                "store": store.name,
                "left": format_dong(left),
                "needed": format_dong(needed),
                "unit": goods.unit,
                "goods": goods.name.lower(),
            }
        )


def write_movement(
    kind: StockKind, *, actor: Actor, store: Store, paper: StockPaper, change: int, **about: Any
) -> StockMovement:
    """The paper of a round that takes goods out of a store or brings them back; its service has checked it."""
    _check_words(paper)
    return _write(kind, actor, store, paper, change=change, **about)


_EVENTS: Mapping[StockKind, str] = {
    StockKind.RECEIPT: "stock.received",
    StockKind.SENDING: "stock.sent",
    StockKind.ARRIVAL: "stock.arrived",
    StockKind.LOSS: "stock.lost",
    StockKind.ISSUE: "stock.issued",
    StockKind.LEFTOVER: "stock.returned",
    StockKind.CORRECTION: "stock.corrected",
}


def _write(
    kind: StockKind,
    actor: Actor,
    store: Store,
    paper: StockPaper,
    *,
    change: int,
    event: Mapping[str, Any] | None = None,
    **about: Any,
) -> StockMovement:
    movement = StockMovement.objects.create(
        reference=next_reference("PK"),
        area_code=store.area_code,
        kind=kind,
        store=store,
        goods=paper.goods,
        change=change,
        document_number=paper.document_number.strip(),
        moved_on=paper.moved_on,
        reason=paper.reason.strip(),
        recorded_by_id=actor.pk,
        recorded_by_name=actor.full_name,
        **about,
    )
    said = {
        "quantity": paper.quantity,
        "unit": paper.goods.unit,
        "goods": paper.goods.name.lower(),
        "document": movement.document_number,
        **(event or {}),
    }
    record_event(_EVENTS[kind], movement, actor=actor, reason=movement.reason, change=said)
    return movement


def _check_keeper(actor: Actor, area_code: str) -> None:
    check_role(actor, may_keep_stores, _("Việc này do kế toán hoặc cán bộ cấp xã làm."))
    check_area(actor, area_code)


def _check_words(paper: StockPaper) -> None:
    if not paper.document_number.strip():
        raise TransitionRefused(_("Hãy ghi số chứng từ."))
    check_past(paper.moved_on, _("Ngày chứng từ"))
    check_no_number(paper.reason)


def _check_paper(kind: StockKind, store: Store, paper: StockPaper) -> None:
    if paper.quantity <= 0:
        raise TransitionRefused(_("Số lượng phải lớn hơn 0."))
    _check_words(paper)
    _lock(f"stock:{store.pk}:{paper.goods.pk}")
    number = paper.document_number.strip()
    same = StockMovement.objects.filter(store=store, goods=paper.goods, kind=kind, document_number=number)
    known = same.filter(correction__isnull=True).first()
    if known is not None:
        raise TransitionRefused(
            _("Chứng từ %(number)s đã được ghi ở phiếu %(ref)s. Nếu ghi sai, hãy hủy phiếu đó rồi ghi lại.")
            % {"number": number, "ref": known.reference}
        )


def _lock(name: str) -> None:
    """Held until the transaction ends; the application may not lock rows of balances, which it can't write."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('goods'), hashtext(%s))", [name])
