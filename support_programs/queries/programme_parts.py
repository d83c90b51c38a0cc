"""The parts of a version's rules in words: conditions, amounts, papers, questions, exclusions, and what is not sure of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from beneficiaries.registers import register_of
from core.wording import Text
from support_programs.queries.programme_words import SECTION_NAMES, answer_words, only_when, step_name
from support_programs.rules.definition import Definition
from support_programs.rules.form import FormField
from support_programs.rules.parts import Criterion, Evidence, Exclude
from support_programs.rules.registers import CATEGORY, ENTRY, RegisterSource
from support_programs.rules.supplements import Supplement


@dataclass(frozen=True, slots=True)
class CriterionShown:
    """One condition with the limits that its test holds ("" where the statement says it all) and when it counts."""

    rule: Criterion
    limits: str
    only_when: str


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group of occupations and the name of its stream ("" fits every stream)."""

    label: str
    stream: str


@dataclass(frozen=True, slots=True)
class SupplementShown:
    """What is added to the amount, when, and by which papers."""

    rule: Supplement
    words: str
    only_when: str
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper of the dossier; `only_when` for one that some cases need."""

    paper: Evidence
    only_when: str


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A question of the form and how it is answered."""

    field: FormField
    answer: str


@dataclass(frozen=True, slots=True)
class SectionShown:
    """The questions of one section of the form."""

    title: Text
    questions: tuple[QuestionShown, ...]


@dataclass(frozen=True, slots=True)
class SourceShown:
    """A fact that entries of a register tell: its label, the register, and what of an entry is read."""

    rule: RegisterSource
    label: str
    register: Text
    read: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another programme, to link to; without a name where the system doesn't hold it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ExcludeShown:
    """Programmes that shut this one out beside its exclusive group."""

    rule: Exclude
    programmes: tuple[Neighbour, ...]
    only_when: str


@dataclass(frozen=True, slots=True)
class DoubtsShown:
    """What must be asked about one kind of parts: (of what, the question); of the whole programme without the first."""

    title: Text
    doubts: tuple[tuple[str, str], ...]


def criteria_shown(rules: Definition) -> tuple[CriterionShown, ...]:
    return tuple(
        CriterionShown(rule, rule.test.describe(), only_when(rules, rule.when)) for rule in rules.criteria
    )


def groups_shown(rules: Definition) -> tuple[GroupShown, ...]:
    names = {stream.code: stream.name for stream in rules.streams}
    return tuple(GroupShown(group.label, names.get(group.stream, "")) for group in rules.occupation_groups)


def supplements_shown(rules: Definition) -> tuple[SupplementShown, ...]:
    names = {paper.code: paper.name for paper in rules.evidence}
    return tuple(
        SupplementShown(
            rule,
            rule.describe(),
            only_when(rules, rule.when),
            tuple(names[code] for code in rule.evidence if code in names),
        )
        for rule in rules.supplements
    )


def papers_shown(rules: Definition) -> tuple[PaperShown, ...]:
    return tuple(PaperShown(paper, only_when(rules, paper.when)) for paper in rules.evidence)


def questions_shown(rules: Definition) -> tuple[SectionShown, ...]:
    """The questions by section, in the order of the sections."""
    return tuple(
        SectionShown(title, questions)
        for code, title in SECTION_NAMES.items()
        if (
            questions := tuple(
                QuestionShown(field, answer_words(field)) for field in rules.fields if field.section == code
            )
        )
    )


def sources_shown(rules: Definition) -> tuple[SourceShown, ...]:
    """The facts that registers tell, in the order in which they are asked."""
    return tuple(
        SourceShown(
            source, rules.fact_label(source.fact), register_of(source.register).title, _read_words(source)
        )
        for source in rules.registers
    )


def _read_words(source: RegisterSource) -> str:
    if source.read == ENTRY:
        return _("có tên trong sổ")
    register = register_of(source.register)
    field = register.category_field if source.read == CATEGORY else register.field_of(source.read)
    return _("theo «%(field)s»") % {"field": field.label}


def excludes_shown(rules: Definition, names: Mapping[str, str]) -> tuple[ExcludeShown, ...]:
    return tuple(
        ExcludeShown(
            rule,
            tuple(Neighbour(code, names.get(code, "")) for code in rule.programmes),
            only_when(rules, rule.when),
        )
        for rule in rules.excludes
    )


def doubts_shown(rules: Definition) -> tuple[DoubtsShown, ...]:
    """Everything of `Definition.doubts` by kind; parts that share a question stand together."""
    kinds = (
        DoubtsShown(_("Về cả chính sách"), tuple(("", doubt) for doubt in rules.unsure)),
        DoubtsShown(_("Điều kiện"), _asked((rule.statement, rule.verify) for rule in rules.criteria)),
        DoubtsShown(_("Hỗ trợ thêm"), _asked((rule.label, rule.verify) for rule in rules.supplements)),
        DoubtsShown(_("Loại trừ"), _asked((rule.statement, rule.verify) for rule in rules.excludes)),
        DoubtsShown(
            _("Các bước và thời hạn"),
            _asked((str(step_name(rules, step)), step.verify) for step in rules.chain),
        ),
        DoubtsShown(_("Câu hỏi của biểu mẫu"), _asked((field.label, field.verify) for field in rules.fields)),
        DoubtsShown(
            _("Thông tin lấy từ các sổ"),
            _asked((rules.fact_label(source.fact), source.verify) for source in rules.registers),
        ),
    )
    return tuple(kind for kind in kinds if kind.doubts)


def _asked(parts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    by_question: dict[str, list[str]] = {}
    for words, verify in parts:
        if verify:
            by_question.setdefault(verify, []).append(words)
    return tuple(("; ".join(words), verify) for verify, words in by_question.items())
