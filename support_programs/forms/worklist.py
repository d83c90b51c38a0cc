"""What is typed on the worklist: which rows of a bulk action stay out and why, whom a case goes to, names of saved views."""

import re
from collections.abc import Sequence
from typing import Any, Final, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from core.references import parse_reference
from core.text import has_number
from support_programs.models import Case, SavedView
from support_programs.services.bulk import BulkOrder

NOBODY: Final = "none"
NEEDS_REASON: Final = ("ask_supplement", "refuse")
# asked for once more, with how many and how much: they end a case's way, or need a word or a name
CONFIRMED: Final = (*NEEDS_REASON, "assign")
# so are more rows than anybody has looked at, whatever is done with them
MANY: Final = 50
_BETWEEN: Final = re.compile(r"[\n,;]+")


def _references(text: str) -> list[str]:
    """What was typed between commas or on lines; spaces part references too, unless they stand inside one."""
    found: list[str] = []
    for piece in _BETWEEN.split(text):
        found += [piece.strip()] if parse_reference(piece) else piece.split()
    return found


def _officers(colleagues: Sequence[User]) -> list[tuple[str, str]]:
    people = [(str(person.pk), person.full_name) for person in colleagues]
    return [("", _("Chọn người xử lý")), *people, (NOBODY, _("Không ai (để người khác nhận)"))]


class BulkForm(forms.Form):
    """One action on chosen cases. `expected` is the count that stood on the page where «Chọn cả …» was ticked."""

    reason = forms.CharField(
        label=lazy("Lý do"), required=False, max_length=500, widget=forms.Textarea({"rows": 4})
    )
    officer = forms.ChoiceField(label=lazy("Người xử lý"), required=False)
    leave_text = forms.CharField(
        label=lazy("Hồ sơ để lại, không làm"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=lazy("Mã hồ sơ, cách nhau bằng dấu phẩy hoặc xuống dòng."),
    )

    def __init__(self, data: Any, *, chosen: QuerySet[Case], colleagues: Sequence[User]) -> None:
        self.code = str(data.get("action", ""))
        self.is_confirmed = data.get("confirmed") == "1" or bool(str(data.get("reason", "")).strip())
        # asked for the first time the form is empty, so that it shows no errors
        super().__init__(data if self.is_confirmed or self.code not in CONFIRMED else None)
        self._ask_for_what_it_needs()
        self.by_reference = dict(chosen.order_by("pk").values_list("reference", "pk"))
        self.count = len(self.by_reference)
        cast("forms.ChoiceField", self.fields["officer"]).choices = _officers(colleagues)
        self.is_all = data.get("pick_all") == "1"
        expected = str(data.get("expected", ""))
        self.expected = int(expected) if expected.isascii() and expected.isdecimal() else None
        self.left_out: set[str] = set(data.getlist("leave"))

    def _ask_for_what_it_needs(self) -> None:
        reason, officer = self.fields["reason"], self.fields["officer"]
        reason.required = self.code in NEEDS_REASON
        reason.error_messages["required"] = _("Hãy ghi lý do.")
        officer.required = self.code == "assign"
        officer.error_messages["required"] = _("Hãy chọn người xử lý.")
        if officer.required:
            reason.label = _("Lời nhắn")

    @property
    def asks_first(self) -> bool:
        """Once more, with how many and how much: what ends a case's way, and «Chọn cả» over many rows."""
        return self.code in CONFIRMED or (self.is_all and self.count > MANY)

    @property
    def has_changed_count(self) -> bool:
        """Other rows match now than when the page was opened."""
        return self.is_all and self.expected is not None and self.expected != self.count

    def clean_reason(self) -> str:
        """What is typed goes into the log of each case, which many read."""
        typed = str(self.cleaned_data["reason"])
        if has_number(typed):
            raise forms.ValidationError(
                _("Đừng ghi số CCCD, CMND hay số tài khoản ở đây. Hãy bỏ số đó rồi ghi lại.")
            )
        return typed

    def clean_leave_text(self) -> str:
        """References that were typed must be among the chosen rows."""
        typed = _references(self.cleaned_data["leave_text"])
        unknown = []
        for word in typed:
            reference = str(parse_reference(word) or "")
            if reference in self.by_reference:
                self.left_out.add(reference)
            else:
                unknown.append(word)
        if unknown:
            raise forms.ValidationError(
                _("Không có trong các hồ sơ đã chọn: %(words)s. Hãy kiểm tra lại mã hồ sơ.")
                % {"words": ", ".join(unknown[:5])}
            )
        return ", ".join(typed)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.ids:
            self.add_error("leave_text", _("Mọi hồ sơ đã chọn đều được để lại, không còn gì để làm."))
        return cleaned

    @property
    def ids(self) -> list[int]:
        """The cases that the action is for."""
        return [pk for reference, pk in self.by_reference.items() if reference not in self.left_out]

    @property
    def order(self) -> BulkOrder:
        officer = self.cleaned_data["officer"]
        return BulkOrder(
            self.code,
            self.cleaned_data["reason"],
            int(officer) if officer and officer != NOBODY else None,
        )


class AssignForm(forms.Form):
    """Whom one case goes to, with a word to them."""

    officer = forms.ChoiceField(label=lazy("Người xử lý"))
    note = forms.CharField(
        label=lazy("Lời nhắn"), required=False, max_length=500, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, data: Any = None, *, colleagues: Sequence[User]) -> None:
        super().__init__(data)
        cast("forms.ChoiceField", self.fields["officer"]).choices = _officers(colleagues)


class SavedViewForm(forms.Form):
    """The name of a filter."""

    name = forms.CharField(
        label=lazy("Tên bộ lọc"),
        max_length=SavedView._meta.get_field("name").max_length,
        error_messages={"required": lazy("Hãy ghi tên bộ lọc.")},
    )
