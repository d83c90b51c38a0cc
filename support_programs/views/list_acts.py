"""What moves a list along its chain: each action on a page of its own, with the paper it needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from accounts.queries import area_name
from core import clock
from core.dates import format_date
from core.enums import FileKind
from core.models import StoredFile
from core.page_parts import Crumb
from core.requests import actor_of
from core.services.files import store_file
from core.text import inside_sentence
from core.transitions import TransitionRefused, refusals_of
from core.wording import Text
from core.workflow import Actor, Transition
from support_programs import forms
from support_programs.models import Case, CaseList
from support_programs.queries.documents.minutes import remarks_on
from support_programs.queries.documents.posting import minutes_of
from support_programs.queries.list_steps import action_label, is_decided_by_department
from support_programs.queries.lists import list_totals, offered_actions
from support_programs.services import agencies, approval, posting
from support_programs.views.lists import list_of
from support_programs.workflow import LIST_WORKFLOW


@dataclass(frozen=True, slots=True)
class ListAct:
    """One action: its form, the service that does it, and what the page says beside the button."""

    form: type[forms.ListForm]
    run: Callable[..., CaseList]
    hint: Any


ACTS: Final[Mapping[str, ListAct]] = {
    "list.post": ListAct(
        forms.PostForm,
        posting.post_list,
        lazy("Danh sách được niêm yết công khai 2 ngày làm việc. Sau đó xã lập biên bản kết thúc niêm yết."),
    ),
    "list.close_posting": ListAct(
        forms.ClosePostingForm,
        posting.close_posting,
        lazy(
            "Ghi ý kiến của người dân và đính kèm biên bản. Nếu có người không đúng, hãy mở lại danh sách để sửa."
        ),
    ),
    "list.submit": ListAct(
        forms.LetterForm, posting.submit_list, lazy("Danh sách chuyển lên huyện, xã không sửa được nữa.")
    ),
    "list.send_to_agency": ListAct(
        forms.SendForm,
        agencies.send_to_agency,
        lazy(
            "Danh sách chờ văn bản xác nhận (BHXH, thuế). Khi có văn bản, hãy ghi lại số, ngày và bản chụp ở trang này."
        ),
    ),
    "list.confirm_agency": ListAct(
        forms.ConfirmationForm,
        agencies.record_confirmation,
        lazy("Ghi đúng như trên văn bản. Danh sách chuyển tới huyện để thẩm định."),
    ),
    "list.confirm_for_department": ListAct(
        forms.ConfirmationForm,
        agencies.record_confirmation,
        lazy("Ghi đúng như trên văn bản. Danh sách chuyển tới Sở để thẩm định."),
    ),
    "list.agency_refuses": ListAct(
        forms.ReasonForm,
        agencies.record_agency_refusal,
        lazy("Danh sách trở về bản nháp để sửa; sau đó phải gửi xác nhận lại."),
    ),
    "list.submit_to_department": ListAct(
        forms.SendForm,
        agencies.submit_to_department,
        lazy("Danh sách chuyển tới người thẩm định của Sở, người lập không sửa được nữa."),
    ),
    "list.resubmit": ListAct(
        forms.LetterForm,
        posting.resubmit_list,
        lazy("Danh sách trở lại huyện mà không niêm yết lại. Hồ sơ đã đủ điều kiện được giữ nguyên."),
    ),
    "list.rework": ListAct(
        forms.PlainForm,
        posting.rework_list,
        lazy("Mở danh sách để thêm, bớt hồ sơ; sau đó phải niêm yết lại."),
    ),
    "list.send_back": ListAct(
        forms.SendBackForm,
        posting.send_back_list,
        lazy("Dòng được nêu và dòng chưa thẩm định trở về xã; dòng đã đủ điều kiện được giữ nguyên."),
    ),
    "list.approve": ListAct(
        forms.DistrictPaperForm,
        approval.approve_list,
        lazy("Danh sách người được hưởng do UBND huyện duyệt."),
    ),
    "list.forward": ListAct(
        forms.PlainForm, approval.forward_list, lazy("Danh sách chuyển tới Sở LĐ-TBXH để thẩm định kinh phí.")
    ),
    "list.forward_to_province": ListAct(
        forms.PlainForm,
        approval.forward_to_province,
        lazy("Danh sách chờ UBND tỉnh quyết định danh sách và kinh phí."),
    ),
    "list.conclude": ListAct(
        forms.PlainForm,
        approval.conclude_list,
        lazy("Mọi hồ sơ đã thẩm định xong. Danh sách chờ quyết định."),
    ),
    "list.return_from_province": ListAct(
        forms.ReasonForm,
        approval.return_from_province,
        lazy("Kết quả duyệt danh sách của huyện được rút lại."),
    ),
    "list.return_from_province_to_department": ListAct(
        forms.ReasonForm, approval.return_from_province, lazy("Kết quả thẩm định của Sở được rút lại.")
    ),
    "list.return_to_district": ListAct(
        forms.ReasonForm, approval.return_to_district, lazy("Kết quả duyệt danh sách của huyện được rút lại.")
    ),
    "list.appraise_money": ListAct(
        forms.FinancePaperForm,
        approval.appraise_money,
        lazy("Ghi số và ngày văn bản của Sở Tài chính. Danh sách chờ quyết định của UBND tỉnh."),
    ),
}


@require_http_methods(["GET", "POST"])
def list_act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """Show what an action needs, and carry it out; a refusal keeps everything typed."""
    actor = actor_of(request)
    case_list = list_of(reference, actor)
    action = f"list.{act.replace('-', '_')}"
    if action == "list.approve_money":
        return redirect(f"/lists/decide/?pick={case_list.reference}")
    if action not in ACTS:
        raise Http404
    chosen, transition = ACTS[action], LIST_WORKFLOW.transition(action)
    label = action_label(case_list, action, transition.label)
    form = _form(request, chosen, case_list)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.run(
                case_list,
                actor=actor,
                expected_version=form.cleaned_data.get("version"),
                **_typed(form, case_list, actor),
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Đã ghi: %(what)s, %(ref)s.") % {"what": label, "ref": case_list.reference},
            )
            return redirect("support_programs:list_page", reference=case_list.reference)
    offered = {found.code: found for found in offered_actions(LIST_WORKFLOW, case_list, actor)}
    context = {
        "case_list": case_list,
        "act": chosen,
        "label": label,
        "form": form,
        "offered": offered.get(action),
        "denied": _why_not(transition, case_list, actor),
        "totals": list_totals(case_list),
        **_posting(action, case_list, actor),
        "area": area_name(case_list.area_code),
        "crumb_parts": [
            Crumb(lazy("Danh sách"), "/lists/"),
            Crumb(case_list.reference, f"/lists/{case_list.reference}/"),
            Crumb(label),
        ],
    }
    return render(request, "support_programs/list_act.html", context, status=422 if form.errors else 200)


def _posting(action: str, case_list: CaseList, actor: Actor) -> dict[str, Any]:
    """At the end of a posting: its minutes, and the remarks that were written down as complaints or reports."""
    if action != "list.close_posting":
        return {}
    return {"minutes": minutes_of(case_list, actor), "remarks": remarks_on(case_list), "is_closing": True}


def _why_not(transition: Transition, case_list: CaseList, actor: Actor) -> Text:
    """Whose action it is, which way the list goes instead, or in which state it would have to be."""
    if not transition.permission(actor):
        return transition.denied
    if case_list.status in transition.sources:
        return " ".join(refusals_of(transition, case_list, actor))
    return _("Không làm được khi danh sách đang ở trạng thái «%(state)s».") % {
        "state": LIST_WORKFLOW.state_labels[case_list.status]
    }


def _form(request: HttpRequest, chosen: ListAct, case_list: CaseList) -> forms.ListForm:
    initial: dict[str, Any] = {"version": case_list.version}
    today = format_date(clock.today())
    for name in ("posting_from", "letter_date", "date", "finance_date", "signed_on"):
        initial[name] = today
    initial["place"] = _("Trụ sở UBND %(commune)s") % {
        "commune": inside_sentence(area_name(case_list.area_code))
    }
    rows = request.GET.get("rows", "")
    initial["marked_rows"] = "\n".join(f"{part}: " for part in rows.split(",") if part.isdecimal())
    if request.method == "POST":
        return chosen.form(request.POST, request.FILES, initial=initial)
    return chosen.form(initial=initial)


def _typed(form: forms.ListForm, case_list: CaseList, actor: Actor) -> dict[str, Any]:
    """The form's values as the service wants them: scans stored, marked rows by their cases."""
    values = form.values()
    for name in ("minutes", "scan"):
        if values.get(name):
            values[name] = _stored(values[name], case_list.area_code, actor)
    if "marked_rows" in values:
        values["marks"] = _marks(values.pop("marked_rows"), case_list)
    return values


def _stored(upload: "UploadedFile[Any]", area_code: str, actor: Actor) -> StoredFile:
    return store_file(
        upload.read(),
        name=upload.name or "ban-chup",
        kind=FileKind.SCAN,
        area_code=area_code,
        created_by_id=actor.pk,
    )


def _marks(rows: Mapping[int, str], case_list: CaseList) -> dict[int, str]:
    known = dict(
        Case.objects.filter(case_list=case_list, position__in=list(rows)).values_list("position", "pk")
    )
    missing = sorted(set(rows) - set(known))
    if missing:
        raise TransitionRefused(
            _("Danh sách không có dòng số %(rows)s. Hãy kiểm tra lại số thứ tự.")
            % {"rows": ", ".join(map(str, missing))}
        )
    return {known[position]: text for position, text in rows.items()}


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest) -> HttpResponse:
    """Record the decision of UBND tỉnh for the chosen lists: number, date, signer and scan as on the paper."""
    actor = actor_of(request)
    picks = request.POST.getlist("pick") or request.GET.getlist("pick")
    lists = list(
        CaseList.objects.visible_to(actor)
        .filter(reference__in=picks[:500])
        .select_related("programme", "employer")
        .order_by("area_code", "pk")
    )
    if not lists:
        messages.error(request, _("Bạn chưa chọn danh sách nào."))
        return redirect("/?queue=to_decide")
    is_sent = request.method == "POST" and "number" in request.POST
    form = forms.DecisionForm(request.POST, request.FILES) if is_sent else forms.DecisionForm()
    if is_sent and form.is_valid():
        typed = form.cleaned_data
        try:
            scan = _stored(typed["scan"], actor.area_code, actor) if typed["scan"] else None
            paper = approval.DecisionPaper(typed["number"], typed["signed_on"], typed["signer"], scan)
            decision = approval.approve_money(lists, paper=paper, actor=actor)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Đã ghi quyết định %(number)s: %(people)d người.")
                % {"number": decision.number, "people": decision.people},
            )
            return redirect("support_programs:list_page", reference=lists[0].reference)
    totals = [(case_list, list_totals(case_list), area_name(case_list.area_code)) for case_list in lists]
    context = {
        "lists": totals,
        "has_finance_papers": any(case_list.has_money_appraisal for case_list in lists),
        "form": form,
        "people": sum(total.people for _list, total, _area in totals),
        "amount": sum(total.amount for _list, total, _area in totals),
        "is_of_department": all(is_decided_by_department(case_list) for case_list in lists),
        "crumb_parts": [Crumb(lazy("Việc của tôi"), "/"), Crumb(lazy("Ghi quyết định phê duyệt kinh phí"))],
    }
    return render(request, "support_programs/decide.html", context, status=422 if form.errors else 200)
