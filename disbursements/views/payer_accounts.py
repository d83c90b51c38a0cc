"""Accounts that offices pay from, and the banks that the system knows."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.enums import DISTRICT_DIGITS
from accounts.queries import area_name
from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.forms.files import PayerAccountForm
from disbursements.models import PayerAccount
from disbursements.permissions import NOT_ACCOUNTANT, may_keep_payer_accounts, may_read_batches
from disbursements.queries.payer_accounts import payer_accounts_of
from disbursements.rules.banks import all_banks, bank_of
from disbursements.services.payer_accounts import end_payer_account, record_payer_account
from support_programs.views.paging import page_of

BATCHES: Final = Crumb(lazy("Đợt chi trả"), "/batches/")
LIST: Final = Crumb(lazy("Tài khoản chi"), "/payer-accounts/")


def _may_keep(actor: Actor) -> bool:
    return may_keep_payer_accounts(actor) and len(actor.area_code) <= DISTRICT_DIGITS


@require_GET
def payer_accounts(request: HttpRequest) -> HttpResponse:
    """Accounts of the offices in one's area: in use, and ended."""
    actor = actor_of(request)
    if not may_read_batches(actor):
        raise PermissionDenied
    page = page_of(request, payer_accounts_of(actor))
    page.object_list = [(account, area_name(account.area_code)) for account in page.object_list]
    context = {
        "page": page,
        "may_keep": _may_keep(actor),
        "own_area": actor.area_code,
        "area_name": area_name(actor.area_code),
        "crumb_parts": [BATCHES, Crumb(LIST.label)],
    }
    return render(request, "disbursements/files/payer_accounts.html", context)


@require_http_methods(["GET", "POST"])
def payer_account_new(request: HttpRequest) -> HttpResponse:
    """Record an account of one's own office."""
    actor = actor_of(request)
    if not _may_keep(actor):
        raise PermissionDenied(str(NOT_ACCOUNTANT))
    form = PayerAccountForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            account = record_payer_account(actor=actor, entry=form.entry())
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi tài khoản chi tại %(bank)s.") % {"bank": account.bank_name})
            return redirect("disbursements:payer_accounts")
    context = {"form": form, "area_name": area_name(actor.area_code)}
    return _form_page(
        request, "disbursements/files/payer_account_new.html", context, lazy("Ghi tài khoản chi"), form
    )


@require_http_methods(["GET", "POST"])
def payer_account_end(request: HttpRequest, number: int) -> HttpResponse:
    """Stop paying from an account, after a look at what it is."""
    actor = actor_of(request)
    account: PayerAccount = get_visible(PayerAccount, actor, pk=number)
    if not _may_keep(actor) or account.area_code != actor.area_code:
        raise PermissionDenied(_("Tài khoản chi do kế toán của chính đơn vị đó ghi."))
    refused = ""
    if request.method == "POST":
        try:
            end_payer_account(actor=actor, account=account)
        except TransitionRefused as refusal:
            refused = str(refusal)
        else:
            messages.success(
                request, _("Đã ngừng dùng tài khoản chi tại %(bank)s.") % {"bank": account.bank_name}
            )
            return redirect("disbursements:payer_accounts")
    context = {"account": account, "refused": refused, "area_name": area_name(account.area_code)}
    context["crumb_parts"] = [BATCHES, LIST, Crumb(lazy("Ngừng dùng"))]
    return render(
        request, "disbursements/files/payer_account_end.html", context, status=422 if refused else 200
    )


@require_GET
def banks(request: HttpRequest) -> HttpResponse:
    """The banks of the list, and which of them a typed name means."""
    actor = actor_of(request)
    if not may_read_batches(actor):
        raise PermissionDenied
    typed = request.GET.get("q", "").strip()[:100]
    context = {
        "banks": all_banks(),
        "typed": typed,
        "found": bank_of(typed) if typed else None,
        "crumb_parts": [BATCHES, LIST, Crumb(lazy("Danh mục ngân hàng"))],
    }
    return render(request, "disbursements/files/banks.html", context)


def _form_page(
    request: HttpRequest, template: str, context: dict[str, Any], title: Any, form: PayerAccountForm
) -> HttpResponse:
    context["crumb_parts"] = [BATCHES, LIST, Crumb(title)]
    return render(request, template, context, status=422 if form.errors else 200)
