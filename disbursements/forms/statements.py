"""What came back of a batch: a file, single people who were not paid, rows that people settle, answers that are awaited."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from disbursements.enums import MissedReason, ReturnReason
from support_programs.forms import DayField

MAX_LIST: Final = 20 * 1024 * 1024
EMPTY_FILE: Final = {"empty": _("Tệp không có dữ liệu. Bạn hãy chọn tệp khác.")}


class StatementForm(forms.Form):
    """The payment list, result file or statement that came back."""

    file = forms.FileField(
        label=_("Tệp kết quả"),
        help_text=_(
            "Danh sách chi trả đã điền cột Kết quả chi; hoặc của ngân hàng: tệp kết quả Excel, CSV, sao kê MT940, camt.053."
        ),
        error_messages=EMPTY_FILE,
    )

    def clean_file(self) -> Any:
        found = self.cleaned_data["file"]
        if found.size > MAX_LIST:
            raise forms.ValidationError(
                _("Tệp lớn hơn 20 MB. Hãy xóa hình ảnh và trang tính thừa rồi chọn lại.")
            )
        return found


class DoubtForm(forms.Form):
    """Since when nobody knows what became of a payment."""

    on = DayField(
        label=_("Chưa rõ từ ngày"),
        help_text=_("Ngày đã gửi chi mà ngân hàng hoặc bưu điện chưa trả lời."),
    )


class RowForm(forms.Form):
    """Which payment a row is about, or that it is none of this batch."""

    line = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        widget=forms.Textarea,
        help_text=_("Ví dụ: Ngân hàng xác nhận qua công văn ngày 28/09/2021."),
    )


class AsideForm(forms.Form):
    """Why rows are no payments of the batch."""

    reason = forms.CharField(label=_("Lý do"), max_length=300, widget=forms.Textarea)


class ExceptionForm(forms.Form):
    """Why one person was not paid."""

    reasons: ClassVar[type[ReturnReason] | type[MissedReason]] = ReturnReason
    choice = forms.ChoiceField(label=_("Lý do"), choices=ReturnReason.choices)
    words = forms.CharField(label=_("Ghi rõ"), max_length=250, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("choice") == self.reasons.OTHER and not typed.get("words", "").strip():
            self.add_error("words", _("Hãy ghi rõ lý do."))
        return typed

    def reason(self) -> str:
        """The reason as it is kept."""
        words: str = self.cleaned_data["words"].strip()
        label = str(self.reasons(self.cleaned_data["choice"]).label)
        if self.cleaned_data["choice"] == self.reasons.OTHER:
            return words
        return f"{label}: {words}" if words else label
