"""Where the lists of the demo stand: a stage for every desk, five waves of decisions, and how far each district has come."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from support_programs.enums import ListStatus


class Stage(StrEnum):
    """How far a list has come, its money included."""

    DRAFT = "draft"
    POSTING = "posting"
    POSTED = "posted"
    SENT_BACK = "sent_back"
    AT_DISTRICT = "at_district"
    DISTRICT_APPROVED = "district_approved"
    AT_DEPARTMENT = "at_department"
    MONEY_APPRAISED = "money_appraised"
    MONEY_APPROVED = "money_approved"
    ALLOCATED = "allocated"
    PREPARED = "prepared"
    BATCH_APPROVED = "batch_approved"
    HALF_PAID = "half_paid"
    CLOSED = "closed"

    @property
    def rank(self) -> int:
        return _RANKS[self]

    @property
    def list_status(self) -> ListStatus:
        """The status of such a list; its payment doesn't change it."""
        is_money_out = self.rank >= _RANKS[Stage.MONEY_APPROVED]
        return ListStatus.MONEY_APPROVED if is_money_out else ListStatus(self.value)

    @property
    def is_batched(self) -> bool:
        return self.rank >= _RANKS[Stage.PREPARED]


_RANKS: Final = {stage: rank for rank, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True)
class Wave:
    """One decision of the province with its allocation; the number carries the demo's mark, it is no real one."""

    number: str
    signed_on: dt.date
    allocated_on: dt.date | None


WAVES: Final = (
    Wave("DEMO-01/QĐ-UBND", dt.date(2021, 8, 25), dt.date(2021, 8, 27)),
    Wave("DEMO-02/QĐ-UBND", dt.date(2021, 9, 8), dt.date(2021, 9, 10)),
    Wave("DEMO-03/QĐ-UBND", dt.date(2021, 9, 17), dt.date(2021, 9, 20)),
    Wave("DEMO-04/QĐ-UBND", dt.date(2021, 9, 21), dt.date(2021, 9, 23)),
    Wave("DEMO-05/QĐ-UBND", dt.date(2021, 9, 24), None),
)


class Speed(StrEnum):
    """How fast a district works in the demo; invented, says nothing of the real ones."""

    FAST = "fast"
    USUAL = "usual"
    SLOW = "slow"


SPEEDS: Final = {
    "89893": Speed.FAST,
    "89888": Speed.FAST,
    "89883": Speed.FAST,
    "89892": Speed.USUAL,
    "89884": Speed.USUAL,
    "89889": Speed.USUAL,
    "89887": Speed.USUAL,
    "89894": Speed.SLOW,
    "89891": Speed.SLOW,
    "89886": Speed.SLOW,
    "89890": Speed.SLOW,
}
# the stage of each wave's lists
_WAVE_STAGES: Final = {
    Speed.FAST: (Stage.CLOSED, Stage.CLOSED, Stage.HALF_PAID, Stage.PREPARED, Stage.MONEY_APPROVED),
    Speed.USUAL: (Stage.CLOSED, Stage.CLOSED, Stage.HALF_PAID, Stage.PREPARED, Stage.MONEY_APPROVED),
    Speed.SLOW: (Stage.CLOSED, Stage.HALF_PAID, Stage.BATCH_APPROVED, Stage.ALLOCATED, Stage.MONEY_APPROVED),
}
# shares of a district's lists: the five waves, then those on their way
_WAVE_SHARES: Final = {
    Speed.FAST: (0.32, 0.27, 0.13, 0.06, 0.04),
    Speed.USUAL: (0.26, 0.24, 0.12, 0.08, 0.06),
    Speed.SLOW: (0.20, 0.17, 0.11, 0.09, 0.07),
}
ON_THE_WAY: Final = {
    Stage.DRAFT: 3,
    Stage.POSTING: 3,
    Stage.POSTED: 2,
    Stage.SENT_BACK: 1,
    Stage.AT_DISTRICT: 5,
    Stage.DISTRICT_APPROVED: 2,
    Stage.AT_DEPARTMENT: 4,
    Stage.MONEY_APPRAISED: 3,
}


def stage_of_wave(district: str, wave: int, stream: str) -> Stage:
    """How far a wave's lists have come in a district; the newest batches leave the lottery sellers waiting."""
    stage = _WAVE_STAGES[SPEEDS[district]][wave]
    return Stage.ALLOCATED if stage is Stage.PREPARED and stream == "VE_SO" else stage


def wave_shares(district: str) -> tuple[float, ...]:
    """Shares of the district's lists that each wave decided."""
    return _WAVE_SHARES[SPEEDS[district]]
