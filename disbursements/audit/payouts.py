"""Audit actions of asking for batches, signing, reissues."""

from core.audit import AuditAction

ACTIONS: tuple[AuditAction, ...] = ()
