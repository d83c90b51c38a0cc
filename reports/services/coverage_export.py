"""The coverage as a workbook, by programme, register, group and unit; the export is recorded."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.audit import record_export
from core.dates import format_date
from core.spreadsheets.tables import Cell, Column, Group, Heading, Kind, Table
from core.spreadsheets.writing import write_table
from reports.queries.areas import AreaChoice
from reports.queries.coverage import Reach, RegisterReach, coverage


@transaction.atomic
def export_coverage(choice: AreaChoice, *, actor: User) -> bytes:
    """One sheet: a group of rows for each programme and register, one row for each group of the register and unit.

    A person in two groups of a register stands in both rows, so the rows have no sums; the heading of each part has them.
    """
    today = clock.today()
    parts = coverage(actor, choice, today)
    table = Table(
        columns=_columns(),
        rows=list(_rows(parts)),
        heading=Heading(
            title=_("ĐỘ BAO PHỦ THEO SỔ"),
            subtitles=(
                choice.unit.name,
                _("Số liệu đến ngày %(day)s") % {"day": format_date(today)},
                _("Người thuộc nhiều nhóm của một sổ có ở mỗi nhóm; số của cả sổ tính mỗi người một lần."),
            ),
        ),
        sheet_name=_("Độ bao phủ"),
    )
    record_export(
        "report.coverage_exported",
        actor=actor,
        change={"area": choice.unit.name},
        area_code=choice.unit.area_code,
    )
    return write_table(table)


def _columns() -> tuple[Column, ...]:
    return (
        Column("unit", _("Đơn vị"), width=28),
        Column("category", _("Nhóm của sổ"), width=44),
        Column("named", _("Có trong sổ"), Kind.INTEGER),
        Column("with_case", _("Có hồ sơ"), Kind.INTEGER),
        Column("approved", _("Được duyệt"), Kind.INTEGER),
        Column("paid", _("Đã chi"), Kind.INTEGER),
        Column("without_case", _("Chưa có hồ sơ"), Kind.INTEGER),
    )


def _rows(parts: tuple[RegisterReach, ...]) -> Iterator[dict[str, Cell] | Group]:
    for part in parts:
        yield Group(f"{part.programme_name} · {part.register_title}")
        yield {"unit": _("Cả sổ"), "category": "", **_figures(part.total)}
        for line in part.by_category:
            yield {"unit": line.unit.name, "category": str(line.category), **_figures(line.reach)}


def _figures(reach: Reach) -> dict[str, Cell]:
    return {
        "named": reach.named,
        "with_case": reach.with_case,
        "approved": reach.approved,
        "paid": reach.paid,
        "without_case": reach.without_case,
    }
