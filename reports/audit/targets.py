"""Audit actions of the sector's targets."""

from typing import Final

from core.audit import AuditAction

ACTIONS: Final[tuple[AuditAction, ...]] = ()
