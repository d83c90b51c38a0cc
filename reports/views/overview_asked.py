"""What the overview is asked for, kept in every link that leads on from it."""

from dataclasses import dataclass, replace
from typing import Any, Self

from django.http import QueryDict

from core.dates import format_date
from reports.forms.overview import OverviewForm
from reports.links import LISTS, link
from reports.queries.people import NOW, Stage
from reports.queries.periods import Period, PeriodKind

MAPS = ("tiles", "real")
WHATS = ("people", "amount")


@dataclass(frozen=True, slots=True)
class Filters:
    """Area, period, programme ("" is all), people or đồng in the table, tiles or the real map."""

    area: str
    period: Period
    programme: str = ""
    what: str = "people"
    map: str = "tiles"

    @classmethod
    def of(cls, query: QueryDict, form: OverviewForm, area: str) -> Self:
        """Whatever isn't known is what is usual."""
        period, programme = form.asked()
        what, shown = query.get("what", ""), query.get("map", "")
        return cls(
            area,
            period,
            programme,
            what if what in WHATS else WHATS[0],
            shown if shown in MAPS else MAPS[0],
        )

    @property
    def programmes(self) -> tuple[str, ...]:
        return (self.programme,) if self.programme else ()

    @property
    def is_amount(self) -> bool:
        return self.what == "amount"

    @property
    def is_cumulative(self) -> bool:
        return self.period.kind is PeriodKind.ALL

    def to(self, **changes: str) -> Self:
        """The same with another area, programme, unit of figures or map."""
        named: dict[str, Any] = dict(changes)
        return replace(self, **named)

    def overview(self, **changes: str) -> str:
        """The address of the overview."""
        asked = self.to(**changes)
        return link(
            "reports:overview",
            area=asked.area,
            **asked.time,
            programme=asked.programme,
            what=asked.what if asked.is_amount else "",
            map=asked.map if asked.map != MAPS[0] else "",
        )

    def people(
        self,
        stage: Stage,
        *,
        area: str = "",
        is_own: bool = False,
        in_period: bool = False,
        programme: str = "",
    ) -> str:
        """The people behind a figure; `in_period` those of the period only, else all until its last day."""
        return link(
            "reports:people",
            area=area or self.area,
            stage=stage.value,
            **({} if stage in NOW else self.time),
            programme=programme or self.programme,
            within="1" if in_period and not self.is_cumulative and stage not in NOW else "",
            own="1" if is_own else "",
        )

    def late(self, area: str = "") -> str:
        """The late lists."""
        return link(LISTS, area=area or self.area, programme=self.programme, late="1")

    @property
    def time(self) -> dict[str, str]:
        """The period as the addresses of both pages say it."""
        kind = self.period.kind
        if kind is not PeriodKind.FREE:
            return {"period": kind.value}
        days = {"first": format_date(self.period.first), "last": format_date(self.period.last)}
        return {"period": kind.value, **days}
