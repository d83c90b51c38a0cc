"""The model of a person's time, worked out by hand, and the spreadsheet's side of the comparison."""

import pytest

from benchmarks.desk_table import CELLS_ONLY, WHOLE_PAPER, lines, of_verifying, spreadsheet
from benchmarks.klm import Step, Work, click, keys, move_hand, telex_keys, think, total
from benchmarks.spreadsheet import (
    CONDITIONS,
    PaperRow,
    enter_a_paper,
    search_by_formula,
    search_by_hand,
    verify_rows,
)

LANH = PaperRow("Nguyễn Thị Lành", "5/9/85", "089185000123", "Bán vé số dạo", "0913456788")


def test_operators_have_the_published_seconds() -> None:
    # 4 x 0.28 + 1.1 + 2 x 0.1 + 0.4 + 2 x 1.35 + 0.5
    work = keys(4) + click() + move_hand() + think(2) + Work(wait=0.5)
    assert work.seconds == pytest.approx(6.02)
    assert (work * 3).seconds == pytest.approx(18.06)
    assert work.clicks == 1


@pytest.mark.parametrize(
    ("text", "pressed"), [("Lan", 3), ("đạt", 5), ("Nguyễn", 8), ("Ấp Mỹ Lương", 16), ("089185000123", 12)]
)
def test_vietnamese_costs_a_key_for_each_mark(text: str, pressed: int) -> None:
    assert telex_keys(text) == pressed


def test_a_paper_in_the_sheet_is_its_letters_and_the_keys_between() -> None:
    letters = sum(telex_keys(text) for text in LANH)
    # number of the row 3, Tab after five cells and over one, two times Ctrl+D, Ctrl+S, Down, Home
    between = 18
    assert total(enter_a_paper(LANH, lists=0)).keys == letters + between
    each = total(enter_a_paper(LANH, lists=3)) + total(enter_a_paper(LANH, lists=1)) * -1
    assert (each.keys, each.thoughts) == (20, 2)


def test_searching_and_looking_cost_by_row_and_by_list() -> None:
    nothing = total(verify_rows(30, looks=1, searching=Work()))
    looked = total(verify_rows(30, looks=CONDITIONS, searching=Work()))
    assert looked.seconds - nothing.seconds == pytest.approx(30 * 9 * 1.35)
    assert search_by_hand(30, lists=0) == Work()
    assert search_by_hand(30, lists=2).thoughts == 60
    assert search_by_formula().seconds < search_by_hand(30, lists=1).seconds


def test_each_piece_of_work_is_printed_with_its_seconds() -> None:
    sheet = spreadsheet(LANH, rows=30, why="Ghi lại ấp")
    printed = lines({"paper case": Work(keys=95, thoughts=WHOLE_PAPER, wait=1.0)}, sheet)
    assert printed[1] == "   45.2 s  paper case (95 keys, 0 clicks, 13 thoughts, machine 1.0 s)"
    assert len(printed) == 3 + len(sheet)
    assert (CELLS_ONLY, of_verifying(30)) == (8, 34)
    assert Step("one look", think()).work.seconds == 1.35
