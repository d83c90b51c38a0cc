"""The form of an entry, drawn from its register: the questions, their hints and articles, and a household where one is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _

from beneficiaries.registers import CATEGORY, DAYS, DECISION, Register, RegisterField
from beneficiaries.services.households import FIELDS as HOUSEHOLD_FIELDS
from beneficiaries.views.form_pages import NUMERIC, PLAIN, DayField, ReasonField, Section
from beneficiaries.views.person_fields import NewPersonForm, optional
from core.wording import Text
from core.workflow import Actor

_MOST_RADIOS: Final = 5


class EntryForm(NewPersonForm):
    """The questions of a register by their codes. Nothing is judged here: the service reads what was typed and says what is
    wrong, by field.
    """

    def __init__(
        self,
        data: Any,
        *,
        register: Register,
        actor: Actor,
        initial: Mapping[str, Any] | None = None,
        is_new: bool = False,
        is_change: bool = False,
    ) -> None:
        super().__init__(data, actor=actor, initial=initial, is_new=is_new)
        self.register = register
        if is_new:
            self.add_person(needs_number=register.needs_number)
        add_entry_fields(self, register)
        if is_change:
            self.fields["reason"] = ReasonField(
                label=_("Lý do thay đổi"),
                missing=_("Hãy ghi lý do."),
                help_text=_("Ví dụ: quyết định điều chỉnh số 25/QĐ-UBND, ghi sai nhóm."),
            )
        self.add_keep()

    def typed(self) -> dict[str, str]:
        """What was typed into the register's own fields."""
        return typed_entry_of(self, self.register)

    def sections(self) -> list[Section]:
        """Person, register, days and decision; the reason of a change last."""
        found = [self.person_section()] if self.is_new else []
        found += entry_sections(self, self.register)
        if "reason" in self.fields:
            found.append(Section("reason", _("Vì sao thay đổi"), "edit", [self["reason"]]))
        return found


def add_entry_fields(form: forms.Form, register: Register) -> None:
    for one in register.entry_fields:
        notes = register.category_notes if one.code == CATEGORY else {}
        form.fields[one.code] = control_of(one, notes)


def typed_entry_of(form: forms.Form, register: Register) -> dict[str, str]:
    return {one.code: str(form.cleaned_data.get(one.code, "")) for one in register.entry_fields}


def entry_sections(form: forms.Form, register: Register) -> list[Section]:
    """The register's own questions, then days and decision."""
    last = [one.code for one in (*DAYS, *DECISION) if one.code in form.fields]
    own = [CATEGORY, *(one.code for one in register.fields)]
    title = _("Thời gian, quyết định") if register.dated_by == "days" else _("Quyết định")
    return [
        Section("entry", register.title, "list", [form[name] for name in own]),
        Section("decision", title, "stamp", [form[name] for name in last]),
    ]


class HouseholdForm(NewPersonForm):
    """A new household whose head is known or new; with its entry in the register of households where one is given."""

    def __init__(
        self,
        data: Any,
        *,
        register: Register | None,
        actor: Actor,
        initial: Mapping[str, Any] | None = None,
        is_new: bool = False,
        asks_move: bool = False,
    ) -> None:
        super().__init__(data, actor=actor, initial=initial, is_new=is_new)
        self.register = register
        if is_new:
            self.add_person(needs_number=False)
        add_household_fields(self)
        self.fields["member_from"] = DayField(
            label=_("Chủ hộ ở hộ này từ ngày"), help_text=_("Không rõ thì ghi ngày rà soát hộ.")
        )
        if asks_move:
            self.fields["move_reason"] = forms.CharField(
                label=_("Lý do rời hộ cũ"),
                required=False,
                max_length=500,
                help_text=_("Người này đang ở một hộ khác; lập hộ mới thì họ rời hộ đó."),
                widget=forms.TextInput(PLAIN),
            )
        if register is not None:
            add_entry_fields(self, register)
        self.add_keep()

    def typed(self) -> dict[str, str]:
        return typed_entry_of(self, self.register) if self.register else {}

    def typed_household(self) -> dict[str, str]:
        return {name: str(self.cleaned_data[name]) for name in HOUSEHOLD_FIELDS}

    def sections(self) -> list[Section]:
        head = [self.person_section(_("Chủ hộ (người mới)"))] if self.is_new else []
        names = [*HOUSEHOLD_FIELDS, "member_from", "move_reason"]
        household = Section(
            "household", _("Hộ gia đình"), "users", [self[name] for name in names if name in self.fields]
        )
        return [*head, household, *(entry_sections(self, self.register) if self.register else ())]


def add_household_fields(form: forms.Form) -> None:
    """What is asked of a household besides its people."""
    labels = {
        "code": (_("Mã hộ"), _("Số của hộ trong sổ của xã; mỗi mã một hộ trong xã.")),
        "hamlet": (_("Khóm, ấp"), ""),
        "address": (_("Địa chỉ"), ""),
    }
    for name, (label, hint) in labels.items():
        form.fields[name] = forms.CharField(
            label=optional(label), required=False, help_text=hint, widget=forms.TextInput(PLAIN)
        )


def optional_control(one: RegisterField) -> forms.Field:
    """The control of a day or of a part of the decision, on a page without a register."""
    return control_of(one, {})


def control_of(one: RegisterField, notes: Mapping[str, Text]) -> forms.Field:
    """The control of one question, with its hint and the article that asks it; `notes` are of single choices."""
    # behind a sentence an article of the law begins one
    article = format_html('<span class="law">{}</span>', _capital(str(one.article))) if one.article else ""
    label: Any = str(one.label) if one.is_required else optional(str(one.label))
    words: dict[str, Any] = {
        "label": label,
        "help_text": format_html("{} {}", one.help, article) if one.help and article else one.help or article,
        "required": False,
    }
    if one.kind == "flag":
        choices = [("yes", _("Có")), ("no", _("Không")), ("", _("Chưa rõ"))]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect({"class": "choices"}), **words)
    if one.kind == "choice":
        return _choice(one, notes, words)
    attributes = dict(PLAIN)
    if one.kind in ("date", "month", "integer"):
        attributes = {**NUMERIC, "class": "w-date"}
        if one.kind == "date":
            attributes["placeholder"] = _("ngày/tháng/năm")
    elif one.kind == "money":
        attributes = {**NUMERIC, "class": "w-money"}
    return forms.CharField(widget=forms.TextInput(attributes), **words)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _choice(one: RegisterField, notes: Mapping[str, Text], words: dict[str, Any]) -> forms.Field:
    """A few choices stand open, many in a list; of a group its article and what it gives stand beside it."""
    choices = [
        (code, f"{label} ({notes[code]})" if code in notes else str(label)) for code, label in one.choices
    ]
    if len(choices) > _MOST_RADIOS:
        what = str(one.label)[:1].lower() + str(one.label)[1:]
        blank = _("Chọn %(what)s") % {"what": what}
        return forms.ChoiceField(choices=[("", blank), *choices], **words)
    if not one.is_required:
        choices.append(("", _("Chưa rõ")))
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect({"class": "choices"}), **words)
