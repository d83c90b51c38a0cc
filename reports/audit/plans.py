"""Audit actions of plans of payment."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: Final = (
    AuditAction(
        "plan.entered",
        _("Ghi kế hoạch chi"),
        _("{actor} ghi kế hoạch chi {programme}, {area}: {people} người, {amount} đồng"),
    ),
)
