"""What came back of a batch: a file, or single people who were not paid."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from disbursements.enums import ReturnReason

MAX_LIST: Final = 20 * 1024 * 1024


class StatementForm(forms.Form):
    """The payment list that came back."""

    file = forms.FileField(
        label=_("Danh sách chi trả đã ghi kết quả"),
        help_text=_("Tệp Excel đã tải ở mục Tệp chi, cột Kết quả chi đã điền."),
    )

    def clean_file(self) -> Any:
        found = self.cleaned_data["file"]
        if found.size > MAX_LIST:
            raise forms.ValidationError(
                _("Tệp lớn hơn 20 MB. Hãy xóa hình ảnh và trang tính thừa rồi chọn lại.")
            )
        return found


class ExceptionForm(forms.Form):
    """Why one person was not paid."""

    choice = forms.ChoiceField(label=_("Lý do"), choices=ReturnReason.choices)
    words = forms.CharField(label=_("Ghi rõ"), max_length=250, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("choice") == ReturnReason.OTHER and not typed.get("words", "").strip():
            self.add_error("words", _("Hãy ghi rõ lý do."))
        return typed

    def reason(self) -> str:
        """The reason as it is kept."""
        words: str = self.cleaned_data["words"].strip()
        label = str(ReturnReason(self.cleaned_data["choice"]).label)
        if self.cleaned_data["choice"] == ReturnReason.OTHER:
            return words
        return f"{label}: {words}" if words else label
