"""Workers of the demo whom no list names: some are handed to their communes, which have answered about a few."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from accounts.enums import DISTRICT_DIGITS, Role
from core import clock
from reports.demo.copying import copy_rows
from reports.demo.filing import moment
from reports.demo.people import Human
from reports.demo.staff import Staff
from support_programs.enums import OutreachState
from support_programs.models import Outreach
from support_programs.rules.definition import Definition
from support_programs.rules.facts import Fact
from support_programs.rules.judging import judge
from support_programs.rules.occupations import group_of

_HANDED: Final = 0.6
_ANSWERS: Final = (
    (OutreachState.INVITED, ""),
    (OutreachState.MOVED, "Gia đình cho biết đã lên Bình Dương từ tháng 6."),
    (OutreachState.NOT_ENTITLED, "Đang làm tại xưởng may, có hợp đồng lao động."),
    (OutreachState.WAITING, ""),
    (OutreachState.WAITING, ""),
    (OutreachState.WAITING, ""),
)


def write_outreach(
    cursor: CursorWrapper, workers: Sequence[Human], staff: Staff, definition: Definition, random: Random
) -> int:
    """Hand a part of these people to their communes; gives how many."""
    handed = [human for human in workers if random.random() < _HANDED]
    rows = [row for human in handed for row in _row(human, staff, definition, random)]
    return copy_rows(cursor, Outreach, rows)


def _row(human: Human, staff: Staff, definition: Definition, random: Random) -> Iterator[dict[str, Any]]:
    on = clock.today()
    known: dict[str, Any] = {
        "received_on": on,
        "birth_date": human.birth_date,
        "birth_year": human.birth_year,
        "occupation": human.occupation,
        "occupation_group": group_of(human.occupation, definition.occupation_groups),
        "has_labour_contract": False,
        "monthly_income": 0,
        "is_urban": False,
        "lost_income_on": "2021-07-15",
        "other_regimes": [],
        "other_programmes": [],
        "received_before": "",
    }
    judgement = judge(definition, {code: Fact(value) for code, value in known.items()}, on)
    district = staff.pick(human.area_code[:DISTRICT_DIGITS], Role.DISTRICT_OFFICER, 0)
    commune = staff.pick(human.area_code, Role.COMMUNE_OFFICER, 0)
    state, note = random.choice(_ANSWERS)
    has_answer = state != OutreachState.WAITING
    yield {
        "area_code": human.area_code,
        "programme_id": definition.programme,
        "person_id": human.pk,
        "state": state.value,
        "result": judgement.result,
        "letters": judgement.letters,
        "handed_by_id": district.pk,
        "handed_by_name": district.full_name,
        "handed_on": on,
        "note": note,
        "answered_by_id": commune.pk if has_answer else None,
        "answered_by_name": commune.full_name if has_answer else "",
        "answered_on": on if has_answer else None,
        "version": 2 if has_answer else 1,
        "created_at": moment(on, 20),
    }
