"""All programmes on one page: who, how much, where, by when, how sure; by what the department does with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.db.models import Count
from django.utils.translation import gettext_lazy as lazy

from core.wording import Text
from core.workflow import Actor
from support_programs.models import Case
from support_programs.queries.programme_page import Standing, VersionShown, current_versions

CASH: Final = "cash"
ELSEWHERE: Final = "elsewhere"
DUTY: Final = "duty"
SHOWN_AMOUNTS: Final = 3
_GROUPS: Final[dict[str, tuple[Text, Text]]] = {
    CASH: (
        lazy("Hỗ trợ theo Nghị quyết 68/NQ-CP"),
        lazy("Hồ sơ được nhận, thẩm định và chi qua hệ thống này."),
    ),
    ELSEWHERE: (
        lazy("Theo dõi số liệu"),
        lazy("Cơ quan khác quyết định; Sở theo dõi số liệu."),
    ),
    DUTY: (
        lazy("Nhiệm vụ thường xuyên"),
        lazy("Trợ cấp hằng tháng, gạo, quà, trợ giúp khẩn cấp: không thuộc Nghị quyết 68/NQ-CP."),
    ),
}


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One programme by the version in force on the business date, else by the next or last one."""

    shown: VersionShown
    versions: tuple[VersionShown, ...]
    cases: int

    @property
    def amounts(self) -> tuple[str, ...]:
        return self.shown.amount_lines[:SHOWN_AMOUNTS]

    @property
    def further_amounts(self) -> int:
        return max(0, len(self.shown.amount_lines) - SHOWN_AMOUNTS)

    @property
    def unsure_count(self) -> int:
        """The most that one of its versions leaves open: they share most of it."""
        return max(version.rules.unsure_count for version in self.versions)


@dataclass(frozen=True, slots=True)
class ProgrammeGroup:
    """Programmes that the department treats alike."""

    code: str
    title: Text
    text: Text
    rows: tuple[ProgrammeRow, ...]


def programme_groups(actor: Actor) -> tuple[ProgrammeGroup, ...]:
    """Every programme, in the order of the resolution, with the cases that the reader may see. Two queries.

    Groups without a programme are left out.
    """
    counts: dict[str, int] = dict(
        Case.objects.visible_to(actor).order_by().values_list("programme_id").annotate(count=Count("pk"))
    )
    return _groups(counts)


def public_groups() -> tuple[ProgrammeGroup, ...]:
    """The same for everybody: no cases are counted. One query."""
    return _groups({})


def _groups(counts: Mapping[str, int]) -> tuple[ProgrammeGroup, ...]:
    rows = [
        _row(list(versions), counts.get(code, 0))
        for code, versions in groupby(current_versions(), key=lambda version: version.row.programme_id)
    ]
    rows.sort(key=lambda row: row.shown.place_in_resolution_68)
    grouped = {code: tuple(row for row in rows if _group_of(row) == code) for code in _GROUPS}
    return tuple(ProgrammeGroup(code, *_GROUPS[code], rows) for code, rows in grouped.items() if rows)


def _row(versions: Iterable[VersionShown], cases: int) -> ProgrammeRow:
    """The version in force leads its programme already; where none is, the next one, else the last."""
    found = sorted(versions, key=lambda version: version.rules.valid_from)
    in_force = [version for version in found if version.standing is Standing.IN_FORCE]
    coming = [version for version in found if version.standing is Standing.COMING]
    return ProgrammeRow((in_force or coming or found[-1:])[0], tuple(found), cases)


def _group_of(row: ProgrammeRow) -> str:
    if not row.shown.is_of_resolution_68:
        return DUTY
    return ELSEWHERE if row.shown.is_decided_elsewhere else CASH
