"""Lists of an employer's people in the shape of the State's form (Mẫu số 05), and a profile that reads them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from beneficiaries.imports.extra_columns import ExtraColumn
from beneficiaries.imports.profile import ImportProfile
from tests.beneficiaries.imports.sheets import xlsx

EXTRA = (
    ExtraColumn("department", "Phòng, ban", "text", ("phòng, ban", "phân xưởng")),
    ExtraColumn(
        "contract_kind",
        "Loại hợp đồng",
        "choice",
        ("loại hđlđ", "loại hợp đồng"),
        (("fixed", "Xác định thời hạn"), ("open", "Không xác định thời hạn"), ("season", "Thời vụ")),
    ),
    ExtraColumn(
        "contract_start", "Thời điểm bắt đầu hợp đồng", "date", ("thời điểm bắt đầu hđ", "thời điểm bắt đầu")
    ),
    ExtraColumn("insurance_number", "Số sổ BHXH", "text", ("số sổ bhxh", "mã số bhxh")),
    ExtraColumn("event_start", "Ngày bắt đầu tạm hoãn", "date", ("ngày bắt đầu tạm hoãn", "từ ngày")),
    ExtraColumn("event_end", "Ngày kết thúc", "date", ("ngày kết thúc", "đến ngày")),
    ExtraColumn("insured_month_before", "Đóng BHXH tháng liền kề", "flag", ("đóng bhxh",)),
    ExtraColumn("is_pregnant", "Đang mang thai", "flag", ("đang mang thai", "mang thai")),
    ExtraColumn("children_under_6", "Số con dưới 6 tuổi", "integer", ("số con dưới 6 tuổi",), most=12),
    ExtraColumn("wage", "Tiền lương", "money", ("tiền lương",)),
    ExtraColumn("first_month", "Tháng đóng đầu", "month", ("tháng đóng đầu",)),
)
SUSPENSION = ImportProfile(
    code="TAM_HOAN_THU",
    title="Tạm hoãn thử",
    amount=None,
    min_age=15,
    extra=EXTRA,
    levels=("district",),
    needs_employer=True,
)
_ABOVE = [
    ["CÔNG TY TNHH Á CHÂU"],
    ["DANH SÁCH NGƯỜI LAO ĐỘNG TẠM HOÃN THỰC HIỆN HỢP ĐỒNG LAO ĐỘNG, NGHỈ VIỆC KHÔNG HƯỞNG LƯƠNG"],
    ["(Kèm theo công văn số 12 ngày 20 tháng 9 năm 2021)"],
]
GROUPS = [
    "TT", "Họ và tên", "Số CCCD", "Ngày, tháng, năm sinh", "Phòng/ban", "Thông tin hợp đồng lao động", "", "Số sổ BHXH",
    "Thời gian tạm hoãn", "", "Đang mang thai", "Số con dưới 6 tuổi", "Tài khoản nhận tiền", "",
]  # fmt: skip
LEAVES = [
    "", "", "", "", "", "Loại HĐLĐ", "Thời điểm bắt đầu HĐ (ngày, tháng, năm)", "", "Ngày bắt đầu tạm hoãn (ngày, tháng, năm)",
    "Ngày kết thúc", "", "", "Số tài khoản", "Ngân hàng",
]  # fmt: skip
INDEX = [f"({number})" for number in range(1, 15)]
MERGES = (
    *(f"{letter}4:{letter}5" for letter in "ABCDEHKL"), "F4:G4", "I4:J4", "M4:N4",
)  # fmt: skip
FIRST_ROW = 7


def worker(name: str, number: object = "089085000111", **cells: object) -> list[object]:
    """A row of the form; `cells` by the codes of EXTRA, and `born`, `account`, `bank`."""
    filled: dict[str, object] = {
        "born": "02/03/1985",
        "department": "Tổ may 2",
        "contract_kind": "Xác định thời hạn",
        "contract_start": "01/02/2019",
        "insurance_number": "8912345678",
        "event_start": "01/08/2021",
        "event_end": dt.date(2021, 9, 10),
        "is_pregnant": "",
        "children_under_6": 1,
        "account": "6700205123456",
        "bank": "Agribank",
        **cells,
    }
    order = (
        "born", "department", "contract_kind", "contract_start", "insurance_number", "event_start", "event_end", "is_pregnant",
        "children_under_6", "account", "bank",
    )  # fmt: skip
    return [name, number, *(filled[code] for code in order)]


def form_05(*lines: Sequence[object], **options: Any) -> bytes:
    """An .xlsx whose first line, a worker or a text as the heading of a group, stands in row FIRST_ROW."""
    rows = [[line] if isinstance(line, str) else [number, *line] for number, line in enumerate(lines, 1)]
    return xlsx([*_ABOVE, GROUPS, LEAVES, INDEX, *rows], merges=MERGES, **options)
