"""The form of an employer: typed for the first time, or corrected with a reason."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from accounts.queries import area_name, children_of
from beneficiaries.enums import EmployerKind
from beneficiaries.models import Employer
from beneficiaries.services.employers import FIELDS
from beneficiaries.views.form_pages import NUMERIC, PLAIN, ReasonField, Section
from core.workflow import Actor

_IDENTITY: Final = ("name", "kind", "tax_code", "registration_number", "business_lines")
_PLACE: Final = ("area_code", "address", "phone")
_ACCOUNT: Final = ("bank_name", "account")


class EmployerForm(forms.Form):
    """`FIELDS` of services/employers as an officer types them; what is wrong is said by the service."""

    def __init__(self, data: Any, *, actor: Actor, employer: Employer | None = None, **initial: Any) -> None:
        super().__init__(data, initial=_written(employer) if employer else initial)
        self._text("name", _("Tên đơn vị"), is_needed=True)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Loại hình"),
            choices=[("", _("Chọn loại hình")), *EmployerKind.choices],
            error_messages={"required": _("Hãy chọn loại hình của đơn vị.")},
        )
        self._text(
            "tax_code",
            _("Mã số thuế"),
            help_text=_("10 số, hoặc 10 số và 3 số của chi nhánh. Hộ kinh doanh chưa có mã thì để trống."),
            widget=forms.TextInput({**NUMERIC, "class": "w-id"}),
        )
        self._text("registration_number", _("Số đăng ký kinh doanh"))
        self._text(
            "business_lines",
            _("Ngành nghề kinh doanh"),
            help_text=_("Ghi như giấy chứng nhận, cách nhau bằng dấu chấm phẩy."),
        )
        self._area(actor, employer)
        self._text("address", _("Địa chỉ"))
        self._text("phone", _("Số điện thoại"), widget=forms.TextInput(NUMERIC))
        self._text("bank_name", _("Ngân hàng"))
        self._text("account", _("Số tài khoản"), widget=forms.TextInput(NUMERIC))
        if employer is not None:
            self._of_known(employer)

    def _text(
        self, name: str, label: str, *, is_needed: bool = False, help_text: str = "", widget: Any = None
    ) -> None:
        self.fields[name] = forms.CharField(
            label=label,
            required=is_needed,
            help_text=help_text,
            widget=widget or forms.TextInput(PLAIN),
            error_messages={"required": _("Hãy ghi tên đơn vị.")},
        )

    def _area(self, actor: Actor, employer: Employer | None) -> None:
        """Where it is registered: a commune's officer has no choice, others their own area and those right below."""
        areas = list(children_of(actor.area_code))
        if not areas:
            return
        if len(actor.area_code) == 5:
            areas.insert(0, (actor.area_code, area_name(actor.area_code)))
        if employer is not None and employer.area_code not in dict(areas):
            areas.insert(0, (employer.area_code, area_name(employer.area_code)))
        self.fields["area_code"] = forms.ChoiceField(
            label=_("Nơi đặt trụ sở"),
            choices=[("", _("Chọn nơi đặt trụ sở")), *areas],
            error_messages={"required": _("Hãy chọn nơi đặt trụ sở của đơn vị.")},
        )

    def _of_known(self, employer: Employer) -> None:
        if employer.account_last3:
            self.fields["account"].help_text = _("Để trống thì giữ số tài khoản đang có (••• %(last)s).") % {
                "last": employer.account_last3
            }
        self.fields["reason"] = ReasonField(
            label=_("Lý do sửa"),
            missing=_("Hãy ghi lý do sửa."),
            help_text=_("Ví dụ: ghi theo giấy chứng nhận đăng ký thay đổi lần thứ 2."),
        )
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)

    def values(self) -> dict[str, str]:
        """What was typed, as the services take it."""
        return {name: str(self.cleaned_data[name]) for name in FIELDS if name in self.cleaned_data}

    def sections(self) -> list[Section]:
        groups = [
            ("identity", _("Đơn vị"), "doc", _IDENTITY, ""),
            ("place", _("Địa chỉ, liên hệ"), "map", _PLACE, ""),
            (
                "account",
                _("Tài khoản nhận tiền"),
                "bank",
                _ACCOUNT,
                _("Chỉ ghi khi tiền hỗ trợ chi cho đơn vị. Số tài khoản được mã hóa."),
            ),
        ]
        if "reason" in self.fields:
            groups.append(("reason", _("Vì sao sửa"), "edit", ("reason",), ""))
        return [
            Section(code, title, icon, [self[name] for name in names if name in self.fields], note)
            for code, title, icon, names, note in groups
        ]


class OwnerForm(forms.Form):
    """Why this person is recorded as the owner."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["reason"] = ReasonField(
            label=_("Lý do"),
            missing=_("Hãy ghi lý do sửa."),
            help_text=_("Ví dụ: theo giấy chứng nhận đăng ký hộ kinh doanh."),
        )


def _written(employer: Employer) -> dict[str, Any]:
    """The employer as it stands; the account is never shown again."""
    shown = {name: getattr(employer, name) for name in FIELDS if name != "account"}
    return {**shown, "version": employer.version}
