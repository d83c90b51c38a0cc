"""People left behind, and cases without an entry, as workbooks: numbers masked, the export recorded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.queries import area_name
from beneficiaries.models import IdentityDocument
from core import clock
from core.audit import record_export
from core.money import format_dong
from core.spreadsheets.bulk_writing import write_bulk_table
from core.spreadsheets.tables import Cell, Column, Heading, Kind, Table
from core.text import mask_number, search_key
from core.workflow import Actor
from support_programs.enums import Result
from support_programs.queries.left_behind import LeftPerson, Sought, left_behind, outreach_label
from support_programs.queries.unregistered import Unregistered, unregistered_cases
from support_programs.rules.definition import Definition
from support_programs.services.scope import check_area

MOST: Final = 50_000


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook with its name."""

    content: bytes
    name: str


@transaction.atomic
def export_left_behind(sought: Sought, *, actor: Actor) -> Exported:
    """The people that are sought, in the order of their names; at most 50,000, which the heading says.

    PermissionDenied outside the actor's area and for who reads no records.
    """
    _check(actor, sought.area_code)
    found = left_behind(sought, on=clock.today(), limit=MOST)
    last3 = _last_digits([row.reference for row in found.rows])
    title = _("NGƯỜI CHƯA CÓ HỒ SƠ: %(programme)s") % {"programme": sought.definition.short_name}
    table = Table(
        columns=_people_columns(),
        rows=_people(found.rows, last3),
        heading=Heading(title=title, subtitles=_subtitles(sought.area_code, found.total)),
        sheet_name=_("Chưa có hồ sơ"),
        frozen_columns=2,
    )
    return _exported(table, sought.definition, sought.area_code, len(found.rows), title, actor)


@transaction.atomic
def export_unregistered(definition: Definition, area_code: str, *, actor: Actor) -> Exported:
    """The live cases of an area whose person no register names that the programme reads; refused as the other export."""
    _check(actor, area_code)
    rows, total = unregistered_cases(definition, area_code=area_code, limit=MOST)
    title = _("HỒ SƠ CHƯA CÓ TRONG SỔ: %(programme)s") % {"programme": definition.short_name}
    table = Table(
        columns=_case_columns(),
        rows=_cases(rows),
        heading=Heading(title=title, subtitles=_subtitles(area_code, total)),
        sheet_name=_("Chưa có trong sổ"),
        frozen_columns=2,
    )
    return _exported(table, definition, area_code, len(rows), title, actor)


def _check(actor: Actor, area_code: str) -> None:
    check_area(actor, area_code)
    if not actor.is_active:
        raise PermissionDenied(_("Vai trò của bạn không xem hồ sơ của người dân."))


def _exported(
    table: Table, definition: Definition, area_code: str, rows: int, title: str, actor: Actor
) -> Exported:
    content = write_bulk_table(table)
    change = {
        "title": title.capitalize(),
        "programme": definition.short_name,
        "rows": format_dong(rows),
        "area": area_name(area_code),
    }
    record_export("outreach.exported", actor=actor, change=change, area_code=area_code)
    name = f"{search_key(table.sheet_name).replace(' ', '-')}-{definition.programme}-{area_code}.xlsx"
    return Exported(content, name)


def _subtitles(area_code: str, total: int) -> tuple[str, ...]:
    lines = [area_name(area_code)]
    if total > MOST:
        lines.append(_("Chỉ gồm 50.000 dòng đầu; hãy chọn địa bàn nhỏ hơn để lấy phần còn lại."))
    return tuple(lines)


def _people_columns() -> tuple[Column, ...]:
    return (
        Column("ordinal", _("STT"), Kind.ORDINAL),
        Column("name", _("Họ và tên"), width=28),
        Column("birth", _("Ngày sinh"), Kind.DATE),
        Column("number", _("Số CCCD, CMND"), Kind.CODE),
        Column("hamlet", _("Khóm, ấp")),
        Column("area", _("Xã, phường")),
        Column("result", _("Theo quy định"), width=18),
        Column("missing", _("Chưa rõ điều kiện"), width=44),
        Column("remedy", _("Việc cần làm"), width=44),
        Column("registered", _("Có trong sổ"), width=12),
        Column("outreach", _("Rà soát của xã"), width=24),
        Column("reference", _("Mã trong hệ thống"), Kind.CODE, width=18),
    )


def _case_columns() -> tuple[Column, ...]:
    return (
        Column("ordinal", _("STT"), Kind.ORDINAL),
        Column("name", _("Họ và tên"), width=28),
        Column("birth", _("Ngày sinh"), Kind.DATE),
        Column("number", _("Số CCCD, CMND"), Kind.CODE),
        Column("area", _("Xã, phường")),
        Column("case", _("Mã hồ sơ"), Kind.CODE, width=18),
        Column("received_on", _("Ngày tiếp nhận"), Kind.DATE),
        Column("status", _("Trạng thái"), width=22),
        Column("amount", _("Mức hỗ trợ đề nghị (đồng)"), Kind.MONEY),
    )


def _people(rows: tuple[LeftPerson, ...], last3: Mapping[str, str]) -> Iterator[dict[str, Cell]]:
    for row in rows:
        digits = last3.get(row.reference, "")
        yield {
            "name": row.full_name,
            "birth": str(row.birth) if isinstance(row.birth, int) else row.birth,
            "number": mask_number(f"000000{digits}") if digits else "",
            "hamlet": row.hamlet,
            "area": row.area,
            "result": str(Result(row.result).label),
            "missing": "; ".join(each.statement for each in row.missing),
            "remedy": " ".join(each.remedy for each in row.missing if each.remedy),
            "registered": "x" if row.is_registered else "",
            "outreach": outreach_label(row.outreach),
            "reference": row.reference,
        }


def _cases(rows: list[Unregistered]) -> Iterator[dict[str, Cell]]:
    for row in rows:
        yield {
            "name": row.name,
            "birth": str(row.birth) if isinstance(row.birth, int) else row.birth,
            "number": mask_number(f"000000{row.last3}") if row.last3 else "",
            "area": row.area,
            "case": row.reference,
            "received_on": row.received_on,
            "status": row.status_label,
            "amount": row.amount,
        }


def _last_digits(references: list[str]) -> dict[str, str]:
    papers = IdentityDocument.objects.filter(person__reference__in=references, is_current=True)
    return dict(papers.order_by("pk").values_list("person__reference", "number_last3"))
