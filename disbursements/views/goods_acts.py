"""What moves a round on, and recording who received what: ticked lines, one line with its proxy, a list that came back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.queries import area_name
from core.page_parts import Crumb, Tab
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.wording import Text
from core.workflow import Actor
from disbursements.enums import HandoutLineStatus, HandoutRow
from disbursements.forms.goods_rounds import (
    CloseForm,
    HandoutActForm,
    HandoutListForm,
    HandoutReasonForm,
    MissedForm,
    ProxyForm,
    StartForm,
)
from disbursements.models import Handout, HandoutLine, HandoutUpload
from disbursements.permissions import may_make_handout
from disbursements.queries.goods_stock import on_hand
from disbursements.services.goods_handouts import (
    approve_handout,
    cancel_handout,
    close_handout,
    left_over,
    start_handout,
)
from disbursements.services.goods_results import (
    HandoutResults,
    record_all_received_except,
    record_handout_results,
    record_proxy,
)
from disbursements.services.goods_uploads import check_handout_list, nothing_to_record, record_handout_list
from disbursements.views.goods_handouts import HANDOUTS_CRUMB, handout_of
from disbursements.views.goods_stock import GOODS_CRUMB
from disbursements.workflow import HANDOUT_WORKFLOW
from support_programs.queries.case_page import history_of
from support_programs.queries.lists import offered_actions

_RECEIVED: Final = "received"
_MISSED: Final = "missed"
_EXCEPT: Final = "except"


@dataclass(frozen=True, slots=True)
class HandoutAct:
    """One action: its form, the service that does it, and what the page says beside the button."""

    form: type[Any]
    run: Callable[[Actor, Handout, Any], Handout]
    hint: Text


ACTS: Final[dict[str, HandoutAct]] = {
    "approve": HandoutAct(
        HandoutActForm,
        lambda actor, handout, form: approve_handout(
            actor=actor, handout=handout, expected_version=form.cleaned_data["version"]
        ),
        lazy("Sau khi duyệt, danh sách cấp phát được lập một lần và giữ nguyên."),
    ),
    "start": HandoutAct(
        StartForm,
        lambda actor, handout, form: start_handout(
            actor=actor, handout=handout, document_number=form.cleaned_data["document_number"]
        ),
        lazy("Toàn bộ số hàng của đợt rời kho một lần. Đợt cấp phát không hủy được nữa."),
    ),
    "close": HandoutAct(
        CloseForm,
        lambda actor, handout, form: close_handout(actor=actor, handout=handout, leftovers=form.leftovers()),
        lazy("Số đã xuất phải bằng số đã nhận cộng số nhập lại kho và hao hụt có biên bản."),
    ),
    "cancel": HandoutAct(
        HandoutReasonForm,
        lambda actor, handout, form: cancel_handout(
            actor=actor, handout=handout, reason=form.cleaned_data["reason"]
        ),
        lazy("Những người trong đợt trở lại danh sách chờ cấp phát và vào được đợt khác."),
    ),
}


@require_http_methods(["GET", "POST"])
def handout_act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """Show what an action means, and carry it out; a refusal keeps what was typed."""
    actor = actor_of(request)
    handout = handout_of(reference, actor)
    if act not in ACTS:
        raise Http404
    chosen, transition = ACTS[act], HANDOUT_WORKFLOW.transition(f"handout.{act}")
    data = request.POST if request.method == "POST" else None
    form = chosen.form(data, initial={"version": handout.version})
    if request.method == "POST" and form.is_valid():
        try:
            chosen.run(actor, handout, form)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            done = _("Đã ghi: %(what)s, %(ref)s.") % {"what": transition.label, "ref": handout.reference}
            messages.success(request, done)
            return redirect("disbursements:handout_page", reference=handout.reference)
    offered = {found.code: found for found in offered_actions(HANDOUT_WORKFLOW, handout, actor)}
    context = {
        "handout": handout,
        "area": area_name(handout.area_code),
        "act": chosen,
        "act_code": act,
        "label": transition.label,
        "form": form,
        "offered": offered.get(transition.action),
        "denied": transition.denied,
        "on_hand": on_hand(handout.store, handout.goods),
        "left": left_over(handout) if act == "close" else 0,
        "crumb_parts": _crumbs(handout, transition.label),
    }
    return render(
        request, "disbursements/goods/handout_act.html", context, status=422 if form.errors else 200
    )


@require_POST
def handout_results(request: HttpRequest, reference: str) -> HttpResponse:
    """Lines ticked on the page: a confirmation with names, sums and reasons first, then the record."""
    actor = actor_of(request)
    handout = _recording(reference, actor)
    action = request.POST.get("action", "")
    picked = HandoutLine.objects.filter(handout=handout, reference__in=request.POST.getlist("pick"))
    lines = list(picked.order_by("area_code", "position"))
    is_confirmed = "confirm" in request.POST
    rows = (
        [(line, _missed_form(request, line, is_confirmed)) for line in lines] if action != _RECEIVED else []
    )
    problem = "" if lines or action == _EXCEPT else _("Chưa chọn ai. Hãy đánh dấu vào những dòng cần ghi.")
    if is_confirmed and not problem and all(form.is_valid() for _line, form in rows):
        reasons = {line.reference: form.reason() for line, form in rows}
        try:
            sentence = _record(actor, handout, action, lines, reasons)
        except TransitionRefused as refusal:
            problem = str(refusal)
        else:
            messages.success(request, sentence)
            return redirect("disbursements:handout_page", reference=handout.reference)
    context = {
        **_received_sums(handout, picked, action),
        "handout": handout,
        "action": action,
        "lines": lines,
        "rows": rows,
        "problem": problem,
        "crumb_parts": _crumbs(handout, _("Ghi kết quả cấp phát")),
    }
    is_refused = problem or any(form.errors for _line, form in rows)
    status = 422 if is_refused else 200
    return render(request, "disbursements/goods/handout_results.html", context, status=status)


@require_http_methods(["GET", "POST"])
def handout_line(request: HttpRequest, reference: str, line: str) -> HttpResponse:
    """One person of a round: what they get, what became of it, and who took it for them."""
    actor = actor_of(request)
    handout = handout_of(reference, actor)
    row = get_visible(
        HandoutLine.objects.select_related("handout", "case_list"), actor, handout=handout, reference=line
    )
    form = ProxyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        _recording(reference, actor)
        if form.is_valid():
            try:
                record_proxy(actor=actor, line=row, proxy=form.proxy())
            except TransitionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request, _("Đã ghi người nhận thay của %(name)s.") % {"name": row.payee_name}
                )
                return redirect("disbursements:handout_page", reference=handout.reference)
    can_record = (
        row.status == HandoutLineStatus.WAITING and handout.status == "handing" and may_make_handout(actor)
    )
    context = {
        "handout": handout,
        "line": row,
        "area": area_name(row.area_code),
        "attempts": HandoutLine.objects.visible_to(actor)
        .filter(entitlement=row.entitlement_id)
        .order_by("attempt"),
        "form": form if can_record else None,
        "events": history_of("disbursements.handoutline", row.pk),
        "crumb_parts": _crumbs(handout, row.payee_name),
    }
    return render(
        request, "disbursements/goods/handout_line.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def handout_upload_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Upload the list with its results; nothing is recorded before it was checked."""
    actor = actor_of(request)
    handout = _recording(reference, actor)
    form = HandoutListForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            checked = check_handout_list(
                actor=actor, handout=handout, content=upload.read(), name=upload.name
            )
        except TransitionRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(
                "disbursements:handout_upload_page", reference=handout.reference, number=checked.pk
            )
    context = {"handout": handout, "form": form, "crumb_parts": _crumbs(handout, _("Nhập kết quả cấp phát"))}
    return render(request, "disbursements/goods/upload_new.html", context, status=422 if form.errors else 200)


@require_GET
def handout_upload_page(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """What the check says of each row, those that need a look first."""
    actor = actor_of(request)
    handout = handout_of(reference, actor)
    upload = get_visible(HandoutUpload.objects.select_related("file"), actor, handout=handout, pk=number)
    return render(request, "disbursements/goods/upload_page.html", _upload(request, handout, upload, actor))


@require_POST
def handout_upload_record(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Record the rows of a checked list that change something."""
    actor = actor_of(request)
    handout = _recording(reference, actor)
    upload = get_visible(HandoutUpload.objects.select_related("file"), actor, handout=handout, pk=number)
    try:
        report = record_handout_list(actor=actor, upload=upload)
    except TransitionRefused as refusal:
        context = {**_upload(request, handout, upload, actor), "problem": str(refusal)}
        return render(request, "disbursements/goods/upload_page.html", context, status=422)
    messages.success(request, report.sentence)
    return redirect("disbursements:handout_page", reference=handout.reference)


def _recording(reference: str, actor: Actor) -> Handout:
    handout = handout_of(reference, actor)
    if not may_make_handout(actor):
        raise PermissionDenied(_("Việc này do kế toán làm."))
    return handout


def _missed_form(request: HttpRequest, line: HandoutLine, is_confirmed: bool) -> MissedForm:
    return MissedForm(request.POST if is_confirmed else None, prefix=line.reference)


def _record(
    actor: Actor, handout: Handout, action: str, lines: list[HandoutLine], reasons: dict[str, str]
) -> str:
    if action == _EXCEPT:
        return record_all_received_except(actor=actor, handout=handout, exceptions=reasons).sentence
    received = frozenset(line.reference for line in lines) if action == _RECEIVED else frozenset()
    results = HandoutResults(received, reasons)
    return record_handout_results(actor=actor, handout=handout, results=results).sentence


def _received_sums(handout: Handout, picked: QuerySet[HandoutLine], action: str) -> dict[str, int]:
    """People and units that would be recorded as received."""
    if action == _RECEIVED:
        received = picked
    elif action == _EXCEPT:
        awaited = HandoutLine.objects.filter(handout=handout, status=HandoutLineStatus.WAITING)
        received = awaited.exclude(pk__in=picked.values("pk"))
    else:
        return {"people": 0, "quantity": 0}
    sums = received.aggregate(people=Count("pk"), total=Sum("quantity", default=0))
    return {"people": sums["people"], "quantity": sums["total"]}


def _upload(request: HttpRequest, handout: Handout, upload: HandoutUpload, actor: Actor) -> dict[str, Any]:
    counts = dict.fromkeys(HandoutRow, 0)
    for row in upload.rows:
        counts[HandoutRow(row["outcome"])] += 1
    shown = request.GET.get("outcome", "")
    refused = {outcome.value for outcome in HandoutRow.refused()}
    rows = [row for row in upload.rows if not shown or row["outcome"] == shown]
    to_record = sum(counts[outcome] for outcome in HandoutRow.to_record())
    tabs = [
        Tab(outcome.label, f"?outcome={outcome}", counts[outcome], shown == outcome, outcome.value in refused)
        for outcome in HandoutRow
        if counts[outcome]
    ]
    return {
        "handout": handout,
        "upload": upload,
        "tabs": [Tab(_("Tất cả"), "?", len(upload.rows), not shown), *tabs],
        "rows": sorted(rows, key=lambda row: (row["outcome"] not in refused, row["row"]))[:500],
        "labels": dict(HandoutRow.choices),
        "refused": refused,
        "to_record": to_record,
        "nothing": "" if to_record else nothing_to_record(upload.rows),
        "can_record": may_make_handout(actor),
        "crumb_parts": _crumbs(handout, _("Kiểm tra kết quả cấp phát")),
    }


def _crumbs(handout: Handout, last: Text) -> list[Crumb]:
    own = Crumb(handout.reference, f"/goods/handouts/{handout.reference}/")
    return [GOODS_CRUMB, HANDOUTS_CRUMB, own, Crumb(last)]
