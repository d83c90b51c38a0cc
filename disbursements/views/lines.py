"""One line of a batch: its page, its receipt, and who received the cash instead of the payee."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from core.documents import RendererMissingError
from core.downloads import attachment
from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.forms.files import ProxyForm
from disbursements.models import PaymentInstruction
from disbursements.permissions import NOT_ACCOUNTANT, may_download_payment_list, may_record_results
from disbursements.queries.line_page import line_page
from disbursements.services.proxies import may_have_proxy, record_proxy
from disbursements.services.receipts import make_receipt, may_have_receipt


def line_of(reference: str, line: str, actor: Actor) -> PaymentInstruction:
    """The line of that batch, if this person may see it; 404 otherwise."""
    found: PaymentInstruction = get_visible(
        PaymentInstruction.objects.select_related("batch__programme", "entitlement", "budget_line"),
        actor,
        batch_reference=reference,
        reference=line,
    )
    return found


def _crumbs(line: PaymentInstruction, *further: Crumb) -> list[Crumb]:
    batch = line.batch_reference
    own = f"/batches/{batch}/lines/{line.reference}/" if further else ""
    return [
        Crumb(lazy("Đợt chi trả"), "/batches/"),
        Crumb(batch, f"/batches/{batch}/"),
        Crumb(line.reference, own),
        *further,
    ]


@require_GET
def line_detail(request: HttpRequest, reference: str, line: str) -> HttpResponse:
    """What a line pays to whom, how often it was tried, who received it, and what happened to it."""
    actor = actor_of(request)
    found = line_of(reference, line, actor)
    context = {
        "page": line_page(found, actor),
        "line": found,
        "may_receipt": may_have_receipt(found) and may_download_payment_list(actor),
        "may_proxy": may_have_proxy(found) and may_record_results(actor),
        "has_proxies": may_have_proxy(found),
        "crumb_parts": _crumbs(found),
    }
    return render(request, "disbursements/files/line.html", context)


@require_GET
def line_receipt(request: HttpRequest, reference: str, line: str) -> HttpResponse:
    """The receipt of one person as PDF; recorded, because the whole number stands in it."""
    actor = actor_of(request)
    found = line_of(reference, line, actor)
    try:
        content = make_receipt(actor=actor, line=found)
    except (TransitionRefused, RendererMissingError) as refusal:
        messages.warning(request, str(refusal))
        return redirect("disbursements:line_detail", reference=reference, line=line)
    name = f"giay-bien-nhan-{found.reference}.pdf"
    return attachment(content, name=name, content_type="application/pdf")


@sensitive_post_parameters("number")
@require_http_methods(["GET", "POST"])
def line_proxy(request: HttpRequest, reference: str, line: str) -> HttpResponse:
    """Record who received somebody's cash; a refusal keeps what was typed."""
    actor = actor_of(request)
    found = line_of(reference, line, actor)
    if not may_record_results(actor):
        raise PermissionDenied(str(NOT_ACCOUNTANT))
    is_correction = found.proxies.exists()
    form = ProxyForm(request.POST if request.method == "POST" else None, is_correction=is_correction)
    if form.is_bound and form.is_valid():
        try:
            record_proxy(actor=actor, line=found, entry=form.entry())
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi người nhận thay của %(name)s.") % {"name": found.payee_name})
            return redirect("disbursements:line_detail", reference=reference, line=line)
    context = {
        "form": form,
        "line": found,
        "is_correction": is_correction,
        "is_open": may_have_proxy(found),
        "crumb_parts": _crumbs(found, Crumb(lazy("Người nhận thay"))),
    }
    return render(request, "disbursements/files/proxy.html", context, status=422 if form.errors else 200)
