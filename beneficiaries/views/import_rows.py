"""Steps 2 and 3 of an import: matching columns, and correcting rows in place."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.queries import area_name
from beneficiaries.enums import ImportState
from beneficiaries.forms import columns_from
from beneficiaries.imports.profile import editable_fields, labels_of, may_import_list, profile_of
from beneficiaries.imports.rechecking import shown_cells
from beneficiaries.models import ImportRow, ListImport
from beneficiaries.queries.import_pages import (
    VIEWS,
    Counts,
    column_views,
    counts_of,
    groups_of,
    row_page,
    row_view,
)
from beneficiaries.services.imports.corrections import (
    accept_warnings,
    apply_suggestions,
    correct_row,
    set_rows_aside,
    take_rows_back,
)
from beneficiaries.services.imports.mappings import match_columns
from beneficiaries.services.imports.refusals import ImportRefused
from beneficiaries.views.parts import import_of, wizard_steps
from core.charts import segment_bar
from core.page_parts import Tab
from core.requests import actor_of

LAST_NUMBER: Final = 2_000_000


@require_http_methods(["GET", "POST"])
def import_columns(request: HttpRequest, reference: str) -> HttpResponse:
    """Step 2: each column of the file with samples and what it is taken for; changed columns mean a new check."""
    list_import = import_of(request, reference, to_write=True)
    fields = labels_of(profile_of(list_import.profile))
    refusal = ""
    if request.method == "POST":
        try:
            chosen = columns_from(request.POST.dict(), fields)
            match_columns(list_import=list_import, columns=chosen, actor=actor_of(request))
            return redirect("beneficiaries:import_page", reference=reference)
        except ImportRefused as refused:
            refusal = str(refused)
    context = {
        "list_import": list_import,
        "area": area_name(list_import.area_code),
        "columns": column_views(list_import),
        "fields": list(fields.items()),
        "refusal": refusal,
        "steps": wizard_steps(1),
    }
    return render(request, "beneficiaries/imports/columns.html", context, status=422 if refusal else 200)


@require_GET
def import_rows(request: HttpRequest, reference: str) -> HttpResponse:
    """Step 3: the rows that need eyes, each cell to be corrected in place; the whole list in other tabs."""
    list_import = import_of(request, reference)
    if list_import.state not in (ImportState.CHECKED, ImportState.COMMITTED):
        return redirect("beneficiaries:import_page", reference=reference)
    counts = counts_of(list_import)
    code = request.GET.get("code", "")
    view = request.GET.get("view", "review" if counts.review else "all")
    may_write = may_import_list(actor_of(request), list_import.area_code, list_import.profile)
    page, rows = row_page(
        list_import,
        view if view in VIEWS else "all",
        code,
        request.GET.get("page"),
        is_masked=not may_write,
    )
    groups = groups_of(list_import)
    label = _("%(valid)s dòng hợp lệ, %(warn)s dòng cảnh báo, %(error)s dòng lỗi") % {
        "valid": counts.valid,
        "warn": counts.warn,
        "error": counts.error,
    }
    context = {
        "list_import": list_import,
        "area": area_name(list_import.area_code),
        "counts": counts,
        "page": page,
        "rows": rows,
        "groups": groups,
        "group": next((group for group in groups if group.code == code), None),
        "tabs": _tabs(reference, counts, "" if code else view),
        "bar": segment_bar(
            [(counts.valid, "3"), (counts.warn, "2"), (counts.error, "bad")],
            counts.total,
            label=label,
            is_thick=True,
        ),
        "labels": [cell.label for cell in rows[0].cells] if rows else [],
        "further": [cell.label for cell in rows[0].further] if rows else [],
        "may_write": may_write,
        "view": view,
        "steps": wizard_steps(2),
    }
    return render(request, "beneficiaries/imports/rows.html", context)


def _tabs(reference: str, counts: Counts, view: str) -> list[Tab]:
    address = reverse("beneficiaries:import_rows", args=[reference])
    tabs = (
        ("review", _("Cần xem"), counts.review),
        ("error", _("Lỗi"), counts.error),
        ("warn", _("Cảnh báo"), counts.warn + counts.accepted),
        ("fix", _("Đã tự chỉnh"), counts.fix),
        ("all", _("Tất cả"), counts.total + counts.aside),
        ("aside", _("Bỏ qua"), counts.aside),
    )
    return [
        Tab(
            label,
            f"{address}?view={name}",
            count,
            is_current=view == name,
            is_hot=name == "review" and count > 0,
        )
        for name, label, count in tabs
    ]


@require_POST
def import_row(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Correct a row: the typed cells are put in and the row is judged at once. A script gets the row back."""
    list_import = import_of(request, reference, to_write=True)
    row: ImportRow = get_object_or_404(ImportRow.objects.filter(list_import=list_import), row_number=number)
    shown = shown_cells(list_import, row)
    fixes = {
        field: request.POST[field].strip()
        for field in editable_fields(profile_of(list_import.profile))
        if field in request.POST and request.POST[field].strip() != shown.get(field, "")
    }
    refusal = ""
    if fixes:
        try:
            row = correct_row(
                list_import=list_import, row_number=number, fixes=fixes, actor=actor_of(request)
            )
        except ImportRefused as refused:
            refusal = str(refused)
    if request.headers.get("HX-Request"):
        return _row_fragment(request, list_import, row, refusal)
    if refusal:
        messages.error(request, refusal)
    return _back(request, reference)


def _row_fragment(
    request: HttpRequest, list_import: ListImport, row: ImportRow, refusal: str
) -> HttpResponse:
    context = {
        "list_import": list_import,
        "row": row_view(list_import, row),
        "may_write": True,
        "refusal": refusal,
        "counts": counts_of(list_import),
        "is_fragment": True,
    }
    status = 422 if refusal else 200
    return render(request, "beneficiaries/imports/rows.html#row", context, status=status)


@require_POST
def import_row_action(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep rows as they are, leave them out, take them back, or put suggestions in: for one row or a whole group."""
    list_import = import_of(request, reference, to_write=True)
    try:
        done = _act(request, list_import)
    except ImportRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, ngettext("Đã cập nhật %(n)d dòng.", "Đã cập nhật %(n)d dòng.", done) % {"n": done}
        )
    return _back(request, reference)


def _act(request: HttpRequest, list_import: ListImport) -> int:
    actor, action, code = actor_of(request), request.POST.get("action", ""), request.POST.get("code", "")
    numbers = [
        int(text) for text in request.POST.getlist("row") if text.isdecimal() and int(text) < LAST_NUMBER
    ]
    if action == "accept":
        return accept_warnings(list_import=list_import, actor=actor, row_numbers=numbers or None, code=code)
    if action == "aside":
        return set_rows_aside(list_import=list_import, row_numbers=numbers, actor=actor)
    if action == "back":
        return take_rows_back(list_import=list_import, row_numbers=numbers, actor=actor)
    if action == "suggest":
        return apply_suggestions(list_import=list_import, code=code, actor=actor, row_numbers=numbers or None)
    raise ImportRefused(_("Không rõ việc cần làm. Bạn hãy tải lại trang."))


def _back(request: HttpRequest, reference: str) -> HttpResponse:
    """To the tab that the officer worked in."""
    address = reverse("beneficiaries:import_rows", args=[reference])
    kept = [
        f"{name}={request.POST[name]}"
        for name in ("view", "page", "shown_code")
        if request.POST.get(name, "").isidentifier() or request.POST.get(name, "").isdecimal()
    ]
    query = "&".join(kept).replace("shown_code=", "code=")
    return redirect(f"{address}?{query}" if query else address)
