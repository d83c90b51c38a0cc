"""Tables of cases as workbooks: the filtered list, and what came of a bulk action. Numbers masked, each export recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.queries import area_name
from core import clock
from core.audit import record_export
from core.badges import badge_of
from core.dates import format_date
from core.models import Job
from core.money import format_dong
from core.spreadsheets.bulk_writing import write_bulk_table
from core.spreadsheets.tables import Cell, Column, Heading, Kind, Table
from core.text import mask_number
from core.workflow import Actor
from support_programs.queries.cases import CaseRow, case_rows, with_row_fields
from support_programs.queries.worklist import AskedCases

MOST: Final = 50_000
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook with its name."""

    content: bytes
    name: str


@transaction.atomic
def export_cases(asked: AskedCases, *, actor: Actor) -> Exported:
    """Every case of the filter in its order, not only the page; at most 50,000, which the heading says.

    PermissionDenied for who reads no records.
    """
    if not actor.sees_records:
        raise PermissionDenied(_("Vai trò của bạn không xem hồ sơ của người dân."))
    total = asked.rows.count()
    rows = case_rows(with_row_fields(asked.ordered)[:MOST])
    title = str(asked.queue.label) if asked.queue is not None else _("Hồ sơ")
    lines = [area_name(actor.area_code), _("Xuất ngày %(day)s") % {"day": format_date(clock.today())}]
    if total > MOST:
        lines.append(_("Chỉ gồm 50.000 dòng đầu; hãy lọc bớt để lấy phần còn lại."))
    table = Table(
        columns=_case_columns(),
        rows=_case_cells(rows),
        heading=Heading(title=title.upper(), subtitles=tuple(lines)),
        sheet_name=_("Hồ sơ"),
        frozen_columns=2,
    )
    _recorded(title, len(rows), actor)
    return Exported(write_bulk_table(table), f"ho-so-{clock.today():%Y%m%d}.xlsx")


@transaction.atomic
def export_bulk_result(job: Job, *, actor: Actor) -> Exported:
    """Each case of a bulk action with what became of it; the caller has found the job to be the actor's."""
    result = job.result
    left: list[list[str]] = result.get("left", [])
    table = Table(
        columns=(
            Column("ordinal", _("STT"), Kind.ORDINAL),
            Column("reference", _("Mã hồ sơ"), Kind.CODE, width=18),
            Column("state", _("Kết quả"), width=14),
            Column("reason", _("Vì sao"), width=80),
        ),
        rows=_result_cells(result.get("done", []), left),
        heading=Heading(title=_("KẾT QUẢ LÀM HÀNG LOẠT"), subtitles=(job.reference,)),
        sheet_name=_("Kết quả"),
        frozen_columns=2,
    )
    _recorded(
        _("Kết quả làm hàng loạt %(ref)s") % {"ref": job.reference},
        len(left) + len(result.get("done", [])),
        actor,
    )
    return Exported(write_bulk_table(table), f"ket-qua-{job.reference}.xlsx")


def _recorded(title: str, rows: int, actor: Actor) -> None:
    change: dict[str, Any] = {"title": title, "rows": format_dong(rows)}
    record_export("cases.exported", actor=actor, change=change, area_code=actor.area_code)


def _case_columns() -> tuple[Column, ...]:
    return (
        Column("ordinal", _("STT"), Kind.ORDINAL),
        Column("name", _("Người đề nghị"), width=28),
        Column("birth", _("Năm sinh"), width=10),
        Column("number", _("Số CCCD, CMND"), Kind.CODE),
        Column("reference", _("Mã hồ sơ"), Kind.CODE, width=18),
        Column("programme", _("Chính sách"), width=28),
        Column("area", _("Xã, phường")),
        Column("hamlet", _("Khóm, ấp")),
        Column("occupation", _("Công việc"), width=26),
        Column("status", _("Trạng thái"), width=20),
        Column("officer", _("Người xử lý"), width=24),
        Column("due_on", _("Hạn xử lý"), Kind.DATE),
        Column("amount", _("Mức hỗ trợ (đồng)"), Kind.MONEY, total=True),
    )


def _case_cells(rows: list[CaseRow]) -> Iterator[dict[str, Cell]]:
    for row in rows:
        yield {
            "name": row.name,
            "birth": str(row.birth_year or ""),
            "number": mask_number(f"000000{row.number_last3}") if row.number_last3 else "",
            "reference": row.reference,
            "programme": row.programme,
            "area": row.area,
            "hamlet": row.hamlet,
            "occupation": row.occupation,
            "status": str(badge_of("case", row.status).label),
            "officer": row.officer,
            "due_on": row.due_on,
            "amount": row.amount,
        }


def _result_cells(done: list[str], left: list[list[str]]) -> Iterator[dict[str, Cell]]:
    for reference, reason in left:
        yield {"reference": reference, "state": _("Chưa làm"), "reason": reason}
    for reference in done:
        yield {"reference": reference, "state": _("Đã làm"), "reason": ""}
