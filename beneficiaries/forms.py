"""What officers send when they bring a list in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.queries import children_of
from beneficiaries.imports.profile import registered_profiles
from core.spreadsheets.reading.refusals import MAX_BYTES
from core.workflow import Actor


class UploadForm(forms.Form):
    """Programme, commune (for officers of the district), and a file or pasted rows."""

    profile = forms.ChoiceField(label=_("Chính sách hỗ trợ"))
    area = forms.ChoiceField(label=_("Xã, phường, thị trấn"))
    stream = forms.ChoiceField(
        label=_("Luồng"),
        required=False,
        help_text=_("Để trống thì hệ thống nhận theo công việc của phần lớn các dòng."),
    )
    file = forms.FileField(
        label=_("Tệp danh sách"),
        error_messages={
            "required": _("Bạn hãy chọn tệp danh sách, hoặc dán các dòng từ Excel."),
            "empty": _("Tệp không có dữ liệu. Bạn hãy chọn tệp khác."),
        },
        help_text=_(
            "Excel (.xlsx, .xls), OpenDocument (.ods), .csv hoặc HTML lưu thành .xls, không quá 50 MB."
        ),
    )
    pasted = forms.CharField(
        label=_("Hoặc dán các dòng từ Excel"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("Bạn chọn các dòng trong Excel (cả dòng tiêu đề), sao chép rồi dán vào đây."),
    )

    # the file is required unless rows are pasted: the browser must not insist on it
    use_required_attribute = False

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not str(self.data.get("pasted", "")).strip()
        self._choices("profile", [(profile.code, profile.title) for profile in registered_profiles()])
        streams = dict(stream for profile in registered_profiles() for stream in profile.streams)
        self._choices("stream", [("", _("Nhận theo công việc")), *streams.items()])
        if not streams:
            del self.fields["stream"]
        areas = children_of(actor.area_code) if len(actor.area_code) == 5 else ()
        self._choices("area", list(areas))
        if not areas:
            del self.fields["area"]

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, pasted = cleaned.get("file"), (cleaned.get("pasted") or "").strip()
        if file and pasted:
            self.add_error("pasted", _("Bạn chỉ chọn một cách: tệp, hoặc các dòng dán. Hãy xóa phần dán."))
        elif file and file.size > MAX_BYTES:
            self.add_error("file", _("Tệp nặng hơn 50 MB. Bạn hãy chia danh sách thành nhiều tệp."))
        return cleaned


def columns_from(post: dict[str, str], fields: Collection[str]) -> dict[str, str]:
    """The chosen ones of these fields (field -> letter) of the page "Ghép cột", whose inputs are named column_<letter>."""
    chosen: dict[str, str] = {}
    for name, field in sorted(post.items()):
        letter = name.removeprefix("column_")
        if name.startswith("column_") and field in fields:
            # two columns for one field: the service sees both and refuses
            chosen[field if field not in chosen else f"{field}?"] = letter
    return chosen
