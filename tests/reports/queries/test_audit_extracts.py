"""Whoever lets people take a file out of the system says so here: the auditors' extracts know each such act."""

from core.audit import registered_codes
from reports.queries.audit_extracts import EXPORTS, REVEALS

# files of sums: nobody stands in them
FIGURES_ONLY = {"budget.exported", "report.coverage_exported", "target_table.exported"}
TAKEN = ("exported", "downloaded", "printed")
SEEN = ("seen", "revealed", "looked_up")


def test_every_file_that_leaves_is_in_the_extract_or_has_figures_only() -> None:
    taken = {code for code in registered_codes() if code.endswith(TAKEN)}
    assert taken == set(EXPORTS) | FIGURES_ONLY


def test_every_look_at_personal_data_is_in_the_extract() -> None:
    # that a reminder was read tells nothing of anybody
    assert {code for code in registered_codes() if code.endswith(SEEN)} - {"reminder.seen"} == set(REVEALS)
