"""Money to come back: the list, one recovery with its plan and papers, and each act on a page that says what it does."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.queries import area_name
from core import clock
from core.money import format_dong
from core.page_parts import Crumb, Tab, Tile, Tone
from core.references import parse_reference
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import InstructionStatus, RecoveryState
from disbursements.forms.after import WrongPaymentForm
from disbursements.models import PaymentInstruction, Recovery
from disbursements.permissions import NOT_ACCOUNTANT, may_manage_recoveries, may_read_batches
from disbursements.queries.recoveries import (
    due_rows,
    overdue_recoveries,
    paid_lines_of_case,
    recoveries_of,
    recovery_rows,
    recovery_sums,
)
from disbursements.services.recoveries import open_recovery
from support_programs.queries.case_page import history_of
from support_programs.views.paging import page_of

LIST: Final = Crumb(lazy("Thu hồi"), "/recoveries/")
LATE: Final = "late"


@require_GET
def recovery_list(request: HttpRequest) -> HttpResponse:
    """What is to come back in one's area by state, the overdue ones, with sums and the next due day of each."""
    actor = actor_of(request)
    if not may_read_batches(actor):
        raise PermissionDenied
    today = clock.today()
    state = request.GET.get("state", RecoveryState.OPEN.value)
    late = overdue_recoveries(actor, today)
    page = page_of(request, late if state == LATE else recoveries_of(actor, state))
    page.object_list = recovery_rows(list(page.object_list), today)
    context = {
        "page": page,
        "tabs": _tabs(actor, state, late.count()),
        "tiles": _tiles(recovery_sums(recoveries_of(actor))),
        "area_name": area_name(actor.area_code),
        "may_open": may_manage_recoveries(actor),
        "crumb_parts": [Crumb(lazy("Đợt chi trả"), "/batches/"), Crumb(lazy("Thu hồi"))],
    }
    return render(request, "disbursements/after/recoveries.html", context)


def _tabs(actor: Actor, state: str, late: int) -> list[Tab]:
    tabs = [
        Tab(label, f"?state={code}", recoveries_of(actor, code).count(), is_current=state == code)
        for code, label in RecoveryState.choices
    ]
    overdue = Tab(_("Quá hạn kỳ thu"), f"?state={LATE}", late, is_current=state == LATE, is_hot=late > 0)
    return [tabs[0], overdue, *tabs[1:]]


def _tiles(sums: dict[str, int]) -> list[Tile]:
    return [
        Tile(lazy("Phải thu hồi"), format_dong(sums["asked"]), "đ"),
        Tile(
            lazy("Còn phải thu"),
            format_dong(sums["left"]),
            "đ",
            tone=Tone.WARN if sums["left"] else Tone.MUTE,
        ),
        Tile(lazy("Đã thu"), format_dong(sums["back"]), "đ", tone=Tone.OK),
        Tile(
            lazy("Đã nộp ngân sách"),
            format_dong(sums["handed"]),
            "đ",
            note=_("Chưa nộp %(left)s đ") % {"left": format_dong(sums["back"] - sums["handed"])},
        ),
    ]


@require_http_methods(["GET", "POST"])
def recovery_new(request: HttpRequest) -> HttpResponse:
    """Ask a payment back: the line is named by `?line=`, or looked for by the reference of line or case (`?q=`)."""
    actor = actor_of(request)
    if not may_manage_recoveries(actor):
        raise PermissionDenied(str(NOT_ACCOUNTANT))
    named = request.GET.get("line", "")
    line = get_visible(PaymentInstruction, actor, reference=named) if named else None
    form = WrongPaymentForm(
        request.POST if request.method == "POST" and line else None,
        initial={"amount": format_dong(line.amount) if line else ""},
    )
    if line is not None and form.is_bound and form.is_valid():
        try:
            recovery = open_recovery(actor=actor, line=line, wrong=form.wrong())
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã mở thu hồi %(ref)s.") % {"ref": recovery.reference})
            return redirect("disbursements:recovery_page", reference=recovery.reference)
    context = {
        "form": form,
        "line": line,
        "area": area_name(line.area_code) if line else "",
        "asked": request.GET.get("q", "").strip(),
        "found": _found(actor, request.GET.get("q", "")),
        "crumb_parts": [LIST, Crumb(lazy("Mở thu hồi"))],
    }
    return render(
        request, "disbursements/after/recovery_new.html", context, status=422 if form.errors else 200
    )


def _found(actor: Actor, asked: str) -> list[PaymentInstruction]:
    """Paid lines of the reference that was typed: a line's or a case's."""
    reference = parse_reference(asked)
    if reference is None:
        return []
    if reference.prefix == "LC":
        lines = PaymentInstruction.objects.visible_to(actor)
        return list(lines.filter(reference=str(reference), status=InstructionStatus.PAID))
    return paid_lines_of_case(actor, str(reference))


@require_GET
def recovery_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One recovery: sums, decision, plan with what is covered and late, receipts, slips, history, and what comes next."""
    actor = actor_of(request)
    recovery = recovery_of(reference, actor)
    context: dict[str, Any] = {
        "recovery": recovery,
        "row": recovery_rows([recovery], clock.today())[0],
        "line": recovery.instruction,
        "dues": due_rows(recovery, clock.today()),
        "receipts": recovery.receipts.all(),
        "hand_backs": recovery.hand_backs.all(),
        "may_manage": may_manage_recoveries(actor),
        "is_open": recovery.state == RecoveryState.OPEN,
        "events": history_of("disbursements.recovery", recovery.pk),
        "crumb_parts": [LIST, Crumb(recovery.reference)],
    }
    return render(request, "disbursements/after/recovery.html", context)


def recovery_of(reference: str, actor: Actor) -> Recovery:
    """The recovery of an address, 404 outside the reader's area."""
    found: Recovery = get_visible(
        Recovery.objects.select_related("instruction__budget_line"), actor, reference=reference
    )
    return found
