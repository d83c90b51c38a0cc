"""Audit actions of asking for batches, signing, reissues."""

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: tuple[AuditAction, ...] = (
    AuditAction(
        "signature_rule.changed",
        _("Sửa số chữ ký duyệt chi"),
        _("{actor} quy định: từ {from_amount} đồng cần {signatures} chữ ký (trước là {before})"),
    ),
)
