"""What is typed on the pages of proposals, of the council and of decisions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.wording import Text
from disbursements.forms.fields import set_choices
from reports.enums.emulation import (
    AchievementStatus,
    AwardProcedure,
    CouncilRole,
    ProposalStatus,
    RoundStatus,
)
from reports.forms.emulation import file_of
from reports.models import (
    Achievement,
    AwardProposal,
    CouncilMember,
    Movement,
    Participant,
    ScoringRound,
)
from reports.rules.awards import shipped_awards
from reports.services.emulation_awards import ProposalText, SignedDecision
from support_programs.forms.records import DayField, ScanField


class ProposalForm(forms.Form):
    """A proposal to commend one participant; the grounds are what is settled and not commended yet."""

    award = forms.ChoiceField(label=_("Hình thức khen thưởng"))
    procedure = forms.ChoiceField(
        label=_("Thủ tục"),
        choices=AwardProcedure.choices,
        initial=AwardProcedure.SIMPLIFIED.value,
        help_text=_("Thủ tục đơn giản: tờ trình, báo cáo tóm tắt, biên bản họp hội đồng."),
    )
    ground = forms.ChoiceField(label=_("Căn cứ"))
    merit = forms.CharField(label=_("Tóm tắt thành tích"), widget=forms.Textarea, max_length=4000)

    def __init__(self, participant: Participant, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        table = shipped_awards()
        set_choices(self, "award", [(one.code, one.title) for one in table.awards.values()])
        self.grounds = grounds_of(participant)
        set_choices(self, "ground", [(key, label) for key, (label, _record) in self.grounds.items()])

    def text_given(self) -> ProposalText:
        """What the service takes."""
        typed = self.cleaned_data
        record = self.grounds[typed["ground"]][1]
        return ProposalText(
            award=typed["award"],
            procedure=typed["procedure"],
            merit=typed["merit"],
            achievement=record if isinstance(record, Achievement) else None,
            scoring_round=record if isinstance(record, ScoringRound) else None,
        )


def grounds_of(participant: Participant) -> dict[str, tuple[Text, Achievement | ScoringRound]]:
    """What a participant may be commended for: confirmed achievements and closed rankings without a live proposal."""
    live = AwardProposal.objects.filter(participant=participant).exclude(status__in=ProposalStatus.ended())
    taken = live.values_list("achievement_id", "scoring_round_id")
    achievements = {one for one, _round in taken}
    rounds = {one for _achievement, one in taken}
    found: dict[str, tuple[Text, Achievement | ScoringRound]] = {}
    for one in Achievement.objects.filter(participant=participant, status=AchievementStatus.CONFIRMED):
        if one.pk not in achievements:
            found[one.reference] = (f"{one.reference}: {one.title}", one)
    settled = ScoringRound.objects.filter(
        movement=participant.movement_id, status=RoundStatus.CLOSED, scores__participant=participant
    )
    for each in settled.distinct():
        if each.pk not in rounds:
            found[each.reference] = (f"{each.reference}: {each.title}", each)
    return found


class MemberForm(forms.Form):
    """A member of the council, as the paper that appointed it says."""

    name = forms.CharField(label=_("Họ và tên"), max_length=150)
    office = forms.CharField(label=_("Chức vụ"), max_length=200)
    role = forms.ChoiceField(label=_("Vai trò trong hội đồng"), choices=CouncilRole.choices)
    appointed_by = forms.CharField(
        label=_("Quyết định thành lập"),
        max_length=120,
        required=False,
        help_text=_("Số, ngày như trên văn bản."),
    )


class MeetingForm(forms.Form):
    """A meeting with those who were there."""

    held_on = DayField(label=_("Ngày họp"))
    place = forms.CharField(label=_("Nơi họp"), max_length=200)
    present = forms.MultipleChoiceField(label=_("Thành viên có mặt"), widget=forms.CheckboxSelectMultiple)
    remarks = forms.CharField(
        label=_("Ý kiến tại cuộc họp"), widget=forms.Textarea, required=False, max_length=4000
    )

    def __init__(self, movement: Movement, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {
            str(one.pk): one for one in CouncilMember.objects.filter(movement=movement, is_active=True)
        }
        set_choices(self, "present", [(key, str(one)) for key, one in self.members.items()])

    @property
    def members_present(self) -> list[CouncilMember]:
        return [self.members[key] for key in self.cleaned_data["present"]]


class VoteForm(forms.Form):
    """The votes on one proposal."""

    votes_for = forms.IntegerField(label=_("Phiếu đồng ý"), min_value=0, max_value=500)
    votes_against = forms.IntegerField(label=_("Phiếu không đồng ý"), min_value=0, max_value=500)
    is_recommended = forms.ChoiceField(
        label=_("Kết luận của hội đồng"),
        choices=[("1", _("Đề nghị khen")), ("0", _("Không đề nghị"))],
    )
    remark = forms.CharField(label=_("Ý kiến"), max_length=300, required=False)


class DecisionForm(forms.Form):
    """A decision on commendation as it was signed, and whom it commends."""

    award = forms.ChoiceField(label=_("Hình thức khen thưởng"))
    proposals = forms.MultipleChoiceField(
        label=_("Đề nghị được khen"), widget=forms.CheckboxSelectMultiple({"class": "choices tall"})
    )
    number = forms.CharField(
        label=_("Số quyết định"),
        max_length=60,
        help_text=_("Đúng như trên bản ký. Hệ thống không tự đặt số."),
    )
    signed_on = DayField(label=_("Ngày ký"))
    issuer = forms.CharField(label=_("Cơ quan, người ký"), max_length=200)
    scan = ScanField(label=_("Bản chụp quyết định"), required=False)

    def __init__(self, movement: Movement, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = AwardProposal.objects.filter(movement=movement, status=ProposalStatus.RECOMMENDED)
        self.waiting = {one.reference: one for one in rows.select_related("participant")}
        table = shipped_awards().awards
        used = {one.award for one in self.waiting.values()}
        set_choices(self, "award", [(code, one.title) for code, one in table.items() if code in used])
        set_choices(
            self,
            "proposals",
            [
                (ref, f"{one.participant.name} – {table[one.award].title} ({ref})")
                for ref, one in self.waiting.items()
            ],
        )

    @property
    def chosen(self) -> list[AwardProposal]:
        return [self.waiting[ref] for ref in self.cleaned_data["proposals"]]

    def paper(self) -> SignedDecision:
        """What the service takes."""
        typed = self.cleaned_data
        return SignedDecision(
            typed["award"], typed["number"], typed["signed_on"], typed["issuer"], file_of(typed["scan"])
        )
