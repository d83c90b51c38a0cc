"""Versions side by side: what is new, dropped, changed or the same, and which words of a sentence differ."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.working_days import Calendar, read_calendar_days
from support_programs.rules.comparing import Change, Part, compare, different_words
from support_programs.rules.deadlines import filing_deadline

OLD = (Part("Điều kiện", "days", ("Từ 15 ngày",)), Part("Điều kiện", "stopped", ("Đơn vị dừng",)))
NEW = (Part("Điều kiện", "cause", ("Một trong các lý do",)), Part("Điều kiện", "days", ("Từ 15 ngày",)))


def test_new_dropped_and_same_parts_are_told_apart() -> None:
    rows = compare((OLD, NEW))
    said = [(row.cells[0].change, row.cells[1].change, row.is_same) for row in rows]
    assert said == [
        (Change.ABSENT, Change.NEW, False),
        (Change.FIRST, Change.SAME, True),
        (Change.FIRST, Change.DROPPED, False),
    ]
    assert rows[2].cells[0].sentences == ("Đơn vị dừng",)
    assert rows[2].cells[1].sentences == ()


def test_of_a_changed_sentence_only_the_other_words_are_marked() -> None:
    before = "Số lao động giảm từ 15% trở lên so với tháng 4/2021"
    now = "Số lao động giảm từ 10% trở lên so với tháng 01/2021"
    (row,) = compare([[Part("Điều kiện", "drop", (before,))], [Part("Điều kiện", "drop", (now,))]])
    assert row.cells[1].change is Change.CHANGED
    assert [piece.text for piece in row.cells[1].lines[0] if piece.is_different] == ["10%", "01/2021"]
    assert row.cells[1].sentences == (now,)


def test_a_third_version_is_held_against_the_second() -> None:
    versions = [[Part("Mức", "", (words,))] for words in ("một", "hai", "hai")]
    assert [cell.change for cell in compare(versions)[0].cells] == [Change.FIRST, Change.CHANGED, Change.SAME]
    gone_and_back = compare([OLD[1:], [], OLD[1:]])
    assert [cell.change for cell in gone_and_back[0].cells] == [Change.FIRST, Change.DROPPED, Change.NEW]


def test_sections_stand_in_the_order_of_the_newest_version() -> None:
    old = (Part("A", "a", ("x",)), Part("C", "c", ("y",)), Part("D", "d", ("z",)))
    new = (Part("A", "a", ("x",)), Part("B", "b", ("w",)), Part("C", "c", ("y",)))
    assert [row.section for row in compare([old, new])] == ["A", "B", "C", "D"]


def test_what_is_gone_follows_what_stayed_in_its_section() -> None:
    old = (Part("A", "gone", ("x",)), Part("B", "b", ("y",)))
    new = (Part("A", "stays", ("x",)), Part("B", "b", ("z",)), Part("C", "c", ("w",)))
    assert [row.section for row in compare([old, new])] == ["A", "A", "B", "C"]
    assert [row.cells[1].change for row in compare([old, new])][:2] == [Change.NEW, Change.DROPPED]


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_word_is_lost_by_marking(before: str, now: str) -> None:
    words = " ".join(now.split())
    assert "".join(piece.text for piece in different_words(before, words)) == words


@pytest.mark.parametrize(
    ("day", "ends_on", "is_weekend"),
    [
        ("2022-01-31", "2022-02-07", False),  # in Tết
        ("2022-02-05", "2022-02-07", True),
        ("2022-01-28", "2022-01-28", False),
        ("2022-01-01", "2022-01-04", False),  # a holiday on a Saturday, and its day in lieu
    ],
)
def test_a_deadline_on_a_day_off_ends_on_the_next_working_day(
    day: str, ends_on: str, is_weekend: bool
) -> None:
    found = filing_deadline(dt.date.fromisoformat(day), Calendar.of(read_calendar_days()))
    assert (found.ends_on.isoformat(), found.is_weekend) == (ends_on, is_weekend)
    assert found.is_moved is (day != ends_on)
    assert not found.is_over(found.ends_on)
    assert found.is_over(found.ends_on + dt.timedelta(1))
