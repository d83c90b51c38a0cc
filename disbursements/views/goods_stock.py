"""What is in the stores of an area: the sums by goods, store by store, what is on its way; and one store with its papers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.queries import area_name
from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from disbursements.forms.goods import GoodsForm, StoreForm
from disbursements.models import Goods, StockBalance, Store
from disbursements.permissions import may_add_goods, may_keep_stores, may_make_handout, may_read_goods
from disbursements.queries.goods_quotas import quota_rows
from disbursements.queries.goods_stock import goods_sums, in_transit, movements_of, stock_rows
from disbursements.services.goods_stock import add_goods, add_store
from support_programs.views.paging import page_of

GOODS_CRUMB = Crumb(lazy("Kho, hàng cứu trợ"), "/goods/")


@require_GET
def stock(request: HttpRequest) -> HttpResponse:
    """Received, handed out, lost and left of each kind of goods in one's area; its stores; what is on its way."""
    actor = actor_of(request)
    if not may_read_goods(actor):
        raise PermissionDenied
    goods = request.GET.get("goods", "")
    context = {
        "sums": goods_sums(actor.area_code),
        "rows": stock_rows(actor, goods),
        "transit": list(in_transit(actor)[:100]),
        "quotas": quota_rows(actor.area_code),
        "goods": goods,
        "goods_kinds": Goods.objects.filter(is_active=True),
        "area_name": area_name(actor.area_code),
        "may_keep": may_keep_stores(actor),
        "may_make": may_make_handout(actor),
        "may_add_goods": may_add_goods(actor),
    }
    return render(request, "disbursements/goods/stock.html", context)


@require_http_methods(["GET", "POST"])
def store_new(request: HttpRequest) -> HttpResponse:
    """A new store in one's area."""
    actor = actor_of(request)
    if not may_keep_stores(actor):
        raise PermissionDenied(_("Việc này do kế toán hoặc cán bộ cấp xã làm."))
    form = StoreForm(actor, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            store = add_store(actor=actor, place=form.place())
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm kho %(name)s.") % {"name": store.name})
            return redirect("disbursements:store_page", reference=store.reference)
    context = {"form": form, "heading": _("Thêm kho"), "crumb_parts": [GOODS_CRUMB, Crumb(_("Thêm kho"))]}
    return render(request, "disbursements/goods/plain_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def goods_new(request: HttpRequest) -> HttpResponse:
    """A further kind of goods for the whole province."""
    actor = actor_of(request)
    if not may_add_goods(actor):
        raise PermissionDenied(_("Danh mục hàng do kế toán của Sở ghi. Hãy đề nghị Sở thêm loại hàng này."))
    form = GoodsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            goods = add_goods(actor=actor, **form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm loại hàng %(name)s.") % {"name": goods})
            return redirect("disbursements:goods_stock")
    heading = _("Thêm loại hàng")
    context = {"form": form, "heading": heading, "crumb_parts": [GOODS_CRUMB, Crumb(heading)]}
    return render(request, "disbursements/goods/plain_form.html", context, status=422 if form.errors else 200)


@require_GET
def store_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One store: what it has, and every paper with the stock after it."""
    actor = actor_of(request)
    store = get_visible(Store, actor, reference=reference)
    goods = request.GET.get("goods", "")
    context = {
        "store": store,
        "area": area_name(store.area_code),
        "balances": StockBalance.objects.filter(store=store).select_related("goods").order_by("goods__name"),
        "page": page_of(request, movements_of(store, goods)),
        "goods": goods,
        "may_keep": may_keep_stores(actor),
        "crumb_parts": [GOODS_CRUMB, Crumb(store.name)],
    }
    return render(request, "disbursements/goods/store_page.html", context)
