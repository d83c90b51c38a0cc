"""What officers send when they bring a list in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.queries import children_of
from beneficiaries.enums import EmployerKind
from beneficiaries.imports.profile import ImportProfile, may_import_list, profiles_for
from core.spreadsheets.reading.refusals import MAX_BYTES
from core.workflow import Actor


class _AskedField(forms.CharField):
    """Asked for with some kinds of list only: the form says when it is missing."""

    def validate(self, value: Any) -> None:
        """Empty is no error of the field itself."""


class UploadForm(forms.Form):
    """Programme, commune (for officers of the district), employer (for lists of one), and a file or pasted rows.

    `cleaned_data["area_code"]` is the desk that the list is of.
    """

    profile = forms.ChoiceField(
        label=_("Chính sách hỗ trợ hoặc sổ"),
        error_messages={"required": _("Bạn hãy chọn chính sách hỗ trợ hoặc sổ.")},
    )
    area = forms.ChoiceField(label=_("Xã, phường, thị trấn"))
    stream = forms.ChoiceField(
        label=_("Luồng"),
        required=False,
        help_text=_("Để trống thì hệ thống nhận theo công việc của phần lớn các dòng."),
    )
    employer_tax_code = _AskedField(
        label=_("Mã số thuế"),
        max_length=20,
        help_text=_(
            "Đơn vị đã có trong hệ thống thì chỉ cần mã số thuế. Hộ kinh doanh chưa có mã thì để trống."
        ),
    )
    employer_name = forms.CharField(
        label=_("Tên đơn vị"),
        required=False,
        max_length=200,
        help_text=_("Tên, loại hình và địa chỉ chỉ ghi khi đơn vị chưa có trong hệ thống."),
    )
    employer_kind = forms.ChoiceField(
        label=_("Loại hình"),
        required=False,
        choices=[("", _("Chọn loại hình")), *EmployerKind.choices],
    )
    employer_address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=250)
    employer_area_code = forms.ChoiceField(label=_("Huyện, thị xã, thành phố đặt trụ sở"), required=False)
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
        self._actor = actor
        self._profiles = profiles_for(actor)
        self.fields["file"].required = not str(self.data.get("pasted", "")).strip()
        self._offer_profiles()
        streams = dict(stream for profile in self._profiles for stream in profile.streams)
        self._choices("stream", [("", _("Nhận theo công việc")), *streams.items()])
        if not streams:
            del self.fields["stream"]
        self._offer_areas()
        self._offer_employer()

    @property
    def of_employer(self) -> tuple[ImportProfile, ...]:
        """The kinds of list among the choices that are of an employer's people."""
        return tuple(profile for profile in self._profiles if profile.needs_employer)

    @property
    def of_employer_titles(self) -> str:
        return ", ".join(str(profile.title) for profile in self.of_employer)

    @property
    def is_of_employer(self) -> bool:
        """True when the employer's fields stand open: the chosen kind of list, or every kind, asks for one."""
        chosen = self["profile"].value() or (self._profiles[0].code if len(self._profiles) == 1 else "")
        return chosen in {profile.code for profile in self.of_employer}

    def employer_values(self) -> dict[str, str]:
        """The employer as registering takes it."""
        typed = {
            name.removeprefix("employer_"): str(self.cleaned_data.get(name) or "")
            for name in self.fields
            if name.startswith("employer_")
        }
        return {**typed, "area_code": typed.get("area_code") or self.cleaned_data["area_code"]}

    def add_employer_errors(self, errors: Mapping[str, list[str]]) -> None:
        """Put what registering refused at its fields."""
        for name, sentences in errors.items():
            field = f"employer_{name}" if f"employer_{name}" in self.fields else None
            for sentence in sentences:
                self.add_error(field, sentence)

    def _offer_profiles(self) -> None:
        """Of several kinds of list none stands chosen: the wrong one is seen too late."""
        first: list[tuple[str, Any]] = [("", _("Chọn chính sách hoặc sổ"))] if len(self._profiles) > 1 else []
        self._choices("profile", [*first, *grouped_profiles(self._profiles)])

    def _offer_areas(self) -> None:
        """A district's officer chooses the commune of a commune's list; a list of the district itself needs no choice."""
        areas = children_of(self._actor.area_code) if len(self._actor.area_code) == 5 else ()
        if not areas or not any("commune" in profile.levels for profile in self._profiles):
            del self.fields["area"]
            return
        own = [str(profile.title) for profile in self._profiles if "district" in profile.levels]
        if own:
            self.fields["area"].required = False
            self.fields["area"].help_text = _("Để trống với danh sách do huyện nhận: %(lists)s.") % {
                "lists": ", ".join(own)
            }
        self._choices("area", [*([("", _("Danh sách của huyện"))] if own else []), *areas])

    def _offer_employer(self) -> None:
        districts = children_of(self._actor.area_code) if len(self._actor.area_code) == 2 else ()
        self._choices("employer_area_code", [("", _("Chọn nơi đặt trụ sở")), *districts])
        if not districts:
            del self.fields["employer_area_code"]
        if not self.of_employer:
            for name in [name for name in self.fields if name.startswith("employer_")]:
                del self.fields[name]

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
        profile = next((known for known in self._profiles if known.code == cleaned.get("profile")), None)
        if profile is not None:
            self._clean_area(profile, cleaned)
            if profile.needs_employer and not (
                cleaned.get("employer_tax_code") or cleaned.get("employer_name")
            ):
                self.add_error(
                    "employer_tax_code",
                    _("Danh sách này là của một đơn vị sử dụng lao động. Hãy ghi mã số thuế của đơn vị."),
                )
        return cleaned

    def _clean_area(self, profile: ImportProfile, cleaned: dict[str, Any]) -> None:
        chosen = (cleaned.get("area") if "commune" in profile.levels else "") or self._actor.area_code
        cleaned["area_code"] = chosen
        if "area" in self.fields and not may_import_list(self._actor, chosen, profile.code):
            self.add_error("area", _("Hãy chọn xã, phường, thị trấn của danh sách."))


def grouped_profiles(
    profiles: Collection[ImportProfile],
) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """The kinds of list as groups of choices: those of programmes, then those of registers; empty groups are left out."""
    groups = (
        (_("Danh sách đề nghị hỗ trợ"), [one for one in profiles if not one.of_register]),
        (_("Sổ đối tượng"), [one for one in profiles if one.of_register]),
    )
    return [(name, [(one.code, one.title) for one in kinds]) for name, kinds in groups if kinds]


def columns_from(post: dict[str, str], fields: Collection[str]) -> dict[str, str]:
    """The chosen ones of these fields (field -> letter) of the page "Ghép cột", whose inputs are named column_<letter>."""
    chosen: dict[str, str] = {}
    for name, field in sorted(post.items()):
        letter = name.removeprefix("column_")
        if name.startswith("column_") and field in fields:
            # two columns for one field: the service sees both and refuses
            chosen[field if field not in chosen else f"{field}?"] = letter
    return chosen
