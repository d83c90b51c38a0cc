"""Why something can't be done with a list, in the officer's words."""

from __future__ import annotations


class ImportRefused(Exception):
    """`str()` is the sentence for the officer; nothing has changed."""
