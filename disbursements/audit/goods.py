"""Audit actions of stores and what is handed out of them."""

from core.audit import AuditAction

ACTIONS: tuple[AuditAction, ...] = ()
