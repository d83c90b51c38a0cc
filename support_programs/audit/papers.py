"""What is written into the log about papers of dossiers."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: Final[tuple[AuditAction, ...]] = (
    AuditAction(
        "list.papers_confirmed",
        _("Ghi giấy tờ đã nhận của danh sách"),
        _("{actor} xác nhận đã nhận giấy tờ của danh sách {ref}: {papers}"),
    ),
    AuditAction("case.paper_added", _("Thêm giấy tờ"), _("{actor} thêm {files} tệp vào {ref}: {paper}")),
    AuditAction("case.paper_removed", _("Bỏ giấy tờ"), _("{actor} bỏ giấy tờ khỏi {ref}: {paper}")),
    AuditAction("case.papers_seen", _("Đã xem bản giấy"), _("{actor} đã xem bản giấy của {ref}: {papers}")),
)
