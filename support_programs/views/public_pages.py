"""The first public page, and one's own case by its reference and the applicant's birth."""

import logging
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.queries import children_of
from core.audit import PROVINCE, record_event
from core.public_pages import public_page, too_often
from core.references import parse_reference
from core.throttle import Limit, is_too_often
from support_programs.forms.public import LookupForm
from support_programs.queries.public_case import case_shown, own_case
from support_programs.queries.public_decisions import decisions, shown_decisions

# tries at the birth of one case, from wherever they come
ONE_CASE: Final = Limit("public.case", tries=10, minutes=60)
_NEWEST: Final = 3
_log: Final = logging.getLogger(__name__)


@public_page()
@require_GET
def public_home(request: HttpRequest) -> HttpResponse:
    """The look-up by name, what else a citizen can do here, and the newest decisions."""
    newest = shown_decisions(decisions()[:_NEWEST])
    return render(request, "public/home.html", {"districts": children_of(PROVINCE), "newest": newest})


@public_page(is_personal=True)
@require_http_methods(["GET", "POST"])
def public_case(request: HttpRequest) -> HttpResponse:
    """The state of one case, posted so that neither reference nor birth stands in an address or a log."""
    form = LookupForm(request.POST or None)
    if request.method == "GET":
        return render(request, "public/case.html", {"form": form})
    if not form.is_valid():
        return render(request, "public/case.html", {"form": form}, status=422)
    reference = form.cleaned_data["reference"]
    parsed = parse_reference(reference)
    if parsed and is_too_often(ONE_CASE, str(parsed)):  # a typing error is nobody's case
        return too_often(request, ONE_CASE)
    case = own_case(reference, form.cleaned_data["birth"])
    if case is None:
        _log.info("a look-up of a case on the public page found nothing")
        form.add_error(
            None, _("Không có hồ sơ khớp với mã và năm sinh này. Ông/bà xem lại mã trên giấy tiếp nhận.")
        )
        return render(request, "public/case.html", {"form": form}, status=422)
    record_event("case.looked_up", case, actor=None)
    return render(request, "public/case.html", {"form": LookupForm(), "shown": case_shown(case)})
