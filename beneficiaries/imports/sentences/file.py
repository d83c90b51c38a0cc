"""The sentences of the findings about a list as a whole."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from beneficiaries.imports.sentences.kinds import ERROR, INFO, WARN, FindingKind

FILE: Final[dict[str, FindingKind]] = {
    "TOTAL_MISMATCH": FindingKind(
        WARN,
        _("Tổng cộng không khớp"),
        _(
            "Dòng %(row)s: dòng tổng cộng ghi %(found)s đồng, cộng các dòng được %(expected)s đồng. "
            "Bạn hãy kiểm tra lại số tiền từng dòng."
        ),
    ),
    "LIST_DATE_FUTURE": FindingKind(
        WARN,
        _("Ngày của danh sách ở sau hôm nay"),
        _("Danh sách ghi ngày %(found)s, sau hôm nay. Bạn hãy kiểm tra ngày của tờ trình."),
    ),
    "OTHER_COMMUNE_LIST": FindingKind(
        ERROR,
        _("Danh sách của xã khác"),
        _(
            "Tiêu đề danh sách ghi %(found)s, bạn đang nhập cho %(expected)s. Bạn hãy chọn đúng tệp "
            "hoặc đúng xã."
        ),
    ),
    "LIST_AGAINST": FindingKind(
        WARN,
        _("Danh sách không đề nghị chi"),
        _("Tiêu đề danh sách ghi “%(found)s”. Bạn hãy kiểm tra đây có phải danh sách đề nghị hỗ trợ không."),
    ),
    "OTHER_LIST_SHEETS": FindingKind(
        WARN,
        _("Trang tính khác cũng là danh sách"),
        _(
            "Chỉ đọc trang tính “%(expected)s”. Các trang sau cũng có danh sách người (số dòng), chưa được đọc: %(found)s. "
            "Bạn hãy chép trang đó thành tệp riêng rồi nhập, nếu cần."
        ),
    ),
    "DATES_MONTH_FIRST": FindingKind(
        WARN,
        _("Ngày sinh có thể đảo ngày và tháng"),
        _(
            "Cột ngày sinh có vẻ ghi tháng trước ngày sau, hoặc Excel đã hiểu như vậy. "
            "Bạn hãy đối chiếu giấy tờ các dòng được đánh dấu."
        ),
    ),
    "SECOND_TABLE": FindingKind(
        WARN,
        _("Có thêm danh sách bên cạnh"),
        _(
            "Các cột %(found)s là một danh sách người khác bên cạnh, chưa được đọc. Bạn hãy chép danh sách đó xuống dưới "
            "hoặc thành tệp riêng rồi nhập, nếu cần."
        ),
    ),
    "ROWS_HIDDEN": FindingKind(
        INFO,
        _("Có dòng ẩn"),
        _(
            "Tệp có %(found)s dòng đang ẩn trong Excel; các dòng ẩn cũng được đọc. Bạn hãy xem lại "
            "các dòng %(expected)s."
        ),
    ),
    "ROWS_SKIPPED": FindingKind(
        INFO,
        _("Có dòng không đọc"),
        _(
            "Các dòng %(found)s không giống dòng của danh sách nên không được nhập. Bạn hãy xem lại "
            "nếu đó là người."
        ),
    ),
    "FORMULA_WITHOUT_VALUE": FindingKind(
        WARN,
        _("Công thức chưa tính"),
        _(
            "Các ô %(found)s có công thức nhưng tệp không lưu kết quả. Bạn hãy mở bằng Excel, lưu lại"
            " rồi nhập lại."
        ),
    ),
    "SHEETS_IGNORED": FindingKind(
        INFO,
        _("Có trang tính khác"),
        _(
            "Chỉ đọc trang tính “%(expected)s”; không đọc %(found)s. Bạn hãy nhập riêng nếu các trang"
            " đó cũng là danh sách."
        ),
    ),
    "COLUMNS_IGNORED": FindingKind(
        INFO,
        _("Cột không nhập"),
        _("Các cột không nhập: %(found)s. Bạn có thể ghép lại ở bước Ghép cột."),
    ),
    "SEX_COLUMN_MISSING": FindingKind(
        INFO,
        _("Không có cột giới tính"),
        _(
            "Danh sách không có cột giới tính; giới tính được đọc từ số CCCD. Bạn hãy bổ sung cho "
            "người dùng CMND."
        ),
    ),
    "AMOUNT_COLUMN_MISSING": FindingKind(
        INFO,
        _("Không có cột số tiền"),
        _("Danh sách không có cột số tiền; mức hỗ trợ được tính theo chính sách. Bạn không cần sửa."),
    ),
    "TEXT_ENCODING": FindingKind(
        INFO,
        _("Chữ của tệp"),
        _("Chữ trong tệp được đọc theo bảng mã %(found)s. Bạn hãy xem vài dòng đầu có đúng không."),
    ),
}
