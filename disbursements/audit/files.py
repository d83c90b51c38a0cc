"""Audit actions of payment files, payer accounts, receipts."""

from core.audit import AuditAction

ACTIONS: tuple[AuditAction, ...] = ()
