"""The audit log in words: for auditors all of their area, for administrators what is about accounts and the system itself."""

from dataclasses import replace
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.forms.audit import AuditFilterForm
from accounts.http import StaffRequest, only, reads_log, settings_tabs
from accounts.queries import area_name, area_names
from accounts.queries.audit import event_filter
from accounts.services.audit import export_log
from core.downloads import attachment
from core.queries.events import event_page
from core.search import page_of_reference

PER_PAGE: Final = 50
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@only(reads_log)
def audit_log(request: StaffRequest) -> HttpResponse:
    """Newest lines first, by filter; `before` goes on from a line; `export=xlsx` gives the filtered log as a workbook."""
    form = AuditFilterForm(request.GET, reader=request.user)
    is_right = form.is_valid()
    wanted = event_filter(request.user, form.cleaned_data)
    if is_right and request.GET.get("export") == "xlsx":
        content = export_log(actor=request.user, wanted=wanted)
        return attachment(content, name=_("Nhật ký hệ thống") + ".xlsx", content_type=XLSX)
    typed = request.GET.get("before", "")
    before = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
    page = event_page(wanted, before=before, size=PER_PAGE)
    names = area_names(line.area_code for line in page.lines)
    context = {
        "form": form,
        "rows": [(line, names[line.area_code], page_of_reference(line.reference)) for line in page.lines],
        "next_before": page.next_before,
        "is_first_page": before is None,
        "is_filtered": wanted != replace(event_filter(request.user, {})),
        "area_name": area_name(request.user.area_code),
        "tabs": settings_tabs(request.user, "accounts:audit_log"),
    }
    return render(request, "accounts/audit_log.html", context, status=200 if is_right else 422)
