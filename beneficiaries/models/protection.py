from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import RequestKind, RequestState
from core.fields import AreaCodeField, ReferenceField
from core.querysets import FencedManager


class DataSubjectRequest(models.Model):
    """What somebody asks about their own data, with the clock of two working days to answer."""

    reference = ReferenceField()
    area_code = AreaCodeField()
    person = models.ForeignKey(
        "beneficiaries.Person", null=True, on_delete=models.PROTECT, related_name="data_requests"
    )
    asked_by = models.CharField(_("Người yêu cầu"), max_length=150)
    contact = models.CharField(_("Cách liên hệ"), max_length=150, blank=True)
    kind = models.CharField(_("Yêu cầu"), max_length=12, choices=RequestKind)
    content = models.TextField(_("Nội dung"))
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.RECEIVED)
    received_on = models.DateField(_("Ngày nhận"))
    due_on = models.DateField(_("Hạn trả lời"))
    answer = models.TextField(_("Trả lời"), blank=True)
    answered_on = models.DateField(_("Ngày trả lời"), null=True)
    answered_by_id = models.BigIntegerField(null=True)
    answered_by_name = models.CharField(max_length=150, blank=True)
    recorded_by_id = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("yêu cầu về dữ liệu cá nhân")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RequestKind.values), name="data_request_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values), name="data_request_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.RECEIVED) | Q(answer__gt="", answered_on__isnull=False),
                name="answered_request_has_answer",
            ),
        ]
        indexes = [models.Index(fields=["area_code", "state", "due_on"], name="data_request_queue")]

    def __str__(self) -> str:
        return self.reference
