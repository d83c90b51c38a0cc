"""Why a file that came back is refused as a whole, in the officer's words: what is wrong and what to do."""

from typing import Any

from django.utils.translation import gettext as _

from core.money import format_dong
from core.transitions import TransitionRefused
from disbursements.rules.statements import Unreadable


class StatementRefused(TransitionRefused):
    """The file as a whole can't be taken; nothing of it was recorded."""


def refusal_of(error: Unreadable) -> StatementRefused:
    """The sentence for a file that can't be read."""
    values: dict[str, Any] = {
        key: format_dong(value) if isinstance(value, int) else value for key, value in error.values.items()
    }
    return StatementRefused(_texts()[error.code] % values)


def _texts() -> dict[str, str]:
    return {
        "NO_HEADER": _(
            "Không tìm thấy cột cần có: mã lệnh chi (hoặc mã tham chiếu, số tài khoản, nội dung) và kết quả chi. "
            "Hãy dùng tệp đã tải ở mục Tệp chi của đợt này, hoặc tệp kết quả của ngân hàng còn nguyên dòng tiêu đề."
        ),
        "NO_ROWS": _("Tệp có tiêu đề nhưng không có dòng nào. Hãy chọn đúng tệp, đúng trang tính."),
        "DRAFT": _(
            "Tệp này là bản dự thảo của danh sách. Hãy ghi kết quả vào danh sách chính thức ở mục Tệp chi rồi nhập lại."
        ),
        "FORMULAS": _(
            "%(count)s ô là công thức chưa tính nên không đọc được giá trị (%(cells)s). Hãy mở tệp bằng Excel, "
            "dán các ô đó thành giá trị, lưu lại rồi nhập."
        ),
        "TRUNCATED": _(
            "Sao kê bị cắt giữa chừng: thiếu số dư cuối kỳ. Hãy tải lại tệp từ ngân hàng rồi nhập cả tệp."
        ),
        "SUM_DIFFERS": _(
            "Sao kê thiếu hoặc thừa dòng: số dư đầu kỳ %(opening)s đồng cộng phát sinh %(moved)s đồng không bằng số dư cuối kỳ "
            "%(closing)s đồng. Hãy tải lại tệp từ ngân hàng rồi nhập cả tệp."
        ),
        "STATEMENT_BROKEN": _(
            "Có dòng của sao kê sai dạng MT940 nên không đọc được. Hãy tải lại tệp từ ngân hàng, đừng sửa tay."
        ),
        "BROKEN_XML": _("Tệp XML bị hỏng, không đọc được. Hãy tải lại tệp từ ngân hàng."),
        "ENTITIES": _("Tệp XML có chứa khai báo không an toàn nên không nhận. Hãy tải lại tệp từ ngân hàng."),
        "NOT_A_STATEMENT": _(
            "Tệp không phải sao kê tài khoản (MT940, camt.053). Hãy chọn đúng tệp của ngân hàng."
        ),
        "TWO_ACCOUNTS": _(
            "Tệp có sao kê của nhiều tài khoản. Hãy tải riêng sao kê của tài khoản đã chi đợt này."
        ),
        "OTHER_CURRENCY": _(
            "Sao kê bằng %(currency)s, không phải đồng Việt Nam. Hãy chọn sao kê của tài khoản đã chi."
        ),
        "OTHER_ACCOUNT": _(
            "Sao kê của tài khoản %(found)s, không phải tài khoản chi %(wanted)s của đợt này. Hãy chọn đúng sao kê."
        ),
        "OTHER_PERIOD": _(
            "Sao kê đến ngày %(last)s, trước ngày bắt đầu chi %(released)s. Hãy chọn sao kê của những ngày sau đó."
        ),
        "NOTHING_OURS": _(
            "Tệp không có mã lệnh chi nào của đợt %(ref)s. Hãy dùng tệp Excel đã tải ở mục Tệp chi của đợt này, hoặc tệp mà "
            "ngân hàng trả cho đợt này."
        ),
        "OTHER_BATCH": _(
            "Tệp này là danh sách của đợt chi %(other)s, không phải đợt %(ref)s. Hãy chọn đúng tệp."
        ),
    }
