"""Official papers: those of an area, one paper from draft to issue, its file."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.queries import area_name
from core import clock
from core.dates import format_date
from core.documents import RendererMissingError, is_renderer_installed
from core.downloads import attachment, download
from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import StaleRecord, TransitionRefused
from core.workflow import Actor
from support_programs.enums import DocumentKind, DocumentStatus, Issuer
from support_programs.forms.documents import DraftForm, IssueForm, RevokeForm, shown_values
from support_programs.models import CaseList, OfficialDocument
from support_programs.permissions.documents import MAKING, NO_WHOLE_NUMBERS, NOT_ISSUER
from support_programs.queries.case_page import history_of
from support_programs.queries.documents.beside import beside_choices
from support_programs.queries.documents.bodies import body_of, office_of
from support_programs.queries.documents.drafting import initial_of
from support_programs.queries.documents.offers import bodies_for, not_now
from support_programs.queries.documents.records import Record, record_address, record_of, rows_about
from support_programs.queries.documents.sheet import WITHOUT_NUMBER, check_url_of
from support_programs.queries.documents.shelf import DocumentFilter, documents_of, may_take
from support_programs.services import documents as service
from support_programs.views.case_tabs import case_tabs
from support_programs.views.paging import page_of
from support_programs.views.stale import SHOWN, conflict_in, shown_by
from support_programs.views.tables import chips_of

_OWN: Final = ("case", "case_list")
_SHELF: Final = Crumb(lazy("Văn bản"), "/documents/")


@require_GET
def document_list(request: HttpRequest) -> HttpResponse:
    """The papers of one's area, newest first, filtered by the address."""
    actor = actor_of(request)
    filters = DocumentFilter.from_query(request.GET.dict())
    rows = documents_of(actor).select_related("case", "case_list", "grievance")
    context = {
        "page": page_of(request, filters.apply(rows).order_by("-pk")),
        "filters": filters,
        "chips": chips_of(request),
        "kinds": DocumentKind.choices,
        "statuses": DocumentStatus.choices,
        "area_name": area_name(actor.area_code),
        "tabs": case_tabs(actor, "document_list"),
    }
    return render(request, "support_programs/documents/list.html", context)


@require_http_methods(["GET", "POST"])
def document_new(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    """Draft a paper about a case or a list: the form shows what it will say beyond the record."""
    actor = actor_of(request)
    making = MAKING.get(kind)
    rows = rows_about(making.about) if making else None
    if making is None or rows is None:
        raise Http404
    record: Record = get_visible(rows, actor, reference=reference)
    bodies = bodies_for(kind, record.area_code, actor, record)
    if not bodies:
        raise PermissionDenied(str(NOT_ISSUER))
    issuers = [(body.value, Issuer(body).label) for body in bodies]
    typed = request.POST if request.method == "POST" else None
    lists = _lists_for(kind, record, actor)
    form = DraftForm(typed, kind=kind, issuers=issuers, lists=lists, initial=initial_of(kind, record, actor))
    if typed is not None and form.is_valid():
        try:
            about: dict[str, Any] = {making.about if making.about in _OWN else "record": record}
            made = service.draft_document(kind=kind, actor=actor, content=form.values(), **about)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã soạn dự thảo %(ref)s.") % {"ref": made.reference})
            return redirect("support_programs:document_page", made.reference)
    label = DocumentKind(kind).label
    context = {
        "form": form,
        "label": label,
        "making": making,
        "record": record,
        "refusal": not_now(kind, record, bodies[0]),
        "back_url": record_address(record),
        "crumb_parts": [Crumb(record.reference, record_address(record)), Crumb(label)],
    }
    return render(
        request, "support_programs/documents/edit.html", context, status=422 if form.errors else 200
    )


@require_GET
def document_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One paper: what it is about, its state, what may be done with it."""
    actor = actor_of(request)
    return _page(request, document_of(reference, actor), actor)


@require_http_methods(["GET", "POST"])
def document_edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a draft anew."""
    actor = actor_of(request)
    document = document_of(reference, actor)
    service.check_maker(document, actor)
    typed = request.POST if request.method == "POST" else None
    if document.status != DocumentStatus.DRAFT:
        if typed is not None:
            messages.error(request, _("Văn bản không còn là dự thảo nên không sửa được nữa."))
        return redirect("support_programs:document_page", reference)
    written = shown_values(document.content, document.kind)
    record = record_of(document)
    lists = _lists_for(document.kind, record, actor)
    initial = {**written, "version": document.version}
    form = DraftForm(typed, kind=document.kind, issuers=[], lists=lists, initial=initial)
    conflict = None
    shown = shown_by(_fields_of(document, form)) if typed is None else typed.get(SHOWN, "")
    if typed is not None and form.is_valid():
        kept = {key: value for key, value in document.content.items() if key not in form.fields}
        try:
            service.change_draft(
                document,
                content={**kept, **form.values()},
                actor=actor,
                expected_version=form.cleaned_data["version"],
            )
        except StaleRecord as stale:
            document = document_of(reference, actor)
            now = _fields_of(document, form)
            conflict, fresh = conflict_in(
                stale, typed, version=document.version, stored=now, fields=form.fields.items()
            )
            form = DraftForm(fresh, kind=document.kind, issuers=[], lists=lists)
            shown = str(fresh[SHOWN])
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu dự thảo %(ref)s.") % {"ref": reference})
            return redirect("support_programs:document_page", reference)
    page_url = f"/documents/{reference}/"
    context = {
        "form": form,
        "label": document.get_kind_display(),
        "making": MAKING[document.kind],
        "record": record,
        "back_url": page_url,
        "is_edit": True,
        "conflict": conflict,
        "shown": shown,
        "crumb_parts": [_SHELF, Crumb(reference, page_url), Crumb(lazy("Sửa dự thảo"))],
    }
    is_refused = bool(form.errors) or conflict is not None
    return render(request, "support_programs/documents/edit.html", context, status=422 if is_refused else 200)


def _lists_for(kind: str, record: Record | None, actor: Actor) -> list[tuple[str, str]]:
    """The lists that a decision may approve beside this one; none for other kinds."""
    if kind != DocumentKind.DECISION or not isinstance(record, CaseList):
        return []
    return beside_choices(record, actor)


def _fields_of(document: OfficialDocument, form: DraftForm) -> dict[str, Any]:
    """What the fields of the form show of the draft."""
    written = shown_values(document.content, document.kind)
    return {name: written.get(name, "") for name in form.fields if name != "version"}


@require_GET
def document_preview(request: HttpRequest, reference: str) -> HttpResponse:
    """The draft as PDF; an issued paper's file is at its own address."""
    actor = actor_of(request)
    document = document_of(reference, actor)
    if document.status != DocumentStatus.DRAFT:
        return redirect("support_programs:document_page", reference)
    try:
        content = service.preview_document(document, actor=actor)
    except RendererMissingError as missing:
        messages.error(request, str(missing))
        return redirect("support_programs:document_page", reference)
    name = f"{_('Dự thảo')} {document.get_kind_display()} {reference}.pdf"
    return attachment(content, name=name, content_type="application/pdf")


@require_GET
def document_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The PDF as it was issued; who took it stands in the log."""
    actor = actor_of(request)
    document = document_of(reference, actor)
    if document.file is None:
        raise Http404
    if not may_take(document, actor):
        raise PermissionDenied(str(NO_WHOLE_NUMBERS))
    return download(document.file, actor=actor)


@require_POST
def document_issue(request: HttpRequest, reference: str) -> HttpResponse:
    """Enter number, day and signer of the signed paper; the PDF is made and kept."""
    actor = actor_of(request)
    document = document_of(reference, actor)
    form = IssueForm(request.POST, needs_number=document.kind not in WITHOUT_NUMBER)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            service.issue_document(document, actor=actor, expected_version=typed.pop("version"), **typed)
        except (TransitionRefused, RendererMissingError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã phát hành %(ref)s.") % {"ref": reference})
            return redirect("support_programs:document_page", reference)
    return _page(request, document, actor, issue_form=form)


@require_POST
def document_revoke(request: HttpRequest, reference: str) -> HttpResponse:
    """Call an issued paper back with a reason."""
    actor = actor_of(request)
    document = document_of(reference, actor)
    form = RevokeForm(request.POST)
    if form.is_valid():
        try:
            service.revoke_document(
                document,
                reason=form.cleaned_data["reason"],
                actor=actor,
                expected_version=form.cleaned_data["version"],
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thu hồi %(ref)s.") % {"ref": reference})
            return redirect("support_programs:document_page", reference)
    return _page(request, document, actor, revoke_form=form)


@require_POST
def document_discard(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a draft away."""
    actor = actor_of(request)
    document = document_of(reference, actor)
    try:
        service.discard_document(document, actor=actor)
    except TransitionRefused as refusal:
        return _page(request, document, actor, refusal=str(refusal))
    messages.success(request, _("Đã bỏ dự thảo %(ref)s.") % {"ref": reference})
    record = record_of(document)
    return redirect(record_address(record) if record else "/documents/")


def document_of(reference: str, actor: Actor) -> OfficialDocument:
    """The paper, if this person may see it; 404 otherwise."""
    rows = documents_of(actor).select_related(
        "case__programme",
        "case__case_list",
        "case_list__programme",
        "case_list__employer",
        "grievance",
        "file",
    )
    return get_visible(rows, actor, reference=reference)


def _page(
    request: HttpRequest,
    document: OfficialDocument,
    actor: Actor,
    *,
    issue_form: IssueForm | None = None,
    revoke_form: RevokeForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    record = record_of(document)
    is_maker = document.content.get("issuer") in bodies_for(document.kind, document.area_code, actor, record)
    body = body_of(document.content["issuer"], document.area_code)
    initial: Mapping[str, Any] = {
        "version": document.version,
        "dated": format_date(clock.today()),
        "signer_office": office_of(document.kind, body),
    }
    needs_number = document.kind not in WITHOUT_NUMBER
    context = {
        "document": document,
        "record": record,
        "record_url": record_address(record) if record else "",
        "body": body,
        "making": MAKING[document.kind],
        "is_maker": is_maker,
        "can_take": may_take(document, actor),
        "can_render": is_renderer_installed(),
        "issue_form": issue_form or IssueForm(initial=initial, needs_number=needs_number),
        "revoke_form": revoke_form or RevokeForm(initial={"version": document.version}),
        "refusal": refusal,
        "check_url": check_url_of(document),
        "events": history_of("support_programs.officialdocument", document.pk),
        "crumb_parts": [_SHELF, Crumb(document.reference)],
    }
    is_refused = bool(refusal or (issue_form and issue_form.errors) or (revoke_form and revoke_form.errors))
    return render(request, "support_programs/documents/page.html", context, status=422 if is_refused else 200)
