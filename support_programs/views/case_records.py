"""What is recorded of one case on pages of their own: children, a new receipt, figures by month, another agency's decision."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.requests import actor_of
from core.text import mask_number
from core.transitions import StaleRecord, TransitionRefused
from core.workflow import Actor
from support_programs.models import Case, CaseChild, EmployerMonth
from support_programs.permissions import NOT_REVIEWER, reviewer
from support_programs.services.appraisal import record_decision_elsewhere
from support_programs.services.children import add_child, remove_child
from support_programs.services.claims import ClaimRefused
from support_programs.services.employer_months import check_recording, correct_month, record_month
from support_programs.services.entry import check_stating
from support_programs.services.holding import hold_version
from support_programs.services.rejudging import judge_anew
from support_programs.views.case_parts import case_of, crumbs_of
from support_programs.views.record_forms import (
    ChildForm,
    MonthCorrectionForm,
    MonthForm,
    OutsideDecisionForm,
    ReceivedAgainForm,
    RemovalForm,
    show_at_fields,
)
from support_programs.views.stale import conflict_in


@dataclass(frozen=True, slots=True)
class Record:
    """What the page says, and the service that its form calls with the cleaned values."""

    title: str
    button: str
    done: str
    run: Callable[[dict[str, Any]], object]
    hint: str = ""


@require_http_methods(["GET", "POST"])
def case_child_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a child under the supplement; a child of another case is refused, a namesake is shown before it is kept."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    check_stating(case, actor)
    form = ChildForm(request.POST or None, initial={"version": case.version})
    record = Record(
        _("Thêm trẻ em"),
        _("Thêm trẻ em"),
        _("Đã thêm trẻ em và kiểm tra lại điều kiện."),
        lambda given: add_child(
            case,
            typed={key: value for key, value in given.items() if key not in ("version", "keep")},
            keeps_warnings=given["keep"],
            expected_version=given["version"],
            actor=actor,
        ),
        _("Mỗi trẻ chỉ được tính một lần, cho cha, mẹ hoặc người chăm sóc, ở một chính sách."),
    )
    return _answer(request, case, form, record)


@require_http_methods(["GET", "POST"])
def case_child_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take a child out of the case, with a reason; it is free for another case then."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    check_stating(case, actor)
    child = CaseChild.objects.filter(case=case, pk=pk, removed_on__isnull=True).first()
    if child is None:
        raise Http404(_("Trẻ em này không có trong hồ sơ."))
    form = RemovalForm(request.POST or None, initial={"version": case.version})
    record = Record(
        _("Bỏ trẻ em khỏi hồ sơ"),
        _("Bỏ trẻ em"),
        _("Đã bỏ trẻ em khỏi hồ sơ và kiểm tra lại điều kiện."),
        lambda given: remove_child(
            child, reason=given["reason"], expected_version=given["version"], actor=actor
        ),
        f"{child.full_name}, {mask_number(f'•••{child.number_last3}')}",
    )
    return _answer(request, case, form, record)


@require_http_methods(["GET", "POST"])
def case_received_again(request: HttpRequest, reference: str) -> HttpResponse:
    """The dossier was handed in again: it is judged by the version of that day."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    check_stating(case, actor)
    record = Record(
        _("Ghi ngày nộp lại"),
        _("Ghi và xét lại"),
        _("Đã ghi ngày nộp lại và xét lại hồ sơ."),
        lambda given: judge_anew(
            case, received_again_on=given["day"], expected_version=given["version"], actor=actor
        ),
    )
    form = ReceivedAgainForm(request.POST or None, initial={"version": case.version})
    return _answer(request, case, form, record)


@require_http_methods(["GET", "POST"])
def case_month_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Figures of one month of a claim that another agency decides."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    check_recording(case, actor)
    record = Record(
        _("Ghi số liệu tháng"),
        _("Ghi số liệu"),
        _("Đã ghi số liệu tháng."),
        lambda given: record_month(case, actor=actor, **_figures(case, actor, given)),
    )
    return _answer(request, case, MonthForm(request.POST or None, initial={"version": case.version}), record)


@require_http_methods(["GET", "POST"])
def case_month_correct(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Correct the figures of a month; the old ones stay."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    check_recording(case, actor)
    row = EmployerMonth.objects.filter(case=case, pk=pk).first()
    if row is None:
        raise Http404(_("Hồ sơ này không có số liệu đó."))
    known = {"workers": row.workers, "amount": row.amount, "note": row.note, "version": case.version}
    record = Record(
        _("Sửa số liệu tháng %(month)s") % {"month": f"{row.month:%m/%Y}"},
        _("Ghi số liệu mới"),
        _("Đã sửa số liệu tháng."),
        lambda given: correct_month(row, actor=actor, **_figures(case, actor, given)),
    )
    return _answer(request, case, MonthCorrectionForm(request.POST or None, initial=known), record)


@require_http_methods(["GET", "POST"])
def case_decision_elsewhere(request: HttpRequest, reference: str) -> HttpResponse:
    """The paper by which BHXH or the bank decided a claim that is only tracked here."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    if not reviewer(actor):
        raise PermissionDenied(str(NOT_REVIEWER))
    form = OutsideDecisionForm(request.POST or None, initial={"version": case.version})
    record = Record(
        _("Ghi quyết định của cơ quan khác"),
        _("Ghi quyết định"),
        _("Đã ghi quyết định của cơ quan khác."),
        lambda given: record_decision_elsewhere(
            case,
            agency=given["agency"],
            number=given["number"],
            signed_on=given["signed_on"],
            expected_version=given["version"],
            actor=actor,
        ),
    )
    return _answer(request, case, form, record)


def _figures(case: Case, actor: Actor, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the service is given, once it is sure that the page showed the case of now."""
    hold_version(case, actor=actor, expected_version=given["version"])
    return {name: value for name, value in given.items() if name != "version"}


def _answer(request: HttpRequest, case: Case, form: forms.Form, record: Record) -> HttpResponse:
    has_warnings = form.is_bound and bool(form.data.get("keep"))
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            record.run(dict(form.cleaned_data))
        except StaleRecord as stale:
            case = case_of(case.reference, actor_of(request))
            conflict, fresh = conflict_in(stale, request.POST, version=case.version)
            form = type(form)(fresh)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        except ClaimRefused as refusal:
            show_at_fields(form, refusal.errors)
            show_at_fields(form, refusal.warnings)
            has_warnings = has_warnings or (bool(refusal.warnings) and not refusal.errors)
        else:
            messages.success(request, record.done)
            return redirect("support_programs:case_page", reference=case.reference)
    context = {
        "case": case,
        "form": form,
        "record": record,
        "conflict": conflict,
        "fields": [bound for bound in form.visible_fields() if bound.name != "keep"],
        "has_warnings": has_warnings,
        "crumb_parts": crumbs_of(case, record.title),
    }
    is_refused = bool(form.errors) or conflict is not None
    return render(request, "support_programs/case_record.html", context, status=422 if is_refused else 200)
