"""What the calculator asks: who somebody is, then the questions of the programmes for them. Every answer may be left open."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.dates import InvalidDateError, PartialDate, format_date, parse_date, parse_partial_date
from core.wording import Text
from support_programs.queries.answers import Applicant, read_given, wrong_birth, wrong_day
from support_programs.queries.who_asks import KINDS, Offer, Question, choices_of_happenings
from support_programs.rules.form import FormField

_LATEST: Final = dt.date(2099, 12, 31)
_UNKNOWN: Final = ("", _("Chưa rõ"))
_MOST_RADIOS: Final = 7


@dataclass(frozen=True, slots=True)
class Box:
    """One box to tick."""

    code: str
    label: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Happenings:
    """What may have happened to somebody of a kind; without a kind it may have to anybody."""

    kind: str
    title: Text
    boxes: list[Box]


class WhoForm(forms.Form):
    """Who asks, from which day on, and what happened."""

    kind = forms.ChoiceField(
        label=_("Ông/bà là ai?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn ông/bà là ai.")},
    )
    happened = forms.MultipleChoiceField(
        label=_("Việc gì đã xảy ra?"),
        help_text=_("Chọn một hoặc nhiều việc. Không chọn thì xem mọi chính sách của nhóm đã chọn."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    received_on = forms.CharField(
        label=_("Ngày nộp hồ sơ"),
        help_text=_("Ngày đã nộp hoặc sẽ nộp; ngày này quyết định bản quy định được áp dụng."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _("Hãy ghi ngày nộp hồ sơ.")},
    )
    birth = forms.CharField(
        label=_("Ngày sinh hoặc năm sinh"),
        help_text=_("Để tính tuổi, ví dụ 05/09/1985 hoặc 1985. Đơn vị, hộ kinh doanh để trống."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
        required=False,
    )

    def __init__(self, data: Any, known: Mapping[str, Offer]) -> None:
        super().__init__(data, initial={"received_on": format_date(clock.today())})
        present = {offer.kind for offer in known.values()}
        kinds = [(code, label) for code, label in KINDS.items() if code in present]
        self._choice("kind").choices = kinds
        self._choice("happened").choices = choices_of_happenings(known)

    def _choice(self, name: str) -> forms.ChoiceField:
        return cast("forms.ChoiceField", self.fields[name])

    def clean_received_on(self) -> dt.date:
        try:
            day = parse_date(self.cleaned_data["received_on"], latest=_LATEST)
        except InvalidDateError as error:
            raise forms.ValidationError(str(error)) from error
        if said := wrong_day(day):
            raise forms.ValidationError(said)
        return day

    def clean_birth(self) -> PartialDate | None:
        if not self.cleaned_data["birth"]:
            return None
        try:
            return parse_partial_date(self.cleaned_data["birth"], latest=clock.today())
        except InvalidDateError as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def happenings(self) -> list[Happenings]:
        """The boxes of what happened, by the kind that they are for."""
        chosen = set(self["happened"].value() or ())
        groups: Any = self._choice("happened").choices
        kinds = {label: kind for kind, label in KINDS.items()}
        return [
            Happenings(
                kinds.get(title, ""), title, [Box(code, label, code in chosen) for code, label in boxes]
            )
            for title, boxes in groups
        ]

    @property
    def kind_label(self) -> Text:
        return KINDS[self.cleaned_data["kind"]]

    @property
    def applicant(self) -> Applicant:
        born: PartialDate | None = self.cleaned_data["birth"]
        return Applicant(born.date, born.year) if born else Applicant()


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under one heading."""

    title: str
    summary: str
    fields: list[forms.BoundField]


class QuestionsForm(forms.Form):
    """The questions of some programmes; `values` gives each programme its typed facts."""

    is_all_optional = True  # the page says so once, not at each field

    def __init__(
        self, data: Any, questions: Sequence[Question], applicant: Applicant, *, is_answered: bool
    ) -> None:
        """While not all of it was asked (`is_answered`), what was answered before is shown and not judged."""
        super().__init__(data if is_answered else None, initial=_answered_before(data, questions))
        self.questions = questions
        self.applicant = applicant
        self.values: dict[str, dict[str, Any]] = {}
        for question in questions:
            self.fields[question.name] = _control(question.field)

    def clean(self) -> None:
        programmes = dict.fromkeys(code for question in self.questions for code in question.programmes)
        for programme in programmes:
            mine = {q.field.code: q for q in self.questions if programme in q.programmes}
            given = {code: _given(q.field, self.cleaned_data.get(q.name)) for code, q in mine.items()}
            values, problems = read_given([q.field for q in mine.values()], given)
            if said := wrong_birth(self.applicant, values.get("event_start")):
                problems.setdefault("event_start", said)
            for code, problem in problems.items():
                if problem not in self.errors.get(mine[code].name, ()):
                    self.add_error(mine[code].name, problem)
            self.values[programme] = values

    def groups(self, chosen: Sequence[Offer]) -> list[Group]:
        """The bound fields under the programme that asks them; those of several come first."""
        shared = [self[q.name] for q in self.questions if len(q.programmes) > 1]
        groups = [Group(str(_("Câu hỏi chung")), "", shared)] if shared else []
        for offer in chosen:
            own = [self[q.name] for q in self.questions if q.programmes == (offer.code,)]
            if own:
                groups.append(Group(offer.rules.short_name, offer.rules.summary, own))
        return groups


def _answered_before(data: Mapping[str, str], questions: Sequence[Question]) -> dict[str, str]:
    given = ((q.name, next((data[name] for name in q.names if data.get(name)), "")) for q in questions)
    return dict(given)


def _control(field: FormField) -> forms.Field:
    words: dict[str, Any] = {"label": field.label, "help_text": field.help, "required": False}
    if field.type == "flag":
        choices = [("true", _("Có")), ("false", _("Không")), _UNKNOWN]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect({"class": "choices"}), **words)
    if field.type == "choice" and len(field.choices) > _MOST_RADIOS:
        return forms.ChoiceField(choices=[_UNKNOWN, *field.choices], **words)
    if field.type == "choice":
        return forms.ChoiceField(choices=[*field.choices, _UNKNOWN], widget=forms.RadioSelect, **words)
    if field.type == "children":
        words["help_text"] = _("Ghi ngày sinh, mỗi dòng một trẻ, ví dụ 05/09/2018. %(help)s") % {
            "help": field.help
        }
        return forms.CharField(widget=forms.Textarea({"rows": 3, "autocomplete": "off"}), **words)
    attributes = {"autocomplete": "off"}
    if field.type in ("date", "month", "integer", "money"):
        attributes |= {"inputmode": "numeric", "class": "w-money" if field.type == "money" else "w-date"}
    return forms.CharField(widget=forms.TextInput(attributes), max_length=100, **words)


def _given(field: FormField, typed: str | None) -> Any:
    """What was typed as the rules' form takes it; children are one day of birth a line."""
    if field.type != "children" or not typed:
        return typed
    return [{"birth_date": line.strip()} for line in typed.splitlines() if line.strip()]
