"""People who were not paid: why, since when, what to do; the same as a workbook."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from accounts.queries import area_name, children_of
from beneficiaries.permissions import may_register
from core import clock
from core.downloads import attachment
from core.page_parts import Chip, Crumb, Tab
from core.requests import actor_of
from core.wording import Text
from core.workflow import Actor
from disbursements.enums import PayoutChannel, ReturnReason
from disbursements.models import PaymentInstruction
from disbursements.permissions import may_read_batches, may_request_batch
from disbursements.queries.returned import (
    AGES,
    GONE,
    ReturnedFilter,
    ReturnedRow,
    reason_groups,
    returned_lines,
    returned_rows,
)
from disbursements.queries.unclaimed import waiting_days
from disbursements.services.after_exports import export_returned
from disbursements.views.after_parts import XLSX
from support_programs.queries.programmes import programme_choices
from support_programs.views.paging import page_of


@require_GET
def returned_payments(request: HttpRequest) -> HttpResponse:
    """People whose money came back and is still owed, by reason, age, channel, place; what leads on stands in each row."""
    actor = _reader(request)
    today = clock.today()
    filters = ReturnedFilter.from_query(request.GET.dict())
    everything = returned_lines(actor)
    page = page_of(request, filters.apply(everything, today).select_related("batch", "case_list"))
    rows = returned_rows(page.object_list, today)
    page.object_list = [(row, _again(row, actor)) for row in rows]
    context = {
        "page": page,
        "filters": filters,
        "tabs": _tabs(filters, reason_groups(everything)),
        "chips": _chips(filters),
        "ages": [(code, words) for code, (_from, _below, words) in AGES.items()],
        "channels": PayoutChannel.choices,
        "areas": children_of(actor.area_code),
        "programmes": programme_choices(),
        "may_correct": may_register(actor),
        "waiting_days": waiting_days(),
        "area_name": area_name(actor.area_code),
        "crumb_parts": [Crumb(lazy("Đợt chi trả"), "/batches/"), Crumb(lazy("Chi chưa được"))],
    }
    return render(request, "disbursements/after/returned.html", context)


@require_GET
def returned_export(request: HttpRequest) -> HttpResponse:
    """The people that the page seeks as a workbook; the export is recorded."""
    actor = _reader(request)
    today = clock.today()
    lines = ReturnedFilter.from_query(request.GET.dict()).apply(returned_lines(actor), today)
    content = export_returned(lines, actor=actor, on=today)
    return attachment(content, name=f"chi-chua-duoc-{actor.area_code}.xlsx", content_type=XLSX)


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_read_batches(actor):
        raise PermissionDenied(_("Vai trò của bạn không xem hồ sơ của người dân."))
    return actor


def _again(row: ReturnedRow, actor: Actor) -> str:
    """The address of the preview that pays people like this one again; empty where this person can't be, or by whom."""
    line: PaymentInstruction = row.line
    if not may_request_batch(actor) or getattr(line, "is_gone", False):
        return ""
    asked = {
        "programme": line.batch.programme_id,
        "area": line.area_code,
        "stream": "",
        "decision": "",
        "channel": line.channel,
        "is_retry": "on",
    }
    return f"{reverse('disbursements:batch_new')}?{urlencode(asked)}"


def _tabs(filters: ReturnedFilter, groups: list[tuple[str, Text, int, int]]) -> list[Tab]:
    everybody = sum(people for _code, _words, people, _money in groups)
    tabs = [Tab(_("Tất cả"), "?", everybody, is_current=not filters.reason)]
    return tabs + [
        Tab(str(words), f"?reason={code}", people, is_current=filters.reason == code)
        for code, words, people, _money in groups
    ]


def _chips(filters: ReturnedFilter) -> list[Chip]:
    names = {
        "q": filters.q,
        "reason": ReturnReason(filters.reason).label if filters.reason else "",
        "age": AGES[filters.age][2] if filters.age else "",
        "channel": PayoutChannel(filters.channel).label if filters.channel else "",
        "area": area_name(filters.area) if filters.area else "",
        "programme": dict(programme_choices()).get(filters.programme, filters.programme),
        "state": _("Đã hoàn trả ngân sách") if filters.state == GONE else "",
    }
    given = {name: getattr(filters, name) for name in names if getattr(filters, name)}
    return [
        Chip(names[name], f"?{urlencode({key: value for key, value in given.items() if key != name})}")
        for name in given
        if names[name]
    ]
