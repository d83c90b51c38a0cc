"""Decisions on money as everybody may see them, and as the department that publishes their scans does."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from core.dates import format_date
from core.text import search_key
from support_programs.enums import Step
from support_programs.models import ApprovalDecision, DecisionPublication, ProgrammeVersion
from support_programs.queries.public_lists import TOTALS_ONLY
from support_programs.rules.public_cells import hidden_paths

_LIVE: Final = "live_publications"


@dataclass(frozen=True, slots=True)
class PublicDecision:
    """One decision. `people` and `amount` are empty for patients, of whom only totals of the whole province are told, and where
    so few people are in it that with the public totals they could be told apart (`is_hidden`).

    `scan_since` is the day since which its scan can be downloaded; empty where none is public.
    """

    reference: str
    number: str
    signed_on: dt.date
    programme_code: str
    programme: str
    people: int | None
    amount: int | None
    scan_since: dt.date | None
    scan_size: int
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """What the address asks for; unknown words are ignored."""

    q: str = ""
    programme: str = ""
    scan: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "DecisionFilter":
        return cls(*(query.get(name, "").strip()[:60] for name in ("q", "programme", "scan")))

    def apply(self, rows: QuerySet[ApprovalDecision]) -> QuerySet[ApprovalDecision]:
        if self.programme:
            rows = rows.filter(programme=self.programme)
        if self.q:
            rows = rows.filter(number__icontains=self.q)
        if self.scan in ("yes", "no"):
            is_public = DecisionPublication.objects.filter(decision=OuterRef("pk"), withdrawn_on__isnull=True)
            rows = rows.filter(Exists(is_public) if self.scan == "yes" else ~Exists(is_public))
        return rows


def decisions() -> QuerySet[ApprovalDecision]:
    """Every decision with its public scan, newest first; two queries for a page of them."""
    live = DecisionPublication.objects.filter(withdrawn_on__isnull=True).select_related("file")
    rows: QuerySet[ApprovalDecision] = ApprovalDecision.objects.select_related("programme")
    return rows.prefetch_related(Prefetch("publications", live, to_attr=_LIVE)).order_by("-signed_on", "-pk")


def shown_decisions(rows: Iterable[ApprovalDecision]) -> list[PublicDecision]:
    """The decisions of one page as the public sees them; two queries for all of them."""
    untold = untold_decisions()
    return [_shown(row, is_hidden=row.pk in untold) for row in rows]


def untold_decisions() -> frozenset[int]:
    """Decisions whose sums would give away a small figure of the public totals, which are told by programme and month of signing.

    Of a programme whose lists are posted by name there is nothing to hide.
    """
    posting = ProgrammeVersion.objects.filter(definition__chain__contains=[{"step": Step.POSTING.value}])
    rows = ApprovalDecision.objects.exclude(programme__in=posting.values("programme")).order_by()
    people = {
        (programme, signed_on.replace(day=1), pk): count
        for programme, signed_on, pk, count in rows.values_list("programme", "signed_on", "pk", "people")
    }
    return frozenset(path[2] for path in hidden_paths(people) if len(path) == 3)


def _shown(decision: ApprovalDecision, *, is_hidden: bool) -> PublicDecision:
    live = live_publication(decision)
    is_total = decision.programme_id in TOTALS_ONLY
    is_told = not (is_total or is_hidden)
    return PublicDecision(
        reference=decision.reference,
        number=decision.number,
        signed_on=decision.signed_on,
        programme_code=decision.programme_id,
        programme=decision.programme.short_name,
        people=decision.people if is_told else None,
        amount=decision.amount if is_told else None,
        scan_since=live.published_on if live else None,
        scan_size=live.file.size if live else 0,
        is_hidden=is_hidden and not is_total,
    )


def live_publication(decision: ApprovalDecision) -> DecisionPublication | None:
    """The scan that stands on the public pages now."""
    known = getattr(decision, _LIVE, None)
    if known is None:
        rows = DecisionPublication.objects.filter(decision=decision, withdrawn_on__isnull=True)
        return rows.select_related("file").first()
    return known[0] if known else None


def public_scan(reference: str) -> DecisionPublication | None:
    """What may be downloaded of a decision; none of one on patients, whatever the rows say."""
    rows = DecisionPublication.objects.filter(decision__reference=reference, withdrawn_on__isnull=True)
    return rows.exclude(decision__programme__in=TOTALS_ONLY).select_related("file", "decision").first()


def file_name_of(decision: ApprovalDecision) -> str:
    """A name that says which paper it is, without signs that a file name can't have."""
    number = search_key(decision.number).replace(" ", "-")
    return f"quyet-dinh-{number}-{format_date(decision.signed_on).replace('/', '-')}.pdf"
