"""Stock papers: a new one with the stock before and after, one as it was recorded, its arrival, its correction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.page_parts import Crumb
from core.requests import actor_of
from core.transitions import TransitionRefused
from core.wording import Text
from core.workflow import Actor
from disbursements.enums import StockKind
from disbursements.forms.goods import (
    ArrivalForm,
    CorrectionForm,
    LossForm,
    ReceiptForm,
    StockPaperForm,
    TransferForm,
)
from disbursements.models import StockMovement
from disbursements.permissions import may_keep_stores
from disbursements.queries.goods_stock import movements_seen, on_hand
from disbursements.services.goods_stock import (
    correct_movement,
    receive_goods,
    record_arrival,
    record_loss,
    send_goods,
)
from disbursements.views.goods_stock import GOODS_CRUMB


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper that is typed: its form, its words, the service, and whether goods come in."""

    label: Text
    form: type[Any]
    run: Callable[[Actor, Any], StockMovement]
    is_incoming: bool


PAPERS: Final[dict[str, PaperKind]] = {
    "receipt": PaperKind(
        lazy("Nhập kho"),
        ReceiptForm,
        lambda actor, form: receive_goods(
            actor=actor,
            store=form.cleaned_data["store"],
            paper=form.paper(),
            source=form.source_chosen(),
            estimated_value=form.cleaned_data["estimated_value"],
        ),
        is_incoming=True,
    ),
    "transfer": PaperKind(
        lazy("Chuyển kho"),
        TransferForm,
        lambda actor, form: send_goods(
            actor=actor,
            store=form.cleaned_data["store"],
            to_store=form.cleaned_data["to_store"],
            paper=form.paper(),
        ),
        is_incoming=False,
    ),
    "loss": PaperKind(
        lazy("Ghi hao hụt, hư hỏng"),
        LossForm,
        lambda actor, form: record_loss(actor=actor, store=form.cleaned_data["store"], paper=form.paper()),
        is_incoming=False,
    ),
}


@require_http_methods(["GET", "POST"])
def paper_new(request: HttpRequest, kind: str) -> HttpResponse:
    """Type a paper, see what it does to the stock, then record it."""
    actor = actor_of(request)
    if kind not in PAPERS:
        raise Http404
    if not may_keep_stores(actor):
        raise PermissionDenied(_("Việc này do kế toán hoặc cán bộ cấp xã làm."))
    chosen = PAPERS[kind]
    form = chosen.form(actor, request.POST if request.method == "POST" else None, initial=request.GET.dict())
    effect = None
    if request.method == "POST" and form.is_valid():
        effect = _effect(form, chosen)
        if "confirm" in request.POST:
            try:
                movement = chosen.run(actor, form)
            except TransitionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Đã ghi phiếu %(ref)s.") % {"ref": movement.reference})
                return redirect("disbursements:stock_paper_page", reference=movement.reference)
    context = {
        "form": form,
        "kind": kind,
        "paper": chosen,
        "effect": effect,
        "crumb_parts": [GOODS_CRUMB, Crumb(chosen.label)],
    }
    return render(request, "disbursements/goods/paper_new.html", context, status=422 if form.errors else 200)


def _effect(form: StockPaperForm, chosen: PaperKind) -> dict[str, Any]:
    """The stock before and after."""
    typed = form.cleaned_data
    before = on_hand(typed["store"], typed["goods"])
    change = typed["quantity"] if chosen.is_incoming else -typed["quantity"]
    return {
        "store": typed["store"],
        "goods": typed["goods"],
        "before": before,
        "change": change,
        "after": before + change,
        "is_possible": before + change >= 0,
    }


@require_GET
def paper_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One paper as it was recorded; what may still be done with it."""
    actor = actor_of(request)
    movement = _movement(reference, actor)
    return render(request, "disbursements/goods/paper_page.html", _page(movement, actor, None))


@require_POST
def paper_arrive(request: HttpRequest, reference: str) -> HttpResponse:
    """What was sent has come into this person's store."""
    actor = actor_of(request)
    movement = _movement(reference, actor)
    form = ArrivalForm(request.POST)
    if form.is_valid():
        try:
            arrived = record_arrival(actor=actor, sending=movement, paper=form.paper(movement.goods))
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi nhận hàng: phiếu %(ref)s.") % {"ref": arrived.reference})
            return redirect("disbursements:stock_paper_page", reference=movement.reference)
    return render(request, "disbursements/goods/paper_page.html", _page(movement, actor, form), status=422)


@require_http_methods(["GET", "POST"])
def paper_correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a wrong receipt or loss back, whole, by a new paper."""
    actor = actor_of(request)
    movement = _movement(reference, actor)
    if not may_keep_stores(actor):
        raise PermissionDenied(_("Việc này do kế toán hoặc cán bộ cấp xã làm."))
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            correction = correct_movement(actor=actor, movement=movement, **form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã hủy phiếu bằng phiếu %(ref)s.") % {"ref": correction.reference})
            return redirect("disbursements:stock_paper_page", reference=movement.reference)
    context = {
        "movement": movement,
        "form": form,
        "before": on_hand(movement.store, movement.goods),
        "after": on_hand(movement.store, movement.goods) - movement.change,
        "crumb_parts": [
            GOODS_CRUMB,
            Crumb(movement.reference, f"/goods/papers/{movement.reference}/"),
            Crumb(_("Hủy phiếu ghi sai")),
        ],
    }
    return render(
        request, "disbursements/goods/paper_correct.html", context, status=422 if form.errors else 200
    )


def _movement(reference: str, actor: Actor) -> StockMovement:
    """The paper, if it is of one of this person's stores or goes to one; 404 otherwise."""
    rows = movements_seen(actor).select_related(
        "arrival", "correction", "corrects", "sending", "source", "donation"
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404(_("Không tìm thấy, hoặc thuộc đơn vị khác."))
    return found


def _page(movement: StockMovement, actor: Actor, form: ArrivalForm | None) -> dict[str, Any]:
    may_keep = may_keep_stores(actor)
    arrival, correction = (getattr(movement, name, None) for name in ("arrival", "correction"))
    is_ours = movement.other_store is not None and movement.other_store.area_code.startswith(actor.area_code)
    can_arrive = may_keep and is_ours and movement.kind == StockKind.SENDING and arrival is None
    is_mine = movement.area_code.startswith(actor.area_code)
    can_correct = (
        may_keep
        and is_mine
        and movement.kind in (StockKind.RECEIPT, StockKind.LOSS)
        and correction is None
        and movement.donation is None
    )
    return {
        "movement": movement,
        "arrival": arrival,
        "correction": correction,
        "is_mine": is_mine,
        "form": (form or ArrivalForm(initial={"quantity": movement.quantity}))
        if can_arrive or form
        else None,
        "can_correct": can_correct,
        "crumb_parts": [GOODS_CRUMB, Crumb(movement.reference)],
    }
