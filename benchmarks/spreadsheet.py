"""The same work in Excel and a chat program, step by step: what the pages are compared with. Modelled, not watched.

Assumptions take the spreadsheet's quicker way: somebody who knows its keys, programs that run already, a computer and a network
that answer at once, no mistake. What nobody can know (how many other lists are searched, how closely rows are looked at) is an
argument, of which the low and the high value are given.
"""

from typing import Final, NamedTuple

from benchmarks.klm import Step, Work, click, keys, move_hand, think, typed

# In how many other lists a newcomer's number is searched. None: nobody looks, as in a hurry. One: the list that one's own office
# keeps of the same policy. Twelve: one for each of the twelve policies of Nghị quyết 68/NQ-CP, in one's own office. The lists of
# the other communes of the province aren't there to be searched.
NO_LIST: Final = 0
OWN_LIST: Final = 1
ALL_POLICIES: Final = 12
# A district's officer has the rows of all communes in one workbook, or a file from each (Phú Tân: 18).
COMMUNES_OF_DISTRICT: Final = 18
# Looks per row when rows are checked. One: the eye passes over the row and trusts who wrote it. Ten: as many as the criteria that
# this system holds for free workers (LD_TU_DO), each looked at.
GLANCE: Final = 1
CONDITIONS: Final = 10
NEXT_CELL: Final = keys(1)  # Tab
RECIPIENT: Final = "Mỹ Lương"  # enough of the name of a chat to find it
MESSAGE: Final = "Gửi lại danh sách, xem ghi chú"  # shortest that says what the file is for
FILE_MARK: Final = "_tra"  # what is added to the name so that the old file stays


class PaperRow(NamedTuple):
    """The cells of one person."""

    full_name: str
    dob: str
    id_number: str
    job: str
    phone: str


def open_the_list() -> list[Step]:
    """Once for a pile of papers or a list: from the open folder to the first empty row."""
    return [
        Step("find the file in the open folder, open it", think() + Work(points=1, presses=4)),
        Step("go to the last row and the one below: Ctrl+End, Home, Down", move_hand() + think() + keys(4)),
    ]


def enter_a_paper(row: PaperRow, *, lists: int) -> list[Step]:
    """One paper case below the last row of an open list; the hands are on the keys at the beginning and the end."""
    return [
        Step("running number, two digits", keys(2) + NEXT_CELL),
        Step("name", think() + typed(row.full_name) + NEXT_CELL),
        Step("birth, in the column of the sex", think(2) + typed(row.dob) + NEXT_CELL * 2),
        Step("number, its length checked by eye", think(2) + typed(row.id_number) + NEXT_CELL),
        Step("home: as above, Ctrl+D", think() + keys(2) + NEXT_CELL),
        Step("job", think() + typed(row.job) + NEXT_CELL),
        Step("telephone", think() + typed(row.phone) + NEXT_CELL),
        Step("amount: as above, Ctrl+D", keys(2)),
        Step("the number in the other lists", search_number() * lists),
        Step("save, next row: Ctrl+S, Down, Home", think() + keys(4)),
    ]


def search_number() -> Work:
    """The copied number in one other open workbook: change window, Ctrl+F, Ctrl+V, Enter, look, Esc, change back."""
    return keys(2) + keys(2) + keys(2) + keys(1) + think() + keys(1) + keys(2)


def search_by_hand(rows: int, *, lists: int) -> Work:
    """Each row's number copied (Ctrl+C) and looked for in each list."""
    return (keys(2) + search_number() * lists) * rows if lists else Work()


def search_by_formula() -> Work:
    """One formula in the first row, which points to the workbook of all rows, filled down over the others (Ctrl+D)."""
    formula = typed("=COUNTIF([huyen.xlsx]Sheet1!E:E;E5)")
    return think(2) + formula + keys(1) + think() + keys(3) + keys(2)


def verify_rows(rows: int, *, looks: int, searching: Work) -> list[Step]:
    """Rows of one open list against the law, marked in a column of their own and sent on; the hands are on the keys."""
    return [
        Step("look for the numbers in the other lists", searching),
        Step("look at each row, PageDown once", think(looks) * rows + keys(1)),
        Step("choose the column's cells: Ctrl+Home, Ctrl+Shift+Down", think() + keys(5)),
        Step("write «đạt» into all of them: Ctrl+Enter", think() + typed("đạt") + keys(2)),
        Step("save: Ctrl+S", think() + keys(2)),
        *send_file(),
    ]


def send_file() -> list[Step]:
    """A saved file to one recipient of a chat program that runs: found, attached, a message, sent."""
    return [
        Step("change to the chat program: Alt+Tab", think() + keys(2)),
        Step(
            "find the recipient", think() + move_hand() + click() + move_hand() + typed(RECIPIENT) + keys(1)
        ),
        Step("attach: button, the newest file in the window, open", think() + move_hand() + click(3)),
        Step("message, Enter", think() + click() + move_hand() + typed(MESSAGE) + keys(1)),
    ]


def send_one_back(why: str) -> list[Step]:
    """One row of an open list goes back with one wrong cell marked and why; the hands are on the keys."""
    return [
        Step("find the row: Ctrl+F, three last digits, Enter, Esc", think() + keys(7)),
        Step(
            "to the cell, colour it: arrows, the button of the ribbon",
            think() + keys(3) + move_hand() + click(),
        ),
        Step("comment: Shift+F2, why, Esc", think() + move_hand() + keys(2) + typed(why) + keys(1)),
        Step("save as, another name: F12, End, mark, Enter", think() + keys(2) + typed(FILE_MARK) + keys(1)),
        *send_file(),
    ]
