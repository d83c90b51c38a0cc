"""The form of one claim, drawn from the programme's version: receipt, applicant, employer, answers, children."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.queries import children_of as areas_below
from beneficiaries.enums import EmployerKind
from core import clock
from core.dates import InvalidDateError, format_date, parse_date
from core.wording import Text
from support_programs.enums import ChildIdentity, Relation
from support_programs.queries.claims import shown_value
from support_programs.queries.programme_words import SECTION_NAMES
from support_programs.rules.definition import Definition
from support_programs.rules.form import FormField
from support_programs.services.children import takes_children

FIRST_CHILDREN: Final = 3
_LATEST: Final = dt.date(2099, 12, 31)
_MOST_RADIOS: Final = 7
_NUMERIC: Final = {"autocomplete": "off", "inputmode": "numeric"}
_PLAIN: Final = {"autocomplete": "off"}
_SEXES: Final = [("", gettext_lazy("Chưa có")), ("Nam", gettext_lazy("Nam")), ("Nữ", gettext_lazy("Nữ"))]


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading."""

    code: str
    title: Text
    icon: str
    fields: list[forms.BoundField]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChildRow:
    """The fields of one child."""

    number: int
    fields: list[forms.BoundField]


def answer_control(field: FormField) -> forms.Field:
    """The control of one question; every answer may be left open. Article and doubt stand in the hint."""
    words: dict[str, Any] = {"label": _label(field), "help_text": hint_of(field), "required": False}
    if field.type == "flag":
        choices = [("true", _("Có")), ("false", _("Không")), ("", _("Chưa rõ"))]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect({"class": "choices"}), **words)
    if field.type == "choice":
        widget = forms.Select if len(field.choices) > _MOST_RADIOS else forms.RadioSelect
        return forms.ChoiceField(choices=[*field.choices, ("", _("Chưa rõ"))], widget=widget, **words)
    if field.type == "long_text":
        return forms.CharField(widget=forms.Textarea({"rows": 3}), **words)
    attributes = dict(_PLAIN)
    if field.type in ("date", "month", "integer", "money"):
        attributes = {**_NUMERIC, "class": "w-money" if field.type == "money" else "w-date"}
    return forms.CharField(widget=forms.TextInput(attributes), **words)


def typed_form(field: FormField, stored: Any) -> str:
    """A stored answer as its control takes it."""
    if field.type == "flag":
        return {True: "true", False: "false"}.get(stored, "")
    if field.type == "choice":
        return str(stored or "")
    return shown_value(field, stored).removesuffix(" đ")


def hint_of(field: FormField) -> SafeString:
    article = format_html('<span class="law">{}</span>', field.article) if field.article else ""
    doubt = ""
    if field.verify:
        doubt = format_html(
            '<span class="unsure"><span class="tag t-warn">{}</span> {}</span>',
            _("Chưa chắc chắn"),
            field.verify,
        )
    return format_html("{} {} {}", field.help, article, doubt)


def _label(field: FormField) -> str:
    return field.label if field.is_required else optional(field.label)


def optional(label: Any) -> str:
    return format_html('{} <span class="muted">({})</span>', label, _("không bắt buộc"))


class ClaimForm(forms.Form):
    """Names carry their part: `applicant-dob`, `employer-tax_code`, `answers-event_start`, `child-1-number`."""

    is_all_optional = True  # the labels say themselves what may be left out

    def __init__(
        self, data: Any, *, definition: Definition, area_code: str, rows: int, initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial={"received_on": format_date(clock.today()), **initial})
        self.definition = definition
        self.rows = rows if takes_children(definition) else 0
        self._add_receipt()
        if definition.beneficiary_kind not in ("person", "household_business"):
            self._add_employer(area_code)
        if definition.beneficiary_kind != "employer":
            self._add_applicant()
        for field in definition.fields:
            if field.type != "children":
                self.fields[f"answers-{field.code}"] = answer_control(field)
        if "answers-employer_kind" in self.fields and "employer-kind" in self.fields:
            kind = self.fields["answers-employer_kind"]
            kind.help_text = format_html(
                "{} {}", _("Để «Chưa rõ» thì lấy theo loại hình đã ghi của đơn vị."), kind.help_text
            )
        for number in range(1, self.rows + 1):
            add_child_fields(self, f"child-{number}-")
        self.fields["keep"] = forms.BooleanField(label=_("Đã đối chiếu giấy tờ, giữ nguyên"), required=False)

    def _text(self, name: str, label: str, *, needed: bool = False, help_text: str = "", **more: Any) -> None:
        attributes = more.pop("attributes", _PLAIN)
        self.fields[name] = forms.CharField(
            label=label if needed else optional(label),
            help_text=help_text,
            required=False,
            widget=forms.TextInput(attributes),
            **more,
        )

    def _choice(self, name: str, label: Any, choices: Iterable[tuple[str, Any]]) -> None:
        self.fields[name] = forms.ChoiceField(label=label, choices=list(choices), required=False)

    def _add_receipt(self) -> None:
        self._text(
            "received_on",
            _("Ngày tiếp nhận"),
            needed=True,
            help_text=_(
                "Ngày/tháng/năm hồ sơ đến. Đến ngày nghỉ hoặc sau giờ làm việc thì tính là tiếp nhận vào ngày làm việc "
                "tiếp theo."
            ),
            attributes={**_NUMERIC, "class": "w-date"},
        )
        self.fields["after_hours"] = forms.BooleanField(label=_("Đến sau 17 giờ"), required=False)
        if self.definition.streams:
            streams = [(stream.code, stream.name) for stream in self.definition.streams]
            streams.insert(0, ("", _("Theo công việc đã ghi")))
            self._choice("stream", optional(_("Luồng")), streams)

    def _add_employer(self, area_code: str) -> None:
        self._text(
            "employer-tax_code",
            _("Mã số thuế"),
            needed=True,
            help_text=_(
                "10 số, hoặc 10 số và 3 số của chi nhánh. Đơn vị của địa bàn đã có thì chỉ cần mã số thuế."
            ),
            attributes={**_NUMERIC, "class": "w-id"},
        )
        self._text("employer-name", _("Tên đơn vị"), needed=True)
        kinds = [(code, label) for code, label in EmployerKind.choices if code != "household_business"]
        self._choice("employer-kind", _("Loại hình"), [("", _("Chọn loại hình")), *kinds])
        if len(area_code) == 2:
            below = [("", _("Chọn huyện")), *areas_below(area_code)]
            self._choice("employer-area_code", _("Nơi đặt trụ sở"), below)
        self._text("employer-address", _("Địa chỉ"))
        self._text("employer-phone", _("Số điện thoại"), attributes=_NUMERIC)
        if self.definition.beneficiary_kind == "employer":
            self._text("employer-bank_name", _("Ngân hàng"))
            self._text("employer-account", _("Số tài khoản"), attributes=_NUMERIC)

    def _add_applicant(self) -> None:
        self._text("applicant-full_name", _("Họ và tên"), needed=True)
        self._text(
            "applicant-dob",
            _("Ngày sinh"),
            needed=True,
            help_text=_("Ngày/tháng/năm. Chỉ biết năm sinh thì ghi năm."),
            attributes={**_NUMERIC, "class": "w-date"},
        )
        self._choice("applicant-sex", optional(_("Giới tính")), _SEXES)
        self._text(
            "applicant-id_number",
            _("Số CCCD, CMND"),
            needed=True,
            attributes={**_NUMERIC, "class": "w-id"},
        )
        self._text("applicant-address", _("Khóm, ấp (nơi ở)"))
        self._text("applicant-permanent_address", _("Nơi thường trú"), help_text=_("Nếu khác nơi ở."))
        self._text("applicant-job", _("Công việc"), needed=bool(self.definition.occupation_groups))
        self._text("applicant-phone", _("Số điện thoại"), attributes=_NUMERIC)
        self._text("applicant-bank", _("Ngân hàng"))
        self._text("applicant-account", _("Số tài khoản"), attributes=_NUMERIC)
        self._text(
            "applicant-account_holder", _("Tên chủ tài khoản"), help_text=_("Để trống nếu là người đề nghị.")
        )

    def clean_received_on(self) -> dt.date:
        typed = self.cleaned_data["received_on"]
        if not typed:
            raise forms.ValidationError(_("Hãy ghi ngày tiếp nhận."))
        try:
            return parse_date(typed, latest=_LATEST)
        except InvalidDateError as error:
            raise forms.ValidationError(str(error)) from error

    # --- what the service is given --------------------------------------------------------------------------------

    def part(self, name: str) -> dict[str, Any]:
        """The cleaned fields of one part, by their own names."""
        start = f"{name}-"
        return {key[len(start) :]: value for key, value in self.cleaned_data.items() if key.startswith(start)}

    @property
    def children(self) -> list[dict[str, Any]]:
        return [self.part(f"child-{number}") for number in range(1, self.rows + 1)]

    def show(self, found: Mapping[str, list[str]]) -> None:
        """The service's sentences at their fields; what has none here stands above the form."""
        for field, texts in found.items():
            name = field.replace("children.", "child-").replace(".", "-")
            for text in texts:
                self.add_error(name if name in self.fields else None, text)

    # --- how the page shows it ------------------------------------------------------------------------------------

    def sections(self) -> Iterator[Section]:
        """Headings with their fields, in the order of the paper; children and the last tick are drawn apart."""
        names = [name for name in ("received_on", "after_hours", "stream") if name in self.fields]
        yield Section("receipt", _("Tiếp nhận"), "clock", [self[name] for name in names])
        if employer := self._bound("employer-"):
            yield Section(
                "employer", SECTION_NAMES["employer"], "users", [*employer, *self._answers("employer")]
            )
        if people := self._bound("applicant-"):
            whose = (
                _("Chủ hộ kinh doanh")
                if self.definition.beneficiary_kind == "household_business"
                else _("Người đề nghị")
            )
            yield Section("identity", whose, "user", people[:4])
            yield Section("residence", _("Nơi cư trú, công việc"), "map", people[4:8])
            yield Section(
                "payout",
                _("Tài khoản nhận tiền"),
                "bank",
                people[8:],
                _("Để trống nếu nhận tiền mặt. Tài khoản đã có của người này được giữ nguyên."),
            )
        for code, title in SECTION_NAMES.items():
            is_drawn = code == "employer" and bool(employer)
            if not is_drawn and (mine := self._answers(code)):
                yield Section(code, title, "doc", mine)

    def _answers(self, section: str) -> list[forms.BoundField]:
        fields = (field for field in self.definition.fields if field.type != "children")
        return [self[f"answers-{field.code}"] for field in fields if field.section == section]

    def child_rows(self) -> list[ChildRow]:
        return [ChildRow(number, self._bound(f"child-{number}-")) for number in range(1, self.rows + 1)]

    def _bound(self, start: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(start)]


def add_child_fields(form: forms.Form, start: str = "") -> None:
    """The fields of one child (`rules.children.FIELDS`)."""

    def text(name: str, label: str, attributes: Mapping[str, str] = _PLAIN) -> None:
        widget = forms.TextInput(dict(attributes))
        form.fields[start + name] = forms.CharField(label=label, required=False, widget=widget)

    text("full_name", _("Họ và tên trẻ em"))
    text("birth_date", _("Ngày sinh"), {**_NUMERIC, "class": "w-date"})
    form.fields[f"{start}relation"] = forms.ChoiceField(
        label=_("Người đề nghị là"), choices=[("", _("Chọn quan hệ")), *Relation.choices], required=False
    )
    form.fields[f"{start}identity_kind"] = forms.ChoiceField(
        label=_("Giấy tờ của trẻ"), choices=ChildIdentity.choices, required=False
    )
    text("number", _("Số định danh hoặc số giấy khai sinh"), {**_NUMERIC, "class": "w-id"})
    text("place", _("Nơi cấp giấy khai sinh"))
    text("proof", optional(_("Giấy tờ chứng minh quan hệ")))
