"""Why a file is refused, in the officer's words: each says what is wrong and what to do."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from core.spreadsheets.reading.grid import SpreadsheetRefused

MAX_BYTES: Final = 50 * 1024 * 1024
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 512
MAX_UNPACKED: Final = 600 * 1024 * 1024
MAX_RATIO: Final = 250


def refused(code: str, **values: object) -> SpreadsheetRefused:
    """The refusal with this code, with its Vietnamese text."""
    return SpreadsheetRefused(code, _texts()[code] % values)


def _texts() -> dict[str, str]:
    return {
        "FILE_EMPTY": _("Tệp không có dữ liệu. Bạn hãy mở tệp kiểm tra lại rồi chọn đúng tệp danh sách."),
        "FILE_TOO_LARGE": _(
            "Tệp nặng hơn %(limit)s MB. Bạn hãy xóa hình ảnh, trang tính thừa hoặc chia danh sách thành nhiều tệp."
        ),
        "TOO_MANY_ROWS": _(
            "Danh sách có hơn %(limit)s dòng. Bạn hãy chia thành nhiều tệp rồi nhập từng tệp."
        ),
        "TOO_WIDE": _(
            "Trang tính “%(sheet)s” có ô nằm quá xa bảng (quá %(limit)s cột hoặc quá nhiều ô). "
            "Bạn hãy xóa các ô thừa ngoài bảng rồi lưu lại."
        ),
        "FILE_ENCRYPTED": _(
            "Tệp có đặt mật khẩu nên không đọc được. Bạn hãy bỏ mật khẩu trong Excel rồi chọn lại tệp."
        ),
        "FILE_BOMB": _(
            "Tệp nén bất thường, khi mở ra quá lớn. Bạn hãy mở bằng Excel, lưu thành tệp .xlsx mới rồi chọn lại."
        ),
        "FILE_BROKEN": _(
            "Tệp bị hỏng, không mở được. Bạn hãy mở bằng Excel, lưu thành tệp .xlsx mới rồi chọn lại."
        ),
        "FILE_ENTITIES": _(
            "Tệp có chứa khai báo không an toàn. Bạn hãy mở bằng Excel, lưu thành tệp .xlsx mới rồi chọn lại."
        ),
        "NOT_SPREADSHEET": _(
            "Tệp không phải bảng tính. Bạn hãy chọn tệp Excel (.xlsx, .xls), OpenDocument (.ods), .csv, "
            "hoặc dán các dòng từ Excel."
        ),
        "FILE_IS_WORD": _("Đây là tệp Word. Bạn hãy chép bảng sang Excel, lưu thành .xlsx rồi chọn lại."),
        "FILE_IS_PDF": _("Đây là tệp PDF. Bạn hãy chọn tệp Excel gốc của danh sách."),
        "FILE_IS_XML": _("Tệp XML của Excel 2003 không đọc được. Bạn hãy mở bằng Excel rồi lưu thành .xlsx."),
        "NO_LIST": _(
            "Không tìm thấy danh sách người trong tệp: cần một dòng tiêu đề có Họ và tên, cùng số CCCD/CMND hoặc ngày sinh. "
            "Bạn hãy kiểm tra lại dòng tiêu đề của bảng."
        ),
        "NO_ROWS": _("Danh sách có tiêu đề nhưng không có dòng nào. Bạn hãy chọn đúng tệp, đúng trang tính."),
        "TEXT_UNREADABLE": _("Không đọc được chữ trong tệp. Bạn hãy lưu lại thành .xlsx hoặc CSV UTF-8."),
    }
