"""Money that nobody took: whose it is, giving it back by a paper, the printed list, opening somebody again."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.queries import area_name
from core import clock
from core.documents import DocumentError, is_renderer_installed
from core.downloads import attachment
from core.page_parts import BulkAction, Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.forms.after import ReopenForm, UnclaimedForm
from disbursements.models import PaymentInstruction, UnclaimedItem, UnclaimedReturn
from disbursements.permissions import NOT_ACCOUNTANT, may_read_batches, may_return_unclaimed
from disbursements.queries.unclaimed import (
    items_of,
    returns_of,
    unclaimed_groups,
    unclaimed_of,
    waiting_days,
    with_area,
)
from disbursements.services.after_exports import MOST_OF_PDF, export_unclaimed
from disbursements.services.unclaimed import UnclaimedPaper, reopen_unclaimed, return_unclaimed
from disbursements.views.after_parts import PDF, XLSX
from support_programs.models import Programme
from support_programs.queries.case_page import history_of
from support_programs.views.paging import page_of

LIST: Final = Crumb(lazy("Tiền không có người nhận"), "/payments/unclaimed/")
GIVE_BACK: Final = BulkAction("return", lazy("Hoàn trả ngân sách"), "bank", is_primary=True)


@require_GET
def unclaimed_list(request: HttpRequest) -> HttpResponse:
    """By district and programme, what waited long enough; and what was given back before."""
    actor = _reader(request)
    page = page_of(request, returns_of(actor))
    page.object_list = [(row, area_name(row.area_code)) for row in page.object_list]
    context = {
        "groups": unclaimed_groups(actor.area_code, clock.today()),
        "page": page,
        "days": waiting_days(),
        "area_name": area_name(actor.area_code),
        "crumb_parts": [Crumb(lazy("Đợt chi trả"), "/batches/"), Crumb(LIST.label)],
    }
    return render(request, "disbursements/after/unclaimed_list.html", context)


@require_GET
def unclaimed_group(request: HttpRequest, district: str, programme: str) -> HttpResponse:
    """The people of one district and programme whose money may go back, to be chosen."""
    actor = _reader(request)
    lines = _lines(actor, district, programme)
    page = page_of(request, lines)
    sums = lines.order_by().aggregate(money=Sum("amount", default=0))
    page.object_list = with_area(page.object_list)
    context = {
        **_group(district, programme),
        "page": page,
        "money": sums["money"],
        "days": waiting_days(),
        "bulk_actions": [GIVE_BACK] if may_return_unclaimed(actor) else [],
    }
    return render(request, "disbursements/after/unclaimed_group.html", context)


@require_POST
def unclaimed_confirm(request: HttpRequest, district: str, programme: str) -> HttpResponse:
    """Those who were chosen with their sums and the paper's form; with the paper typed, record it."""
    actor = _reader(request)
    if not may_return_unclaimed(actor):
        raise PermissionDenied(str(NOT_ACCOUNTANT))
    lines = _lines(actor, district, programme)
    if request.POST.get("pick_all") != "1":
        lines = lines.filter(reference__in=request.POST.getlist("pick"))
    chosen = list(lines)
    if not chosen:
        messages.warning(request, _("Hãy chọn ít nhất một người."))
        return redirect("disbursements:unclaimed_group", district=district, programme=programme)
    total = sum(line.amount for line in chosen)
    is_sent = "document_number" in request.POST
    form = UnclaimedForm(request.POST if is_sent else None, initial={"people": len(chosen), "amount": total})
    if is_sent and form.is_valid():
        try:
            done = return_unclaimed(actor=actor, paper=_paper(form, district, programme, request, chosen))
        except TransitionRefused as refusal:
            # the next try is about the people and sums that the page shows now
            form = UnclaimedForm({**request.POST.dict(), "people": len(chosen), "amount": total})
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi hoàn trả %(ref)s.") % {"ref": done.reference})
            return redirect("disbursements:unclaimed_page", reference=done.reference)
    context = {
        **_group(district, programme),
        "form": form,
        "lines": with_area(chosen),
        "money": total,
        "after": _balances(chosen),
        "days": waiting_days(),
    }
    return render(
        request, "disbursements/after/unclaimed_confirm.html", context, status=422 if form.errors else 200
    )


def _paper(
    form: UnclaimedForm, district: str, programme: str, request: HttpRequest, chosen: list[PaymentInstruction]
) -> UnclaimedPaper:
    """Of the people ticked on the page itself: who left the list since is named by the service."""
    typed = form.cleaned_data
    picked = request.POST.getlist("pick")
    if request.POST.get("pick_all") == "1":
        picked = [line.reference for line in chosen]
    return UnclaimedPaper(
        district=district,
        programme=programme,
        references=picked,
        document_number=typed["document_number"],
        returned_on=typed["returned_on"],
        people=typed["people"],
        amount=typed["amount"],
    )


def _balances(chosen: list[PaymentInstruction]) -> list[dict[str, Any]]:
    """Each budget line with what goes, and what it has before and after."""
    sums: dict[int, dict[str, Any]] = {}
    for line in chosen:
        row = sums.setdefault(line.budget_line_id, {"line": line.budget_line, "money": 0})
        row["money"] += line.amount
    return [
        {**row, "left": row["line"].available, "after": row["line"].available - row["money"]}
        for row in sums.values()
    ]


@require_GET
def unclaimed_page(request: HttpRequest, reference: str) -> HttpResponse:
    """What went back by one paper: people, budget lines, who was opened again, the list to print."""
    actor = _reader(request)
    found = _return_of(reference, actor)
    page = page_of(request, items_of(found))
    page.object_list = [(item, area_name(item.area_code)) for item in page.object_list]
    movements = items_of(found).order_by().values_list("movement__reference", "movement__line__reference")
    context = {
        "unclaimed": found,
        "page": page,
        "movements": sorted(set(movements)),
        "area": area_name(found.area_code),
        "may_reopen": may_return_unclaimed(actor),
        "has_pdf": is_renderer_installed() and found.people <= MOST_OF_PDF,
        "events": history_of("disbursements.unclaimedreturn", found.pk),
        "crumb_parts": [LIST, Crumb(found.reference)],
    }
    return render(request, "disbursements/after/unclaimed_page.html", context)


@require_GET
def unclaimed_file(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """The list as a workbook or a PDF; who took it is recorded."""
    actor = _reader(request)
    found = _return_of(reference, actor)
    if kind not in ("xlsx", "pdf"):
        raise Http404
    try:
        content = export_unclaimed(found, actor=actor, as_pdf=kind == "pdf")
    except DocumentError as error:
        messages.warning(request, str(error))
        return redirect("disbursements:unclaimed_page", reference=found.reference)
    name = f"hoan-tra-ngan-sach-{found.reference}.{kind}"
    return attachment(content, name=name, content_type=PDF if kind == "pdf" else XLSX)


@require_http_methods(["GET", "POST"])
def unclaimed_reopen(request: HttpRequest, reference: str, line: str) -> HttpResponse:
    """Open somebody again who turned up, with a reason."""
    actor = _reader(request)
    found = _return_of(reference, actor)
    if not may_return_unclaimed(actor):
        raise PermissionDenied(str(NOT_ACCOUNTANT))
    item: UnclaimedItem = get_visible(UnclaimedItem, actor, unclaimed=found, instruction__reference=line)
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_unclaimed(actor=actor, item=item, reason=form.cleaned_data["reason"])
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã mở lại. Cần phân bổ lại kinh phí rồi mới lập đợt chi được."))
            return redirect("disbursements:unclaimed_page", reference=found.reference)
    context = {
        "unclaimed": found,
        "item": item,
        "line": item.instruction,
        "area": area_name(item.area_code),
        "form": form,
        "crumb_parts": [
            LIST,
            Crumb(found.reference, reverse("disbursements:unclaimed_page", args=[found.reference])),
            Crumb(lazy("Mở lại")),
        ],
    }
    return render(
        request, "disbursements/after/unclaimed_reopen.html", context, status=422 if form.errors else 200
    )


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_read_batches(actor):
        raise PermissionDenied(_("Vai trò của bạn không xem hồ sơ của người dân."))
    return actor


def _return_of(reference: str, actor: Actor) -> UnclaimedReturn:
    found: UnclaimedReturn = get_visible(
        UnclaimedReturn.objects.select_related("programme"), actor, reference=reference
    )
    return found


def _lines(actor: Actor, district: str, programme: str) -> QuerySet[PaymentInstruction]:
    """What may go back of one group, by commune and name; 404 outside the reader's area."""
    known = Programme.objects.filter(code=programme).exists()
    if not known or not district.startswith(actor.area_code) or len(district) > 5:
        raise Http404(_("Không tìm thấy, hoặc thuộc đơn vị khác."))
    rows = unclaimed_of(district, clock.today()).filter(batch__programme=programme)
    return rows.select_related("budget_line").order_by("area_code", "payee_sort", "pk")


def _group(district: str, programme: str) -> dict[str, Any]:
    return {
        "district": district,
        "area": area_name(district),
        "programme": Programme.objects.get(code=programme),
        "crumb_parts": [LIST, Crumb(area_name(district))],
    }
