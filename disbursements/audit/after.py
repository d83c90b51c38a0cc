"""Audit actions of recoveries, unclaimed money, call-back samples."""

from core.audit import AuditAction

ACTIONS: tuple[AuditAction, ...] = ()
