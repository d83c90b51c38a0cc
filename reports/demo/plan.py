"""The plan of the demo: which commune makes which lists, how large, and on which working days each step was taken."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from accounts.demo import AN_PHU, PHU_TAN
from core.working_days import Calendar
from reports.demo.stages import ON_THE_WAY, WAVES, Stage, stage_of_wave, wave_shares
from support_programs.enums import Step

FIRST_DAY: Final = dt.date(2021, 8, 6)
PEOPLE_PER_LIST: Final = 42
FEWEST_LISTS: Final = 60
VE_SO, OTHERS = "VE_SO", "KHAC"
# working days that the law gives each step (QĐ 1856, docs: policies); the province's decision has none
LIMITS: Final = {
    Step.COMMUNE_REVIEW: 3,
    Step.POSTING: 2,
    Step.DISTRICT_APPRAISAL: 2,
    Step.MONEY_APPRAISAL: 2,
    Step.MONEY_APPROVAL: None,
    Step.PAYMENT: 3,
}
# what the communes of the two demo districts are given first, so that every desk has work
_FIRST_WORK: Final[tuple[Stage | int, ...]] = (
    Stage.DRAFT,
    Stage.AT_DISTRICT,
    Stage.POSTED,
    2,
    Stage.AT_DEPARTMENT,
    Stage.POSTING,
    3,
    Stage.DISTRICT_APPROVED,
    Stage.MONEY_APPRAISED,
    0,
    Stage.SENT_BACK,
    4,
    1,
    Stage.AT_DISTRICT,
)
# the commune with two officers
BUSIEST: Final = f"{PHU_TAN}30406"
_BUSIEST_COMMUNE: Final = (Stage.POSTING, Stage.POSTED, Stage.SENT_BACK, 0, 1, 2)
# the commune whose officer is shown first, and which takes in dossiers of other policies
CHO_VAM: Final = f"{PHU_TAN}30409"
_OF_CHO_VAM: Final = (Stage.POSTING, Stage.SENT_BACK, Stage.DRAFT, Stage.POSTED)


# lists of the fourth decision at Phú Tân, by turn: money that is allocated and waits for a batch, a batch that waits to be signed
_FOURTH_OF_PHU_TAN: Final = {20: VE_SO, 25: OTHERS}


@dataclass(slots=True)
class StepPlan:
    """One pass through a step; `due_on` None where no limit is laid down."""

    step: Step
    started_on: dt.date
    due_on: dt.date | None
    finished_on: dt.date | None = None


@dataclass(slots=True)
class ListPlan:
    """One list: where, whose, how far, with the days of its way; `wave` is the decision's place in WAVES."""

    area_code: str
    stream: str
    stage: Stage
    size: int
    turn: int
    wave: int | None = None
    steps: list[StepPlan] = field(default_factory=list)
    posted_until: dt.date | None = None

    @property
    def district(self) -> str:
        return self.area_code[:5]

    def day_of(self, step: Step) -> dt.date | None:
        """When the list came to a step."""
        return next((taken.started_on for taken in self.steps if taken.step == step), None)

    def end_of(self, step: Step) -> dt.date | None:
        """When the list left a step."""
        return next((taken.finished_on for taken in self.steps if taken.step == step), None)

    @property
    def list_date(self) -> dt.date:
        return self.steps[0].started_on

    @property
    def was_submitted(self) -> bool:
        return self.day_of(Step.DISTRICT_APPRAISAL) is not None


class Days:
    """The working days of the demo, by place; the business date is the last."""

    def __init__(self, calendar: Calendar, today: dt.date) -> None:
        self.calendar = calendar
        span = (today - FIRST_DAY).days
        days = [FIRST_DAY + dt.timedelta(days=ahead) for ahead in range(span + 1)]
        self.worked = [day for day in days if calendar.is_working_day(day)] or [today]

    def place(self, day: dt.date) -> int:
        return max(0, sum(1 for worked in self.worked if worked <= day) - 1)

    def at(self, place: int) -> dt.date:
        return self.worked[min(max(place, 0), len(self.worked) - 1)]

    def due(self, start: dt.date, step: Step) -> dt.date | None:
        limit = LIMITS[step]
        return None if limit is None else self.calendar.add_working_days(start, limit)


def plan_lists(communes: Sequence[str], people: int, days: Days, random: Random) -> list[ListPlan]:
    """Lists whose sizes add up to about `people`, in the order in which they were made."""
    count = max(FEWEST_LISTS, people // PEOPLE_PER_LIST)
    work = list(_work(communes, count, random))
    weights = [random.uniform(0.5, 1.6) for _ in work]
    unit = people / sum(weights)
    plans: list[ListPlan] = []
    for turn, ((area_code, what), weight) in enumerate(zip(work, weights, strict=True)):
        stream = VE_SO if random.random() < 0.24 else OTHERS
        if turn in _FOURTH_OF_PHU_TAN and count > FEWEST_LISTS:
            what, stream = 3, _FOURTH_OF_PHU_TAN[turn]
        wave = what if isinstance(what, int) else None
        stage = what if isinstance(what, Stage) else stage_of_wave(area_code[:5], what, stream)
        plan = ListPlan(area_code, stream, stage, max(4, round(unit * weight)), turn, wave)
        plan.steps = _steps(plan, days, random)
        posted = plan.day_of(Step.POSTING)
        plan.posted_until = days.due(posted, Step.POSTING) if posted else None
        plans.append(plan)
    return sorted(plans, key=lambda plan: (plan.list_date, plan.turn))


def _work(communes: Sequence[str], count: int, random: Random) -> Iterator[tuple[str, Stage | int]]:
    """Commune and what its list is to be: a stage on the way, or the number of a wave."""
    shown = [code for code in communes if code.startswith((PHU_TAN, AN_PHU))]
    given = [(code, _FIRST_WORK[place % len(_FIRST_WORK)]) for place, code in enumerate(shown)]
    if count >= 2 * len(communes):
        given += [(BUSIEST, what) for what in _BUSIEST_COMMUNE]
        given += [(CHO_VAM, what) for what in _OF_CHO_VAM]
    yield from given
    others = [code for code in communes if code not in set(shown)]
    random.shuffle(others)
    turns = [*others, *communes]
    for place in range(count - len(given)):
        code = turns[place % len(turns)]
        yield code, _any_work(code, random)


def _any_work(area_code: str, random: Random) -> Stage | int:
    shares = wave_shares(area_code[:5])
    chance = random.random()
    for wave, share in enumerate(shares):
        if chance < share:
            return wave
        chance -= share
    return random.choices(list(ON_THE_WAY), weights=list(ON_THE_WAY.values()))[0]


def _steps(plan: ListPlan, days: Days, random: Random) -> list[StepPlan]:
    """The way of a list, backwards from the day that is given: its decision's, or when it came to the desk where it lies."""
    way = [
        Step.COMMUNE_REVIEW,
        Step.POSTING,
        Step.DISTRICT_APPRAISAL,
        Step.MONEY_APPRAISAL,
        Step.MONEY_APPROVAL,
    ]
    taken = {
        Step.COMMUNE_REVIEW: random.choice((1, 1, 2)),
        Step.POSTING: random.choice((2, 2, 2, 3)),
        Step.DISTRICT_APPRAISAL: random.choice((1, 1, 2, 2, 3)),
        Step.MONEY_APPRAISAL: random.choice((1, 1, 2, 2)),
        Step.MONEY_APPROVAL: random.choice((1, 2, 2)),
    }
    if plan.wave is not None:
        decided = WAVES[plan.wave]
        steps = _backwards(way, taken, days.place(decided.signed_on), days)
        if decided.allocated_on:
            paid_within = days.due(decided.allocated_on, Step.PAYMENT)
            steps.append(StepPlan(Step.PAYMENT, decided.allocated_on, paid_within))
        return steps
    current = _CURRENT_STEP[plan.stage]
    drawn = random.choice(_WAITED[plan.stage])
    waited = _WAITED_AT_PHU_TAN.get(plan.turn, drawn)
    place = len(days.worked) - 1 - waited
    steps = _backwards(way[: way.index(current)], taken, place, days)
    started = days.at(place)
    steps.append(StepPlan(current, started, _due(current, started, steps, days)))
    return steps


def _backwards(way: list[Step], taken: dict[Step, int], end: int, days: Days) -> list[StepPlan]:
    start = end - sum(taken[step] for step in way)
    steps: list[StepPlan] = []
    for step in way:
        began, ended = days.at(start), days.at(start + taken[step])
        steps.append(StepPlan(step, began, _due(step, began, steps, days), ended))
        start += taken[step]
    return steps


def _due(step: Step, began: dt.date, before: Sequence[StepPlan], days: Days) -> dt.date | None:
    """The posting's days lie inside the commune's three (QĐ 1856, default of the setting)."""
    return before[-1].due_on if step is Step.POSTING and before else days.due(began, step)


_CURRENT_STEP: Final = {
    Stage.DRAFT: Step.COMMUNE_REVIEW,
    Stage.POSTING: Step.POSTING,
    Stage.POSTED: Step.POSTING,
    Stage.SENT_BACK: Step.COMMUNE_REVIEW,
    Stage.AT_DISTRICT: Step.DISTRICT_APPRAISAL,
    Stage.DISTRICT_APPROVED: Step.DISTRICT_APPRAISAL,
    Stage.AT_DEPARTMENT: Step.MONEY_APPRAISAL,
    Stage.MONEY_APPRAISED: Step.MONEY_APPROVAL,
}
# what lies at the district of Phú Tân, by turn: a list due today, a late one, one in time
_WAITED_AT_PHU_TAN: Final = {15: 2, 27: 4, 29: 1}
# working days since the list came to its desk; above the limit it is late
_WAITED: Final = {
    Stage.DRAFT: (0, 1, 1, 2, 4),
    Stage.POSTING: (0, 1, 1, 2),
    Stage.POSTED: (2, 2, 3, 4),
    Stage.SENT_BACK: (0, 1, 1, 4),
    Stage.AT_DISTRICT: (0, 1, 1, 2, 2, 3, 4),
    Stage.DISTRICT_APPROVED: (1, 2, 2, 3),
    Stage.AT_DEPARTMENT: (0, 1, 1, 2, 3, 4),
    Stage.MONEY_APPRAISED: (0, 1, 2, 3),
}
