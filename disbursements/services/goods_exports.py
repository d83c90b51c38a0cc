"""The register of donations as a workbook; who took it out is recorded."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.queries import area_names
from core.audit import record_export
from core.spreadsheets.tables import Column, Heading, Kind, Row, Table
from core.spreadsheets.writing import write_table
from core.workflow import Actor
from disbursements.enums import DonationKind
from disbursements.models import Donation


def export_donations(*, actor: Actor, rows: QuerySet[Donation]) -> bytes:
    """Every donation of these as Excel, those taken back marked and not counted."""
    found = list(rows)
    content = write_table(
        Table(
            columns=(
                Column("ordinal", _("STT"), Kind.ORDINAL),
                Column("reference", _("Mã"), Kind.CODE, width=18),
                Column("day", _("Ngày nhận"), Kind.DATE),
                Column("receipt", _("Số phiếu thu"), Kind.CODE),
                Column("donor", _("Người ủng hộ"), width=30),
                Column("donor_kind", _("Loại nhà tài trợ"), width=22),
                Column("area", _("Đơn vị nhận"), width=22),
                Column("goods", _("Hiện vật"), width=18),
                Column("quantity", _("Số lượng"), Kind.INTEGER),
                Column("unit", _("Đơn vị tính"), width=10),
                Column("cash", _("Tiền (đồng)"), Kind.MONEY, total=True),
                Column("value", _("Giá trị hiện vật ước tính (đồng)"), Kind.MONEY, total=True),
                Column("note", _("Ghi chú"), width=24),
            ),
            rows=_table(found),
            heading=Heading(title=_("SỔ ỦNG HỘ")),
            sheet_name=_("Sổ ủng hộ"),
            total_label=_("Tổng cộng"),
        )
    )
    record_export("donation.exported", actor=actor, change={"rows": len(found)}, area_code=actor.area_code)
    return content


def _table(rows: list[Donation]) -> Iterator[Row]:
    names = area_names(row.area_code for row in rows)
    for row in rows:
        is_cash, stands = row.kind == DonationKind.CASH, getattr(row, "correction", None) is None
        yield {
            "reference": row.reference,
            "day": row.received_on,
            "receipt": row.receipt_number,
            "donor": row.donor_name,
            "donor_kind": str(row.get_donor_kind_display()),
            "area": names[row.area_code],
            "goods": row.goods.name if row.goods else "",
            "quantity": row.quantity,
            "unit": row.goods.unit if row.goods else "",
            "cash": row.amount if is_cash and stands else None,
            "value": row.amount if not is_cash and stands else None,
            "note": row.purpose if stands else _("Đã hủy ghi"),
        }
