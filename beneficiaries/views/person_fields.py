"""The part of a form that asks for a person who is not in the system yet; its fields are named `new-…`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beneficiaries.views.communes import communes_to_choose
from beneficiaries.views.form_pages import KEEP, NUMERIC, PLAIN, Section
from core.search import address_of
from core.search_queries import read_query
from core.workflow import Actor

NEW: Final = "new-"
WATCHED: Final = ("full_name", "dob", "id_number", "address", "phone")
# what the import reads as a sex
_SEXES: Final = (("", lazy("Chưa rõ")), ("Nam", lazy("Nam")), ("Nữ", lazy("Nữ")))


class NewPersonForm(forms.Form):
    """A form that may begin with a new person and ends with the tick that keeps warnings."""

    is_all_optional = True  # the labels say themselves what may be left out

    def __init__(
        self, data: Any, *, actor: Actor, initial: Mapping[str, Any] | None = None, is_new: bool = False
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.actor = actor
        self.is_new = is_new

    def add_person(self, *, needs_number: bool) -> None:
        """Who sits above the communes says in which one the person lives."""
        number = _("Số CCCD, CMND")
        self._text("full_name", _("Họ và tên"))
        day = {**NUMERIC, "class": "w-date"}
        self._text(
            "dob", _("Ngày sinh"), hint=_("Ngày/tháng/năm. Chỉ biết năm sinh thì ghi năm."), attributes=day
        )
        self.fields[f"{NEW}sex"] = forms.ChoiceField(
            label=optional(_("Giới tính")), choices=_SEXES, required=False
        )
        self._text(
            "id_number",
            number if needs_number else optional(number),
            hint="" if needs_number else _("Chưa được cấp số thì để trống."),
            attributes={**NUMERIC, "class": "w-id"},
        )
        if areas := communes_to_choose(self.actor):
            self.fields[f"{NEW}area"] = forms.ChoiceField(
                label=_("Xã, phường, thị trấn"),
                choices=[("", _("Chọn xã, phường, thị trấn")), *areas],
                required=False,
            )
        self._text("address", optional(_("Khóm, ấp (nơi ở)")))
        self._text("permanent_address", optional(_("Nơi thường trú")), hint=_("Nếu khác nơi ở."))
        self._text("phone", optional(_("Số điện thoại")), attributes=NUMERIC)
        self._watch()

    def _watch(self) -> None:
        """While somebody types, who may be the same human already is told beside the form."""
        address = address_of("beneficiaries:duplicate_hint")
        for name in WATCHED if address else ():
            self.fields[NEW + name].widget.attrs |= {
                "hx-post": address,
                "hx-trigger": "input changed delay:400ms",
            }

    def add_keep(self) -> None:
        self.fields["keep"] = forms.BooleanField(label=KEEP, required=False)

    def _text(self, name: str, label: str, *, hint: str = "", attributes: Mapping[str, str] = PLAIN) -> None:
        widget = forms.TextInput(dict(attributes))
        self.fields[NEW + name] = forms.CharField(label=label, required=False, help_text=hint, widget=widget)

    def typed_person(self) -> dict[str, str]:
        """What was typed of the new person, as registering takes it."""
        typed = {
            name.removeprefix(NEW): str(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(NEW)
        }
        typed.pop("area", None)
        return typed

    def area_of_person(self) -> str:
        """The commune chosen, or the actor's own; "" where one was to be chosen."""
        if f"{NEW}area" in self.fields:
            return str(self.cleaned_data[f"{NEW}area"])
        return self.actor.area_code

    def person_section(self, title: str = "") -> Section:
        return Section(
            "person",
            title or _("Người mới"),
            "user",
            [self[name] for name in self.fields if name.startswith(NEW)],
            _("Ai đã có số này trong hệ thống thì được gắn với người đó, không ghi thêm người."),
        )


def optional(label: str) -> str:
    return format_html('{} <span class="muted">({})</span>', label, _("không bắt buộc"))


def asked_of(text: str) -> dict[str, str]:
    """What somebody searched for, put into the fields of a new person: a number, a phone, or a name with its birth."""
    query = read_query(text)
    if query.numbers:
        return {f"{NEW}id_number": query.numbers[0]}
    if query.phone:
        return {f"{NEW}phone": query.phone}
    birth = f"{query.birth:%d/%m/%Y}" if query.birth else str(query.birth_year or "")
    return {f"{NEW}full_name": query.written, f"{NEW}dob": birth}
