"""Audit actions of reports that come by themselves."""

from typing import Final

from core.audit import AuditAction

ACTIONS: Final[tuple[AuditAction, ...]] = ()
