"""Complaints and reports at the desks: the list, one written down, one with its clock and its way."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import reads_records
from accounts.queries import area_name, children_of
from core.page_parts import Crumb, Tab
from core.requests import actor_of
from core.search_queries import read_query
from core.shortcuts import get_visible
from core.workflow import Actor
from support_programs.enums import DocumentStatus, GrievanceChannel, GrievanceKind, GrievanceTopic
from support_programs.forms.grievances import DeskReportForm
from support_programs.models import Case, CaseList, Grievance
from support_programs.permissions import NOT_GRIEVANCE_DESK, grievance_desk
from support_programs.queries import grievances as read
from support_programs.queries.case_page import history_of
from support_programs.queries.documents.shelf import documents_of
from support_programs.queries.lists import offered_actions
from support_programs.rules.grievance_clocks import ACCEPT, ANSWER, term_of
from support_programs.services.grievances import Filed, Report
from support_programs.services.grievances.settling import colleagues_of
from support_programs.views.case_tabs import case_tabs
from support_programs.views.grievance_parts import filed_once
from support_programs.views.paging import page_of
from support_programs.workflow import GRIEVANCE_WORKFLOW

LIST: Final = Crumb(lazy("Khiếu nại, phản ánh"), "/grievances/")


@require_GET
def grievance_list(request: HttpRequest) -> HttpResponse:
    """What was raised in one's area: open ones by due day, one's own, the overdue, the closed."""
    actor = actor_of(request)
    if not reads_records(actor):
        raise PermissionDenied(_("Trang này dành cho người xem hồ sơ."))
    filters = read.GrievanceFilter.from_query(request.GET.dict())
    page = page_of(request, filters.apply(read.visible_grievances(actor), actor))
    page.object_list = read.grievance_rows(page.object_list, actor)
    context = {
        "page": page,
        "filters": filters,
        "tabs": _tabs(actor, filters.state),
        "case_tabs": case_tabs(actor, "grievance_list"),
        "kinds": GrievanceKind.choices,
        "topics": GrievanceTopic.choices,
        "areas": children_of(actor.area_code),
        "area_name": area_name(actor.area_code),
        "can_file": grievance_desk(actor),
    }
    return render(request, "support_programs/grievances/list.html", context)


def _tabs(actor: Actor, current: str) -> list[Tab]:
    counts = read.counts_of(actor)
    return [
        Tab(
            label,
            f"?state={state}",
            counts[state],
            state == current,
            is_hot=state == read.LATE and counts[state] > 0,
        )
        for state, label in read.STATES.items()
        if (state != read.MINE or grievance_desk(actor)) and (state != read.DESK or read.looks_further(actor))
    ]


@require_http_methods(["GET", "POST"])
def grievance_new(request: HttpRequest) -> HttpResponse:
    """Write one down; `?about=` names the case or the list whose page the officer came from."""
    actor = actor_of(request)
    if not grievance_desk(actor):
        raise PermissionDenied(str(NOT_GRIEVANCE_DESK))
    about = request.GET.get("about", "")
    initial = {
        "about": about,
        "channel": GrievanceChannel.POSTING if about.startswith("DS-") else GrievanceChannel.DESK,
    }
    form = DeskReportForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        found, sentence = record_about(form.cleaned_data["about"], actor)
        if sentence:
            form.add_error("about", sentence)
        else:
            filed = _filed(form, found, actor)
            if filed is not None:
                return _slip(request, filed)
    context = {"form": form, "crumb_parts": [LIST, Crumb(_("Ghi khiếu nại, phản ánh"))], "terms": _terms()}
    return render(
        request, "support_programs/grievances/new.html", context, status=422 if form.errors else 200
    )


def _slip(request: HttpRequest, filed: Filed) -> HttpResponse:
    """The reference and the code for its sender, shown this once."""
    context = {
        "filed": filed,
        "office": read.office_name(filed.grievance.area_code),
        "crumb_parts": [LIST, Crumb(filed.grievance.reference)],
    }
    return render(request, "support_programs/grievances/filed.html", context)


def record_about(typed: str, actor: Actor) -> tuple[Case | CaseList | None, str]:
    """The case or list of a typed reference, as far as this person may see it, and what is wrong with it ("" = nothing)."""
    if not typed.strip():
        return None, ""
    reference = str(read_query(typed).reference or "")
    found: Case | CaseList | None = None
    if reference.startswith("HS-"):
        found = Case.objects.visible_to(actor).filter(reference=reference).first()
    elif reference.startswith("DS-"):
        found = CaseList.objects.visible_to(actor).filter(reference=reference).first()
    if found is None:
        return None, _("Không tìm thấy mã này trong địa bàn của bạn. Mã có dạng HS-2021-… hoặc DS-2021-…")
    return found, ""


def _filed(form: DeskReportForm, about: Case | CaseList | None, actor: Actor) -> Filed | None:
    typed = form.cleaned_data
    is_below = about is not None and about.area_code.startswith(actor.area_code)
    report = Report(
        kind=typed["kind"],
        topic=typed["topic"],
        text=typed["text"],
        area_code=about.area_code if about is not None and is_below else actor.area_code,
        sender_name=typed["sender_name"],
        phone=typed["phone"],
        address=typed["address"],
        case=about if isinstance(about, Case) else None,
        case_list=about if isinstance(about, CaseList) else None,
    )
    return filed_once(
        form, report, GrievanceChannel(typed["channel"]), actor=actor, received_on=typed["received_on"]
    )


@require_GET
def grievance_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One of them: what was raised, its clock, what may be done next, its history."""
    actor = actor_of(request)
    grievance = grievance_of(reference, actor)
    return render(request, "support_programs/grievances/page.html", page_context(grievance, actor))


def grievance_of(reference: str, actor: Actor) -> Grievance:
    """The grievance, if this person may see it; 404 otherwise."""
    rows = Grievance.objects.select_related("case", "case_list")
    return get_visible(rows, actor, reference=reference)


def page_context(grievance: Grievance, actor: Actor) -> dict[str, Any]:
    """What the page of one grievance shows."""
    actions = offered_actions(GRIEVANCE_WORKFLOW, grievance, actor)
    step = ANSWER if grievance.accepted_on else ACCEPT
    is_open = grievance.due_on is not None and grievance.status in ("received", "accepted")
    is_desk = grievance_desk(actor) and grievance.area_code == actor.area_code
    return {
        "grievance": grievance,
        "row": read.grievance_rows([grievance], actor)[0],
        "sender": read.sender_of(grievance, actor),
        "contact": read.contact_of(grievance, actor),
        "office": read.office_name(grievance.area_code),
        "filed_at": area_name(grievance.filed_area_code),
        "is_moved": grievance.filed_area_code != grievance.area_code,
        "is_open": is_open,
        "term": term_of(grievance.kind, step) if is_open else None,
        "sees_case": _is_near(grievance.case, actor),
        "sees_list": _is_near(grievance.case_list, actor),
        "actions": actions,
        "is_desk": is_desk,
        "colleagues": colleagues_of(grievance) if is_open and grievance_desk(actor) else [],
        "letters": documents_of(actor).filter(grievance=grievance).exclude(status=DocumentStatus.DISCARDED),
        "can_write": grievance.status in ("answered", "declined") and is_desk,
        "events": history_of("support_programs.grievance", grievance.pk),
        "crumb_parts": [LIST, Crumb(grievance.reference)],
    }


def _is_near(record: Case | CaseList | None, actor: Actor) -> bool:
    return record is not None and record.area_code.startswith(actor.area_code)


def _terms() -> list[tuple[str, Any, Any]]:
    """Each kind with its two terms, for the note beside the form."""
    return [(str(kind.label), term_of(kind, ACCEPT), term_of(kind, ANSWER)) for kind in GrievanceKind]
