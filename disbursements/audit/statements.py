"""Audit actions of what came back from banks and communes."""

from core.audit import AuditAction

ACTIONS: tuple[AuditAction, ...] = ()
