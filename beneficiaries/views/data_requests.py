"""The register of what people ask about their own data: overdue first, one written down, one answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.permissions import reads_records
from accounts.queries import area_name
from beneficiaries.enums import RequestKind
from beneficiaries.models import DataSubjectRequest, Person
from beneficiaries.permissions import may_receive_data_requests
from beneficiaries.queries.data_requests import STATES, RequestRow, request_rows, requests_of
from beneficiaries.queries.person_panels import Panel
from beneficiaries.services.data_copies import data_copy
from beneficiaries.services.data_requests import (
    WORKING_DAYS,
    DataRequestRefused,
    answer_request,
    may_answer,
    receive_request,
    refuse_request,
)
from beneficiaries.views.data_request_forms import AnswerForm, RequestForm
from beneficiaries.views.form_pages import Act, form_page, one_section, show_refusal
from beneficiaries.views.people_tabs import people_tabs
from core.documents import RendererMissingError, is_renderer_installed
from core.downloads import attachment
from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor

_LIST = Crumb(lazy("Yêu cầu về dữ liệu cá nhân"), "/data-requests/")
_PER_PAGE = 25


@require_GET
def data_request_list(request: HttpRequest) -> HttpResponse:
    """The requests of one's area: open ones by due day, the overdue first; or the closed ones, newest first."""
    actor = actor_of(request)
    if not reads_records(actor):
        raise PermissionDenied(_("Trang này dành cho người xem hồ sơ."))
    state = request.GET.get("state", "open")
    state = state if state in STATES else "open"
    page = Paginator(requests_of(actor, state), _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": request_rows(page.object_list),
        "state": state,
        "states": STATES.items(),
        "area_name": area_name(actor.area_code),
        "may_receive": may_receive_data_requests(actor),
        "days": WORKING_DAYS,
        "tabs": people_tabs("beneficiaries:data_request_list"),
    }
    return render(request, "beneficiaries/data_requests/list.html", context)


@require_http_methods(["GET", "POST"])
def data_request_new(request: HttpRequest) -> HttpResponse:
    """Write a request down; `?person=` names whose data it is about."""
    actor = actor_of(request)
    if not may_receive_data_requests(actor):
        raise PermissionDenied(_("Yêu cầu về dữ liệu cá nhân do cán bộ nhận hồ sơ ghi."))
    form = RequestForm(request.POST or None, actor=actor, person=request.GET.get("person", ""))
    if request.method == "POST" and form.is_valid():
        try:
            made = receive_request(asked=form.asked(), person=form.cleaned_data["person"], actor=actor)
        except DataRequestRefused as refusal:
            show_refusal(form, refusal.errors)
        else:
            messages.success(request, _("Đã ghi yêu cầu %(ref)s.") % {"ref": made.reference})
            return redirect("beneficiaries:data_request_page", reference=made.reference)
    act = Act(
        title=_("Ghi yêu cầu về dữ liệu cá nhân"),
        button=_("Ghi yêu cầu"),
        back_url=_LIST.url,
        hint=_("Phải trả lời trong %(days)s ngày làm việc kể từ ngày nhận.") % {"days": WORKING_DAYS},
    )
    section = one_section(form, _("Yêu cầu"), "doc")
    return form_page(request, form, act, [section], [_LIST, Crumb(act.title)])


@require_http_methods(["GET", "POST"])
def data_request_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One request; who may answer it closes it here, with an answer or with the reason of a refusal."""
    actor = actor_of(request)
    asked = _request_of(reference, actor)
    form = AnswerForm(request.POST or None, initial={"version": asked.version})
    if request.method == "POST" and form.is_valid():
        close = _refused if request.POST.get("act") == "refuse" else _answered
        try:
            close(asked, form, actor)
        except DataRequestRefused as refusal:
            show_refusal(form, refusal.errors)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã trả lời yêu cầu %(ref)s.") % {"ref": reference})
            return redirect("beneficiaries:data_request_page", reference=reference)
    context = {**_page_context(asked, actor), "form": form}
    return render(
        request, "beneficiaries/data_requests/page.html", context, status=422 if form.errors else 200
    )


@require_POST
def data_request_copy(request: HttpRequest, reference: str) -> HttpResponse:
    """The PDF of everything held of the person who asks for it, recorded in the log."""
    actor = actor_of(request)
    asked = _request_of(reference, actor)
    try:
        content = data_copy(request=asked, actor=actor)
    except (RendererMissingError, TransitionRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("beneficiaries:data_request_page", reference=reference)
    name = _("Bản sao dữ liệu") + f" {asked.reference}.pdf"
    return attachment(content, name=name, content_type="application/pdf")


def data_request_panel(actor: Actor, person: Person) -> Panel | None:
    """The requests about a person, on their page; nothing for who neither reads nor writes one."""
    rows = request_rows(
        DataSubjectRequest.objects.visible_to(actor).filter(person=person).order_by("-pk")[:10]
    )
    if not rows and not may_receive_data_requests(actor):
        return None
    context = {"person": person, "rows": rows, "may_receive": may_receive_data_requests(actor)}
    return Panel("beneficiaries/data_requests/panel.html", context)


def _request_of(reference: str, actor: Actor) -> DataSubjectRequest:
    source = DataSubjectRequest.objects.visible_to(actor).select_related("person")
    found: DataSubjectRequest = get_visible(source, actor, reference=reference)
    return found


def _answered(asked: DataSubjectRequest, form: AnswerForm, actor: Actor) -> None:
    given = form.cleaned_data
    answer_request(request=asked, answer=given["answer"], actor=actor, expected_version=given["version"])


def _refused(asked: DataSubjectRequest, form: AnswerForm, actor: Actor) -> None:
    given = form.cleaned_data
    refuse_request(request=asked, reason=given["answer"], actor=actor, expected_version=given["version"])


def _page_context(asked: DataSubjectRequest, actor: Actor) -> dict[str, Any]:
    rows: list[RequestRow] = request_rows([asked])
    is_access = asked.kind == RequestKind.ACCESS and asked.person is not None
    may_close = rows[0].is_open and may_answer(asked, actor)
    sees_person = asked.person is not None and asked.person.area_code.startswith(actor.area_code)
    return {
        "asked": asked,
        "row": rows[0],
        "area": area_name(asked.area_code),
        "may_close": may_close,
        "may_copy": may_close and is_access,
        "has_renderer": is_renderer_installed(),
        "sees_person": sees_person,
        "crumb_parts": [_LIST, Crumb(asked.reference)],
    }
