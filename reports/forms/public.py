"""What citizens type to look somebody up, and what the department types about a donor who is not to be named."""

from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.queries import children_of
from core.audit import PROVINCE
from core.text import clean_text, has_number, search_key

_FEWEST_WORDS: Final = 2


class NameForm(forms.Form):
    """A name of at least two words, and where the person lives: a district, and a commune of it where one is chosen."""

    # the choice of a commune says «all» itself
    is_all_optional = True

    name = forms.CharField(
        label=_("Họ và tên"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Ông/bà ghi họ và tên người cần tìm."),
            "max_length": _("Tên dài quá. Ông/bà ghi ngắn lại."),
        },
    )
    district = forms.ChoiceField(
        label=_("Huyện, thị xã, thành phố"),
        error_messages={
            "required": _("Ông/bà chọn huyện, thị xã, thành phố."),
            "invalid_choice": _("Ông/bà chọn huyện, thị xã, thành phố."),
        },
    )
    commune = forms.ChoiceField(label=_("Xã, phường, thị trấn"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        district = cast("forms.ChoiceField", self.fields["district"])
        district.choices = [("", _("Chọn huyện")), *children_of(PROVINCE)]
        chosen = str(self.data.get("district", ""))
        below = children_of(chosen) if chosen in dict(children_of(PROVINCE)) else ()
        self.has_communes = bool(below)
        commune = cast("forms.ChoiceField", self.fields["commune"])
        commune.choices = [("", _("Tất cả")), *below]
        # the choice of another district is no error: the whole district is searched
        if self.is_bound and str(self.data.get("commune", "")) not in dict(below):
            self.data = {**self.data.dict(), "commune": ""} if hasattr(self.data, "dict") else self.data

    def clean_name(self) -> str:
        name = clean_text(self.cleaned_data["name"])
        if has_number(name):
            raise forms.ValidationError(_("Ông/bà ghi họ và tên, không ghi số CCCD hay số tài khoản."))
        if len(search_key(name).split()) < _FEWEST_WORDS:
            raise forms.ValidationError(_("Ông/bà ghi ít nhất hai chữ của họ và tên."))
        return name

    @property
    def area(self) -> str:
        """The code of the commune, else of the district."""
        return str(self.cleaned_data.get("commune") or self.cleaned_data["district"])


class UnnamedForm(forms.Form):
    """How a donor asked not to be named, or why the name may stand there again."""

    note = forms.CharField(
        label=_("Ghi chú"),
        max_length=300,
        error_messages={
            "required": _("Hãy ghi nhà tài trợ đề nghị thế nào, ví dụ: nói khi trao ngày 05/10/2021."),
            "max_length": _("Ghi chú dài quá 300 chữ. Hãy ghi ngắn lại."),
        },
    )
