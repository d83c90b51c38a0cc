"""Audit actions of what came back from banks and communes."""

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: tuple[AuditAction, ...] = (
    AuditAction(
        "statement.uploaded", _("Nhập sao kê, danh sách"), _("{actor} nhập tệp {name} của đợt chi {ref}")
    ),
    AuditAction(
        "statement.matched",
        _("Đối soát tay"),
        _("{actor} đối soát tay dòng {row} của tệp {name} với lệnh chi {line} (đợt {ref})"),
    ),
    AuditAction(
        "statement.set_aside",
        _("Để dòng sao kê ngoài đợt chi"),
        _("{actor} để {count} dòng của tệp {name} ngoài đợt chi {ref}"),
    ),
    AuditAction(
        "batch.doubted",
        _("Ghi chưa rõ kết quả"),
        _("{actor} ghi {people} lệnh chi của đợt {ref} chưa rõ kết quả từ ngày {day}"),
    ),
)
