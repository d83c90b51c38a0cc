"""What is typed on the pages of the emulation movement."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.enums import AreaLevel
from accounts.queries import area_name, children_of
from core.workflow import Actor
from disbursements.forms.fields import set_choices
from reports.enums.emulation import CriterionSource, FigureCode, ParticipantGroup
from reports.models import Criterion, Participant
from reports.services.emulation import AchievementText, CriterionText, PaperFile, Registration
from support_programs.forms.records import DayField, ScanField


class PointsField(forms.CharField):
    """Points or a per cent with at most two decimals, typed with a comma or a dot: 7,5."""

    def __init__(self, *, most: int = 1000, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"autocomplete": "off", "inputmode": "decimal"}))
        super().__init__(**kwargs)
        self.most = most

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value).strip().replace(",", ".")
        if not text:
            return None
        try:
            found = Decimal(text)
        except InvalidOperation as error:
            raise forms.ValidationError(_("Hãy ghi một số, ví dụ 7,5.")) from error
        if not found.is_finite() or not 0 <= found <= self.most or -int(found.as_tuple().exponent) > 2:
            raise forms.ValidationError(
                _("Hãy ghi số từ 0 đến %(most)s, nhiều nhất hai chữ số lẻ.") % {"most": self.most}
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", ",")
        return value


def file_of(found: "UploadedFile[Any] | None") -> PaperFile | None:
    """A scan as the services take it."""
    return PaperFile(found.name or "tep", found.read()) if found else None


class ReasonForm(forms.Form):
    """Why something is taken back or refused."""

    reason = forms.CharField(
        label=_("Lý do"),
        widget=forms.Textarea,
        max_length=500,
        error_messages={"required": _("Hãy ghi lý do.")},
    )


class PlainForm(forms.Form):
    """An act that asks for nothing."""


class CriterionForm(forms.Form):
    """One criterion; with a figure it needs both ends of the scale."""

    code = forms.CharField(label=_("Mã"), max_length=12)
    title = forms.CharField(label=_("Tiêu chí"), max_length=250)
    most_points = PointsField(label=_("Điểm tối đa"))
    groups = forms.MultipleChoiceField(
        label=_("Áp dụng cho"), choices=ParticipantGroup.choices, widget=forms.CheckboxSelectMultiple
    )
    figure = forms.ChoiceField(
        label=_("Số liệu của hệ thống"),
        required=False,
        choices=[("", _("Không: chấm theo thành tích được xác nhận")), *FigureCode.choices],
    )
    within_days = forms.IntegerField(
        label=_("Số ngày quy định"),
        required=False,
        min_value=1,
        max_value=365,
        help_text=_("Chỉ dùng cho tỷ lệ chi trong số ngày quy định."),
    )
    zero_at = PointsField(
        label=_("0 điểm khi tỷ lệ là (%)"),
        required=False,
        most=100,
        help_text=_("Càng ít càng tốt thì ghi số lớn hơn ở đây, ví dụ 30 và 0."),
    )
    full_at = PointsField(label=_("Điểm tối đa khi tỷ lệ là (%)"), required=False, most=100)
    full_when_empty = forms.BooleanField(label=_("Đủ điểm khi không phát sinh"), required=False)
    is_active = forms.BooleanField(label=_("Áp dụng"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("figure") == FigureCode.PAID_IN_TIME and not found.get("within_days"):
            self.add_error("within_days", _("Hãy ghi số ngày quy định."))
        return found

    def text(self) -> CriterionText:
        """What the service takes."""
        return CriterionText(**self.cleaned_data)


class RegistrationForm(forms.Form):
    """Who takes part: the choices are those of one's own area."""

    group = forms.ChoiceField(label=_("Nhóm"))
    area = forms.ChoiceField(label=_("Đơn vị, địa bàn"))
    name = forms.CharField(
        label=_("Tên phòng, đơn vị hoặc họ tên cá nhân"),
        max_length=200,
        required=False,
        help_text=_("Huyện, xã: để trống, hệ thống lấy tên đơn vị."),
    )
    office = forms.CharField(label=_("Chức vụ"), max_length=150, required=False)
    employed_at = forms.CharField(label=_("Đơn vị công tác"), max_length=200, required=False)
    registered_on = DayField(label=_("Ngày đăng ký"))
    paper_number = forms.CharField(label=_("Số văn bản đăng ký"), max_length=60, required=False)
    paper_date = DayField(label=_("Ngày văn bản đăng ký"), required=False)
    paper = ScanField(label=_("Bản chụp văn bản đăng ký"), required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "group", [one for one in ParticipantGroup.choices if one[0] in _groups_for(actor)])
        set_choices(
            self,
            "area",
            [(actor.area_code, area_name(actor.area_code)), *children_of(actor.area_code)],
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        named = (ParticipantGroup.OFFICE, ParticipantGroup.INDIVIDUAL)
        if found.get("group") in named and not found.get("name", "").strip():
            self.add_error("name", _("Hãy ghi tên phòng, đơn vị hoặc họ tên cá nhân."))
        return found

    def registration(self) -> Registration:
        """What the service takes."""
        typed = self.cleaned_data
        return Registration(
            group=typed["group"],
            area_code=typed["area"],
            registered_on=typed["registered_on"],
            name=typed["name"],
            office=typed["office"],
            employed_at=typed["employed_at"],
            paper_number=typed["paper_number"],
            paper_date=typed["paper_date"],
            paper=file_of(typed["paper"]),
        )


def _groups_for(actor: Actor) -> tuple[str, ...]:
    """The groups that somebody of this area can register."""
    level = AreaLevel.of(actor.area_code)
    if level == AreaLevel.PROVINCE:
        return (ParticipantGroup.DISTRICT, ParticipantGroup.OFFICE, ParticipantGroup.INDIVIDUAL)
    if level == AreaLevel.DISTRICT:
        return (ParticipantGroup.DISTRICT, ParticipantGroup.COMMUNE, ParticipantGroup.INDIVIDUAL)
    return (ParticipantGroup.COMMUNE, ParticipantGroup.INDIVIDUAL)


class AchievementForm(forms.Form):
    """An achievement with its proof."""

    criterion = forms.ChoiceField(label=_("Tiêu chí"))
    title = forms.CharField(label=_("Thành tích"), max_length=250)
    text = forms.CharField(label=_("Mô tả"), widget=forms.Textarea, required=False, max_length=4000)
    achieved_on = DayField(label=_("Ngày đạt được"))
    asked_points = PointsField(label=_("Điểm đề nghị"))
    proof = ScanField(label=_("Minh chứng"), help_text=_("Bản chụp PDF, JPG hoặc PNG, nhiều nhất 20 MB."))

    def __init__(self, participant: Participant, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = {
            str(one.pk): one
            for one in Criterion.objects.filter(
                movement=participant.movement_id,
                source=CriterionSource.ENTERED,
                is_active=True,
                groups__contains=[participant.group],
            )
        }
        set_choices(
            self,
            "criterion",
            [(key, f"{one} (≤ {one.most_points.normalize():f})") for key, one in self.criteria.items()],
        )

    @property
    def criterion_chosen(self) -> Criterion:
        return self.criteria[self.cleaned_data["criterion"]]

    def text_given(self) -> AchievementText:
        """What the service takes."""
        typed = self.cleaned_data
        proof = file_of(typed["proof"])
        if proof is None:
            raise ValueError("a form without its required scan is not valid")
        return AchievementText(
            typed["title"], typed["achieved_on"], typed["asked_points"], proof, typed["text"]
        )


class ConfirmForm(forms.Form):
    """The points that an achievement is worth."""

    points = PointsField(label=_("Điểm được xác nhận"))


class RoundForm(forms.Form):
    """A new round over a period."""

    title = forms.CharField(label=_("Tên kỳ xếp hạng"), max_length=200)
    first = DayField(label=_("Từ ngày"))
    last = DayField(label=_("Đến ngày"))
