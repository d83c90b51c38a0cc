"""Thu hồi: money that was paid wrongly, what of it came back, what went to the budget and what is left."""

from collections.abc import Iterator, Mapping
from typing import Final

from accounts.queries import area_names
from core.money import amount_in_words
from core.querysets import Viewer
from core.spreadsheets.tables import Column, Kind
from core.text import mask_number
from disbursements.enums import RecoveryKind, RecoveryState
from reports.definitions.base import Body, Figures, Params, ReportDefinition, ReportGroup
from reports.definitions.lines import (
    Line,
    money_column,
    paper,
    people_and_money,
    sections_by,
)
from reports.definitions.stages import ORDINAL, label_column
from reports.queries.recovery_sums import RecoverySum, recoveries_named, recovery_sums_by_kind
from support_programs.queries.programmes import programme_choices
from support_programs.queries.public_lists import TOTALS_ONLY

_NOTE: Final = (
    "Tính theo ngày của giấy tờ đến hết ngày cuối kỳ. Thôi hoặc miễn thu hồi: phần chưa thu về của khoản đã kết thúc. "
    "Còn phải thu bằng đã mở trừ đã thu, trừ thôi hoặc miễn."
)
_UNSURE: Final = "Chưa có mẫu của Bộ Tài chính, của tỉnh; các cột do hệ thống chọn."
_HIDDEN: Final = "(Không ghi tên: người nhiễm, người cách ly)"
COLUMNS: Final = (
    ORDINAL,
    label_column("Đơn vị, lý do thu hồi", 34),
    *people_and_money("period", "Mở trong kỳ"),
    *people_and_money("all", "Mở lũy kế"),
    money_column("received_period", "Trong kỳ", "Đã thu về"),
    money_column("received", "Lũy kế", "Đã thu về"),
    money_column("handed_back", "Lũy kế", "Đã nộp ngân sách"),
    money_column("to_hand_back", "Số tiền", "Đã thu, chưa nộp"),
    *people_and_money("let_go", "Thôi, miễn thu hồi"),
    money_column("left", "Số tiền", "Còn phải thu"),
    Column("share", "Tỷ lệ đã thu", Kind.PERCENT, ratio_of=("received", "all_amount")),
)


def _line(kind: str, one: RecoverySum) -> Line:
    line: Line = {
        "label": paper(RecoveryKind(kind).label),
        "period_people": one.period_people,
        "period_amount": one.period_amount,
        "all_people": one.people,
        "all_amount": one.amount,
        "received_period": one.received_period,
        "received": one.received,
        "handed_back": one.handed_back,
        "to_hand_back": one.to_hand_back,
        "let_go_people": one.let_go_people,
        "let_go_amount": one.let_go_amount,
        "left": one.left,
    }
    return line


def _read(params: Params, viewer: Viewer) -> Body:
    found = recovery_sums_by_kind(viewer, params.area, params.first, params.last)
    names = area_names({unit for unit, _kind in found})
    sections = sections_by(
        found.items(),
        lambda item: (item[0][0], names[item[0][0]]),
        lambda item: _line(item[0][1], item[1]),
        COLUMNS,
    )
    return Body(sections=sections, notes=(_NOTE,))


def _in_words(totals: Mapping[str, int]) -> tuple[str, ...]:
    return (
        f"Số tiền đã thu về (bằng chữ): {amount_in_words(totals['received'])}.",
        f"Số tiền còn phải thu (bằng chữ): {amount_in_words(totals['left'])}.",
    )


LIST_COLUMNS: Final = (
    ORDINAL,
    Column("reference", "Mã", Kind.CODE, width=18),
    Column("name", "Họ và tên", width=24),
    Column("birth", "Năm sinh", Kind.CODE, width=9),
    Column("number", "Số giấy tờ", Kind.CODE, width=16),
    Column("commune", "Xã, phường, thị trấn", width=20),
    Column("programme", "Chính sách", width=22),
    Column("kind", "Lý do", width=22),
    Column("decision", "Quyết định", width=20),
    money_column("amount", "Phải thu"),
    money_column("received", "Đã thu"),
    money_column("handed_back", "Đã nộp"),
    Column("state", "Tình trạng", width=18),
)


def _read_list(params: Params, viewer: Viewer) -> Body:
    note = "Số tiền và tình trạng lúc lập danh sách."
    return Body(rows=_people(params, viewer), notes=(note,))


def _people(params: Params, viewer: Viewer) -> Iterator[Figures]:
    programmes = dict(programme_choices())
    communes: dict[str, str] = {}
    for row in recoveries_named(viewer, params.area.unit.area_code, params.last):
        code = row["area_code"]
        if code not in communes:
            communes |= area_names([code])
        is_hidden = row["programme"] in TOTALS_ONLY
        state = paper(RecoveryState(row["state"]).label)
        decided = f" ngày {row['decision_on']:%d/%m/%Y}" if row["decision_on"] else ""
        yield {
            "reference": row["reference"],
            "name": _HIDDEN if is_hidden else row["name"],
            "birth": "" if is_hidden else str(row["birth_year"] or ""),
            "number": "" if is_hidden else mask_number(f"000{row['last3']}"),
            "commune": communes[code],
            "programme": programmes.get(row["programme"], row["programme"]),
            "kind": paper(RecoveryKind(row["kind"]).label),
            "decision": f"{row['decision_number']}{decided}",
            "amount": row["amount"],
            "received": row["recovered"],
            "handed_back": row["handed_back"],
            "state": f"{state}, quá hạn" if row["is_late"] else state,
        }


DEFINITIONS: Final = (
    ReportDefinition(
        code="recoveries",
        slug="recoveries",
        group=ReportGroup.MONEY,
        title="Thu hồi tiền chi sai",
        purpose="Khoản phải thu hồi theo đơn vị, lý do: đã mở, đã thu, đã nộp ngân sách, còn phải thu.",
        columns=lambda _params: COLUMNS,
        read=_read,
        in_words=_in_words,
        unit_note="Đơn vị tính: người, đồng",
        unsure=_UNSURE,
    ),
    ReportDefinition(
        code="recovery_people",
        slug="recovery-people",
        group=ReportGroup.PEOPLE,
        title="Danh sách khoản phải thu hồi",
        purpose="Từng người phải hoàn trả: lý do, quyết định, số tiền phải thu, đã thu, tình trạng.",
        columns=lambda _params: LIST_COLUMNS,
        read=_read_list,
        is_list=True,
        is_personal=True,
        unit_note="Đơn vị tính: đồng",
        unsure=_UNSURE,
    ),
)
