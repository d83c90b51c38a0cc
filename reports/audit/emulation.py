"""Audit actions of the emulation movement."""

from typing import Final

from core.audit import AuditAction

ACTIONS: Final[tuple[AuditAction, ...]] = ()
