"""Batches: those of an area, and one batch with its lines, files, results and reconciliation."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from accounts.queries import area_name, children_of
from core import clock
from core.charts import progress_bar
from core.models import Job
from core.money import format_dong
from core.page_parts import BulkAction, Chip, Crumb, Tile, Tone
from core.requests import actor_of
from core.shortcuts import get_visible
from core.workflow import Actor
from disbursements.enums import BatchStatus, InstructionStatus, PayoutChannel
from disbursements.models import Batch, PaymentInstruction
from disbursements.permissions import (
    may_read_signature_rules,
    may_record_results,
    may_render_files,
    may_request_batch,
)
from disbursements.queries.account_alerts import batch_alerts, line_alerts
from disbursements.queries.batch_list import BatchFilter, batch_totals, decisions_of
from disbursements.queries.batches import (
    BatchFigures,
    LineFilter,
    batch_rows,
    communes_of,
    figures_from,
    steps_of,
)
from disbursements.queries.closing import reconciliation
from disbursements.queries.files import file_card, files_of
from disbursements.queries.ledger import batch_money
from disbursements.services.rendering import lacks_files
from disbursements.workflow import BATCH_WORKFLOW
from support_programs.queries.case_page import history_of
from support_programs.queries.documents.shelf import panel_of_record
from support_programs.queries.lists import offered_actions
from support_programs.queries.programmes import programme_choices
from support_programs.views.paging import page_of


@require_GET
def batch_list(request: HttpRequest) -> HttpResponse:
    """Every batch of one's area, newest first, narrowed by programme, area, channel, state and decision, with their sums."""
    actor = actor_of(request)
    own = Batch.objects.visible_to(actor)
    filters = BatchFilter.from_query(request.GET.dict())
    found = filters.apply(own)
    page = page_of(request, found.order_by("-pk"))
    page.object_list = batch_rows(page.object_list)
    context = {
        "page": page,
        "filters": filters,
        "totals": batch_totals(found),
        "statuses": BatchStatus.choices,
        "channels": PayoutChannel.choices,
        "programmes": programme_choices(),
        "areas": children_of(actor.area_code),
        "decisions": decisions_of(own),
        "area_name": area_name(actor.area_code),
        "may_request": may_request_batch(actor),
        "may_read_rules": may_read_signature_rules(actor),
    }
    return render(request, "disbursements/batch_list.html", context)


@require_GET
def batch_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One batch: where it is, who is in it, what came of it, what may be done next."""
    actor = actor_of(request)
    return render(
        request, "disbursements/batch_page.html", page_context(request, batch_of(reference, actor), actor)
    )


def batch_of(reference: str, actor: Actor) -> Batch:
    """The batch, if this person may see it; 404 otherwise."""
    return get_visible(Batch.objects.select_related("programme", "job"), actor, reference=reference)


def page_context(request: HttpRequest, batch: Batch, actor: Actor) -> dict[str, Any]:
    """What the page of a batch shows."""
    money = batch_money([batch])[batch.pk]
    figures = figures_from(money)
    statements = list(batch.statements.select_related("file").order_by("-pk")[:5])
    filters = LineFilter.from_query(request.GET.dict())
    lines = filters.apply(PaymentInstruction.objects.filter(batch=batch))
    page = page_of(request, lines.order_by("area_code", "position"))
    today, files = clock.today(), files_of(batch)
    fresh = line_alerts(batch, list(page.object_list), actor, today)
    page.object_list = [(line, area_name(line.area_code), fresh.get(line.pk)) for line in page.object_list]
    can_record = batch.status == BatchStatus.RELEASED and may_record_results(actor)
    transitions = BATCH_WORKFLOW.actions_from(batch.status)
    return {
        "batch": batch,
        "crumb_parts": [Crumb(lazy("Đợt chi trả"), "/batches/"), Crumb(batch.reference)],
        "area": area_name(batch.area_code),
        "figures": figures,
        "alerts": batch_alerts(batch, actor, today),
        "steps": steps_of(batch, figures),
        "tiles": _tiles(batch, figures),
        "page": page,
        "filters": filters,
        "chips": _chips(filters),
        "statuses": InstructionStatus.choices,
        "communes": communes_of(batch),
        "files": file_card(batch, actor, files),
        "may_render": may_render_files(actor) and lacks_files(batch, files),
        "documents": panel_of_record(actor, batch),
        "table": reconciliation(batch, money, has_files=bool(statements)),
        "statements": statements,
        "job": _job(batch, actor),
        "actions": [
            action
            for action in offered_actions(BATCH_WORKFLOW, batch, actor)
            if action.code != "batch.prepare"
        ],
        "denied": transitions[0].denied if transitions and batch.status != BatchStatus.PREPARING else "",
        "can_record": can_record,
        "bulk_actions": _bulk() if can_record else [],
        "events": history_of("disbursements.batch", batch.pk),
    }


def _bulk() -> list[BulkAction]:
    return [
        BulkAction("paid", lazy("Ghi đã nhận"), "check", is_primary=True),
        BulkAction("returned", lazy("Ghi chưa nhận"), "back"),
        BulkAction("unknown", lazy("Ghi chưa rõ"), "help"),
        BulkAction("except", lazy("Đã nhận hết, trừ người được chọn"), "users", works_unchosen=True),
    ]


def _tiles(batch: Batch, figures: BatchFigures) -> list[Tile]:
    share = progress_bar(figures.paid_amount, figures.amount, label=_("Đã chi"), tone="1", is_thick=False)
    return [
        Tile(lazy("Số người"), format_dong(batch.line_count), note=batch.get_channel_display()),
        Tile(lazy("Tổng tiền được duyệt"), format_dong(batch.total_amount), "đ"),
        Tile(
            lazy("Đã chi"),
            format_dong(figures.paid_amount),
            "đ",
            note=_("%(n)s người") % {"n": format_dong(figures.paid_people)},
            tone=Tone.OK,
            graphic=share,
        ),
        Tile(
            lazy("Chưa chi được"),
            format_dong(figures.unpaid_amount),
            "đ",
            note=_("%(n)s người. Còn chờ %(rest)s người.")
            % {"n": format_dong(figures.unpaid_people), "rest": format_dong(figures.awaited_people)},
            tone=Tone.BAD if figures.unpaid_people else Tone.MUTE,
            url="?status=returned#lines",
        ),
    ]


def _chips(filters: LineFilter) -> list[Chip]:
    chips = []
    if filters.q:
        chips.append(Chip(filters.q, f"?status={filters.status}&area={filters.area}"))
    if filters.status in InstructionStatus.values:
        chips.append(Chip(InstructionStatus(filters.status).label, f"?q={filters.q}&area={filters.area}"))
    if filters.area:
        chips.append(Chip(area_name(filters.area), f"?q={filters.q}&status={filters.status}"))
    return chips


def _job(batch: Batch, actor: Actor) -> Job | None:
    """The batch's own job while it is at work, or when it failed."""
    job = batch.job
    is_shown = (
        job is not None
        and batch.status == BatchStatus.PREPARING
        and job.area_code.startswith(actor.area_code)
    )
    return job if is_shown else None
