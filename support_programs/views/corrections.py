"""The applicant of a case corrected on a page of its own, which also works without scripts."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from beneficiaries.services.people import FIELDS, PersonRefused
from core.page_parts import Crumb
from core.requests import actor_of
from core.transitions import StaleRecord, TransitionRefused
from support_programs.forms import ApplicantForm
from support_programs.models import Case
from support_programs.permissions import intake_of
from support_programs.services.corrections import correct_applicant
from support_programs.views.case_parts import case_of
from support_programs.views.case_way import way_of
from support_programs.views.stale import conflict_in, shown_by

_SEXES: Final = {"M": "Nam", "F": "Nữ"}


@require_http_methods(["GET", "POST"])
def case_correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct name, birth, sex, number, hamlet, work and telephone; warnings are shown before they are kept.

    A page that is out of date writes nothing: what was typed stays beside what somebody else wrote meanwhile.
    """
    actor = actor_of(request)
    case = case_of(reference, actor)
    has_role, denied = intake_of(case.area_code)
    if not has_role(actor):
        raise PermissionDenied(str(denied))
    form = ApplicantForm(request.POST or None, initial=_written(case))
    has_warnings, conflict, shown = False, None, shown_by(_fields_of(case))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            correct_applicant(
                case,
                typed={field: typed[field] for field in FIELDS},
                reason=typed["reason"],
                actor=actor,
                expected_version=typed["version"],
                keeps_warnings=typed["keep"],
            )
        except StaleRecord as stale:
            case = case_of(reference, actor)
            conflict, fresh = conflict_in(
                stale,
                request.POST,
                version=case.version,
                stored=_fields_of(case),
                fields=form.fields.items(),
            )
            form, shown = ApplicantForm(fresh), str(fresh["shown"])
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        except PersonRefused as refusal:
            has_warnings = bool(refusal.warnings) and not refusal.errors
            _show(form, refusal.errors, refusal.warnings)
        else:
            messages.success(request, _("Đã sửa thông tin người đề nghị và kiểm tra lại điều kiện."))
            return redirect("support_programs:case_page", reference=case.reference)
    context = {
        "case": case,
        "form": form,
        "conflict": conflict,
        "shown": shown if conflict else request.POST.get("shown", shown),
        "from_query": way_of(request).suffix,
        "has_warnings": has_warnings or _was_kept(form),
        "crumb_parts": [
            Crumb(lazy("Hồ sơ"), "/cases/"),
            Crumb(case.reference, f"/cases/{case.reference}/"),
            Crumb(lazy("Sửa thông tin người đề nghị")),
        ],
    }
    is_refused = bool(form.errors) or conflict is not None
    return render(request, "support_programs/case_correct.html", context, status=422 if is_refused else 200)


def _was_kept(form: ApplicantForm) -> bool:
    """The tick was shown before: it stays on the page while other fields are corrected."""
    return form.is_bound and bool(form.data.get("keep"))


def _fields_of(case: Case) -> dict[str, Any]:
    return {name: value for name, value in _written(case).items() if name != "version"}


def _written(case: Case) -> dict[str, Any]:
    birth = f"{case.birth_date:%d/%m/%Y}" if case.birth_date else str(case.birth_year or "")
    return {
        "full_name": case.applicant_name,
        "dob": birth,
        "sex": _SEXES.get(case.sex, ""),
        "address": case.hamlet,
        "job": case.occupation,
        "phone": case.phone,
        "version": case.version,
    }


def _show(form: ApplicantForm, *found: Mapping[str, list[str]]) -> None:
    for sentences in found:
        for field, texts in sentences.items():
            for text in texts:
                form.add_error(field or None, text)
