"""Papers of one case: added, seen, looked at, downloaded, taken out."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.downloads import download
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.forms.papers import BEYOND, PaperFilesForm, SeenForm, TakeOutForm
from support_programs.models import Case, CasePaper
from support_programs.queries.case_papers import download_token, paper_of_token, papers_of_case
from support_programs.queries.paper_pages import LARGE, THUMB, content_of, page_count, page_picture
from support_programs.queries.programmes import definition_of
from support_programs.services.papers import Sent, add_files, record_seen, take_out
from support_programs.views.case_parts import case_of, crumbs_of


@require_http_methods(["GET", "POST"])
def case_papers(request: HttpRequest, reference: str) -> HttpResponse:
    """Every paper of a case; files are added here, good ones kept where others of the same go are refused."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    definition = definition_of(case.version_used_id)
    initial = {"code": request.GET.get("code", "")}
    form = PaperFilesForm(request.POST or None, request.FILES or None, definition=definition, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        sent = [Sent(each.name or "", each) for each in said["scans"]]
        try:
            added = add_files(
                case,
                code=said["code"].replace(BEYOND, ""),
                label=said["label"],
                note=said["note"],
                files=sent,
                actor=actor,
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            if added.papers:
                messages.success(request, _("Đã thêm %(n)d tệp vào hồ sơ.") % {"n": len(added.papers)})
                for sentence in added.refused:
                    messages.error(request, sentence)
                return _back(case)
            for sentence in added.refused:
                form.add_error("scans", sentence)
    return _page(request, case, actor, form)


@require_POST
def papers_seen(request: HttpRequest, reference: str) -> HttpResponse:
    """The officer has these papers before them."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    form = SeenForm(request.POST, definition=definition_of(case.version_used_id))
    if form.is_valid():
        try:
            record_seen(case, codes=form.cleaned_data["codes"], actor=actor)
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã ghi giấy tờ đã xem."))
    else:
        messages.error(request, _("Hãy chọn giấy tờ mà chính sách yêu cầu."))
    return _back(case)


@require_GET
def paper_look(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One paper, a page at a time, large enough to read."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    paper = _paper(case, number, actor)
    pages = page_count(_content(paper), _type(paper))
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isdecimal() and 1 <= int(asked) <= pages else 1
    context = {
        "case": case,
        "paper": paper,
        "page": page,
        "pages": pages,
        "token": download_token(paper, actor),
        "can_record": papers_of_case(case, actor).can_record and paper.removed_on is None,
        "crumb_parts": crumbs_of(case, paper.label),
    }
    return render(request, "support_programs/papers/look.html", context)


@require_GET
@never_cache
def paper_picture(request: HttpRequest, reference: str, number: int, page: int) -> HttpResponse:
    """One page of a paper as a picture: small beside its name, large to read."""
    actor = actor_of(request)
    paper = _paper(case_of(reference, actor), number, actor)
    longest = LARGE if request.GET.get("size") == "large" else THUMB
    try:
        picture = page_picture(_content(paper), _type(paper), page, longest)
    except IndexError as error:
        raise Http404(_("Giấy tờ này không có trang %(page)d.") % {"page": page}) from error
    response = HttpResponse(picture, content_type="image/jpeg")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
def paper_remove(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take a paper out with a reason; it stays kept."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    paper = get_visible(CasePaper, actor, case=case, pk=number)
    form = TakeOutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            take_out(paper, reason=form.cleaned_data["reason"], actor=actor)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã bỏ «%(paper)s» khỏi hồ sơ.") % {"paper": paper.label})
            return _back(case)
    context = {
        "case": case,
        "paper": paper,
        "form": form,
        "crumb_parts": crumbs_of(case, _("Bỏ giấy tờ")),
    }
    status = 422 if form.errors else 200
    return render(request, "support_programs/papers/remove.html", context, status=status)


@require_GET
@never_cache
def paper_download(request: HttpRequest, token: str) -> HttpResponse:
    """The file of a paper, from an address that was shown to this person a short time ago; recorded."""
    actor = actor_of(request)
    try:
        paper = get_visible(CasePaper, actor, pk=paper_of_token(token, actor))
    except signing.SignatureExpired:
        return render(request, "support_programs/papers/expired.html", status=410)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Http404(_("Đường dẫn tải không đúng.")) from error
    if paper.file is None:
        raise Http404(_("Giấy tờ này không có tệp."))
    return download(paper.file, actor=actor)


def _paper(case: Case, number: int, actor: Actor) -> CasePaper:
    rows = CasePaper.objects.filter(file__isnull=False).select_related("file")
    return get_visible(rows, actor, case=case, pk=number)


def _content(paper: CasePaper) -> bytes:
    try:
        return content_of(paper.file) if paper.file else b""
    except FileNotFoundError as gone:
        raise Http404(_("Tệp này đã được xóa khi hết hạn lưu.")) from gone


def _type(paper: CasePaper) -> str:
    return paper.file.content_type if paper.file else ""


def _back(case: Case) -> HttpResponse:
    return redirect(reverse("support_programs:case_page", args=[case.reference]) + "#papers")


def _page(request: HttpRequest, case: Case, actor: Actor, form: PaperFilesForm) -> HttpResponse:
    context: dict[str, Any] = {
        "case": case,
        "panel": {"case": case, "papers": papers_of_case(case, actor)},
        "form": form,
        "crumb_parts": crumbs_of(case, _("Giấy tờ")),
    }
    status = 422 if form.errors else 200
    return render(request, "support_programs/papers/page.html", context, status=status)
