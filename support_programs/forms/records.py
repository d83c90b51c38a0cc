"""What officers type on the pages of cases and lists, as typed values."""

import datetime as dt
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core import clock
from core.dates import InvalidDateError, parse_date
from support_programs.rules.definition import Definition

MAX_SCAN: int = 20 * 1024 * 1024
_SIGNATURES: dict[bytes, str] = {b"%PDF": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG": "png"}


class DayField(forms.CharField):
    """A day typed as ngày/tháng/năm; not after the business date."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> dt.date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_date(text, latest=clock.today())
        except InvalidDateError as error:
            raise forms.ValidationError(str(error)) from error


class ScanField(forms.FileField):
    """A scan: PDF, JPG or PNG by its content, at most 20 MB."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if isinstance(found, UploadedFile):
            if (found.size or 0) > MAX_SCAN:
                raise forms.ValidationError(_("Tệp lớn hơn 20 MB. Hãy quét lại với độ phân giải thấp hơn."))
            start = found.read(8)
            found.seek(0)
            if not any(start.startswith(sign) for sign in _SIGNATURES):
                raise forms.ValidationError(_("Chỉ nhận tệp PDF, JPG hoặc PNG. Hãy chọn bản chụp khác."))
        return found


class ListForm(forms.Form):
    """Every form of a list carries the version that its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def values(self) -> dict[str, Any]:
        """What the service is given."""
        return {key: value for key, value in self.cleaned_data.items() if key != "version"}


class PlainForm(ListForm):
    """An action that asks for nothing."""


class PostForm(ListForm):
    posting_from = DayField(
        label=_("Niêm yết từ ngày"),
        help_text=_("Ngày thực tế dán danh sách. Hệ thống tự tính 2 ngày làm việc."),
    )
    place = forms.CharField(label=_("Nơi niêm yết"), max_length=200)


class ClosePostingForm(ListForm):
    remarks = forms.CharField(
        label=_("Ý kiến nhận được"),
        widget=forms.Textarea,
        required=False,
        help_text=_("Để trống nếu không có ý kiến."),
    )
    minutes = ScanField(label=_("Biên bản kết thúc niêm yết"), required=False)


class LetterForm(ListForm):
    letter_number = forms.CharField(label=_("Số tờ trình"), max_length=60)
    letter_date = DayField(label=_("Ngày tờ trình"))


class SendForm(ListForm):
    """The paper with which a list is sent on, where there is one."""

    letter_number = forms.CharField(label=_("Số văn bản gửi"), max_length=60, required=False)
    letter_date = DayField(label=_("Ngày văn bản gửi"), required=False)


class ConfirmationForm(ListForm):
    """The paper by which another agency confirmed the list."""

    number = forms.CharField(label=_("Số văn bản xác nhận"), max_length=60)
    signed_on = DayField(label=_("Ngày ký"))
    note = forms.CharField(label=_("Ghi chú"), widget=forms.Textarea, required=False, max_length=1000)
    scan = ScanField(label=_("Bản chụp văn bản xác nhận"), required=False)


class ReasonForm(ListForm):
    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea, max_length=1000)


class DistrictPaperForm(ListForm):
    number = forms.CharField(label=_("Số văn bản duyệt của huyện"), max_length=60)
    date = DayField(label=_("Ngày văn bản"))


class FinancePaperForm(ListForm):
    finance_number = forms.CharField(label=_("Số văn bản của Sở Tài chính"), max_length=60)
    finance_date = DayField(label=_("Ngày văn bản của Sở Tài chính"))


class DecisionForm(forms.Form):
    """The decision of UBND tỉnh, as on the paper."""

    number = forms.CharField(
        label=_("Số quyết định"),
        max_length=60,
        help_text=_("Đúng như trên văn bản, ví dụ 2208/QĐ-UBND."),
    )
    signed_on = DayField(label=_("Ngày ký"))
    signer = forms.CharField(label=_("Người ký"), max_length=150, required=False)
    scan = ScanField(label=_("Bản chụp quyết định"), required=False)


class NoteForm(forms.Form):
    text = forms.CharField(label=_("Ghi chú nội bộ"), widget=forms.Textarea, max_length=1000)


class ApplicantForm(ListForm):
    """The applicant as on the papers; what the import would refuse is refused by the service, at these fields."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    dob = forms.CharField(
        label=_("Ngày sinh"),
        max_length=30,
        help_text=_("Ngày/tháng/năm. Chỉ biết năm sinh thì ghi năm."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
    sex = forms.ChoiceField(
        label=_("Giới tính"), choices=[("", _("Chưa có")), ("Nam", _("Nam")), ("Nữ", _("Nữ"))], required=False
    )
    id_number = forms.CharField(
        label=_("Số CCCD, CMND"),
        max_length=60,
        required=False,
        help_text=_("Để trống nếu số đang ghi đã đúng."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
    address = forms.CharField(label=_("Khóm, ấp"), max_length=100, required=False)
    job = forms.CharField(label=_("Công việc"), max_length=150, required=False)
    phone = forms.CharField(label=_("Số điện thoại"), max_length=20, required=False)
    reason = forms.CharField(label=_("Lý do sửa"), widget=forms.Textarea, max_length=1000)
    keep = forms.BooleanField(label=_("Giữ nguyên"), required=False)


class CaseFactsForm(forms.Form):
    """What the commune states of one case: yes, no, or nothing, for each criterion that it may confirm."""

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in definition.confirmable:
            self.fields[criterion.code] = forms.ChoiceField(
                label=criterion.confirm,
                choices=[("", _("Chưa rõ")), ("yes", _("Đúng")), ("no", _("Không đúng"))],
                required=False,
            )

    def stated(self) -> dict[str, bool | None]:
        return {code: {"yes": True, "no": False}.get(value) for code, value in self.cleaned_data.items()}


class SendBackForm(ListForm):
    """Why the list goes back, and which rows are wrong: one per line, "number: what is wrong"."""

    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea, max_length=1000)
    marked_rows = forms.CharField(
        label=_("Các dòng cần sửa"),
        widget=forms.Textarea,
        required=False,
        help_text=_(
            "Mỗi dòng một hồ sơ: số thứ tự, dấu hai chấm, điều cần sửa. Ví dụ: 12: ghi lại ngày sinh."
        ),
    )

    def clean_marked_rows(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for line in self.cleaned_data["marked_rows"].splitlines():
            if not line.strip():
                continue
            number, colon, text = line.partition(":")
            if not colon or not number.strip().isdecimal() or not text.strip():
                raise forms.ValidationError(
                    _("Không đọc được dòng “%(line)s”. Hãy ghi theo mẫu 12: ghi lại ngày sinh.")
                    % {"line": line.strip()}
                )
            found[int(number)] = text.strip()
        return found
