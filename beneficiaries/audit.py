"""Audit actions about people, employers and imports."""

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction, register_actions


def register() -> None:
    register_actions(
        AuditAction("person.registered", _("Ghi người thụ hưởng"), _("{actor} ghi người thụ hưởng {ref}")),
        AuditAction(
            "person.corrected", _("Sửa thông tin người thụ hưởng"), _("{actor} sửa thông tin của {ref}")
        ),
        AuditAction(
            "person.number_changed",
            _("Đổi số giấy tờ tùy thân"),
            _("{actor} ghi {kind} {after} thay số {before} của {ref}"),
        ),
        AuditAction(
            "person.account_changed",
            _("Đổi tài khoản nhận tiền"),
            _("{actor} ghi tài khoản nhận tiền {after} của {ref}"),
        ),
        AuditAction(
            "person.account_ended",
            _("Dừng tài khoản nhận tiền"),
            _("{actor} dừng tài khoản nhận tiền {before} của {ref}"),
        ),
        AuditAction(
            "employer.registered",
            _("Ghi đơn vị sử dụng lao động"),
            _("{actor} ghi đơn vị sử dụng lao động {ref}"),
        ),
        AuditAction(
            "employer.corrected",
            _("Sửa thông tin đơn vị sử dụng lao động"),
            _("{actor} sửa thông tin của đơn vị {ref}"),
        ),
        AuditAction(
            "pair.answered", _("Trả lời nghi trùng"), _("{actor} trả lời cặp nghi trùng {ref}: {answer}")
        ),
        AuditAction(
            "pair.passed", _("Cho chi khi còn nghi trùng"), _("{actor} cho chi cặp nghi trùng {ref}")
        ),
        AuditAction("pair.found", _("Nghi trùng"), _("{actor} thấy hai người có thể là một: {ref}")),
        AuditAction(
            "person.hinted",
            _("Được báo có thể trùng"),
            _("{actor} được báo có người giống người đang ghi {ref}"),
        ),
        AuditAction("pair.reopened", _("Hỏi lại nghi trùng"), _("{actor} mở lại cặp nghi trùng {ref}")),
        AuditAction("person.joined", _("Gộp người"), _("{actor} gộp {ref} và {other} làm một người")),
        AuditAction("person.join_undone", _("Gỡ gộp người"), _("{actor} gỡ gộp {ref} và {other}")),
        AuditAction(
            "register.exported",
            _("Xuất sổ ra Excel"),
            _("{actor} xuất sổ {register} ra Excel: {rows} dòng ({filters})"),
        ),
        AuditAction("status.recorded", _("Ghi vào sổ"), _("{actor} ghi {subject} vào sổ, mục {ref}")),
        AuditAction(
            "status.changed",
            _("Thay đổi mục của sổ"),
            _("{actor} thay mục {before} của {subject} bằng mục {ref}"),
        ),
        AuditAction(
            "status.ended",
            _("Kết thúc mục của sổ"),
            _("{actor} kết thúc mục {ref} của {subject} vào {on}"),
        ),
        AuditAction("household.registered", _("Ghi hộ gia đình"), _("{actor} ghi hộ {ref}, chủ hộ {head}")),
        AuditAction(
            "household.corrected", _("Sửa thông tin hộ gia đình"), _("{actor} sửa thông tin của hộ {ref}")
        ),
        AuditAction(
            "household.member_added", _("Thêm thành viên hộ"), _("{actor} ghi {person} vào hộ {ref}")
        ),
        AuditAction(
            "household.member_left",
            _("Thành viên rời hộ"),
            _("{actor} ghi {person} rời hộ {ref} sau {on}"),
        ),
        AuditAction("household.head_changed", _("Đổi chủ hộ"), _("{actor} đổi chủ hộ {ref} thành {head}")),
        AuditAction("care.recorded", _("Ghi người chăm sóc"), _("{actor} ghi {carer} chăm sóc {ref}")),
        AuditAction(
            "care.ended",
            _("Kết thúc việc chăm sóc"),
            _("{actor} ghi {carer} không còn chăm sóc {ref} sau {on}"),
        ),
        AuditAction(
            "stop_order.recorded",
            _("Ghi lệnh dừng hoạt động"),
            _("{actor} ghi lệnh {number} dừng hoạt động của {ref}"),
        ),
        AuditAction(
            "stop_order.ended",
            _("Kết thúc lệnh dừng hoạt động"),
            _("{actor} kết thúc lệnh {number} của {ref} sau {on}"),
        ),
        AuditAction(
            "person.number_revealed",
            _("Xem số đầy đủ"),
            _("{actor} xem đầy đủ: {what} của {ref}. Mục đích: {purpose}"),
        ),
        AuditAction(
            "data_request.received",
            _("Nhận yêu cầu về dữ liệu cá nhân"),
            _("{actor} ghi yêu cầu {ref}: {kind}, hạn trả lời {due}"),
        ),
        AuditAction(
            "data_request.answered",
            _("Trả lời yêu cầu về dữ liệu cá nhân"),
            _("{actor} trả lời yêu cầu {ref}"),
        ),
        AuditAction(
            "data_request.refused",
            _("Từ chối yêu cầu về dữ liệu cá nhân"),
            _("{actor} từ chối yêu cầu {ref}"),
        ),
        AuditAction(
            "person.data_exported",
            _("Xuất bản sao dữ liệu cá nhân"),
            _("{actor} xuất bản sao dữ liệu của {ref} ({rows} dòng) để trả lời yêu cầu {request}"),
        ),
        AuditAction("import.uploaded", _("Tải tệp lên"), _("{actor} tải lên danh sách {ref}")),
        AuditAction(
            "import.checked",
            _("Kiểm tra danh sách"),
            _("{actor} kiểm tra danh sách {ref}: {rows} dòng, {error} dòng lỗi"),
        ),
        AuditAction("import.columns_matched", _("Ghép cột"), _("{actor} ghép lại cột của danh sách {ref}")),
        AuditAction("import.row_corrected", _("Sửa dòng"), _("{actor} sửa dòng {row} của danh sách {ref}")),
        AuditAction(
            "import.rows_accepted", _("Giữ nguyên"), _("{actor} giữ nguyên {rows} dòng của danh sách {ref}")
        ),
        AuditAction("import.rows_set_aside", _("Bỏ dòng"), _("{actor} bỏ {rows} dòng của danh sách {ref}")),
        AuditAction(
            "import.rows_taken_back", _("Lấy lại dòng"), _("{actor} lấy lại {rows} dòng của danh sách {ref}")
        ),
        AuditAction(
            "import.committed", _("Nhập vào hệ thống"), _("{actor} nhập {rows} dòng của danh sách {ref}")
        ),
        AuditAction("import.cancelled", _("Hủy lần nhập"), _("{actor} hủy lần nhập {ref}")),
        AuditAction(
            "import.marked_downloaded",
            _("Tải tệp đã đánh dấu"),
            _("{actor} tải tệp đánh dấu lỗi của danh sách {ref}"),
        ),
    )
