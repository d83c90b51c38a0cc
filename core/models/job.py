import datetime as dt
from typing import Any, Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.enums import JobState
from core.fields import AreaCodeField, ReferenceField
from core.querysets import FencedManager

_YOUNG: Final = dt.timedelta(seconds=15)


class Job(models.Model):
    """Work in the background, with its progress: started once per request, resumed after a killed worker, cancelled on demand.

    `attempt` rises by one each time a worker takes the job up; a worker whose attempt is no longer the current one stops.
    """

    reference = ReferenceField()
    area_code = AreaCodeField()
    kind = models.CharField(max_length=60)
    params: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    idempotency_key = models.CharField(max_length=100, null=True, unique=True)
    state = models.CharField(max_length=12, choices=JobState, default=JobState.QUEUED)
    attempt = models.PositiveIntegerField(default=0)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_text = models.CharField(max_length=200, blank=True)
    cancel_requested = models.BooleanField(default=False)
    result: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    result_file = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    error_text = models.TextField(blank=True)
    return_url = models.CharField(max_length=200, blank=True)
    created_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("việc nền")
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="job_state_known"),
        ]
        indexes = [
            # the sweeper looks for unfinished work that nobody tends
            models.Index(
                fields=["heartbeat_at"],
                name="job_unfinished",
                condition=models.Q(state__in=[JobState.QUEUED, JobState.RUNNING]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.kind}"

    @property
    def is_finished(self) -> bool:
        return self.state not in JobState.unfinished()

    @property
    def is_unfinished(self) -> bool:
        return not self.is_finished

    @property
    def asks_again(self) -> str:
        """After how long an open page asks for the progress again: soon while the work is young, most is over in a moment."""
        age = timezone.now() - self.created_at
        return "500ms" if age < _YOUNG else "2s"

    @property
    def percent(self) -> int:
        """Whole per cent done; 100 only at the end."""
        if self.state == JobState.DONE:
            return 100
        return min(99, 100 * self.progress_done // self.progress_total) if self.progress_total else 0
