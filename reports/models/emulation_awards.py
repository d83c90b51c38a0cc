"""Commendation: the council with its minutes, proposals, and the decisions that ended them."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField, ReferenceField
from core.models.stateful import StatefulModel
from core.querysets import FencedManager
from reports.enums.emulation import AwardProcedure, CouncilRole, MeetingStatus, ProposalStatus
from reports.models.emulation import Achievement, Movement, Participant
from reports.models.emulation_scoring import ScoringRound


class CouncilMember(models.Model):
    """Somebody who sits in the council of a movement, as the paper that appointed the council names them."""

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="council")
    name = models.CharField(_("Họ và tên"), max_length=150)
    office = models.CharField(_("Chức vụ"), max_length=200)
    role = models.CharField(_("Vai trò trong hội đồng"), max_length=10, choices=CouncilRole)
    appointed_by = models.CharField(_("Quyết định thành lập"), max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("thành viên hội đồng")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=CouncilRole.values), name="council_role_known"),
            models.UniqueConstraint(
                fields=["movement", "name", "office"],
                condition=Q(is_active=True),
                name="council_member_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.office}"


class CouncilMeeting(StatefulModel):
    """One meeting: who was there (kept as they were named then) and the votes on each proposal; fixed by its minutes."""

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField(_("Ngày họp"))
    place = models.CharField(_("Nơi họp"), max_length=200)
    members = models.PositiveSmallIntegerField(_("Số thành viên hội đồng"))
    # one line each: name, office and role in the council
    present: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    remarks = models.TextField(_("Ý kiến tại cuộc họp"), blank=True)
    recorded_by_id = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)

    objects = FencedManager()

    class Meta:
        ordering = ["-held_on", "-id"]
        verbose_name = _("phiên họp hội đồng")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=MeetingStatus.values), name="meeting_status_known")
        ]

    # papers ask every record for it
    programme = None


class AwardDecision(models.Model):
    """A decision on commendation as it was signed: number and day are those of the paper, never made here."""

    reference = ReferenceField()
    area_code = AreaCodeField()
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="award_decisions")
    award = models.CharField(_("Hình thức khen thưởng"), max_length=20)
    number = models.CharField(_("Số quyết định"), max_length=60)
    signed_on = models.DateField(_("Ngày ký"))
    issuer = models.CharField(_("Cơ quan, người ký"), max_length=200)
    scan = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by_id = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-signed_on", "-id"]
        verbose_name = _("quyết định khen thưởng")
        constraints = [
            models.UniqueConstraint(fields=["number", "signed_on", "award"], name="award_decision_once")
        ]

    def __str__(self) -> str:
        return self.reference


class AwardProposal(StatefulModel):
    """A proposal to commend a participant for one achievement or one place in a ranking, and what became of it.

    The same achievement, and the same ranking, is commended once: a second live proposal is refused by the database. Who
    proposed does not record the decision. `amount` is the money by the rates of the day of the decision.
    """

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="proposals")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="proposals")
    award = models.CharField(_("Hình thức khen thưởng"), max_length=20)
    procedure = models.CharField(_("Thủ tục"), max_length=10, choices=AwardProcedure)
    achievement = models.ForeignKey(
        Achievement, null=True, on_delete=models.PROTECT, related_name="proposals"
    )
    scoring_round = models.ForeignKey(
        ScoringRound, null=True, on_delete=models.PROTECT, related_name="proposals"
    )
    merit = models.TextField(_("Tóm tắt thành tích"))
    decision = models.ForeignKey(AwardDecision, null=True, on_delete=models.PROTECT, related_name="proposals")
    amount = models.BigIntegerField(_("Tiền thưởng"), null=True)
    amount_how = models.CharField(max_length=300, blank=True)
    proposed_by_id = models.BigIntegerField()
    proposed_by_name = models.CharField(max_length=150)
    decided_by_id = models.BigIntegerField(null=True)
    refused_reason = models.CharField(_("Lý do không khen"), max_length=500, blank=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("đề nghị khen thưởng")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ProposalStatus.values), name="proposal_status_known"
            ),
            models.CheckConstraint(
                condition=Q(achievement__isnull=False, scoring_round__isnull=True)
                | Q(achievement__isnull=True, scoring_round__isnull=False),
                name="proposal_has_one_ground",
            ),
            models.UniqueConstraint(
                fields=["achievement"],
                condition=Q(achievement__isnull=False) & ~Q(status__in=ProposalStatus.ended()),
                name="achievement_commended_once",
            ),
            models.UniqueConstraint(
                fields=["participant", "scoring_round"],
                condition=Q(scoring_round__isnull=False) & ~Q(status__in=ProposalStatus.ended()),
                name="ranking_commended_once",
            ),
            models.CheckConstraint(
                condition=~Q(status=ProposalStatus.AWARDED)
                | Q(decision__isnull=False, amount__isnull=False, decided_by_id__isnull=False),
                name="awarded_proposal_has_decision",
            ),
            models.CheckConstraint(
                condition=Q(decided_by_id__isnull=True) | ~Q(decided_by_id=F("proposed_by_id")),
                name="award_decided_by_another",
            ),
        ]

    # papers ask every record for it
    programme = None


class CouncilVote(models.Model):
    """What a meeting said of one proposal; it may be corrected until the minutes are made."""

    meeting = models.ForeignKey(CouncilMeeting, on_delete=models.PROTECT, related_name="votes")
    proposal = models.ForeignKey(AwardProposal, on_delete=models.PROTECT, related_name="votes")
    votes_for = models.PositiveSmallIntegerField(_("Phiếu đồng ý"))
    votes_against = models.PositiveSmallIntegerField(_("Phiếu không đồng ý"))
    is_recommended = models.BooleanField(_("Hội đồng đề nghị khen"))
    remark = models.CharField(_("Ý kiến"), max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("phiếu của hội đồng")
        constraints = [models.UniqueConstraint(fields=["meeting", "proposal"], name="vote_once_per_meeting")]

    def __str__(self) -> str:
        return f"{self.votes_for}/{self.votes_for + self.votes_against}"
