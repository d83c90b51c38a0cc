"""The work of a desk in these pages beside the same in a spreadsheet, in seconds of the keystroke-level model.

The operations of the pages are counted in a browser (tests/journeys/test_desk_figures.py), those of the spreadsheet are
written down in benchmarks/spreadsheet.py. Thoughts can't be counted: they follow one rule on both sides, one for each thing that
is looked at or decided.
"""

from collections.abc import Mapping
from typing import Final

from benchmarks.klm import Step, Work, total
from benchmarks.spreadsheet import (
    ALL_POLICIES,
    COMMUNES_OF_DISTRICT,
    CONDITIONS,
    GLANCE,
    NO_LIST,
    OWN_LIST,
    PaperRow,
    enter_a_paper,
    open_the_list,
    search_by_formula,
    search_by_hand,
    send_file,
    send_one_back,
    verify_rows,
)

# name, birth, sex, number, the remembered home, job, telephone; then saved
OF_APPLICANT: Final = 7
OF_ANSWERS: Final = 5
SAVING: Final = 1
# a glance over each row's ticks, then the next page, all chosen, confirmed, the answer read
OF_DECIDING: Final = 4
# which row, what to do with it, which place, why, sent
OF_SENDING_BACK: Final = 5
CELLS_ONLY: Final = OF_APPLICANT + SAVING
WHOLE_PAPER: Final = OF_APPLICANT + OF_ANSWERS + SAVING


def of_verifying(rows: int) -> int:
    """Thoughts of verifying ready rows in the pages."""
    return rows * GLANCE + OF_DECIDING


def spreadsheet(row: PaperRow, *, rows: int, why: str) -> dict[str, list[Step]]:
    """The spreadsheet's side, quickest first within each piece of work."""
    return {
        "way to the last row": open_the_list(),
        "paper case, no other list searched": enter_a_paper(row, lists=NO_LIST),
        "paper case, one list searched": enter_a_paper(row, lists=OWN_LIST),
        "paper case, twelve lists searched": enter_a_paper(row, lists=ALL_POLICIES),
        f"{rows} ready cases, a glance each, nothing searched": verify_rows(
            rows, looks=GLANCE, searching=Work()
        ),
        f"{rows} ready cases, a glance each, one formula": verify_rows(
            rows, looks=GLANCE, searching=search_by_formula()
        ),
        f"{rows} ready cases, ten conditions each, one list by hand": verify_rows(
            rows, looks=CONDITIONS, searching=search_by_hand(rows, lists=OWN_LIST)
        ),
        f"{rows} ready cases, ten conditions each, {COMMUNES_OF_DISTRICT} lists by hand": verify_rows(
            rows, looks=CONDITIONS, searching=search_by_hand(rows, lists=COMMUNES_OF_DISTRICT)
        ),
        "one sent back": send_one_back(why),
        "of these and of each 30, the file sent": send_file(),
    }


def line(words: str, work: Work) -> str:
    """One line of the printed table."""
    counted = f"{work.keys} keys, {work.clicks:g} clicks, {work.thoughts} thoughts, machine {work.wait:.1f} s"
    return f"{work.seconds:7.1f} s  {words} ({counted})"


def lines(pages: Mapping[str, Work], sheet: Mapping[str, list[Step]]) -> list[str]:
    """Both sides, to be read."""
    ours = [line(words, work) for words, work in pages.items()]
    theirs = [line(words, total(steps)) for words, steps in sheet.items()]
    return ["in these pages:", *ours, "in a spreadsheet (modelled):", *theirs]
