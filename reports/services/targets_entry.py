"""Figures of a period: typed by the unit, submitted, and corrected after they were approved."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.dates import format_date
from core.enums import FileKind
from core.models import StoredFile
from core.queries.references import next_reference
from core.services.files import store_file
from core.transitions import ManyResult, TransitionRefused, perform_many
from core.workflow import Actor
from reports.enums.targets import TargetStatus, period_label
from reports.models import TargetEntry, TargetIndicator
from reports.permissions import enters_targets
from reports.rules.targets import format_figure, period_bounds
from reports.workflow.targets import NOT_REPORTING, TARGET_ENTRY_WORKFLOW
from support_programs.services.scope import check_area, check_no_number, check_role


@dataclass(frozen=True, slots=True)
class PeriodOf:
    """A period of a year: its kind («month», …), the year, its number in it."""

    kind: str
    year: int
    number: int

    @property
    def label(self) -> str:
        return period_label(self.kind, self.year, self.number)


@dataclass(frozen=True, slots=True)
class FigureCell:
    """What was typed for one indicator."""

    value: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """The paper that the figures come from, as it was uploaded."""

    content: bytes
    name: str


@transaction.atomic
def save_figures(
    *,
    actor: Actor,
    period: PeriodOf,
    cells: Mapping[str, FigureCell],
    evidence: EvidenceFile | None = None,
) -> list[TargetEntry]:
    """Keep what a unit typed for a period; figures that were typed before are changed as long as nobody approves them.

    The unit is the actor's own. Refused: figures of a period that has not begun, of the system itself, of another level, that
    are with the approver or approved (these are corrected). Gives the rows that were made or changed.
    """
    _check_reporter(actor, period)
    check_no_number(*(cell.note for cell in cells.values()))
    # two people of a unit who save at once come one after the other
    locked = TargetIndicator.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    indicators = {one.code: one for one in locked.filter(code__in=list(cells))}
    before = _current(actor.area_code, period)
    stored = _store(actor, evidence)
    written = []
    for code, cell in sorted(cells.items()):
        one = indicators.get(code)
        if one is None or one.period != period.kind or not one.is_reported_by(actor.area_code):
            raise TransitionRefused(_refusal(one, code))
        row = _save(actor, one, period, cell, before.get(one.pk), stored)
        if row is not None:
            written.append(row)
    return written


@transaction.atomic
def submit_figures(*, actor: Actor, period: PeriodOf) -> ManyResult:
    """Hand everything that the unit typed for a period to its approver; TransitionRefused where there is nothing to hand in."""
    _check_reporter(actor, period)
    rows = TargetEntry.objects.filter(
        area_code=actor.area_code,
        year=period.year,
        period=period.number,
        indicator__period=period.kind,
        status__in=TargetStatus.open_to_change(),
    )
    result = perform_many(
        TARGET_ENTRY_WORKFLOW, rows, "target_entry.submit", actor=actor, changes=_submitter(actor)
    )
    if result.done == 0 and not result.refused:
        raise TransitionRefused(_("Chưa có số liệu nào để gửi. Hãy nhập rồi gửi duyệt."))
    return result


@transaction.atomic
def take_back_figures(*, actor: Actor, rows: QuerySet[TargetEntry]) -> ManyResult:
    """Take submitted figures back while nobody has decided, to change them."""
    check_role(actor, enters_targets, NOT_REPORTING)
    cleared = {"submitted_by_id": None, "submitted_by_name": ""}
    return perform_many(TARGET_ENTRY_WORKFLOW, rows, "target_entry.take_back", actor=actor, changes=cleared)


@transaction.atomic
def correct_figure(*, actor: Actor, entry: TargetEntry, cell: FigureCell, reason: str) -> TargetEntry:
    """Begin a correction of an approved figure: a row of its own with the reason; the approved one counts until it is approved.

    Refused: without a reason, the same figure again, a figure that is not approved, a second correction at a time.
    """
    check_role(actor, enters_targets, NOT_REPORTING)
    check_area(actor, entry.area_code)
    check_no_number(reason, cell.note)
    old = TargetEntry.objects.select_for_update(of=("self",)).select_related("indicator").get(pk=entry.pk)
    if old.area_code != actor.area_code:
        raise TransitionRefused(_("Số liệu này của đơn vị khác báo cáo."))
    if old.status != TargetStatus.APPROVED:
        raise TransitionRefused(_("Chỉ đính chính số liệu đã duyệt. Số chưa duyệt thì sửa trực tiếp."))
    if not reason.strip():
        raise TransitionRefused(_("Hãy ghi lý do đính chính."))
    if cell.value == old.value:
        raise TransitionRefused(_("Số đính chính giống số đã duyệt."))
    one, period = old.indicator, PeriodOf(old.indicator.period, old.year, old.period)
    current = _current(old.area_code, period).get(one.pk)
    if current is not None and current.pk != old.pk:
        raise TransitionRefused(_("Số liệu này đang có một bản đính chính chưa duyệt."))
    row = _create(actor, one, period, cell, None, corrects=old, reason=reason.strip())
    _record("target_entry.corrected", row, actor, old.value, reason=reason.strip())
    return row


def _check_reporter(actor: Actor, period: PeriodOf) -> None:
    check_role(actor, enters_targets, NOT_REPORTING)
    check_area(actor, actor.area_code)
    first, _last = period_bounds(period.kind, period.year, period.number)
    if first > clock.today():
        raise TransitionRefused(
            _("%(period)s chưa bắt đầu (từ %(day)s). Hãy chọn kỳ khác.")
            % {"period": period.label, "day": format_date(first)}
        )


def _refusal(one: TargetIndicator | None, code: str) -> str:
    if one is None:
        return _("Không có chỉ tiêu «%(code)s».") % {"code": code}
    if one.is_computed:
        return _("Hệ thống tính «%(title)s», không nhập tay.") % {"title": one.title}
    return _("Đơn vị của bạn không báo cáo «%(title)s» trong kỳ này.") % {"title": one.title}


def _current(area_code: str, period: PeriodOf) -> dict[int, TargetEntry]:
    """The row of each indicator that counts for typing: the one under way, else the approved one; locked."""
    rows = TargetEntry.objects.select_for_update(of=("self",)).filter(
        area_code=area_code,
        year=period.year,
        period=period.number,
        indicator__period=period.kind,
        status__in=[*TargetStatus.under_way(), TargetStatus.APPROVED],
    )
    found = {row.indicator_id: row for row in rows.order_by("pk") if row.status == TargetStatus.APPROVED}
    # a correction under way stands before the approved figure
    under_way = {row.indicator_id: row for row in rows if row.status != TargetStatus.APPROVED}
    return {**found, **under_way}


def _store(actor: Actor, evidence: EvidenceFile | None) -> StoredFile | None:
    if evidence is None:
        return None
    return store_file(
        evidence.content,
        name=evidence.name,
        kind=FileKind.SCAN,
        area_code=actor.area_code,
        created_by_id=actor.pk,
    )


def _save(
    actor: Actor,
    one: TargetIndicator,
    period: PeriodOf,
    cell: FigureCell,
    old: TargetEntry | None,
    stored: StoredFile | None,
) -> TargetEntry | None:
    if old is None:
        row = _create(actor, one, period, cell, stored)
        _record("target_entry.entered", row, actor, None)
        return row
    is_same = (old.value, old.note) == (cell.value, cell.note.strip())
    if old.status not in TargetStatus.open_to_change():
        if is_same:
            return None
        raise TransitionRefused(
            _("«%(title)s» đang ở trạng thái «%(state)s» nên không sửa được. Hãy rút lại, hoặc đính chính.")
            % {"title": one.title, "state": TargetStatus(old.status).label}
        )
    if is_same and stored is None:
        return None
    before = old.value
    old.value, old.note = cell.value, cell.note.strip()
    old.evidence = stored or old.evidence
    old.entered_by_id, old.entered_by_name = actor.pk, actor.full_name
    old.version += 1
    old.save(update_fields=["value", "note", "evidence", "entered_by_id", "entered_by_name", "version"])
    _record("target_entry.changed", old, actor, before)
    return old


def _create(
    actor: Actor,
    one: TargetIndicator,
    period: PeriodOf,
    cell: FigureCell,
    stored: StoredFile | None,
    *,
    corrects: TargetEntry | None = None,
    reason: str = "",
) -> TargetEntry:
    return TargetEntry.objects.create(
        reference=next_reference("CT"),
        area_code=actor.area_code,
        status=TargetStatus.DRAFT,
        indicator=one,
        year=period.year,
        period=period.number,
        value=cell.value,
        note=cell.note.strip(),
        evidence=stored,
        corrects=corrects,
        correction_reason=reason,
        entered_by_id=actor.pk,
        entered_by_name=actor.full_name,
    )


def _submitter(actor: Actor) -> dict[str, object]:
    return {"submitted_by_id": actor.pk, "submitted_by_name": actor.full_name}


def _record(action: str, row: TargetEntry, actor: Actor, before: Decimal | None, reason: str = "") -> None:
    one = row.indicator
    change = {
        "title": one.title,
        "period": period_label(one.period, row.year, row.period),
        "value": f"{format_figure(row.value, one.decimals)} {one.unit}",
        "before": format_figure(before, one.decimals),
    }
    record_event(action, row, actor=actor, reason=reason, change=change)
