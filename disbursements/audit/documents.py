"""Audit actions of official papers of money."""

from core.audit import AuditAction

ACTIONS: tuple[AuditAction, ...] = ()
