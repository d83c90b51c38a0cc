"""Terms of what citizens raise: read from data, counted in calendar or working days."""

import datetime as dt

import pytest

from core.working_days import Calendar, read_calendar_days
from support_programs.enums import GrievanceKind
from support_programs.rules.grievance_clocks import read_terms, shipped_terms, term_of

CALENDAR = Calendar.of(read_calendar_days())


@pytest.mark.parametrize(
    ("kind", "step", "start", "due"),
    [
        # ten days from Monday 27/09 end on Thursday 07/10
        ("complaint", "accept", dt.date(2021, 9, 27), dt.date(2021, 10, 7)),
        # thirty days from Thursday 30/09 end on Saturday 30/10, so on Monday 01/11
        ("complaint", "answer", dt.date(2021, 9, 30), dt.date(2021, 11, 1)),
        # ten days from 22/01/2022 end on 01/02/2022, the first day of Tết: the next working day is Monday 07/02
        ("complaint", "accept", dt.date(2022, 1, 22), dt.date(2022, 2, 7)),
        # five working days from Friday 24/09: 27, 28, 29, 30/09, 01/10
        ("feedback", "accept", dt.date(2021, 9, 24), dt.date(2021, 10, 1)),
        # from Tuesday 31/08 over the holiday 02 and 03/09: 01, 06, 07, 08, 09/09
        ("feedback", "accept", dt.date(2021, 8, 31), dt.date(2021, 9, 9)),
        # seven working days from Friday 28/01/2022 over Tết (31/01 to 04/02): 07 to 11, 14, 15/02
        ("denunciation", "accept", dt.date(2022, 1, 28), dt.date(2022, 2, 15)),
    ],
)
def test_terms_end(kind: str, step: str, start: dt.date, due: dt.date) -> None:
    assert term_of(kind, step).due_on(start, CALENDAR) == due


def test_every_kind_has_both_terms_and_none_claims_to_be_checked() -> None:
    assert set(shipped_terms()) == {
        (kind, step) for kind in GrievanceKind.values for step in ("accept", "answer")
    }
    assert all(term.verify for term in shipped_terms().values())


@pytest.mark.parametrize(
    "text",
    [
        '[[clock]]\nkind="complaint"\nstep="accept"\nlimit=0\nunit="days"\nverified=true\n',
        '[[clock]]\nkind="complaint"\nstep="later"\nlimit=3\nunit="days"\nverified=true\n',
        '[[clock]]\nkind="complaint"\nstep="accept"\nlimit=3\nunit="weeks"\nverified=true\n',
        '[[clock]]\nkind="complaint"\nstep="accept"\nlimit=3\nunit="days"\n',
        '[[clock]]\nkind="a"\nstep="accept"\nlimit=3\nunit="days"\nverified=true\n' * 2,
    ],
    ids=["no length", "unknown step", "unknown unit", "neither verified nor to verify", "twice"],
)
def test_an_entry_that_says_too_little_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=r"clock [12]"):
        read_terms(text)
