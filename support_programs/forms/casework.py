"""What officers type when they decide a case."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import has_number
from support_programs.forms.records import ListForm


class DecisionReasonForm(ListForm):
    """Why: sentences to tick, of the criteria that are not met and of the programme, own words, or both."""

    preset = forms.MultipleChoiceField(
        label=_("Lý do"), required=False, widget=forms.CheckboxSelectMultiple({"class": "choices tall"})
    )
    reason = forms.CharField(
        label=_("Lý do khác, nói rõ thêm"),
        widget=forms.Textarea({"data-focus": ""}),
        required=False,
        max_length=1000,
    )

    def __init__(self, *args: Any, presets: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if presets:
            field = self.fields["preset"]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = [(text, text) for text in presets]
        else:
            del self.fields["preset"]
            self.fields["reason"].required = True
            self.fields["reason"].label = _("Lý do")

    def clean_reason(self) -> str:
        """What is typed goes into the log, which many read."""
        typed = str(self.cleaned_data["reason"])
        if has_number(typed):
            raise forms.ValidationError(
                _("Đừng ghi số CCCD, CMND hay số tài khoản ở đây. Hãy bỏ số đó rồi ghi lại.")
            )
        return typed

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or self.cleaned_data)
        said = [part for part in (*data.get("preset", ()), data.get("reason", "").strip()) if part]
        data["reason"] = " ".join([*(f"{part.removesuffix('.')}." for part in said[:-1]), *said[-1:]])
        if not data["reason"] and not self.errors:
            self.add_error("reason", _("Hãy chọn hoặc ghi lý do."))
        return data
