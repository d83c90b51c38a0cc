"""Entries of the registers: written, changed by a new row, ended with a reason; never overwritten."""

from beneficiaries.services.registers.entries import Entry, StatusRefused, read_entry, typed_entry
from beneficiaries.services.registers.recording import change_status, end_status, record_status

__all__ = [
    "Entry",
    "StatusRefused",
    "change_status",
    "end_status",
    "read_entry",
    "record_status",
    "typed_entry",
]
