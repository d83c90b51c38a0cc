"""Rounds of handing out: those of an area, a new one, one with its lines, files and what may be done next."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.queries import area_name, area_names
from core.downloads import download
from core.models import Job
from core.money import format_dong
from core.page_parts import BulkAction, Chip, Crumb, Tile, Tone
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import HandoutLineStatus, HandoutStatus
from disbursements.forms.goods_rounds import HandoutForm
from disbursements.models import Handout, HandoutFile, HandoutLine
from disbursements.permissions import (
    may_download_payment_list,
    may_make_handout,
    may_read_goods,
    may_render_handout,
)
from disbursements.queries.goods_handouts import (
    HandoutFigures,
    HandoutLineFilter,
    communes_of_handout,
    figures_of_handouts,
    handout_rows,
    handout_steps,
    handouts_of,
)
from disbursements.queries.goods_people import preview
from disbursements.queries.goods_quotas import QUOTA_PAPER, over_quota
from disbursements.services.goods_rendering import lacks_handout_files, write_missing_files
from disbursements.services.goods_requests import HandoutRequest, request_handout
from disbursements.views.goods_stock import GOODS_CRUMB
from disbursements.workflow import HANDOUT_WORKFLOW
from support_programs.queries.case_page import history_of
from support_programs.queries.lists import offered_actions
from support_programs.views.paging import page_of

HANDOUTS_CRUMB = Crumb(lazy("Đợt cấp phát"), "/goods/handouts/")


@require_GET
def handout_list(request: HttpRequest) -> HttpResponse:
    """Every round of one's area, newest first."""
    actor = actor_of(request)
    if not may_read_goods(actor):
        raise PermissionDenied
    status = request.GET.get("status", "")
    found = handouts_of(actor)
    page = page_of(request, found.filter(status=status) if status in HandoutStatus.values else found)
    page.object_list = handout_rows(page.object_list)
    context = {
        "page": page,
        "statuses": HandoutStatus.choices,
        "status": status,
        "area_name": area_name(actor.area_code),
        "may_make": may_make_handout(actor),
        "crumb_parts": [GOODS_CRUMB, Crumb(lazy("Đợt cấp phát"))],
    }
    return render(request, "disbursements/goods/handout_list.html", context)


def _given(request: HttpRequest) -> Mapping[str, str] | None:
    """What was typed; an address that names a programme opens its preview, as the worklist's counter does."""
    if request.method == "POST":
        return request.POST
    return {**request.GET.dict(), "key": uuid.uuid4().hex} if "programme" in request.GET else None


@require_http_methods(["GET", "POST"])
def handout_new(request: HttpRequest) -> HttpResponse:
    """Choose whom to hand goods to and see who would be in, who not and why; then have the round put together by a worker."""
    actor = actor_of(request)
    if not may_make_handout(actor):
        raise PermissionDenied(_("Việc này do kế toán làm."))
    form = HandoutForm(actor, _given(request))
    found: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        asked = form.request()
        found = _previewed(asked, actor)
        if request.method == "POST" and "confirm" in request.POST:
            try:
                handout = request_handout(actor=actor, request=asked)
            except TransitionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Đang lập đợt cấp phát %(ref)s.") % {"ref": handout.reference})
                return redirect("disbursements:handout_page", reference=handout.reference)
    heading = lazy("Lập đợt cấp phát")
    context = {"form": form, **found, "crumb_parts": [GOODS_CRUMB, HANDOUTS_CRUMB, Crumb(heading)]}
    return render(
        request, "disbursements/goods/handout_new.html", context, status=422 if form.errors else 200
    )


def _previewed(asked: HandoutRequest, actor: Actor) -> dict[str, Any]:
    found = preview(asked.scope_of(actor), asked.store, asked.goods)
    names = area_names(share.area_code for share in found.communes)
    return {
        "found": found,
        "communes": [(names[share.area_code], share) for share in found.communes],
        "unit": asked.goods.unit,
        "store": asked.store,
        "over": over_quota(asked.programme, asked.area_code, found.quantity),
        "quota_paper": QUOTA_PAPER,
    }


@require_GET
def handout_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One round: where it is, who is in it, what came of it, what may be done next."""
    actor = actor_of(request)
    handout = handout_of(reference, actor)
    return render(request, "disbursements/goods/handout_page.html", page_context(request, handout, actor))


def handout_of(reference: str, actor: Actor) -> Handout:
    """The round, if this person may see it; 404 otherwise."""
    rows = Handout.objects.select_related("programme", "goods", "store", "job")
    return get_visible(rows, actor, reference=reference)


def page_context(request: HttpRequest, handout: Handout, actor: Actor) -> dict[str, Any]:
    """What the page of a round shows."""
    figures = figures_of_handouts([handout]).get(handout.pk, HandoutFigures())
    filters = HandoutLineFilter.from_query(request.GET.dict())
    page = page_of(
        request,
        filters.apply(HandoutLine.objects.filter(handout=handout)).order_by("area_code", "position"),
    )
    names = area_names(line.area_code for line in page.object_list)
    page.object_list = [(line, names[line.area_code]) for line in page.object_list]
    transitions = HANDOUT_WORKFLOW.actions_from(handout.status)
    can_record = handout.status == HandoutStatus.HANDING and may_make_handout(actor)
    return {
        "handout": handout,
        "crumb_parts": [GOODS_CRUMB, HANDOUTS_CRUMB, Crumb(handout.reference)],
        "area": area_name(handout.area_code),
        "figures": figures,
        "steps": handout_steps(handout, figures),
        "tiles": _tiles(handout, figures),
        "page": page,
        "filters": filters,
        "chips": _chips(filters),
        "statuses": HandoutLineStatus.choices,
        "communes": communes_of_handout(handout),
        "movements": _papers(handout),
        "files": handout.files.select_related("file").order_by("kind"),
        "uploads": handout.uploads.order_by("-pk")[:5],
        "may_download": may_download_payment_list(actor),
        "may_render": may_render_handout(actor) and lacks_handout_files(handout),
        "job": _job(handout, actor),
        "actions": [
            action
            for action in offered_actions(HANDOUT_WORKFLOW, handout, actor)
            if action.code != "handout.prepare"
        ],
        "denied": transitions[0].denied if transitions and handout.status != HandoutStatus.PREPARING else "",
        "can_record": can_record,
        "bulk_actions": _bulk() if can_record else [],
        "events": history_of("disbursements.handout", handout.pk),
    }


def _papers(handout: Handout) -> list[Any]:
    return list(handout.movements.order_by("pk"))


def _bulk() -> list[BulkAction]:
    return [
        BulkAction("received", lazy("Ghi đã nhận"), "check", is_primary=True),
        BulkAction("missed", lazy("Ghi chưa nhận"), "back"),
        BulkAction("except", lazy("Đã nhận hết, trừ người được chọn"), "users", works_unchosen=True),
    ]


def _tiles(handout: Handout, figures: HandoutFigures) -> list[Tile]:
    unit = handout.goods.unit

    def people(number: int) -> str:
        return _("%(n)s người") % {"n": format_dong(number)}

    return [
        Tile(lazy("Số người"), format_dong(handout.line_count), note=handout.goods.name),
        Tile(lazy("Số lượng được duyệt"), format_dong(handout.total_quantity), unit),
        Tile(
            lazy("Đã nhận"),
            format_dong(figures.received_quantity),
            unit,
            note=people(figures.received_people),
            tone=Tone.OK,
        ),
        Tile(
            lazy("Chưa nhận"),
            format_dong(figures.missed_quantity),
            unit,
            note=_("%(n)s người. Còn chờ %(rest)s người.")
            % {"n": format_dong(figures.missed_people), "rest": format_dong(figures.waiting_people)},
            tone=Tone.BAD if figures.missed_people else Tone.MUTE,
            url="?status=missed#lines",
        ),
    ]


def _chips(filters: HandoutLineFilter) -> list[Chip]:
    chips = []
    if filters.q:
        chips.append(Chip(filters.q, f"?status={filters.status}&area={filters.area}"))
    if filters.status in HandoutLineStatus.values:
        label = HandoutLineStatus(filters.status).label
        chips.append(Chip(label, f"?q={filters.q}&area={filters.area}"))
    if filters.area:
        chips.append(Chip(area_name(filters.area), f"?q={filters.q}&status={filters.status}"))
    return chips


def _job(handout: Handout, actor: Actor) -> Job | None:
    """The round's own job while it is at work, or when it failed."""
    job = handout.job
    if job is None or handout.status != HandoutStatus.PREPARING:
        return None
    return job if job.area_code.startswith(actor.area_code) else None


@require_POST
def handout_files(request: HttpRequest, reference: str) -> HttpResponse:
    """Have the missing files of a round written."""
    actor = actor_of(request)
    handout = handout_of(reference, actor)
    try:
        write_missing_files(actor=actor, handout=handout)
    except TransitionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Đang lập danh sách cấp phát. Mở lại trang sau ít phút."))
    return redirect("disbursements:handout_page", reference=handout.reference)


@require_GET
def handout_file(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """A hand-out list; whole identity numbers stand in it, so each download is recorded."""
    actor = actor_of(request)
    handout = handout_of(reference, actor)
    if not may_download_payment_list(actor):
        raise PermissionDenied(_("Bạn không có quyền tải danh sách cấp phát."))
    rows = HandoutFile.objects.select_related("file")
    wanted: HandoutFile = get_visible(rows, actor, handout=handout, kind=kind)
    return download(wanted.file, actor=actor)
