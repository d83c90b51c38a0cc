"""Audit actions of budget lines, papers and the ledger."""

from core.audit import AuditAction

ACTIONS: tuple[AuditAction, ...] = ()
