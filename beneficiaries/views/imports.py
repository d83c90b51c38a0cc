"""Import pages: choose a file, follow its check, see what came of it."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.queries import area_name
from beneficiaries.enums import ImportState
from beneficiaries.forms import UploadForm, grouped_profiles
from beneficiaries.imports.profile import profile_of, profiles_for
from beneficiaries.models import ListImport
from beneficiaries.permissions import may_read_imports
from beneficiaries.queries.import_pages import counts_of
from beneficiaries.services.employers import EmployerRefused, register_employer
from beneficiaries.services.imports.commits import start_commit
from beneficiaries.services.imports.marked import marked_workbook
from beneficiaries.services.imports.refusals import ImportRefused
from beneficiaries.services.imports.templates import template_workbook
from beneficiaries.services.imports.uploads import PASTED_NAME, cancel_import, restart_check, upload_list
from beneficiaries.views.parts import import_of, wizard_steps
from core.downloads import attachment
from core.requests import actor_of
from core.spreadsheets.reading import SpreadsheetRefused
from core.workflow import Actor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# which step of the wizard the page of an import stands at; a file that couldn't be read is chosen again
_STEP_OF_STATE: Final = {ImportState.REFUSED: 0, ImportState.COMMITTING: 3, ImportState.COMMITTED: 3}


@require_GET
def import_list(request: HttpRequest) -> HttpResponse:
    """The lists brought in in this person's area, newest first."""
    actor = actor_of(request)
    if not may_read_imports(actor):
        raise PermissionDenied(_("Trang này dành cho cán bộ nhập danh sách."))
    found = ListImport.objects.visible_to(actor).select_related("file", "employer").order_by("-created_at")
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    rows = [(item, area_name(item.area_code)) for item in page.object_list]
    context = {"page": page, "rows": rows, "may_import": bool(profiles_for(actor))}
    return render(request, "beneficiaries/imports/list.html", context)


@require_http_methods(["GET", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Step 1: programme, commune or employer, file or pasted rows. A file that was brought before leads to its import."""
    actor = actor_of(request)
    profiles = profiles_for(actor)
    if not profiles:
        raise PermissionDenied(_("Chỉ cán bộ nhận danh sách mới nhập danh sách."))
    form = UploadForm(
        actor, request.POST or None, request.FILES or None, initial={"profile": request.GET.get("profile")}
    )
    if request.method == "POST" and form.is_valid():
        list_import = _brought_in(form, actor)
        if list_import is not None:
            return redirect("beneficiaries:import_page", reference=list_import.reference)
    context = {"form": form, "steps": wizard_steps(0), "groups": grouped_profiles(profiles)}
    return render(request, "beneficiaries/imports/new.html", context, status=422 if form.is_bound else 200)


def _brought_in(form: UploadForm, actor: Actor) -> ListImport | None:
    """The import of a valid form; None when it was refused, with the reasons at the form's fields."""
    chosen = form.cleaned_data
    file, pasted = chosen["file"], chosen["pasted"]
    try:
        employer = None
        if profile_of(chosen["profile"]).needs_employer:
            employer = register_employer(values=form.employer_values(), actor=actor)
        return upload_list(
            content=file.read() if file else pasted.encode(),
            name=file.name if file else PASTED_NAME,
            profile=chosen["profile"],
            area_code=chosen["area_code"],
            actor=actor,
            stream=chosen.get("stream") or "",
            employer_id=employer.pk if employer else None,
            is_pasted=not file,
        )
    except EmployerRefused as refusal:
        form.add_employer_errors(refusal.errors)
    except SpreadsheetRefused as refusal:
        form.add_error("file" if file else "pasted", refusal.message)
    return None


@require_GET
def import_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Progress while the list is checked or taken in; then what came of it. A checked list opens on its rows."""
    list_import = import_of(request, reference)
    if list_import.state == ImportState.CHECKED:
        return redirect("beneficiaries:import_rows", reference=reference)
    job = list_import.job
    is_working = list_import.state in (ImportState.UPLOADED, ImportState.CHECKING, ImportState.COMMITTING)
    context = {
        "list_import": list_import,
        "area": area_name(list_import.area_code),
        "job": job,
        "is_running": is_working and job is not None and not job.is_finished,
        "is_stuck": is_working and (job is None or job.is_finished),
        "counts": counts_of(list_import),
        "made": list_import.totals.get("made", {}),
        "steps": wizard_steps(_STEP_OF_STATE.get(ImportState(list_import.state), 2)),
    }
    return render(request, "beneficiaries/imports/page.html", context)


@require_POST
def import_commit(request: HttpRequest, reference: str) -> HttpResponse:
    """Step 4: take in what is ready, in the background."""
    list_import = import_of(request, reference, to_write=True)
    try:
        start_commit(list_import=list_import, actor=actor_of(request))
    except ImportRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("beneficiaries:import_rows", reference=reference)
    return redirect("beneficiaries:import_page", reference=reference)


@require_POST
def import_cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the list up."""
    list_import = import_of(request, reference, to_write=True)
    try:
        cancel_import(list_import=list_import, actor=actor_of(request))
    except ImportRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã hủy lần nhập %(ref)s.") % {"ref": reference})
    return redirect("beneficiaries:import_page", reference=reference)


@require_POST
def import_check_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Check a list whose check was stopped or failed."""
    list_import = import_of(request, reference, to_write=True)
    try:
        if list_import.state == ImportState.COMMITTING:
            start_commit(list_import=list_import, actor=actor_of(request))
        else:
            restart_check(list_import=list_import, actor=actor_of(request))
    except ImportRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("beneficiaries:import_page", reference=reference)


@require_GET
def import_template(request: HttpRequest, profile: str) -> HttpResponse:
    """The empty list of a programme."""
    if profile not in {known.code for known in profiles_for(actor_of(request))}:
        raise Http404
    content = template_workbook(profile_of(profile))
    return attachment(content, name=f"mau-danh-sach-{profile}.xlsx", content_type=XLSX)


@require_GET
def import_marked(request: HttpRequest, reference: str) -> HttpResponse:
    """The officer's own workbook with the bad cells coloured and a column of reasons."""
    list_import = import_of(request, reference, to_write=True)
    try:
        name, content = marked_workbook(list_import=list_import, actor=actor_of(request))
    except (ImportRefused, SpreadsheetRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("beneficiaries:import_page", reference=reference)
    return attachment(content, name=name, content_type=XLSX)
