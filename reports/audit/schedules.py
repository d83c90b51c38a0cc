"""Audit actions of reports that come by themselves."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: Final[tuple[AuditAction, ...]] = (
    AuditAction(
        "schedule.set_up", _("Lập lịch báo cáo"), _("{actor} lập lịch báo cáo {ref}: {definition}, {when}")
    ),
    AuditAction(
        "schedule.changed", _("Sửa lịch báo cáo"), _("{actor} sửa lịch báo cáo {ref}: {definition}, {when}")
    ),
    AuditAction("schedule.ended", _("Ngừng lịch báo cáo"), _("{actor} ngừng lịch báo cáo {ref}")),
    AuditAction(
        "schedule.taken_over",
        _("Nhận lịch báo cáo"),
        _("{actor} nhận giữ lịch báo cáo {ref}, trước do {before} giữ"),
    ),
    AuditAction(
        "schedule.halted",
        _("Lịch báo cáo tự dừng"),
        _("{actor} dừng lịch báo cáo {ref}: {because}"),
        "follows",
    ),
    AuditAction(
        "schedule.made",
        _("Lập báo cáo theo lịch"),
        _("{actor} lập báo cáo {run} theo lịch {ref}, đến hạn {due_on}, gửi {people} người"),
        "follows",
    ),
    AuditAction(
        "schedule.failed",
        _("Không lập được báo cáo theo lịch"),
        _("{actor} chưa lập được báo cáo theo lịch {ref}, đến hạn {due_on}, lần {attempts}"),
        "aside",
    ),
    AuditAction(
        "schedule.retried",
        _("Lập lại báo cáo theo lịch"),
        _("{actor} cho lập lại báo cáo theo lịch {ref}, đến hạn {due_on}"),
        "aside",
    ),
)
