"""Which programmes are for whom: what the calculator looks at, and what it asks, each question once."""

import datetime as dt
import zlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from core.wording import Text
from support_programs.models import ProgrammeVersion
from support_programs.queries.preview import Known, asked_fields, version_in_force
from support_programs.queries.programmes import definition_of
from support_programs.queries.questions import OCCUPATION, read_facts
from support_programs.rules.definition import Definition
from support_programs.rules.form import SECTIONS, FormField

KINDS: Final[dict[str, Text]] = {
    "worker": _("Người lao động có hợp đồng lao động"),
    "free_worker": _("Lao động tự do, không có hợp đồng lao động"),
    "guide": _("Hướng dẫn viên du lịch"),
    "artist": _("Viên chức hoạt động nghệ thuật"),
    "sick": _("Người điều trị COVID-19 (F0), người cách ly y tế (F1)"),
    "household": _("Hộ kinh doanh"),
    "employer": _("Người sử dụng lao động (doanh nghiệp, hợp tác xã, đơn vị, trường)"),
    "other": _("Trường hợp khác (bảo trợ xã hội, khó khăn do dịch)"),
}
_BY_BENEFICIARY: Final = {
    "person_via_employer": "worker",
    "person_via_unit": "artist",
    "household_business": "household",
    "employer": "employer",
}
# persons who file by themselves: the catalogue doesn't say who they are, so it stands here
_PERSONS: Final = {
    "CHAM_DUT": "worker",  # a worker whose contract ended; the former employer files nothing (Điều 24)
    "HDV_DL": "guide",
    "F0_F1": "sick",
}
# what somebody of a kind may get beside, when they say that it happened
_BESIDE: Final[dict[str, tuple[str, ...]]] = {
    # the meal money and the help for children come on top of any regime (NQ 68, Mục I and II.8)
    **dict.fromkeys(("worker", "free_worker", "guide", "artist", "household", "other"), ("F0_F1",)),
    # a household business counts as an employer for the payroll loan
    "household": ("F0_F1", "VAY_VON"),
    # street vendors and the like, who need no registration (NQ 126), instead of the support for free workers
    "free_worker": ("F0_F1", "HO_KD"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A programme that the calculator can answer for, with its versions, oldest first."""

    code: str
    kind: str
    versions: tuple[Known, ...]

    @property
    def rules(self) -> Definition:
        return self.versions[-1].rules


@dataclass(frozen=True, slots=True)
class Question:
    """One question for one or more programmes that ask it in the same words."""

    field: FormField
    programmes: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of its control."""
        return f"{self.programmes[0] if len(self.programmes) == 1 else 'all'}-{self.field.code}"

    @property
    def mark(self) -> str:
        """Tells whether a page has asked this question already, in these words."""
        return f"{self.name}~{zlib.crc32(self.field.label.encode()):x}"

    @property
    def names(self) -> tuple[str, ...]:
        """Names under which the same fact may have been answered before, beside other programmes."""
        own = (f"{programme}-{self.field.code}" for programme in self.programmes)
        return (self.name, f"all-{self.field.code}", *own)


def offers() -> dict[str, Offer]:
    """By code the programmes with something to file. One query; the rules are kept in the process."""
    rows = ProgrammeVersion.objects.filter(is_current=True).defer("definition")
    found: dict[str, list[Known]] = {}
    for row in rows.order_by("programme_id", "valid_from"):
        found.setdefault(row.programme_id, []).append(Known(row, definition_of(row.pk)))
    return {
        code: Offer(code, _kind_of(versions[-1].rules), tuple(versions))
        for code, versions in found.items()
        if versions[-1].rules.receives
    }


def _kind_of(rules: Definition) -> str:
    """A programme for persons with groups of occupations is for free workers, one that is not known yet for others."""
    if rules.beneficiary_kind in _BY_BENEFICIARY:
        return _BY_BENEFICIARY[rules.beneficiary_kind]
    return _PERSONS.get(rules.programme, "free_worker" if rules.occupation_groups else "other")


def choices_of_happenings(known: Mapping[str, Offer]) -> list[tuple[Text, list[tuple[str, str]]]]:
    """What may have happened: by kinds their programmes, if several, and what only they say beside; then what anybody may."""
    beside = Counter(code for codes in _BESIDE.values() for code in codes if code in known)
    groups: list[tuple[Text, list[tuple[str, str]]]] = []
    for kind, label in KINDS.items():
        own = [offer.code for offer in known.values() if offer.kind == kind]
        codes = own if len(own) > 1 else []
        codes += [code for code in _BESIDE.get(kind, ()) if beside[code] == 1]
        if codes:
            groups.append((label, [(code, known[code].rules.short_name) for code in codes]))
    more = [(code, known[code].rules.short_name) for code, kinds in beside.items() if kinds > 1]
    return [*groups, (_("Thêm vào đó"), more)] if more else groups


def offers_for(known: Mapping[str, Offer], kind: str, happened: Collection[str]) -> list[Offer]:
    """The programmes to look at: those of the kind (of several only what happened, if that was said), and what came beside."""
    own = [offer for offer in known.values() if offer.kind == kind]
    beside = [known[code] for code in _BESIDE.get(kind, ()) if code in happened and code in known]
    said = [offer for offer in own if offer.code in happened]
    if len(own) > 1 and (said or beside):
        own = said
    return own + beside


def questions_for(chosen: Sequence[Offer], received_on: dt.date) -> list[Question]:
    """What the rules of these programmes read, in the order of the form's sections; the same question stands once."""
    asked: dict[tuple[object, ...], list[tuple[str, FormField]]] = {}
    for offer in chosen:
        for field in _read_fields(offer, received_on):
            key = (field.code, field.label, field.type, field.choices)
            asked.setdefault(key, []).append((offer.code, field))
    questions = [Question(same[0][1], tuple(code for code, _field in same)) for same in asked.values()]
    return sorted(questions, key=lambda question: SECTIONS.index(question.field.section))


def _read_fields(offer: Offer, received_on: dt.date) -> list[FormField]:
    """Questions of the version in force and of later ones, which may be the ones that help."""
    first = version_in_force(offer.versions, received_on, {})
    since = first.rules.valid_from if first else dt.date.min
    later = [known.rules for known in offer.versions if known.rules.valid_from >= since]
    read = set().union(*(read_facts(rules) for rules in later)) - {OCCUPATION}
    return [field for field in asked_fields(offer.versions, received_on) if field.code in read]
