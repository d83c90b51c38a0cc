"""Budget lines, the book of one, and the ledger: read by whoever reads records, every figure a sum over the ledger."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from accounts.queries import area_name
from core.charts import progress_bar
from core.downloads import attachment
from core.money import format_dong
from core.page_parts import Crumb, Tile, Tone
from core.requests import actor_of
from core.shortcuts import get_visible
from core.workflow import Actor
from disbursements.enums import LedgerAccount, LedgerKind
from disbursements.forms.budget import LedgerFilterForm
from disbursements.models import BudgetLine
from disbursements.permissions import may_move_budget, may_read_budget, may_record_allocation
from disbursements.queries.budget import (
    BudgetFilter,
    Grouping,
    filter_choices,
    grouped_rows,
    line_names,
    line_rows,
    total_of,
)
from disbursements.queries.budget_papers import papers_of
from disbursements.queries.ledger import Balances, LedgerFilter, line_money, postings_of
from disbursements.queries.ledger_book import book_of, entries_of, entry_numbers, kind_sums
from disbursements.services.budget_exports import XLSX, export_budget
from support_programs.views.paging import page_of


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_read_budget(actor):
        raise PermissionDenied
    return actor


@require_GET
def budget_list(request: HttpRequest) -> HttpResponse:
    """What was given, is in batches, on its way, paid and left: by line, area, programme, source or decision."""
    actor = _reader(request)
    asked = BudgetFilter.from_query(request.GET.dict())
    lines = asked.lines(actor)
    total = total_of(lines)
    page = page_of(request, lines.select_related("source")) if asked.by is Grouping.LINE else None
    context = {
        "asked": asked,
        "total": total,
        "tiles": _tiles(total, area=asked.area, programme=asked.programme, source=asked.source),
        "page": page,
        "rows": line_rows(page.object_list) if page is not None else grouped_rows(lines, asked.by),
        "choices": filter_choices(actor),
        "groupings": Grouping.choices,
        "area_name": area_name(actor.area_code),
        "may_record": may_record_allocation(actor),
    }
    return render(request, "disbursements/budget/list.html", context)


@require_GET
def budget_export(request: HttpRequest) -> HttpResponse:
    """The same table, whole, as a workbook; the export is recorded."""
    actor = _reader(request)
    exported = export_budget(BudgetFilter.from_query(request.GET.dict()), actor=actor)
    return attachment(exported.content, name=exported.name, content_type=XLSX)


@require_GET
def budget_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One line: its money now, its entries in order with the running balance, its papers, what may be done."""
    actor = _reader(request)
    line: BudgetLine = get_visible(BudgetLine.objects.select_related("source"), actor, reference=reference)
    names = line_names([line])
    money = line_money([line])[line.pk]
    page = page_of(request, entry_numbers(line.postings.all(), is_newest_first=False))
    number, signed_on = names.decisions.get(line.decision_id, ("", None))
    context = {
        "line": line,
        "area": names.areas.get(line.area_code, line.area_code),
        "decision": number,
        "signed_on": signed_on,
        "programme": names.programmes.get(line.programme_id, line.programme_id),
        "group": names.group(line.stream),
        "money": money,
        "tiles": _tiles(money, line=line.reference),
        "page": page,
        "book": book_of(actor, line, list(page.object_list)),
        "papers": papers_of(line),
        "may_move": may_move_budget(actor),
        "crumb_parts": [Crumb(lazy("Kinh phí"), "/budget/"), Crumb(line.reference)],
    }
    return render(request, "disbursements/budget/page.html", context)


@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """Every entry with both its legs, newest first; sums by kind of what the filter leaves."""
    actor = _reader(request)
    form = LedgerFilterForm(request.GET)
    filters, line = _ledger_filter(request, form, actor)
    postings = postings_of(actor, filters)
    page = page_of(request, entry_numbers(postings))
    context = {
        "form": form,
        "filters": filters,
        "line": line,
        "page": page,
        "entries": entries_of(actor, page.object_list),
        "sums": kind_sums(postings),
        "choices": filter_choices(actor),
        "kinds": LedgerKind.choices,
        "accounts": LedgerAccount.choices,
        "kind": request.GET.get("kind", ""),
        "account": filters.account,
        "area_name": area_name(actor.area_code),
        "crumb_parts": [Crumb(lazy("Kinh phí"), "/budget/"), Crumb(lazy("Sổ cái"))],
    }
    return render(request, "disbursements/budget/ledger.html", context, status=422 if form.errors else 200)


def _ledger_filter(
    request: HttpRequest, form: LedgerFilterForm, actor: Actor
) -> tuple[LedgerFilter, BudgetLine | None]:
    """What the address asks for; what it can't be is left out, a day that can't be read is named by the form."""
    query = request.GET
    days = form.cleaned_data if form.is_valid() else {}
    reference = query.get("line", "")
    line = BudgetLine.objects.visible_to(actor).filter(reference=reference).first() if reference else None
    kind, account, area = query.get("kind", ""), query.get("account", ""), query.get("area", "")
    filters = LedgerFilter(
        area=area if area.isascii() and area.isdecimal() and area.startswith(actor.area_code) else "",
        programme=query.get("programme", ""),
        source=query.get("source", ""),
        line=line.pk if line else None,
        account=account if account in LedgerAccount.values else "",
        kinds=(kind,) if kind in LedgerKind.values else (),
        reference=query.get("ref", "").strip().upper(),
        first=days.get("first"),
        last=days.get("last"),
    )
    return filters, line


def _tiles(money: Balances, **where: str) -> list[Tile]:
    """Four figures, each leading to the entries behind it."""

    def entries(account: LedgerAccount) -> str:
        query = {name: value for name, value in where.items() if value}
        return f"{reverse('disbursements:ledger')}?{urlencode({**query, 'account': account.value})}"

    share = progress_bar(money.paid.amount, money.given, label=_("Đã chi"), tone="1", is_thick=False)
    return [
        Tile(lazy("Được cấp"), format_dong(money.given), "đ", url=entries(LedgerAccount.SOURCE)),
        Tile(
            lazy("Đang chi"),
            format_dong(money.committed.amount + money.sent.amount),
            "đ",
            note=_("Chưa gửi %(waiting)s đ, chờ kết quả %(sent)s đ")
            % {
                "waiting": format_dong(money.committed.amount),
                "sent": format_dong(money.sent.amount),
            },
            url=entries(LedgerAccount.COMMITTED),
        ),
        Tile(
            lazy("Đã chi"),
            format_dong(money.paid.amount),
            "đ",
            note=_("%(n)s người") % {"n": format_dong(money.paid.people)},
            tone=Tone.OK,
            graphic=share,
            url=entries(LedgerAccount.PAID),
        ),
        Tile(
            lazy("Còn lại"),
            format_dong(money.left),
            "đ",
            note=lazy("Chưa đưa vào đợt chi"),
            url=entries(LedgerAccount.AVAILABLE),
        ),
    ]
