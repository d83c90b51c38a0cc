"""Reads of programmes, cases and lists, shaped for pages."""
