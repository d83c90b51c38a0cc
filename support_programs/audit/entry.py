"""What is written into the log about forms of new dossiers."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: Final[tuple[AuditAction, ...]] = (
    AuditAction("claim_draft.begun", _("Bắt đầu nhập hồ sơ"), _("{actor} bắt đầu nhập hồ sơ {programme}")),
    AuditAction(
        "claim_draft.discarded", _("Bỏ bản đang nhập"), _("{actor} bỏ bản đang nhập của {programme}")
    ),
)
