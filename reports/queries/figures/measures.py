"""What can be counted: a fact (proposed, paid, …), what of it (people, đồng), and over which time."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Fact(TextChoices):
    """Something that happened to people's claims and money, or that is the case now."""

    PROPOSED = "proposed", _("Đề nghị")
    APPROVED = "approved", _("Phê duyệt")
    PAID = "paid", _("Đã chi")
    # approved and not paid: computed from both, cumulative
    REMAINING = "remaining", _("Còn phải chi")
    RETURNED = "returned", _("Chi chưa được")
    REFUSED = "refused", _("Không đủ điều kiện")
    # cases in lists whose running step is beyond its due day, now
    LATE = "late", _("Quá hạn")


class What(TextChoices):
    """People are claims («lượt»): who has two claims counts twice."""

    PEOPLE = "people", _("Số người")
    AMOUNT = "amount", _("Số tiền")


class Time(TextChoices):
    """In the period asked for, or from the beginning to its end; what is the case now counts as cumulative."""

    PERIOD = "period", _("trong kỳ")
    TO_DATE = "to_date", _("lũy kế")


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a table. `code` («paid_people_period») names it in kept layouts, files and the API."""

    fact: Fact
    what: What
    time: Time

    @property
    def code(self) -> str:
        return f"{self.fact}_{self.what}_{self.time}"

    @property
    def is_money(self) -> bool:
        return self.what is What.AMOUNT


# facts that are only the case now have no figure of a period
STATES: Final = (Fact.REMAINING, Fact.RETURNED, Fact.LATE)
MEASURES: Final = MappingProxyType(
    {
        one.code: one
        for one in (
            Measure(fact, what, time)
            for fact in Fact
            for time in Time
            for what in What
            if time is Time.TO_DATE or fact not in STATES
        )
    }
)


def measure(fact: Fact, what: What, time: Time = Time.TO_DATE) -> Measure:
    """The measure; KeyError for one that doesn't exist (a state has no period)."""
    return MEASURES[f"{fact}_{what}_{time}"]
