"""Tổng hợp kết quả thực hiện hỗ trợ lao động tự do: stage by measure, in the period and cumulative, by district or commune.

No form of the Ministry could be found; the columns are those that published reports of provinces have in common (proposed,
approved, paid, remaining; people and đồng; period and cumulative). Each unit has a line per stream.
"""

from collections.abc import Mapping
from typing import Final

from core.money import amount_in_words
from core.querysets import Viewer
from core.spreadsheets.tables import Cell, Column, Kind
from reports.definitions.base import Body, Figures, Params, ReportDefinition, ReportGroup, Section, add_up
from reports.queries.progress import Measure, Progress, UnitProgress, progress_by_unit

PROGRAMME: Final = "LD_TU_DO"
_PEOPLE: Final = "Số người"
_AMOUNT: Final = "Số tiền"
# stage of the figures, and the header above its two columns
_GROUPS: Final = (
    ("period_proposed", "Đề nghị trong kỳ"),
    ("period_approved", "Phê duyệt trong kỳ"),
    ("period_paid", "Đã chi trong kỳ"),
    ("proposed", "Đề nghị lũy kế"),
    ("approved", "Phê duyệt lũy kế"),
    ("paid", "Đã chi lũy kế"),
    ("remaining", "Còn phải chi"),
)
STREAMS: Final = (("VE_SO", "Bán vé số lưu động"), ("KHAC", "Lao động tự do khác"))


def _columns() -> tuple[Column, ...]:
    columns = [
        Column("ordinal", "STT", Kind.ORDINAL),
        Column("label", "Đơn vị, nhóm đối tượng", Kind.TEXT, width=30),
    ]
    for key, group in _GROUPS:
        columns.append(Column(f"{key}_people", _PEOPLE, Kind.INTEGER, total=True, group=group))
        columns.append(Column(f"{key}_amount", _AMOUNT, Kind.MONEY, total=True, group=group))
    return tuple(columns)


COLUMNS: Final = _columns()


def _measures(progress: Progress) -> dict[str, Measure]:
    period, cumulative = progress.period, progress.cumulative
    return {
        "period_proposed": period.proposed,
        "period_approved": period.approved,
        "period_paid": period.paid,
        "proposed": cumulative.proposed,
        "approved": cumulative.approved,
        "paid": cumulative.paid,
        "remaining": cumulative.remaining,
    }


def _line(label: str, progress: Progress) -> Figures:
    figures: dict[str, Cell] = {"label": label}
    for key, measure in _measures(progress).items():
        figures[f"{key}_people"], figures[f"{key}_amount"] = measure.people, measure.amount
    return figures


def _section(row: UnitProgress) -> Section:
    lines = [_line(label, row.by_stream.get(code, Progress())) for code, label in STREAMS]
    known = {code for code, _label in STREAMS}
    rest = [progress for stream, progress in row.by_stream.items() if stream not in known]
    if rest:
        lines.append(_line("Chưa ghi nhóm", sum(rest, Progress())))
    return Section(row.unit.name, row.unit.area_code, tuple(lines), add_up(lines, COLUMNS))


def _read(params: Params, viewer: Viewer) -> Body:
    rows = progress_by_unit(viewer, params.area, params.first, params.last, (PROGRAMME,))
    return Body(sections=tuple(_section(row) for row in rows))


def _in_words(totals: Mapping[str, int]) -> tuple[str, ...]:
    return (
        f"Số tiền đã chi trong kỳ (bằng chữ): {amount_in_words(totals['period_paid_amount'])}.",
        f"Số tiền đã chi lũy kế (bằng chữ): {amount_in_words(totals['paid_amount'])}.",
    )


DEFINITION: Final = ReportDefinition(
    code="free_workers",
    slug="free-workers",
    group=ReportGroup.PROGRESS,
    title="Tổng hợp kết quả thực hiện hỗ trợ lao động tự do",
    purpose="Đề nghị, phê duyệt, đã chi, còn phải chi theo đơn vị và nhóm đối tượng, trong kỳ và lũy kế.",
    legal_basis=(
        "Nghị quyết số 68/NQ-CP ngày 01 tháng 7 năm 2021 của Chính phủ",
        "Quyết định số 1856/QĐ-UBND ngày 06 tháng 8 năm 2021 của Ủy ban nhân dân tỉnh An Giang",
    ),
    columns=lambda _params: COLUMNS,
    read=_read,
    in_words=_in_words,
    unit_note="Đơn vị tính: người, đồng",
)
