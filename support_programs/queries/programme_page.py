"""The rules of a programme's versions as their page says them: nothing is added to what the catalogue holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from core.wording import Text
from support_programs.models import ProgrammeVersion
from support_programs.rules.definition import Definition, read_definition
from support_programs.rules.judging import Calculation, calculate
from support_programs.rules.parts import Criterion

ACTOR_NAMES: Final[dict[str, Text]] = {
    "ubnd_xa": lazy("UBND cấp xã"),
    "ubnd_huyen": lazy("UBND cấp huyện"),
    "so_ldtbxh": lazy("Sở LĐ-TBXH"),
    "bhxh": lazy("Cơ quan BHXH"),
    "chi_cuc_thue": lazy("Chi cục Thuế"),
    "so_vhttdl": lazy("Sở Văn hóa, Thể thao và Du lịch"),
    "trung_tam_dvvl": lazy("Trung tâm Dịch vụ việc làm và Sở LĐ-TBXH"),
    "co_so_y_te": lazy("Cơ sở y tế"),
    "ngan_hang_csxh": lazy("Ngân hàng Chính sách xã hội"),
    "nguoi_su_dung_lao_dong": lazy("Người sử dụng lao động"),
    "so_ldtbxh_va_so_tai_chinh": lazy("Sở LĐ-TBXH và Sở Tài chính"),
    "ubnd_tinh": lazy("UBND tỉnh"),
}
SHORT_HASH: Final = 12


@dataclass(frozen=True, slots=True)
class CriterionShown:
    """One condition with the limits that its test holds, in words ("" where the statement says it all)."""

    rule: Criterion
    limits: str


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group of occupations and the name of its stream ("" fits every stream)."""

    label: str
    stream: str


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One version's rules. `partners` are the other programmes of its exclusive group; `anchor` its place on the page."""

    row: ProgrammeVersion
    rules: Definition
    criteria: tuple[CriterionShown, ...]
    groups: tuple[GroupShown, ...]
    sums: Calculation
    partners: tuple[str, ...]

    @property
    def anchor(self) -> str:
        return _anchor(self.row)


def rules_address(version: ProgrammeVersion) -> str:
    """Where the rules of this version are read; the address of a text that was replaced names that text."""
    page = reverse("support_programs:programme_page", args=[version.programme_id])
    query = "" if version.is_current else f"?text={version.content_hash[:SHORT_HASH]}"
    return f"{page}{query}#{_anchor(version)}"


def _anchor(version: ProgrammeVersion) -> str:
    return version.code if version.is_current else f"{version.code}-{version.content_hash[:SHORT_HASH]}"


def current_versions() -> list[VersionShown]:
    """The current text of every version of every programme. One query."""
    return _shown(ProgrammeVersion.objects.filter(is_current=True))


def versions_of(programme: str, text: str = "") -> list[VersionShown]:
    """The versions of a programme, newest first; `text` adds one text that was replaced, by the start of its hash. One query."""
    wanted = Q(is_current=True)
    if text:
        wanted |= Q(programme=programme, content_hash__startswith=text)
    found = _shown(ProgrammeVersion.objects.filter(wanted))
    return [version for version in found if version.row.programme_id == programme]


def _shown(rows: Iterable[ProgrammeVersion]) -> list[VersionShown]:
    read = [
        (row, read_definition(row.definition, f"{row.programme_id}/{row.code}"))
        for row in sorted(rows, key=_order)
    ]
    return [
        VersionShown(
            row=row,
            rules=rules,
            criteria=tuple(CriterionShown(rule, rule.test.describe()) for rule in rules.criteria),
            groups=_groups(rules),
            sums=calculate(rules, {}, row.valid_from),
            partners=_partners(rules, [other for _row, other in read]),
        )
        for row, rules in read
    ]


def _order(row: ProgrammeVersion) -> tuple[str, int, bool]:
    return row.programme_id, -row.valid_from.toordinal(), not row.is_current


def _groups(rules: Definition) -> tuple[GroupShown, ...]:
    names = {stream.code: stream.name for stream in rules.streams}
    return tuple(GroupShown(group.label, names.get(group.stream, "")) for group in rules.occupation_groups)


def _partners(rules: Definition, all_rules: list[Definition]) -> tuple[str, ...]:
    if not rules.exclusive_group:
        return ()
    names = {
        other.programme: other.name
        for other in all_rules
        if other.exclusive_group == rules.exclusive_group and other.programme != rules.programme
    }
    return tuple(names.values())
