"""The period that figures are asked for: day, week, month, quarter, free, or cumulative."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# the day from which free workers could apply (QĐ 1856/QĐ-UBND), the first day of the province's own figures
BEGINNING: Final = dt.date(2021, 8, 6)


class PeriodKind(TextChoices):
    """What the period is; all but the free one contain the day that they are asked on."""

    DAY = "day", _("Hôm nay")
    WEEK = "week", _("Tuần này")
    MONTH = "month", _("Tháng này")
    QUARTER = "quarter", _("Quý này")
    ALL = "all", _("Lũy kế từ 06/8/2021")
    FREE = "free", _("Từ ngày … đến ngày …")


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    kind: PeriodKind
    first: dt.date
    last: dt.date


def period_of(kind: PeriodKind, today: dt.date) -> Period:
    """The period of a kind that ends today; a free one is what somebody typed."""
    firsts = {
        PeriodKind.DAY: today,
        PeriodKind.WEEK: monday_of(today),
        PeriodKind.MONTH: today.replace(day=1),
        PeriodKind.QUARTER: today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1),
    }
    return Period(kind, firsts.get(kind, BEGINNING), today)


def monday_of(day: dt.date) -> dt.date:
    """The Monday of the week that a day is in."""
    return day - dt.timedelta(days=day.weekday())
