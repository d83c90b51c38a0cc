"""Rounds of handing out as their pages show them: figures by result, steps, lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from accounts.queries import area_names
from core.dates import format_date
from core.money import format_dong
from core.page_parts import Step, StepState
from core.querysets import area_filter
from core.references import parse_reference
from core.text import search_key
from core.workflow import Actor
from disbursements.enums import HandoutLineStatus, HandoutStatus
from disbursements.models import Handout, HandoutLine


@dataclass(frozen=True, slots=True)
class HandoutFigures:
    """People and units of a round by result. `difference` must be 0: planned - received - missed - waiting."""

    people: int = 0
    quantity: int = 0
    received_people: int = 0
    received_quantity: int = 0
    missed_people: int = 0
    missed_quantity: int = 0
    waiting_people: int = 0
    waiting_quantity: int = 0

    @property
    def difference(self) -> int:
        return self.quantity - self.received_quantity - self.missed_quantity - self.waiting_quantity


@dataclass(frozen=True, slots=True)
class HandoutRowOfList:
    """One round in the list of rounds."""

    handout: Handout
    area: str
    figures: HandoutFigures


@dataclass(frozen=True, slots=True)
class HandoutLineFilter:
    """Which lines of a round are shown: words of a name or a reference, one result, one commune."""

    q: str = ""
    status: str = ""
    area: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "HandoutLineFilter":
        return cls(query.get("q", "").strip()[:100], query.get("status", ""), query.get("area", ""))

    def apply(self, lines: QuerySet[HandoutLine]) -> QuerySet[HandoutLine]:
        if self.status in HandoutLineStatus.values:
            lines = lines.filter(status=self.status)
        if self.area:
            lines = lines.filter(area_filter(self.area))
        reference = parse_reference(self.q) if self.q else None
        if reference is not None:
            return lines.filter(Q(reference=str(reference)) | Q(case_reference=str(reference)))
        for word in search_key(self.q).split():
            lines = lines.filter(payee_key__contains=word)
        return lines


def handouts_of(actor: Actor) -> QuerySet[Handout]:
    """The rounds of one's area, newest first."""
    found: QuerySet[Handout] = Handout.objects.visible_to(actor)
    return found.select_related("goods", "programme").order_by("-pk")


def figures_of_handouts(handouts: Iterable[Handout]) -> dict[int, HandoutFigures]:
    """The figures of these rounds by primary key; one query."""
    sums: dict[str, Any] = {"people": Count("pk")}
    for name, status in (
        ("received", HandoutLineStatus.RECEIVED),
        ("missed", HandoutLineStatus.MISSED),
        ("waiting", HandoutLineStatus.WAITING),
    ):
        sums[f"{name}_people"] = Count("pk", filter=Q(status=status))
        sums[f"{name}_quantity"] = Sum("quantity", filter=Q(status=status), default=0)
    # last, because it hides the column of its name
    sums["quantity"] = Sum("quantity", default=0)
    lines = HandoutLine.objects.filter(handout__in=list(handouts)).exclude(status=HandoutLineStatus.CANCELLED)
    rows: Any = lines.order_by().values("handout").annotate(**sums)
    return {row["handout"]: HandoutFigures(**{name: row[name] for name in sums}) for row in rows}


def handout_rows(handouts: Iterable[Handout]) -> list[HandoutRowOfList]:
    """Rows of a page of rounds; one query for the figures."""
    found = list(handouts)
    figures, names = figures_of_handouts(found), area_names(row.area_code for row in found)
    return [
        HandoutRowOfList(row, names[row.area_code], figures.get(row.pk, HandoutFigures())) for row in found
    ]


def communes_of_handout(handout: Handout) -> list[tuple[str, str]]:
    """(code, name) of the communes that a round serves."""
    codes = list(
        HandoutLine.objects.filter(handout=handout)
        .order_by("area_code")
        .values_list("area_code", flat=True)
        .distinct()
    )
    names = area_names(codes)
    return [(code, names[code]) for code in codes]


def handout_steps(handout: Handout, figures: HandoutFigures) -> list[Step]:
    """From making the round to locking it: who, when, how much."""
    reached = {
        HandoutStatus.PREPARED: 1,
        HandoutStatus.APPROVED: 2,
        HandoutStatus.HANDING: 3,
        HandoutStatus.CLOSED: 5,
    }.get(HandoutStatus(handout.status), 0)
    handed = _("%(n)s / %(people)s người") % {
        "n": format_dong(figures.received_people),
        "people": format_dong(figures.people),
    }
    notes = [
        (_("Lập đợt"), _by(handout.created_by_name, handout.made_on)),
        (
            _("Duyệt"),
            _by(handout.approved_by_name, handout.approved_on) if handout.approved_on else _("Chưa duyệt"),
        ),
        (
            _("Xuất kho"),
            format_date(handout.started_on) if handout.started_on else _("Chưa xuất"),
        ),
        (_("Cấp phát"), handed if handout.started_on else _("Chưa bắt đầu")),
        (_("Khóa đợt"), format_date(handout.closed_on) if handout.closed_on else _("Chưa khóa")),
    ]
    is_over = handout.status == HandoutStatus.CANCELLED
    return [
        Step(
            label,
            StepState.DONE
            if place < reached
            else StepState.CURRENT
            if place == reached and not is_over
            else StepState.TODO,
            note,
        )
        for place, (label, note) in enumerate(notes)
    ]


def _by(name: str, day: Any) -> str:
    return f"{name}, {format_date(day)}"
