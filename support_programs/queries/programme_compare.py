"""The versions of a programme side by side, in the words of the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import format_date
from support_programs.queries import programme_parts as parts
from support_programs.queries.programme_page import VersionShown
from support_programs.queries.programme_words import (
    ACTOR_NAMES,
    KIND_NAMES,
    LEVEL_NAMES,
    answer_words,
    only_when,
    step_name,
)
from support_programs.rules.comparing import Cell, Part, compare
from support_programs.rules.definition import Definition
from support_programs.rules.parts import ChainStep


@dataclass(frozen=True, slots=True)
class RowShown:
    """One part through all versions: (name of the version, what it says there)."""

    section: str
    cells: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The versions, oldest first; the rows that differ between them; and those that stayed: (section, sentences)."""

    versions: tuple[VersionShown, ...]
    rows: tuple[RowShown, ...]
    same: tuple[tuple[str, tuple[str, ...]], ...]


def comparison_of(versions: Sequence[VersionShown]) -> Comparison | None:
    """The comparison of a programme's current versions; None where there is nothing to compare."""
    shown = sorted((each for each in versions if each.row.is_current), key=lambda each: each.rules.valid_from)
    if len(shown) < 2:
        return None
    rows = compare([tuple(_parts(each.rules)) for each in shown])
    names = [_("Từ %(day)s") % {"day": format_date(each.rules.valid_from)} for each in shown]
    return Comparison(
        versions=tuple(shown),
        rows=tuple(
            RowShown(row.section, tuple(zip(names, row.cells, strict=True)))
            for row in rows
            if not row.is_same
        ),
        same=tuple((row.section, row.cells[-1].sentences) for row in rows if row.is_same),
    )


def _parts(rules: Definition) -> Iterator[Part]:
    """Everything that the versions are compared by, in the order of the page."""
    yield Part(_("Ai được hỗ trợ"), "", _lines(rules.summary, str(KIND_NAMES[rules.beneficiary_kind])))
    yield Part(
        _("Hạn nộp"), "", (format_date(rules.apply_by) if rules.apply_by else _("Không quy định hạn"),)
    )
    levels = ", ".join(str(LEVEL_NAMES[level]) for level in rules.receives)
    yield Part(_("Nơi nộp"), "", _lines(rules.where, levels))
    yield from _conditions(rules)
    yield from _money(rules)
    for shown in parts.papers_shown(rules):
        optional = "" if shown.paper.is_required else _("Nếu có.")
        paper = shown.paper
        yield Part(_("Giấy tờ"), paper.code, _lines(paper.name, shown.only_when, optional, paper.article))
    if rules.list_form:
        yield Part(_("Mẫu danh sách"), "", (rules.list_form,))
    for step in rules.chain:
        yield Part(_("Bước"), step.step, _step(rules, step))
    for field in rules.fields:
        must = _("Bắt buộc.") if field.is_required else ""
        words = (field.label, f"{answer_words(field)}.", must, field.article)
        yield Part(_("Câu hỏi của biểu mẫu"), field.code, _lines(*words))
    for basis in rules.legal_basis:
        yield Part(_("Căn cứ pháp lý"), basis.document, _lines(basis.document, basis.article))


def _conditions(rules: Definition) -> Iterator[Part]:
    for shown in parts.criteria_shown(rules):
        rule = shown.rule
        warning = _("Không đạt thì cán bộ xem lại, hệ thống không tự từ chối.") if rule.is_warning else ""
        words = (rule.statement, shown.limits, shown.only_when, warning, rule.article)
        yield Part(_("Điều kiện"), rule.code, _lines(*words))
    for exclude in rules.excludes:
        words = (exclude.statement, only_when(rules, exclude.when), "", "", exclude.article)
        yield Part(_("Loại trừ"), exclude.group, _lines(*words))


def _money(rules: Definition) -> Iterator[Part]:
    amount = rules.amount
    yield Part(_("Mức hỗ trợ"), "", _lines(amount.label, *amount.describe(), amount.article))
    for shown in parts.supplements_shown(rules):
        rule = shown.rule
        yield Part(_("Hỗ trợ thêm"), rule.code, _lines(shown.words, shown.only_when, rule.article))


def _step(rules: Definition, step: ChainStep) -> tuple[str, ...]:
    limit = _("Không quy định hạn")
    if step.limit is not None:
        limit = ngettext("%(n)d ngày làm việc", "%(n)d ngày làm việc", step.limit) % {"n": step.limit}
    words = f"{ACTOR_NAMES[step.actor]}, {limit}"
    return _lines(str(step_name(rules, step)), words, step.article)


def _lines(*sentences: str) -> tuple[str, ...]:
    return tuple(sentence for sentence in sentences if sentence)
