"""Fields that several forms of money use."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class MoneyField(forms.CharField):
    """Whole đồng typed as 1500000 or 1.500.000; None where nothing has to be typed and nothing was."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if not typed.strip() and not self.required:
            return None
        text = re.sub(r"[\s.đ]|đồng", "", typed)
        if not (text.isascii() and text.isdigit()) or len(text) > 15:
            raise forms.ValidationError(_("Số tiền chưa đúng. Hãy ghi số đồng, ví dụ 1.500.000."))
        return int(text)


class QuantityField(forms.CharField):
    """A whole quantity typed as 1500 or 1.500."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int | None:
        text = re.sub(r"[\s.]", "", super().clean(value))
        if not text and not self.required:
            return None
        if not (text.isascii() and text.isdigit()) or len(text) > 12:
            raise forms.ValidationError(_("Số lượng phải là số nguyên, ví dụ 1.500."))
        return int(text)


def set_choices(form: forms.Form, name: str, choices: Any) -> None:
    """Give a field of a form its choices."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
