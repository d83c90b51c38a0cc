"""A programme's versions as its page says them: nothing is added to what the catalogue holds, but dates and counts."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.queries.calendar import working_calendar
from core.wording import Text
from core.workflow import Actor
from support_programs.models import Case, ProgrammeVersion
from support_programs.queries import programme_parts as parts
from support_programs.queries.programme_words import COUNTED_BY, KIND_NAMES, LEVEL_NAMES, PERIOD_NAMES
from support_programs.rules.deadlines import FilingDeadline, filing_deadline
from support_programs.rules.definition import Definition, read_definition

SHORT_HASH: Final = 12
_RESOLUTION_68: Final = "68/NQ-CP"
_POINT: Final = re.compile(r"khoản (\d+)")
_NO_PLACE: Final = 99


class Standing(StrEnum):
    """Where a version stands on the business date."""

    IN_FORCE = "in_force"
    COMING = "coming"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One version's rules on a day. `partners` are the other programmes of its exclusive group, `names` those of all.

    `cases` are those that the reader may see and that this version judged; of a text that was replaced only its own.
    """

    row: ProgrammeVersion
    rules: Definition
    today: dt.date
    deadline: FilingDeadline | None
    partners: tuple[parts.Neighbour, ...] = ()
    names: Mapping[str, str] | None = None
    cases: int = 0

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return _anchor(self.row)

    @property
    def standing(self) -> Standing:
        if self.today < self.rules.valid_from:
            return Standing.COMING
        is_over = self.rules.valid_to is not None and self.today > self.rules.valid_to
        return Standing.ENDED if is_over else Standing.IN_FORCE

    @property
    def is_late(self) -> bool:
        """Whether nobody can file any more."""
        return self.deadline is not None and self.deadline.is_over(self.today)

    @property
    def takes_dossiers(self) -> bool:
        """Whether anything is filed here; supplements are reckoned with the programme that they go with."""
        return bool(self.rules.receives)

    @property
    def is_decided_elsewhere(self) -> bool:
        return self.rules.is_tracked_only and self.takes_dossiers

    @property
    def is_of_resolution_68(self) -> bool:
        return self.place_in_resolution_68 < _NO_PLACE

    @property
    def place_in_resolution_68(self) -> int:
        """Its point in Mục II of NQ 68, by the catalogue's legal basis; a number after all points for other programmes."""
        articles = [basis.article for basis in self.rules.legal_basis if _RESOLUTION_68 in basis.document]
        points = [int(point) for article in articles for point in _POINT.findall(article)]
        return points[0] if points else _NO_PLACE

    @property
    def kind(self) -> Text:
        return KIND_NAMES[self.rules.beneficiary_kind]

    @property
    def period(self) -> Text:
        return PERIOD_NAMES[self.rules.period]

    @property
    def counted_by(self) -> Text:
        return COUNTED_BY[self.rules.version_by]

    @property
    def levels(self) -> str:
        """The levels that take its dossiers in."""
        return ", ".join(str(LEVEL_NAMES[level]) for level in self.rules.receives)

    @property
    def amount_lines(self) -> tuple[str, ...]:
        """How much, in sentences; a table may still be empty."""
        return self.rules.amount.describe() or (_("Chưa nhập mức vào hệ thống."),)

    @property
    def criteria(self) -> tuple[parts.CriterionShown, ...]:
        return parts.criteria_shown(self.rules)

    @property
    def groups(self) -> tuple[parts.GroupShown, ...]:
        return parts.groups_shown(self.rules)

    @property
    def supplements(self) -> tuple[parts.SupplementShown, ...]:
        return parts.supplements_shown(self.rules)

    @property
    def papers(self) -> tuple[parts.PaperShown, ...]:
        return parts.papers_shown(self.rules)

    @property
    def sources(self) -> tuple[parts.SourceShown, ...]:
        return parts.sources_shown(self.rules)

    @property
    def questions(self) -> tuple[parts.SectionShown, ...]:
        return parts.questions_shown(self.rules)

    @property
    def excludes(self) -> tuple[parts.ExcludeShown, ...]:
        return parts.excludes_shown(self.rules, self.names or {})

    @property
    def doubts(self) -> tuple[parts.DoubtsShown, ...]:
        return parts.doubts_shown(self.rules)


def rules_address(version: ProgrammeVersion) -> str:
    """Where the rules of this version are read; the address of a text that was replaced names that text."""
    page = reverse("support_programs:programme_page", args=[version.programme_id])
    query = "" if version.is_current else f"?text={version.content_hash[:SHORT_HASH]}"
    return f"{page}{query}#{_anchor(version)}"


def _anchor(version: ProgrammeVersion) -> str:
    return version.code if version.is_current else f"{version.code}-{version.content_hash[:SHORT_HASH]}"


def current_versions() -> list[VersionShown]:
    """The current text of every version of every programme, without partners and counts. One query."""
    return _shown(ProgrammeVersion.objects.filter(is_current=True))


def public_versions(programme: str) -> list[VersionShown]:
    """The current texts of a programme as everybody reads them: no count of cases. Two queries."""
    rows = ProgrammeVersion.objects.filter(is_current=True, programme=programme)
    return _shown(rows, _neighbourhood())


def versions_of(actor: Actor, programme: str, text: str = "") -> list[VersionShown]:
    """The versions of a programme: the one in force first, then newest first. Three queries.

    `text` adds one text that was replaced, by the start of its hash.
    """
    wanted = Q(is_current=True)
    if text:
        wanted |= Q(content_hash__startswith=text)
    rows = list(ProgrammeVersion.objects.filter(wanted, programme=programme))
    return _shown(rows, _neighbourhood(), _case_counts(actor, programme)) if rows else []


@dataclass(frozen=True, slots=True)
class _Neighbourhood:
    """Names of all programmes, and which of them stand in which exclusive group."""

    names: Mapping[str, str]
    groups: Mapping[str, str]

    def partners(self, rules: Definition) -> tuple[parts.Neighbour, ...]:
        return tuple(
            parts.Neighbour(code, self.names[code])
            for code, group in self.groups.items()
            if group and group == rules.exclusive_group and code != rules.programme
        )


def _neighbourhood() -> _Neighbourhood:
    rows: list[tuple[str, str, Any]] = list(
        ProgrammeVersion.objects.filter(is_current=True)
        .order_by("programme_id", "valid_from")
        .values_list("programme_id", "programme__short_name", "definition__exclusive_group")
    )
    return _Neighbourhood(
        {code: name for code, name, _group in rows}, {code: group or "" for code, _name, group in rows}
    )


def _case_counts(actor: Actor, programme: str) -> dict[tuple[str, int], int]:
    """Cases that the reader may see, by version and text of it."""
    rows = (
        Case.objects.visible_to(actor)
        .filter(programme_id=programme)
        .order_by()
        .values_list("version_used__code", "version_used_id")
        .annotate(count=Count("pk"))
    )
    return {(code, version): count for code, version, count in rows}


def _shown(
    rows: Iterable[ProgrammeVersion],
    around: _Neighbourhood | None = None,
    counts: Mapping[tuple[str, int], int] | None = None,
) -> list[VersionShown]:
    today, calendar = clock.today(), working_calendar()
    shown = []
    for row in rows:
        rules = read_definition(row.definition, f"{row.programme_id}/{row.code}")
        deadline = filing_deadline(rules.apply_by, calendar) if rules.apply_by else None
        partners = around.partners(rules) if around else ()
        names = around.names if around else {}
        shown.append(VersionShown(row, rules, today, deadline, partners, names, _cases_of(row, counts or {})))
    return sorted(shown, key=_order)


def _cases_of(row: ProgrammeVersion, counts: Mapping[tuple[str, int], int]) -> int:
    if not row.is_current:
        return counts.get((row.code, row.pk), 0)
    return sum(count for (code, _pk), count in counts.items() if code == row.code)


def _order(shown: VersionShown) -> tuple[str, bool, int, bool]:
    row = shown.row
    is_later = shown.standing is not Standing.IN_FORCE
    return row.programme_id, is_later, -row.valid_from.toordinal(), not row.is_current
