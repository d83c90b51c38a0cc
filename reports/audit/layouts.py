"""Audit actions of columns and own reports of the department."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: Final[tuple[AuditAction, ...]] = (
    AuditAction("own_report.made", _("Lập mẫu báo cáo"), _("{actor} lập mẫu báo cáo của Sở «{title}»")),
    AuditAction(
        "own_report.changed",
        _("Sửa mẫu báo cáo"),
        _("{actor} sửa mẫu báo cáo của Sở «{title}», bản {version}"),
    ),
    AuditAction("own_report.ended", _("Ngừng mẫu báo cáo"), _("{actor} ngừng mẫu báo cáo của Sở «{title}»")),
    AuditAction(
        "own_report.brought_back",
        _("Dùng lại mẫu báo cáo"),
        _("{actor} dùng lại mẫu báo cáo của Sở «{title}»"),
    ),
    AuditAction(
        "layout.changed",
        _("Sửa trình bày báo cáo"),
        _("{actor} sửa trình bày báo cáo «{title}», bản {version}"),
    ),
    AuditAction(
        "layout.put_back",
        _("Về trình bày ban đầu"),
        _("{actor} đưa báo cáo «{title}» về trình bày ban đầu, bản {version}"),
    ),
)
