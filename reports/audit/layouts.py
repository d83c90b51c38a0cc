"""Audit actions of columns and own reports of the department."""

from typing import Final

from core.audit import AuditAction

ACTIONS: Final[tuple[AuditAction, ...]] = ()
