"""The clock by a table: what starts when, how long it may take, how often it stands still, and on which day it is due.

Each due day was counted by hand on a paper calendar; the remark says how. Calendar: the shipped one (`core/data`), and of
two swapped days as an administrator enters them: Monday 04/10/2021 off, Saturday 09/10/2021 worked.
"""

import datetime as dt
from typing import Any, NamedTuple

import pytest

from core.transitions import TransitionRefused
from core.working_days import Calendar, CalendarDay, read_calendar_days
from support_programs.models import Case, CaseListStep
from support_programs.rules.clocks import due_after, stop_clock
from support_programs.services.facts import confirm_facts
from support_programs.services.supplements import answer_supplement, ask_supplement
from tests.factories import cases as make

SHIPPED = read_calendar_days()
VIETNAM = Calendar.of(SHIPPED)
SWAPPED = Calendar.of(
    [
        *SHIPPED,
        CalendarDay(dt.date(2021, 10, 4), "Nghỉ hoán đổi", is_working=False),
        CalendarDay(dt.date(2021, 10, 9), "Làm bù", is_working=True),
    ]
)


class Clock(NamedTuple):
    """`start` with a time is a receipt (office hours count), without one the day on which a step starts."""

    start: str
    limit: int | None
    pauses: tuple[tuple[str, str], ...]
    due: str
    is_swapped: bool = False


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=dt.UTC).date()


def due_of(row: Clock) -> dt.date | None:
    calendar = SWAPPED if row.is_swapped else VIETNAM
    if " " in row.start:
        start = calendar.received_on(dt.datetime.strptime(row.start, "%d/%m/%Y %H:%M"))  # noqa: DTZ007 local time
    else:
        start = day(row.start)
    due = None if row.limit is None else calendar.add_working_days(start, row.limit)
    for asked, answered in row.pauses:
        stopped = stop_clock(calendar, due_on=due, on=day(asked))
        due = due_after(calendar, stopped, answered_on=day(answered))
    return due


TABLE = {
    # nothing stands still
    "a plain week": Clock("27/09/2021", 2, (), "29/09/2021"),  # Mon: Tue 28, Wed 29
    "over a weekend": Clock("23/09/2021", 3, (), "28/09/2021"),  # Thu: Fri 24, Mon 27, Tue 28
    "before the National day": Clock("01/09/2021", 2, (), "07/09/2021"),  # 2 and 3 off: Mon 6, Tue 7
    "before Tết Tân Sửu": Clock("09/02/2021", 1, (), "17/02/2021"),  # 10 to 16 off: Wed 17
    "before Tết Nhâm Dần": Clock("28/01/2022", 2, (), "08/02/2022"),  # 31/01 to 04/02 off: Mon 7, Tue 8
    "a term that Tết cuts": Clock("27/01/2022", 3, (), "08/02/2022"),  # Fri 28, Mon 7, Tue 8
    "on the last day of the year": Clock("31/12/2021", 1, (), "04/01/2022"),  # Sat 1, Sun 2, Mon 3 off
    "over the year's end": Clock("30/12/2021", 3, (), "05/01/2022"),  # Fri 31, Tue 4, Wed 5
    "over Giỗ Tổ": Clock("20/04/2021", 2, (), "23/04/2021"),  # Wed 21 off: Thu 22, Fri 23
    "over 30/4 and 1/5": Clock("28/04/2021", 2, (), "04/05/2021"),  # Thu 29; Fri 30, Mon 3 off: Tue 4
    "two days in lieu": Clock("29/04/2022", 1, (), "04/05/2022"),  # Mon 2 and Tue 3 off: Wed 4
    "the National day with its eve": Clock("31/08/2022", 2, (), "06/09/2022"),  # Thu 1, Fri 2 off: 5, 6
    "a step that starts on a Sunday": Clock("26/09/2021", 2, (), "28/09/2021"),  # Mon 27, Tue 28
    "a step that starts in Tết": Clock("02/02/2022", 1, (), "07/02/2022"),  # Mon 7
    "no days": Clock("27/09/2021", 0, (), "27/09/2021"),
    "no days from a Saturday": Clock("25/09/2021", 0, (), "27/09/2021"),
    # receipts at the desk
    "received at closing time": Clock("27/09/2021 17:00", 2, (), "29/09/2021"),  # counts as Mon 27
    "received a minute later, on a Friday": Clock("24/09/2021 17:01", 1, (), "28/09/2021"),  # as Mon 27
    "received at 23:59": Clock("27/09/2021 23:59", 2, (), "30/09/2021"),  # as Tue 28: Wed 29, Thu 30
    "received at 23:59 on New Year's eve": Clock("31/12/2021 23:59", 2, (), "06/01/2022"),  # as Tue 4
    "received at 23:59 before Tết": Clock("28/01/2022 23:59", 1, (), "08/02/2022"),  # as Mon 7
    "received on a Saturday morning": Clock("25/09/2021 08:00", 2, (), "29/09/2021"),  # as Mon 27
    # swapped days: Monday 04/10 off, Saturday 09/10 worked
    "over a Monday that was swapped": Clock("01/10/2021", 2, (), "06/10/2021", True),  # Tue 5, Wed 6
    "onto a worked Saturday": Clock("07/10/2021", 2, (), "09/10/2021", True),  # Fri 8, Sat 9
    "received on a worked Saturday": Clock("09/10/2021 16:59", 1, (), "11/10/2021", True),  # as Sat 9
    "after its closing time": Clock("09/10/2021 23:59", 1, (), "12/10/2021", True),  # as Mon 11: Tue 12
    "standing still over it": Clock(  # due Mon 11; Fri 8 leaves Sat 9 and Mon 11; from Sat 9: Mon 11, Tue 12
        "07/10/2021", 3, (("08/10/2021", "09/10/2021"),), "12/10/2021", True
    ),
    # standing still
    "one pause": Clock(  # due Wed 29; Tue 28 leaves one; from Thu 7: Fri 8
        "27/09/2021", 2, (("28/09/2021", "07/10/2021"),), "08/10/2021"
    ),
    "asked on the first day": Clock(  # two left; from Fri 8: Mon 11, Tue 12
        "27/09/2021", 2, (("27/09/2021", "08/10/2021"),), "12/10/2021"
    ),
    "asked on the due day": Clock(  # none left: due on the day of the answer
        "27/09/2021", 2, (("29/09/2021", "01/10/2021"),), "01/10/2021"
    ),
    "asked on the due day, answered on a Saturday": Clock(  # Mon 4
        "27/09/2021", 2, (("29/09/2021", "02/10/2021"),), "04/10/2021"
    ),
    "asked and answered on one day": Clock(  # changes nothing
        "27/09/2021", 2, (("28/09/2021", "28/09/2021"),), "29/09/2021"
    ),
    "two pauses": Clock(  # due Thu 30; two left, from Mon 4: Wed 6; then one left, from Fri 8: Mon 11
        "27/09/2021", 3, (("28/09/2021", "04/10/2021"), ("05/10/2021", "08/10/2021")), "11/10/2021"
    ),
    "three pauses": Clock(  # as before; Sat 9 leaves Mon 11 as the one day; from Thu 14: Fri 15
        "27/09/2021",
        3,
        (("28/09/2021", "04/10/2021"), ("05/10/2021", "08/10/2021"), ("09/10/2021", "14/10/2021")),
        "15/10/2021",
    ),
    "a pause over the National day": Clock(  # due Tue 7; Wed 1 leaves Mon 6, Tue 7; from Mon 6: Tue 7, Wed 8
        "31/08/2021", 3, (("01/09/2021", "06/09/2021"),), "08/09/2021"
    ),
    "a pause over Tết": Clock(  # due Tue 8; Fri 28 leaves Mon 7, Tue 8; from Mon 7: Tue 8, Wed 9
        "27/01/2022", 3, (("28/01/2022", "07/02/2022"),), "09/02/2022"
    ),
    "resumed in Tết": Clock(  # two left; from Wed 02/02: Mon 7, Tue 8
        "27/01/2022", 3, (("28/01/2022", "02/02/2022"),), "08/02/2022"
    ),
    "resumed on a Saturday": Clock(  # one left: Mon 4
        "27/09/2021", 2, (("28/09/2021", "02/10/2021"),), "04/10/2021"
    ),
    "asked on a Sunday": Clock(  # due Tue 28; Mon and Tue left; from Wed 29: Thu 30, Fri 1
        "24/09/2021", 2, (("26/09/2021", "29/09/2021"),), "01/10/2021"
    ),
    "a pause over the year's end": Clock(  # due Wed 5; Fri 31 leaves Tue 4, Wed 5; from Tue 4: Wed 5, Thu 6
        "30/12/2021", 3, (("31/12/2021", "04/01/2022"),), "06/01/2022"
    ),
    "late before it stood still": Clock(  # stays late since Wed 22
        "20/09/2021", 2, (("24/09/2021", "01/10/2021"),), "22/09/2021"
    ),
    "late, and sent back twice": Clock(
        "20/09/2021", 2, (("24/09/2021", "01/10/2021"), ("04/10/2021", "08/10/2021")), "22/09/2021"
    ),
    "late since yesterday": Clock(  # due Wed 29, asked on Thu 30
        "27/09/2021", 2, (("30/09/2021", "08/10/2021"),), "29/09/2021"
    ),
    "late since Friday, asked on a Saturday": Clock(  # no working day lies between, and it is late all the same
        "22/09/2021", 2, (("25/09/2021", "01/10/2021"),), "24/09/2021"
    ),
    "late since before Tết, asked in Tết": Clock(  # due Fri 28/01
        "26/01/2022", 2, (("02/02/2022", "09/02/2022"),), "28/01/2022"
    ),
    "a step without a limit": Clock("27/09/2021", None, (("28/09/2021", "08/10/2021"),), ""),
}


@pytest.mark.parametrize("name", TABLE)
def test_it_is_due_on_the_day_that_was_counted_by_hand(name: str) -> None:
    row = TABLE[name]
    assert due_of(row) == (day(row.due) if row.due else None)


@pytest.mark.django_db
def test_a_posting_over_the_national_day_may_end_on_its_second_working_day(settings: Any) -> None:
    """Put up on Wednesday 01/09; Thursday and Friday off: Monday 6, Tuesday 7."""
    settings.BUSINESS_DATE = dt.date(2021, 9, 1)
    who = make.staff()
    case_list = make.confirmed_list(who)
    make.posting.post_list(case_list, place="Trụ sở UBND", actor=who.commune)
    case_list.refresh_from_db()
    assert case_list.posting_until == dt.date(2021, 9, 7)
    settings.BUSINESS_DATE = dt.date(2021, 9, 6)
    with pytest.raises(TransitionRefused):
        make.posting.close_posting(case_list, actor=who.commune)
    settings.BUSINESS_DATE = dt.date(2021, 9, 7)
    assert make.posting.close_posting(case_list, actor=who.commune).posting_closed_on == dt.date(2021, 9, 7)


@pytest.mark.django_db
def test_a_list_sent_up_on_a_sunday_and_a_case_that_waits_over_tet(settings: Any) -> None:
    """Sent on Sunday 23/01/2022: due on Tuesday 25. Asked on Monday 24, one day left; answered on Tết's first day: Monday 7."""
    settings.BUSINESS_DATE = dt.date(2021, 12, 30)
    who = make.staff()
    case_list = make.draft_list(who)
    confirm_facts(case_list, codes=make.CONFIRMED, excepted={}, actor=who.commune)
    settings.BUSINESS_DATE = dt.date(2022, 1, 20)
    make.posting.post_list(
        case_list, place="Trụ sở UBND", posting_from=dt.date(2022, 1, 18), actor=who.commune
    )
    make.posting.close_posting(case_list, actor=who.commune)
    settings.BUSINESS_DATE = dt.date(2022, 1, 23)
    sent = make.posting.submit_list(
        case_list, letter_number="12/TTr", letter_date=dt.date(2022, 1, 21), actor=who.commune
    )
    step = CaseListStep.objects.get(case_list=sent, finished_on__isnull=True)
    assert (sent.due_on, step.due_on) == (dt.date(2022, 1, 25), dt.date(2022, 1, 25))
    settings.BUSINESS_DATE = dt.date(2022, 1, 24)
    case = Case.objects.get(case_list=sent)
    ask_supplement(case, marked={("other", "other"): "Thiếu chữ ký"}, reason="", actor=who.officer)
    settings.BUSINESS_DATE = dt.date(2022, 2, 1)
    back = answer_supplement(case, note="Đã ký", done=[], actor=who.commune)
    assert back.due_on == dt.date(2022, 2, 7)
    assert sent.due_on == dt.date(2022, 1, 25)
