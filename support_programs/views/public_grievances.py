"""A citizen complains or reports something, and follows it, without an account."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.queries import children_of
from core.audit import PROVINCE
from core.public_pages import LOOKING_UP, SENDING, public_page
from core.search_queries import read_query
from core.text import has_number
from core.tracking import code_hash
from support_programs.enums import GrievanceChannel, GrievanceKind
from support_programs.forms.grievances import FollowForm, PublicReportForm
from support_programs.models import Case, CaseList
from support_programs.queries.grievances import followed_by_code, office_name
from support_programs.queries.public_lists import shown_lists
from support_programs.rules.grievance_clocks import ACCEPT, ANSWER, term_of
from support_programs.services.grievances import Filed, Report
from support_programs.services.grievances.filing import SHORTEST
from support_programs.views.grievance_parts import filed_once


@public_page(posts=SENDING, is_personal=True)
@require_http_methods(["GET", "POST"])
def public_grievance_new(request: HttpRequest) -> HttpResponse:
    """The form; what was sent gets a reference and a code by which its sender follows it, shown this once.

    A reference of a list that stands on the public pages makes it a remark on that list. One of a case that doesn't exist, or
    lies in another commune, is kept as what it is: words of the sender.
    """
    form = PublicReportForm(request.POST or None, communes=communes_by_district(), initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        filed = _filed(form)
        if filed is not None:
            context = {"filed": filed, "office": office_name(filed.grievance.area_code)}
            return render(request, "public/grievance_sent.html", context)
    terms = [(str(kind.label), term_of(kind, ACCEPT), term_of(kind, ANSWER)) for kind in GrievanceKind]
    context = {"form": form, "terms": terms}
    return render(request, "public/grievance_new.html", context, status=422 if form.errors else 200)


@public_page(posts=LOOKING_UP, is_personal=True)
@require_http_methods(["GET", "POST"])
def public_grievance_follow(request: HttpRequest) -> HttpResponse:
    """Where it stands and what was answered, by the code."""
    form = FollowForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = followed_by_code(code_hash(form.cleaned_data["code"]))
        if found is None:
            form.add_error("code", _("Không tìm thấy mã này. Hãy kiểm tra lại mã trên phiếu."))
    context = {"form": form, "found": found}
    return render(request, "public/grievance_follow.html", context, status=422 if form.errors else 200)


def communes_by_district() -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Every commune, under the name of its district."""
    return [(name, children_of(code)) for code, name in children_of(PROVINCE)]


def _initial(request: HttpRequest) -> dict[str, Any]:
    kind = request.GET.get("kind", "")
    return {
        "kind": kind if kind in GrievanceKind.values else GrievanceKind.FEEDBACK,
        "topic": request.GET.get("topic", ""),
        "area": request.GET.get("area", ""),
        "about": request.GET.get("about", ""),
    }


def _records(reference: str, commune: str) -> tuple[Case | None, CaseList | None]:
    """The case of that commune, or the list that everybody may see: the commune's, or one of an office above it."""
    if reference.startswith("DS-"):
        found = shown_lists().filter(reference=reference).first()
        return None, found if found is not None and commune.startswith(found.area_code) else None
    rows = Case.objects.filter(reference=reference, area_code=commune)
    return (rows.first() if reference.startswith("HS-") else None), None


def _filed(form: PublicReportForm) -> Filed | None:
    typed = form.cleaned_data
    if typed["website"]:
        form.add_error(None, _("Chưa gửi được. Hãy để trống ô cuối cùng rồi gửi lại."))
        return None
    about, text = typed["about"].strip(), typed["text"].strip()
    if has_number(about):
        form.add_error("about", _("Đây không phải mã hồ sơ. Hãy bỏ số đó: không ghi số CCCD, CMND ở đây."))
        return None
    case, case_list = _records(str(read_query(about).reference or ""), typed["area"])
    is_there = case or (case_list and case_list.area_code == typed["area"])
    if about and not is_there and len(text) >= SHORTEST:
        text = f"{text}\n({_('Mã hồ sơ người gửi ghi')}: {about})"
    report = Report(
        kind=typed["kind"],
        topic=typed["topic"],
        text=text,
        area_code=typed["area"],
        sender_name=typed["sender_name"],
        phone=typed["phone"],
        address=typed["address"],
        case=case,
        case_list=case_list,
    )
    return filed_once(form, report, GrievanceChannel.PUBLIC, actor=None)
