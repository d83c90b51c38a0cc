"""Audit actions of payment files, payer accounts, receipts."""

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: tuple[AuditAction, ...] = (
    AuditAction(
        "batch.files_downloaded",
        _("Tải các tệp chi"),
        _("{actor} tải {files} tệp của đợt chi {ref} trong một tệp nén"),
    ),
    AuditAction(
        "payer_account.recorded",
        _("Ghi tài khoản chi"),
        _("{actor} ghi tài khoản chi {bank}, số cuối {last3}"),
    ),
    AuditAction(
        "payer_account.ended",
        _("Ngừng dùng tài khoản chi"),
        _("{actor} ngừng dùng tài khoản chi {bank}, số cuối {last3}"),
    ),
    AuditAction(
        "instruction.receipt_made",
        _("Lập giấy biên nhận"),
        _("{actor} lập giấy biên nhận của lệnh chi {ref}"),
    ),
    AuditAction(
        "instruction.proxy_recorded",
        _("Ghi người nhận thay"),
        _("{actor} ghi người nhận thay của lệnh chi {ref}: {relation}, giấy ủy quyền {paper}"),
    ),
)
