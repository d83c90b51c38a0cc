"""The look of every state on screen: one table of colour, icon and word.

Keyed by kind and code, because the same code means different things for a case, a list and a payment. The words are the
glossary's. A state that is not in the table is shown by its code in grey; tests/core/templatetags holds the table complete.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.page_parts import Badge, Tone

BADGES: Final[dict[str, dict[str, Badge]]] = {
    "case": {
        "draft": Badge(Tone.MUTE, "edit", _("Bản nháp")),
        "listed": Badge(Tone.INFO, "list", _("Trong danh sách")),
        "appraising": Badge(Tone.INFO, "half", _("Đang thẩm định")),
        "needs_supplement": Badge(Tone.WARN, "back", _("Cần bổ sung")),
        "eligible": Badge(Tone.OK, "check", _("Đủ điều kiện")),
        "ineligible": Badge(Tone.BAD, "x", _("Không đủ điều kiện")),
        "approved": Badge(Tone.OK, "check", _("Đã phê duyệt")),
        "withdrawn": Badge(Tone.MUTE, "back", _("Người dân rút hồ sơ")),
        "decided_elsewhere": Badge(Tone.OK, "send", _("Cơ quan khác đã quyết định")),
        "duplicate": Badge(Tone.DUP, "copy", _("Nghi trùng")),
        "in_batch": Badge(Tone.SONG, "list", _("Trong đợt chi")),
        "paid": Badge(Tone.OK, "money", _("Đã chi trả")),
        "unpaid": Badge(Tone.BAD, "alert", _("Chi chưa được")),
    },
    "list": {
        "draft": Badge(Tone.MUTE, "edit", _("Bản nháp")),
        "posting": Badge(Tone.INFO, "clock", _("Đang niêm yết")),
        "posted": Badge(Tone.INFO, "check", _("Đã niêm yết")),
        "at_agency": Badge(Tone.INFO, "clock", _("Chờ cơ quan khác xác nhận")),
        "at_district": Badge(Tone.INFO, "half", _("Huyện đang thẩm định")),
        "district_approved": Badge(Tone.OK, "check", _("Huyện đã duyệt")),
        "at_department": Badge(Tone.INFO, "half", _("Sở đang rà soát")),
        "money_appraised": Badge(Tone.INFO, "check", _("Đã thẩm định kinh phí")),
        # the same state where the department itself decides
        "at_department_head": Badge(Tone.INFO, "clock", _("Chờ lãnh đạo Sở quyết định")),
        "at_province": Badge(Tone.INFO, "clock", _("Chờ UBND tỉnh quyết định")),
        "money_approved": Badge(Tone.OK, "check", _("Đã phê duyệt kinh phí")),
        "sent_back": Badge(Tone.WARN, "back", _("Bị trả lại")),
    },
    "entitlement": {
        "proposed": Badge(Tone.MUTE, "clock", _("Đề nghị")),
        "approved": Badge(Tone.OK, "check", _("Đã phê duyệt")),
        "committed": Badge(Tone.SONG, "list", _("Trong đợt chi")),
        "paid": Badge(Tone.OK, "money", _("Đã chi trả")),
        "cancelled": Badge(Tone.MUTE, "x", _("Đã hủy")),
    },
    "batch": {
        "preparing": Badge(Tone.INFO, "half", _("Đang lập")),
        "prepared": Badge(Tone.INFO, "clock", _("Chờ duyệt")),
        "approved": Badge(Tone.OK, "check", _("Đã duyệt")),
        "released": Badge(Tone.SONG, "money", _("Đang chi trả")),
        "closed": Badge(Tone.OK, "lock", _("Đã khóa đối soát")),
        "cancelled": Badge(Tone.MUTE, "x", _("Đã hủy")),
    },
    "instruction": {
        "queued": Badge(Tone.MUTE, "clock", _("Chờ chi")),
        "sent": Badge(Tone.SONG, "send", _("Đã gửi chi")),
        "unknown": Badge(Tone.WARN, "help", _("Chưa rõ kết quả")),
        "paid": Badge(Tone.OK, "money", _("Đã chi trả")),
        "failed": Badge(Tone.BAD, "alert", _("Không chi được")),
        "returned": Badge(Tone.BAD, "back", _("Chi chưa được, trả lại")),
        "cancelled": Badge(Tone.MUTE, "x", _("Đã hủy")),
    },
    "statement": {
        "reading": Badge(Tone.INFO, "half", _("Đang đọc")),
        "checked": Badge(Tone.WARN, "clock", _("Đã kiểm tra, chưa ghi")),
        "recorded": Badge(Tone.OK, "check", _("Đã ghi")),
        "refused": Badge(Tone.BAD, "x", _("Không nhận")),
    },
    # what the check says of a row that came back; red is what people must look at
    "statement_row": {
        "paid": Badge(Tone.OK, "check", _("Đã nhận, sẽ ghi")),
        "returned": Badge(Tone.WARN, "back", _("Chưa nhận, sẽ ghi")),
        "failed": Badge(Tone.WARN, "alert", _("Không chi được, sẽ ghi")),
        "in_doubt": Badge(Tone.WARN, "help", _("Chưa rõ kết quả, sẽ ghi")),
        "empty": Badge(Tone.MUTE, "dot", _("Chưa ghi kết quả")),
        "same": Badge(Tone.MUTE, "check", _("Đã ghi từ trước")),
        "reversed": Badge(Tone.MUTE, "back", _("Tiền ra rồi được trả lại")),
        "other_batch": Badge(Tone.MUTE, "list", _("Thuộc đợt chi khác")),
        "set_aside": Badge(Tone.MUTE, "x", _("Đã để ngoài đợt chi")),
        "unknown_line": Badge(Tone.BAD, "help", _("Không có trong đợt")),
        "ambiguous": Badge(Tone.BAD, "help", _("Khớp nhiều lệnh chi")),
        "other_amount": Badge(Tone.BAD, "alert", _("Khác số tiền")),
        "other_account": Badge(Tone.BAD, "alert", _("Khác số tài khoản")),
        "other_name": Badge(Tone.BAD, "alert", _("Khác tên người nhận")),
        "repeated": Badge(Tone.BAD, "copy", _("Trùng dòng")),
        "contradiction": Badge(Tone.BAD, "alert", _("Khác kết quả đã ghi")),
        "unreadable": Badge(Tone.BAD, "alert", _("Chưa đọc được kết quả")),
    },
    "handout": {
        "preparing": Badge(Tone.INFO, "half", _("Đang lập")),
        "prepared": Badge(Tone.INFO, "clock", _("Chờ duyệt")),
        "approved": Badge(Tone.OK, "check", _("Đã duyệt")),
        "handing": Badge(Tone.SONG, "send", _("Đang cấp phát")),
        "closed": Badge(Tone.OK, "lock", _("Đã khóa")),
        "cancelled": Badge(Tone.MUTE, "x", _("Đã hủy")),
    },
    "handout_line": {
        "waiting": Badge(Tone.SONG, "clock", _("Chờ nhận")),
        "received": Badge(Tone.OK, "check", _("Đã nhận")),
        "missed": Badge(Tone.BAD, "back", _("Chưa nhận")),
        "cancelled": Badge(Tone.MUTE, "x", _("Đã hủy")),
    },
    "stock": {
        "receipt": Badge(Tone.OK, "download", _("Nhập kho")),
        "sending": Badge(Tone.SONG, "send", _("Xuất chuyển kho")),
        "arrival": Badge(Tone.OK, "check", _("Nhận hàng chuyển kho")),
        "loss": Badge(Tone.BAD, "alert", _("Hao hụt, hư hỏng")),
        "issue": Badge(Tone.INFO, "users", _("Xuất cấp phát")),
        "leftover": Badge(Tone.MUTE, "back", _("Nhập lại sau cấp phát")),
        "correction": Badge(Tone.WARN, "edit", _("Hủy ghi nhận sai")),
    },
    "import": {
        "uploaded": Badge(Tone.MUTE, "clock", _("Đã tải lên")),
        "checking": Badge(Tone.INFO, "half", _("Đang kiểm tra")),
        "checked": Badge(Tone.INFO, "check", _("Đã kiểm tra")),
        "committing": Badge(Tone.INFO, "half", _("Đang nhập")),
        "committed": Badge(Tone.OK, "check", _("Đã nhập")),
        "refused": Badge(Tone.BAD, "x", _("Không đọc được")),
        "cancelled": Badge(Tone.MUTE, "x", _("Đã hủy")),
    },
    "row": {
        "ok": Badge(Tone.OK, "check", _("Hợp lệ")),
        "fix": Badge(Tone.OK, "edit", _("Đã tự chỉnh")),
        "warn": Badge(Tone.WARN, "alert", _("Cảnh báo")),
        "error": Badge(Tone.BAD, "x", _("Lỗi")),
        "committed": Badge(Tone.SONG, "check", _("Đã nhập")),
        "skipped": Badge(Tone.MUTE, "x", _("Bỏ qua")),
    },
    "pair": {
        "open": Badge(Tone.DUP, "copy", _("Chưa trả lời")),
        "verifying": Badge(Tone.WARN, "help", _("Cần xác minh")),
        "same": Badge(Tone.OK, "check", _("Cùng một người")),
        "different": Badge(Tone.OK, "users", _("Hai người khác nhau")),
    },
    "recovery": {
        "open": Badge(Tone.WARN, "clock", _("Đang thu hồi")),
        "recovered": Badge(Tone.OK, "check", _("Đã thu hồi")),
        "cancelled": Badge(Tone.MUTE, "x", _("Thôi thu hồi")),
        "waived": Badge(Tone.MUTE, "x", _("Miễn thu hồi")),
    },
    "call": {
        "full": Badge(Tone.OK, "check", _("Nhận đủ tiền")),
        "less": Badge(Tone.BAD, "alert", _("Nhận thiếu tiền")),
        "not_received": Badge(Tone.BAD, "alert", _("Không nhận được tiền")),
        "never_applied": Badge(Tone.BAD, "alert", _("Nói chưa từng đề nghị hỗ trợ")),
        "unreachable": Badge(Tone.WARN, "clock", _("Không liên lạc được")),
        "wrong_number": Badge(Tone.WARN, "help", _("Số máy không phải của người nhận")),
        "": Badge(Tone.MUTE, "clock", _("Chưa gọi")),
    },
    "criterion": {
        "met": Badge(Tone.OK, "check", _("Đạt")),
        "not_met": Badge(Tone.BAD, "x", _("Không đạt")),
        "review": Badge(Tone.WARN, "alert", _("Cần xem")),
        "unknown": Badge(Tone.MUTE, "help", _("Chưa đủ dữ liệu")),
    },
    "determination": {
        "eligible": Badge(Tone.OK, "check", _("Đủ điều kiện")),
        "ineligible": Badge(Tone.BAD, "x", _("Không đủ điều kiện")),
        "undetermined": Badge(Tone.WARN, "help", _("Chưa đủ dữ liệu")),
    },
    # how sure a rule of the catalogue is, and whether somebody looked at the paper
    "confidence": {
        "source": Badge(Tone.OK, "check", _("Theo nguồn công khai")),
        "high": Badge(Tone.INFO, "info", _("Độ tin cậy cao")),
        "medium": Badge(Tone.WARN, "help", _("Độ tin cậy vừa")),
        "low": Badge(Tone.BAD, "alert", _("Độ tin cậy thấp")),
    },
    "data_request": {
        "received": Badge(Tone.INFO, "half", _("Chưa trả lời")),
        "answered": Badge(Tone.OK, "check", _("Đã trả lời")),
        "refused": Badge(Tone.BAD, "x", _("Từ chối")),
    },
    "document": {
        "draft": Badge(Tone.MUTE, "edit", _("Dự thảo")),
        "issued": Badge(Tone.OK, "check", _("Đã phát hành")),
        "revoked": Badge(Tone.BAD, "back", _("Đã thu hồi")),
        "discarded": Badge(Tone.MUTE, "x", _("Đã bỏ")),
    },
    "grievance": {
        "received": Badge(Tone.INFO, "clock", _("Mới nhận")),
        "accepted": Badge(Tone.INFO, "half", _("Đang giải quyết")),
        "answered": Badge(Tone.OK, "check", _("Đã trả lời")),
        "declined": Badge(Tone.MUTE, "x", _("Không thụ lý")),
        "withdrawn": Badge(Tone.MUTE, "back", _("Người gửi rút")),
    },
    "application": {
        "new": Badge(Tone.INFO, "clock", _("Chờ tiếp nhận")),
        "taken_in": Badge(Tone.OK, "check", _("Đã tiếp nhận thành hồ sơ")),
        "declined": Badge(Tone.BAD, "x", _("Không tiếp nhận")),
    },
    # how a target compares with its plan
    "target": {
        "reached": Badge(Tone.OK, "check", _("Đạt kế hoạch")),
        "on_track": Badge(Tone.INFO, "half", _("Đúng tiến độ")),
        "close": Badge(Tone.WARN, "clock", _("Chậm ít")),
        "behind": Badge(Tone.BAD, "alert", _("Chậm")),
        "exceeded": Badge(Tone.BAD, "x", _("Vượt mức cho phép")),
        "no_plan": Badge(Tone.MUTE, "help", _("Chưa giao kế hoạch")),
        "no_figure": Badge(Tone.MUTE, "dot", _("Chưa có số liệu")),
    },
    "target_entry": {
        "draft": Badge(Tone.MUTE, "edit", _("Đang nhập")),
        "submitted": Badge(Tone.INFO, "clock", _("Chờ duyệt")),
        "sent_back": Badge(Tone.WARN, "back", _("Bị trả lại")),
        "approved": Badge(Tone.OK, "check", _("Đã duyệt")),
        "replaced": Badge(Tone.MUTE, "copy", _("Đã thay bằng số đính chính")),
    },
    # the emulation movement and its commendations
    "movement": {
        "preparing": Badge(Tone.MUTE, "edit", _("Đang chuẩn bị")),
        "running": Badge(Tone.INFO, "half", _("Đang phát động")),
        "closed": Badge(Tone.OK, "lock", _("Đã tổng kết")),
    },
    "participant": {
        "registered": Badge(Tone.OK, "check", _("Đã đăng ký")),
        "withdrawn": Badge(Tone.MUTE, "back", _("Đã rút")),
    },
    "achievement": {
        "entered": Badge(Tone.INFO, "clock", _("Chờ xác nhận")),
        "confirmed": Badge(Tone.OK, "check", _("Đã xác nhận")),
        "refused": Badge(Tone.BAD, "x", _("Không xác nhận")),
        "withdrawn": Badge(Tone.MUTE, "back", _("Đã rút")),
    },
    "scoring": {
        "open": Badge(Tone.INFO, "half", _("Đang chấm")),
        "closed": Badge(Tone.OK, "lock", _("Đã khóa")),
    },
    "proposal": {
        "draft": Badge(Tone.MUTE, "edit", _("Bản nháp")),
        "submitted": Badge(Tone.INFO, "clock", _("Chờ hội đồng")),
        "recommended": Badge(Tone.INFO, "check", _("Hội đồng đề nghị khen")),
        "awarded": Badge(Tone.OK, "stamp", _("Đã có quyết định")),
        "refused": Badge(Tone.BAD, "x", _("Không khen")),
        "withdrawn": Badge(Tone.MUTE, "back", _("Đã rút")),
    },
    "meeting": {
        "open": Badge(Tone.INFO, "half", _("Đang ghi")),
        "closed": Badge(Tone.OK, "lock", _("Đã lập biên bản")),
    },
    "job": {
        "queued": Badge(Tone.MUTE, "clock", _("Đang chờ")),
        "running": Badge(Tone.INFO, "half", _("Đang chạy")),
        "done": Badge(Tone.OK, "check", _("Xong")),
        "failed": Badge(Tone.BAD, "alert", _("Bị lỗi")),
        "cancelled": Badge(Tone.MUTE, "x", _("Đã hủy")),
    },
}


def badge_of(kind: str, code: str) -> Badge:
    """Return the look of a state; an unlisted one is grey and shows its code."""
    return BADGES.get(kind, {}).get(code) or Badge(Tone.MUTE, "dot", code)
