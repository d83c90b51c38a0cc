from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.stateful import StatefulModel
from core.querysets import FencedManager
from support_programs.enums import (
    GrievanceChannel,
    GrievanceKind,
    GrievanceOutcome,
    GrievanceStatus,
    GrievanceTopic,
)


class Grievance(StatefulModel):
    """A complaint, a report or a remark on a posted list, with its answer. Its row belongs to the desk that owes the answer.

    `filed_area_code` is where it came in; `area_code` moves with it when it is handed on. The sender's telephone and address lie
    encrypted; without a name it is anonymous. `tracking_hash` finds it by the code that the sender was given.
    """

    kind = models.CharField(_("Loại"), max_length=12, choices=GrievanceKind)
    topic = models.CharField(_("Nội dung về"), max_length=12, choices=GrievanceTopic)
    channel = models.CharField(_("Nguồn"), max_length=8, choices=GrievanceChannel)
    filed_area_code = models.CharField(max_length=10)
    case = models.ForeignKey(
        "support_programs.Case",
        null=True,
        on_delete=models.PROTECT,
        related_name="grievances",
        db_index=False,
    )
    case_list = models.ForeignKey(
        "support_programs.CaseList",
        null=True,
        on_delete=models.PROTECT,
        related_name="grievances",
        db_index=False,
    )
    sender_name = models.CharField(_("Người gửi"), max_length=150, blank=True)
    # JSON of telephone and address
    sender_raw_encrypted = models.BinaryField(null=True)
    text = models.TextField(_("Nội dung"))
    # sha256 of the random code; the code itself is kept nowhere
    tracking_hash = models.CharField(max_length=64, null=True)  # noqa: DJ001 - unique where it is there
    received_on = models.DateField(_("Ngày nhận"))
    accepted_on = models.DateField(_("Ngày thụ lý"), null=True)
    due_on = models.DateField(_("Hạn trả lời"), null=True)
    assigned_to_id = models.BigIntegerField(null=True)
    entered_by_id = models.BigIntegerField(null=True)
    outcome = models.CharField(_("Kết quả"), max_length=12, choices=GrievanceOutcome, blank=True)
    answer = models.TextField(_("Trả lời"), blank=True)
    answered_on = models.DateField(_("Ngày trả lời"), null=True)
    answered_by_id = models.BigIntegerField(null=True)
    answered_by_name = models.CharField(max_length=150, blank=True)
    decline_reason = models.TextField(_("Lý do không thụ lý"), blank=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("khiếu nại, phản ánh")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=GrievanceKind.values), name="grievance_kind_known"),
            models.CheckConstraint(
                condition=Q(topic__in=GrievanceTopic.values), name="grievance_topic_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=GrievanceChannel.values), name="grievance_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=GrievanceStatus.values), name="grievance_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=GrievanceStatus.ANSWERED)
                | Q(
                    answer__gt="",
                    outcome__in=GrievanceOutcome.values,
                    answered_on__isnull=False,
                    answered_by_id__isnull=False,
                ),
                name="answered_grievance_has_answer",
            ),
            models.CheckConstraint(
                condition=~Q(status=GrievanceStatus.DECLINED) | Q(decline_reason__gt=""),
                name="declined_grievance_has_reason",
            ),
            models.UniqueConstraint(
                fields=["tracking_hash"], condition=Q(tracking_hash__isnull=False), name="grievance_tracked"
            ),
        ]
        indexes = [
            models.Index(fields=["area_code", "status", "due_on", "id"], name="grievance_area_status_due"),
            models.Index(fields=["case"], condition=Q(case__isnull=False), name="grievance_of_case"),
            models.Index(
                fields=["case_list"], condition=Q(case_list__isnull=False), name="grievance_of_list"
            ),
        ]
