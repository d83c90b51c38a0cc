"""What moves a recovery on, each on a page of its own: decision, plan, receipt, slip to the budget, waiver."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from core import clock
from core.dates import format_date
from core.money import format_dong
from core.page_parts import Crumb
from core.requests import actor_of
from core.transitions import TransitionRefused
from core.wording import Text
from core.workflow import Actor
from disbursements.forms.after import MOST_ROWS, DecisionForm, MoneyPaperForm, PlanForm, WaiverForm
from disbursements.models import Recovery
from disbursements.permissions import NOT_ACCOUNTANT, may_manage_recoveries
from disbursements.services.recoveries import (
    hand_back,
    plan_instalments,
    record_receipt,
    record_recovery_decision,
    waive_recovery,
)
from disbursements.views.recoveries import LIST, recovery_of


@dataclass(frozen=True, slots=True)
class RecoveryAct:
    """One act: its words, its form, and the service that does it."""

    label: Text
    hint: Text
    form: Callable[..., Any]
    run: Callable[[Actor, Recovery, Any], object]


ACTS: Final[dict[str, RecoveryAct]] = {
    "decision": RecoveryAct(
        lazy("Ghi quyết định thu hồi"),
        lazy("Ghi đúng số, ngày và người ký trên văn bản."),
        DecisionForm,
        lambda actor, recovery, form: record_recovery_decision(
            actor=actor, recovery=recovery, decision=form.paper()
        ),
    ),
    "plan": RecoveryAct(
        lazy("Lập kế hoạch thu từng kỳ"),
        lazy(
            "Các kỳ phải cộng đúng số còn phải thu. Kế hoạch mới thay kế hoạch trước, kế hoạch trước vẫn được giữ."
        ),
        PlanForm,
        lambda actor, recovery, form: plan_instalments(actor=actor, recovery=recovery, dues=form.dues()),
    ),
    "receipt": RecoveryAct(
        lazy("Ghi tiền thu được"),
        lazy("Ghi theo phiếu thu hoặc giấy nộp tiền. Thu đủ thì khoản thu hồi tự kết thúc."),
        MoneyPaperForm,
        lambda actor, recovery, form: record_receipt(actor=actor, recovery=recovery, paper=form.paper()),
    ),
    "hand-back": RecoveryAct(
        lazy("Ghi nộp ngân sách"),
        lazy("Tiền đã thu được nộp trả nguồn kinh phí đã chi, theo chứng từ."),
        MoneyPaperForm,
        lambda actor, recovery, form: hand_back(actor=actor, recovery=recovery, paper=form.paper()),
    ),
    "waive": RecoveryAct(
        lazy("Miễn thu hồi phần còn lại"),
        lazy("Chỉ khi có quyết định của cấp có thẩm quyền. Phần đã thu vẫn được giữ."),
        WaiverForm,
        lambda actor, recovery, form: waive_recovery(
            actor=actor, recovery=recovery, decision=form.paper(), reason=form.cleaned_data["reason"]
        ),
    ),
}


@require_http_methods(["GET", "POST"])
def recovery_act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """Show what an act means and what is left before it, and carry it out; a refusal keeps what was typed."""
    actor = actor_of(request)
    recovery = recovery_of(reference, actor)
    if act not in ACTS:
        raise Http404
    if not may_manage_recoveries(actor):
        raise PermissionDenied(str(NOT_ACCOUNTANT))
    chosen = ACTS[act]
    form = chosen.form(
        request.POST if request.method == "POST" else None, initial=_initial(act, recovery, request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            chosen.run(actor, recovery, form)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi: %(what)s.") % {"what": chosen.label})
            return redirect("disbursements:recovery_page", reference=recovery.reference)
    context = {
        "recovery": recovery,
        "act": chosen,
        "form": form,
        "plan": form.lines() if isinstance(form, PlanForm) else None,
        "count": request.GET.get("count", ""),
        "first": request.GET.get("first", ""),
        "crumb_parts": [
            LIST,
            Crumb(recovery.reference, f"/recoveries/{recovery.reference}/"),
            Crumb(chosen.label),
        ],
    }
    return render(
        request, "disbursements/after/recovery_act.html", context, status=422 if form.errors else 200
    )


def _initial(act: str, recovery: Recovery, request: HttpRequest) -> dict[str, Any]:
    if act == "receipt":
        return {"amount": format_dong(recovery.left)}
    if act == "hand-back":
        return {"amount": format_dong(recovery.to_hand_back)}
    return _split(recovery.left, request) if act == "plan" else {}


def _split(left: int, request: HttpRequest) -> dict[str, str]:
    """Equal instalments month by month from `first`, the last with what is over; nothing where the address asks for none."""
    count, first = request.GET.get("count", ""), _day(request.GET.get("first", ""))
    if not (count.isascii() and count.isdecimal() and 1 <= int(count) <= MOST_ROWS) or first is None:
        return {}
    each = left // int(count)
    found: dict[str, str] = {}
    for row in range(1, int(count) + 1):
        amount = each if row < int(count) else left - each * (row - 1)
        found |= {
            f"day_{row}": format_date(_months_later(first, row - 1)),
            f"amount_{row}": format_dong(amount),
        }
    return found


def _day(typed: str) -> dt.date | None:
    field = PlanForm().fields["day_1"]
    try:
        found: dt.date | None = field.clean(typed)
    except forms.ValidationError:
        return None
    return found or (clock.today() + dt.timedelta(days=30) if typed == "" else None)


def _months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    first = dt.date(day.year + years, month + 1, 1)
    after = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.replace(day=min(day.day, (after - dt.timedelta(days=1)).day))
