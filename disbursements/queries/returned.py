"""People who were not paid and are still owed: why, since when, by which way, and whether their money is still there."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from accounts.queries import area_names
from core.querysets import area_filter
from core.text import search_key
from core.wording import Text
from core.workflow import Actor
from disbursements.enums import InstructionStatus, PayoutChannel, ReturnReason
from disbursements.models import PaymentInstruction, UnclaimedItem
from support_programs.enums import EntitlementStatus

# ages in days since the money came back: code -> (from, below, words)
AGES: Final[Mapping[str, tuple[int, int | None, Text]]] = {
    "week": (0, 8, _("Trong 7 ngày")),
    "month": (8, 31, _("8 đến 30 ngày")),
    "quarter": (31, 91, _("31 đến 90 ngày")),
    "old": (91, None, _("Trên 90 ngày")),
}
GONE: Final = "gone"


@dataclass(frozen=True, slots=True)
class ReturnedFilter:
    """Which of them are shown: words of the name, why, how old, by which way, where, which programme."""

    q: str = ""
    reason: str = ""
    age: str = ""
    channel: str = ""
    area: str = ""
    programme: str = ""
    state: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ReturnedFilter":
        """An unknown choice filters nothing."""
        chosen = {name: query.get(name, "").strip() for name in cls.__slots__}
        known = {
            "reason": ReturnReason.values,
            "age": AGES,
            "channel": PayoutChannel.values,
            "state": (GONE, "owed"),
        }
        return cls(
            **{name: value for name, value in chosen.items() if name not in known or value in known[name]}
        )

    def apply(self, lines: QuerySet[PaymentInstruction], on: dt.date) -> QuerySet[PaymentInstruction]:
        """The lines that fit, on a day."""
        for field, value in (("channel", self.channel), ("batch__programme", self.programme)):
            if value:
                lines = lines.filter(**{field: value})
        if self.reason:
            lines = lines.filter(_said(self.reason))
        if self.area:
            lines = lines.filter(area_filter(self.area))
        if self.age:
            lines = lines.filter(_of_age(self.age, on))
        if self.state:
            gone = _gone()
            lines = lines.filter(gone) if self.state == GONE else lines.exclude(gone)
        for word in search_key(self.q).split():
            lines = lines.filter(entitlement__case__name_key__contains=word)
        return lines


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One of them: the line, where, how many days ago the money came back, the end of a telephone number, and what to do."""

    line: Any
    area: str
    days: int
    reason: Text
    phone_end: str
    person: str

    @property
    def is_account_wrong(self) -> bool:
        return bool(self.line.channel == PayoutChannel.BANK)


def still_owed(rows: QuerySet[PaymentInstruction]) -> QuerySet[PaymentInstruction]:
    """Of these lines the last ones, cancelled tries aside, of people who were not paid and are owed the money still."""
    later = PaymentInstruction.objects.filter(
        entitlement=OuterRef("entitlement"), attempt__gt=OuterRef("attempt")
    ).exclude(status=InstructionStatus.CANCELLED)
    owed = rows.filter(
        status__in=InstructionStatus.final_without_payment(),
        entitlement__status=EntitlementStatus.APPROVED,
        entitlement__doubles__isnull=True,
    )
    return owed.exclude(Exists(later))


def returned_lines(actor: Actor) -> QuerySet[PaymentInstruction]:
    """What came back in one's area and is still owed, newest first; `is_gone`: the money went back to the budget since."""
    found: QuerySet[PaymentInstruction] = PaymentInstruction.objects.visible_to(actor)
    return still_owed(found).annotate(is_gone=_gone()).order_by("-resulted_on", "-pk")


def reason_groups(lines: QuerySet[PaymentInstruction]) -> list[tuple[str, Text, int, int]]:
    """(code, words, people, đồng) of each reason that occurs, the most frequent first; one query."""
    rows: Any = (
        lines.order_by()
        .values(code=F("result_code"), words=F("result_reason"))
        .annotate(people=Count("pk"), money=Sum("amount"))
    )
    sums: dict[str, list[int]] = {}
    for row in rows:
        group = sums.setdefault(reason_code(row["code"], row["words"]), [0, 0])
        group[0] += row["people"]
        group[1] += row["money"]
    ranked = sorted(sums.items(), key=lambda item: (-item[1][0], item[0]))
    return [(code, ReturnReason(code).label, people, money) for code, (people, money) in ranked]


def reason_code(code: str, words: str) -> str:
    """The kind of a result: as it was recorded, else by its words, else "other"."""
    return code or next((kind.value for kind in ReturnReason if str(kind.label) == words), ReturnReason.OTHER)


def returned_rows(lines: Iterable[PaymentInstruction], on: dt.date) -> list[ReturnedRow]:
    """In two queries, whatever their number; of a telephone number its last three digits only."""
    found = list(lines)
    names = area_names({line.area_code for line in found})
    people = {
        pk: (reference or "", phone or of_case or "")
        for pk, reference, phone, of_case in PaymentInstruction.objects.filter(
            pk__in=[line.pk for line in found]
        ).values_list(
            "pk",
            "entitlement__claimant__reference",
            "entitlement__claimant__phone",
            "entitlement__case__phone",
        )
    }
    return [
        ReturnedRow(
            line=line,
            area=names[line.area_code],
            days=(on - line.resulted_on).days if line.resulted_on else 0,
            reason=line.result_reason,
            phone_end=people[line.pk][1][-3:],
            person=people[line.pk][0],
        )
        for line in found
    ]


def _gone() -> Exists:
    """The money of a line's entitlement went back to the budget, and nobody reopened it (as `unclaimed.money_went_back`)."""
    return Exists(UnclaimedItem.objects.filter(entitlement=OuterRef("entitlement"), reopened_on__isnull=True))


def _said(reason: str) -> Q:
    labels = {kind.value: str(kind.label) for kind in ReturnReason}
    by_words = Q(result_code="", result_reason=labels[reason])
    if reason == ReturnReason.OTHER:
        by_words = Q(result_code="") & ~Q(
            result_reason__in=[label for code, label in labels.items() if code != ReturnReason.OTHER]
        )
    return Q(result_code=reason) | by_words


def _of_age(age: str, on: dt.date) -> Q:
    youngest, below, _words = AGES[age]
    fits = Q(resulted_on__lte=on - dt.timedelta(days=youngest))
    return fits & Q(resulted_on__gt=on - dt.timedelta(days=below)) if below else fits
