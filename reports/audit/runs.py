"""Audit actions of the overview and of issued reports."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: Final = (
    AuditAction("report.made", _("Lập báo cáo"), _("{actor} lập báo cáo {ref}")),
    AuditAction(
        "report.coverage_exported", _("Xuất độ bao phủ"), _("{actor} xuất độ bao phủ theo sổ, {area}")
    ),
    AuditAction("report.downloaded", _("Tải báo cáo"), _("{actor} tải báo cáo {ref} ({format})")),
)
