"""What the department types when it publishes the scan of a decision, or takes it down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from support_programs.forms.records import ScanField


class PublishForm(forms.Form):
    """The file to publish (else the recorded scan), and the word of who looked at it."""

    scan = ScanField(
        label=_("Tệp PDF để công bố"),
        required=False,
        help_text=_("Bản đã che số CCCD, tài khoản, điện thoại. Để trống thì công bố bản chụp đang lưu."),
    )
    has_checked = forms.BooleanField(
        label=_(
            "Tôi đã mở tệp, xem từng trang: không có số CCCD, CMND, tài khoản, điện thoại hoặc tình trạng sức khỏe của ai."
        ),
        required=True,
        error_messages={"required": _("Hãy mở bản chụp, xem từng trang rồi đánh dấu xác nhận.")},
    )

    def __init__(self, *args: Any, has_scan: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_scan:
            scan = self.fields["scan"]
            scan.required = True
            scan.help_text = _("Bản đã che số CCCD, tài khoản, điện thoại.")
            scan.error_messages["required"] = _("Hãy chọn tệp PDF để công bố.")


class WithdrawForm(forms.Form):
    """Why a scan comes down."""

    reason = forms.CharField(
        label=_("Lý do gỡ"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Hãy ghi lý do gỡ bản chụp khỏi trang công khai.")},
    )
