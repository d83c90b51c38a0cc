"""What officers type into an official paper, and what the records office gave when it is issued."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core import clock
from core.dates import InvalidDateError, format_date, parse_date
from support_programs.enums import DocumentKind
from support_programs.forms.records import DayField

_AHEAD: Final = dt.timedelta(days=3 * 366)
LARGEST_PDF: Final = 20 * 1024 * 1024


class AnyDayField(DayField):
    """A day typed as ngày/tháng/năm that may lie ahead."""

    def clean(self, value: Any) -> dt.date | None:
        text = forms.CharField.clean(self, value)
        if not text:
            return None
        try:
            return parse_date(text, latest=clock.today() + _AHEAD)
        except InvalidDateError as error:
            raise forms.ValidationError(str(error)) from error


def _lines(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, widget=forms.Textarea, required=required, max_length=4000
    )


def _short(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=300)


_RECIPIENTS: Final = ("recipients", lambda: _lines(_("Nơi nhận"), _("Mỗi dòng một nơi; dòng cuối: Lưu: VT.")))
_NOTE: Final = ("note", lambda: _lines(_("Ghi chú thêm")))
_BASES: Final = ("bases", lambda: _lines(_("Căn cứ"), _("Mỗi dòng một căn cứ, không ghi chữ «Căn cứ».")))
_RESULT_ON: Final = ("result_on", lambda: AnyDayField(label=_("Ngày hẹn trả kết quả")))
_REASON: Final = ("reason", lambda: _lines(_("Lý do"), _("Mỗi dòng một lý do."), required=True))
_POSTED: Final[tuple[tuple[str, Callable[[], forms.Field]], ...]] = (
    ("hour", lambda: _short(_("Giờ lập biên bản"), _("Ví dụ: 08 giờ 30 phút."))),
    ("place", lambda: _short(_("Nơi niêm yết"))),
    ("present", lambda: _lines(_("Những người có mặt"), _("Mỗi dòng một người: họ tên, chức vụ."))),
    ("witnesses", lambda: _lines(_("Người ký cùng"), _("Mỗi dòng một chức danh, nhiều nhất 3 dòng."))),
)
# what an officer may say on each kind beyond what the records say
FIELDS: Final[Mapping[str, tuple[tuple[str, Callable[[], forms.Field]], ...]]] = {
    DocumentKind.RECEIPT: (
        _RESULT_ON,
        ("result_at", lambda: _short(_("Nơi nhận kết quả"))),
        _NOTE,
    ),
    DocumentKind.SUPPLEMENT: (
        (
            "reason",
            lambda: _lines(
                _("Nội dung cần bổ sung"),
                _("Mỗi dòng một nội dung, nói rõ thiếu gì, sai ở đâu."),
                required=True,
            ),
        ),
        ("answer_by", lambda: AnyDayField(label=_("Đề nghị bổ sung trước ngày"), required=False)),
    ),
    DocumentKind.REFUSAL: (_REASON,),
    DocumentKind.APOLOGY: (
        ("promised_on", lambda: AnyDayField(label=_("Ngày đã hẹn"), required=False)),
        _RESULT_ON,
        _REASON,
    ),
    DocumentKind.CONTROL: (),
    DocumentKind.NOT_ELIGIBLE: (
        (
            "reasons",
            lambda: _lines(
                _("Lý do không đủ điều kiện"), _("Mỗi dòng một lý do, kèm điều khoản."), required=True
            ),
        ),
        (
            "guidance",
            lambda: _lines(
                _("Hướng dẫn người dân"), _("Để trống: câu hướng dẫn khiếu nại, phản ánh thông thường.")
            ),
        ),
        _RECIPIENTS,
    ),
    DocumentKind.SUBMISSION: (_BASES, ("text", lambda: _lines(_("Nội dung trình thêm"))), _RECIPIENTS),
    DocumentKind.PROPOSAL: (_NOTE,),
    DocumentKind.APPRAISAL: (_NOTE,),
    DocumentKind.DECISION: (
        _BASES,
        ("proposed_by", lambda: _short(_("Theo đề nghị của"))),
        ("duties", lambda: _lines(_("Điều 2: tổ chức thực hiện"))),
        ("charged", lambda: _lines(_("Điều 3: trách nhiệm thi hành"))),
        _RECIPIENTS,
    ),
    DocumentKind.POSTING_START: _POSTED,
    DocumentKind.POSTING_END: (
        *_POSTED,
        ("remarks", lambda: _lines(_("Ý kiến nhận được"), _("Để trống nếu không có ý kiến khác."))),
    ),
    DocumentKind.REMINDER: (
        ("text", lambda: _lines(_("Nội dung"))),
        ("answer_by", lambda: AnyDayField(label=_("Đề nghị hoàn thành trước ngày"), required=False)),
        _RECIPIENTS,
    ),
    DocumentKind.PAYOUT_REQUEST: (
        ("addressee", lambda: _short(_("Kính gửi"), _("Người hoặc cơ quan duyệt chi."))),
        _BASES,
        ("text", lambda: _lines(_("Nội dung đề nghị thêm"))),
    ),
    DocumentKind.RECONCILIATION: (
        ("hour", lambda: _short(_("Giờ lập biên bản"), _("Ví dụ: 08 giờ 30 phút."))),
        ("place", lambda: _short(_("Nơi lập biên bản"))),
        ("present", lambda: _lines(_("Những người có mặt"), _("Mỗi dòng một người: họ tên, chức vụ."))),
        ("payer", lambda: _short(_("Bên chi trả"), _("Ngân hàng, bưu điện hoặc UBND xã đã chi tiền."))),
        ("text", lambda: _lines(_("Ý kiến của các bên"), _("Để trống nếu hai bên thống nhất số liệu."))),
    ),
    DocumentKind.AWARD_SUBMISSION: (
        ("addressee", lambda: _short(_("Kính gửi"), _("Cơ quan có thẩm quyền khen thưởng."))),
        _BASES,
        ("text", lambda: _lines(_("Nội dung trình thêm"))),
        _RECIPIENTS,
    ),
    DocumentKind.ACHIEVEMENT_REPORT: (
        ("situation", lambda: _lines(_("Đặc điểm, tình hình"), _("Để trống nếu báo cáo tóm tắt."))),
        ("merit", lambda: _lines(_("Thành tích đạt được"), _("Mỗi dòng một đoạn."), required=True)),
    ),
    DocumentKind.COUNCIL_MINUTES: (
        ("hour", lambda: _short(_("Giờ họp"), _("Ví dụ: 08 giờ 30 phút."))),
        ("text", lambda: _lines(_("Ý kiến tại cuộc họp"), _("Mỗi dòng một ý kiến."))),
    ),
    DocumentKind.AWARD_DECISION: (
        _BASES,
        ("proposed_by", lambda: _short(_("Theo đề nghị của"))),
        ("money", lambda: _lines(_("Điều 2: tiền thưởng, nguồn chi"))),
        ("charged", lambda: _lines(_("Điều 3: trách nhiệm thi hành"))),
        _RECIPIENTS,
    ),
    DocumentKind.AWARD_CERTIFICATE: (
        ("merit", lambda: _lines(_("Lời khen"), _("Viết sau chữ «Đã», ngắn gọn, một câu."), required=True)),
    ),
    DocumentKind.GRIEVANCE_ANSWER: (
        ("addressee", lambda: _short(_("Kính gửi"))),
        ("question", lambda: _lines(_("Nội dung được gửi"), required=True)),
        ("answer", lambda: _lines(_("Trả lời"), required=True)),
        ("outcome", lambda: _short(_("Kết quả xem xét"))),
        _RECIPIENTS,
    ),
}


class DraftForm(forms.Form):
    """The text of one kind of paper; `values` are what a draft keeps (days as ISO dates)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        kind: str,
        issuers: list[tuple[str, Any]],
        lists: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if len(issuers) > 1:
            self.fields["issuer"] = forms.ChoiceField(label=_("Cơ quan ký"), choices=issuers)
        if lists:
            self.fields["beside"] = forms.MultipleChoiceField(
                label=_("Danh sách khác trong cùng quyết định"),
                choices=lists,
                required=False,
                widget=forms.CheckboxSelectMultiple({"class": "choices tall"}),
                help_text=_(
                    "Các danh sách cùng chính sách đang chờ quyết định. Mỗi danh sách thành một phụ lục."
                ),
            )
        for name, make in FIELDS[kind]:
            field = make()
            field.error_messages["required"] = _("Hãy ghi mục «%(label)s».") % {"label": field.label}
            self.fields[name] = field

    def values(self) -> dict[str, Any]:
        """What the draft keeps of it."""
        kept = {key: value for key, value in self.cleaned_data.items() if key != "version"}
        return {
            key: value.isoformat() if isinstance(value, dt.date) else value for key, value in kept.items()
        }


def shown_values(content: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The content of a draft as its form shows it: days as they are typed."""
    days = {name for name, make in FIELDS[kind] if isinstance(make(), AnyDayField)}
    return {
        key: format_date(dt.date.fromisoformat(value)) if key in days and value else value
        for key, value in content.items()
    }


class IssueForm(forms.Form):
    """What stands on the paper that was signed: nothing of it is made by the system."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    number = forms.CharField(
        label=_("Số, ký hiệu"),
        max_length=60,
        error_messages={"required": _("Hãy ghi số, ký hiệu do văn thư cấp.")},
        help_text=_("Đúng như văn thư cấp, ví dụ 15/TTr-UBND. Hệ thống không tự đặt số."),
    )
    dated = DayField(
        label=_("Ngày văn bản"), error_messages={"required": _("Hãy ghi ngày văn bản như trên bản ký.")}
    )
    signer_office = forms.CharField(
        label=_("Chức vụ người ký"),
        error_messages={"required": _("Hãy ghi chức vụ người ký như trên văn bản.")},
        max_length=150,
        widget=forms.Textarea,
        help_text=_("Mỗi dòng như trên văn bản, ví dụ TM. Ủy ban nhân dân, dòng sau: Chủ tịch."),
    )
    signer_name = forms.CharField(
        label=_("Họ và tên người ký"),
        max_length=150,
        error_messages={"required": _("Hãy ghi họ và tên người ký.")},
        help_text=_("Không ghi học hàm, học vị."),
    )

    def __init__(self, *args: Any, needs_number: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].required = needs_number

    def clean_signer_office(self) -> str:
        """The lines without spaces at their ends."""
        typed = str(self.cleaned_data["signer_office"])
        return "\n".join(line.strip() for line in typed.splitlines() if line.strip())


class RevokeForm(forms.Form):
    """Why an issued paper is called back."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Lý do thu hồi"),
        widget=forms.Textarea,
        max_length=300,
        error_messages={"required": _("Hãy ghi lý do thu hồi văn bản.")},
    )


class CheckFileForm(forms.Form):
    """A PDF whose content is to be compared with what was issued; it is not kept."""

    file = forms.FileField(
        label=_("Tệp PDF cần kiểm tra"), error_messages={"required": _("Hãy chọn tệp PDF cần kiểm tra.")}
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """Refused above 20 MB."""
        found: UploadedFile[Any] = self.cleaned_data["file"]
        if (found.size or 0) > LARGEST_PDF:
            raise forms.ValidationError(_("Tệp lớn hơn 20 MB nên không phải văn bản do hệ thống phát hành."))
        return found
