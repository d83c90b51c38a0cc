"""Audit actions of plans of payment."""

from typing import Final

from core.audit import AuditAction

ACTIONS: Final[tuple[AuditAction, ...]] = ()
