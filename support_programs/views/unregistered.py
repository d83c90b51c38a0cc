"""Cases whose person no register names: listed, exported, and written into the register from what the case says."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from beneficiaries.permissions import may_register_in
from core.downloads import attachment
from core.money import format_dong
from core.page_parts import BulkAction
from core.transitions import TransitionRefused
from support_programs.queries.unregistered import registered_programmes, registers_read, unregistered_cases
from support_programs.rules.definition import Definition
from support_programs.services.outreach_exports import export_unregistered
from support_programs.services.register_filling import fill_register, fillable
from support_programs.views.left_behind import XLSX
from support_programs.views.left_behind_parts import area_of, reader_of, shared_context
from support_programs.views.paging import SIZES

FILL: Final = BulkAction("fill", lazy("Ghi vào sổ"), "edit", is_primary=True)
_SHOWN: Final = 20


@require_GET
def unregistered(request: HttpRequest) -> HttpResponse:
    """The live cases of a programme whose person is in none of the registers that it reads."""
    actor = reader_of(request)
    rules, area_code = _rules(request), area_of(request.GET, actor)
    register = fillable(rules)
    can_fill = register is not None and may_register_in(actor, area_code)
    context = {
        "page": _page(request, rules, area_code),
        "rules": rules,
        "registers": [each.title for each in registers_read(rules)],
        "has_households": any(each.subject == "household" for each in registers_read(rules)),
        "register": register,
        "bulk_actions": [FILL] if can_fill else [],
        "query": request.GET.urlencode(),
        **shared_context(request, actor, rules, area_code, "unregistered"),
        "programmes": [(each.programme, each.short_name) for each in registered_programmes()],
    }
    return render(request, "support_programs/left_behind_unregistered.html", context)


@require_POST
def unregistered_fill(request: HttpRequest) -> HttpResponse:
    """Write the persons of the chosen cases into the register."""
    actor = reader_of(request)
    rules, area_code = _rules(request), area_of(request.GET, actor)
    every = request.POST.get("pick_all") == "1"
    try:
        filled = fill_register(
            rules, area_code=area_code, references=request.POST.getlist("pick"), every=every, actor=actor
        )
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        if filled.made:
            messages.success(request, _("Đã ghi %(n)s người vào sổ.") % {"n": format_dong(filled.made)})
        if filled.refused:
            shown = " ".join(each.reason for each in filled.refused[:_SHOWN])
            count = format_dong(len(filled.refused))
            messages.warning(request, _("%(n)s hồ sơ chưa ghi được. %(why)s") % {"n": count, "why": shown})
    return redirect(f"{reverse('support_programs:unregistered')}?{request.GET.urlencode()}")


@require_GET
def unregistered_export(request: HttpRequest) -> HttpResponse:
    """The same cases as a workbook; the export is recorded."""
    actor = reader_of(request)
    exported = export_unregistered(_rules(request), area_of(request.GET, actor), actor=actor)
    return attachment(exported.content, name=exported.name, content_type=XLSX)


def _rules(request: HttpRequest) -> Definition:
    """The rules of a programme that reads registers; the first one where the address names none, or another kind."""
    offered = {each.programme: each for each in registered_programmes()}
    if not offered:
        raise Http404(_("Không có chính sách này."))
    return offered.get(request.GET.get("programme", ""), next(iter(offered.values())))


def _page(request: HttpRequest, rules: Definition, area_code: str) -> Page[Any]:
    wanted, number = request.GET.get("size", ""), request.GET.get("page", "")
    size = int(wanted) if wanted.isdecimal() and int(wanted) in SIZES else SIZES[0]
    turn = int(number) if number.isascii() and number.isdecimal() and 0 < int(number) < 100_000 else 1
    rows, total = unregistered_cases(rules, area_code=area_code, limit=size, offset=(turn - 1) * size)
    if not rows and turn > 1:
        rows, total = unregistered_cases(rules, area_code=area_code, limit=size)
        turn = 1
    page: Page[Any] = Paginator(range(total), size).get_page(turn)
    page.object_list = rows
    return page
