"""Ủng hộ: who gave what, in money and goods; the register; and what became of the donors' money."""

from collections.abc import Iterator, Mapping
from typing import Final

from core.money import amount_in_words
from core.querysets import Viewer
from core.spreadsheets.tables import Column, Kind
from disbursements.enums import DonationKind, DonorKind
from reports.definitions.base import Body, Figures, Params, ReportDefinition, ReportGroup
from reports.definitions.lines import (
    Line,
    money_column,
    paper,
    people_and_money,
    people_column,
    section,
    sections_by,
)
from reports.definitions.stages import ORDINAL, label_column
from reports.queries.donors import DonorSum, SourceUse, donation_rows, donor_sums, source_uses

_LAW: Final = (
    "Nghị định 64/2008/NĐ-CP (đến hết ngày 10/12/2021)",
    "Nghị định 93/2021/NĐ-CP (từ ngày 11/12/2021)",
)
_UNSURE: Final = "Mẫu sổ ủng hộ của Ban vận động chưa tìm thấy; các cột do hệ thống chọn."
_NOTE: Final = (
    "Khoản đã hủy ghi không được tính. Hiện vật chỉ có giá trị khi phiếu nhận ghi giá trị ước tính."
)
DONORS: Final = (
    ORDINAL,
    label_column("Loại nhà tài trợ, người ủng hộ", 40),
    people_column("period_gifts", "Số lần", "Trong kỳ"),
    money_column("period_cash", "Tiền", "Trong kỳ"),
    money_column("period_goods_value", "Giá trị hiện vật", "Trong kỳ"),
    people_column("gifts", "Số lần", "Lũy kế"),
    money_column("cash", "Tiền", "Lũy kế"),
    money_column("goods_value", "Giá trị hiện vật", "Lũy kế"),
    people_column("rice", "Trong đó gạo (kg)", "Lũy kế"),
)


def _donor_line(one: DonorSum) -> Line:
    figures = {column.key: getattr(one, column.key) for column in DONORS[2:]}
    return {"label": one.name, **figures}


def _read_donors(params: Params, viewer: Viewer) -> Body:
    sums = donor_sums(viewer, params.area.unit.area_code, params.first, params.last)
    sections = sections_by(sums, lambda one: ("", paper(DonorKind(one.kind).label)), _donor_line, DONORS)
    return Body(sections=sections, notes=(_NOTE,))


def _donated_in_words(totals: Mapping[str, int]) -> tuple[str, ...]:
    return (f"Tiền ủng hộ lũy kế (bằng chữ): {amount_in_words(totals['cash'])}.",)


REGISTER: Final = (
    ORDINAL,
    Column("received_on", "Ngày nhận", Kind.DATE),
    Column("receipt", "Số phiếu thu", Kind.CODE, width=18),
    Column("donor", "Người ủng hộ", width=26),
    Column("donor_kind", "Loại nhà tài trợ", width=16),
    money_column("cash", "Tiền"),
    Column("goods", "Hiện vật", width=16),
    Column("quantity", "Số lượng", Kind.INTEGER),
    Column("unit", "Đơn vị tính", width=9),
    money_column("goods_value", "Giá trị ước tính"),
    Column("purpose", "Mục đích", width=22),
    Column("source", "Nguồn kinh phí", width=22),
    Column("reference", "Mã", Kind.CODE, width=18),
)


def _read_register(params: Params, viewer: Viewer) -> Body:
    return Body(rows=_register(params, viewer), notes=(_NOTE,))


def _register(params: Params, viewer: Viewer) -> Iterator[Figures]:
    for row in donation_rows(viewer, params.area.unit.area_code, params.first, params.last):
        is_cash = row["kind"] == DonationKind.CASH
        yield {
            "received_on": row["received_on"],
            "receipt": row["receipt_number"],
            "donor": row["donor_name"],
            "donor_kind": paper(DonorKind(row["donor_kind"]).label),
            "cash": row["amount"] if is_cash else None,
            "goods": row["goods__name"] or "",
            "quantity": row["quantity"],
            "unit": row["goods__unit"] or "",
            "goods_value": None if is_cash else row["amount"],
            "purpose": row["purpose"],
            "source": row["source__name"],
            "reference": row["reference"],
        }


USES: Final = (
    ORDINAL,
    label_column("Nguồn của nhà tài trợ", 40),
    money_column("donated", "Đã nhận"),
    money_column("allotted", "Đã phân bổ"),
    money_column("not_allotted", "Chưa phân bổ"),
    money_column("in_batches", "Trong đợt chi, đã gửi"),
    *people_and_money("paid", "Đã chi"),
    money_column("left", "Đã phân bổ, chưa vào đợt chi"),
    Column("paid_share", "Tỷ lệ đã chi", Kind.PERCENT, ratio_of=("paid_amount", "donated")),
)
_USE_NOTE: Final = (
    "Chỉ tính tiền. Hiện vật ủng hộ nhập chung kho nên phần đã cấp phát xem ở báo cáo nhập, xuất, tồn. Chưa phân bổ là số âm khi "
    "nguồn được phân bổ nhiều hơn sổ ủng hộ ghi."
)


def _use_line(one: SourceUse) -> Line:
    line: Line = {
        "label": one.name,
        "donated": one.donated,
        "allotted": one.allotted,
        "not_allotted": one.donated - one.allotted,
        "in_batches": one.money.committed.amount + one.money.sent.amount,
        "paid_people": one.money.paid.people,
        "paid_amount": one.money.paid.amount,
        "left": one.money.left,
    }
    return line


def _read_uses(params: Params, viewer: Viewer) -> Body:
    lines = [_use_line(one) for one in source_uses(viewer, params.area.unit.area_code, params.last)]
    return Body(sections=(section("", "", lines, USES),), notes=(_USE_NOTE,))


def _uses_in_words(totals: Mapping[str, int]) -> tuple[str, ...]:
    return (f"Số tiền đã chi từ nguồn ủng hộ (bằng chữ): {amount_in_words(totals['paid_amount'])}.",)


DEFINITIONS: Final = (
    ReportDefinition(
        code="donations",
        slug="donations",
        group=ReportGroup.GOODS,
        title="Tổng hợp tiền, hiện vật ủng hộ",
        purpose="Từng người ủng hộ: số lần, tiền, giá trị hiện vật, gạo; trong kỳ và lũy kế.",
        columns=lambda _params: DONORS,
        read=_read_donors,
        legal_basis=_LAW,
        in_words=_donated_in_words,
        unit_note="Đơn vị tính: lần, đồng, kg",
        unsure=_UNSURE,
    ),
    ReportDefinition(
        code="donation_register",
        slug="donation-register",
        group=ReportGroup.GOODS,
        title="Sổ ghi tiền, hiện vật ủng hộ",
        purpose="Từng khoản ủng hộ trong kỳ theo ngày nhận.",
        columns=lambda _params: REGISTER,
        read=_read_register,
        legal_basis=_LAW,
        is_list=True,
        is_personal=True,
        unit_note="Đơn vị tính: đồng",
        unsure=_UNSURE,
    ),
    ReportDefinition(
        code="donation_use",
        slug="donation-use",
        group=ReportGroup.GOODS,
        title="Sử dụng tiền ủng hộ",
        purpose="Tiền ủng hộ đã nhận, đã phân bổ, đã chi và còn lại của từng nguồn.",
        columns=lambda _params: USES,
        read=_read_uses,
        legal_basis=_LAW,
        in_words=_uses_in_words,
        unit_note="Đơn vị tính: người, đồng",
        unsure=_UNSURE,
    ),
)
