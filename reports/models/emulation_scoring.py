"""Scoring: a round over a period, and the points of each unit by criterion with the numbers they came from."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models.stateful import StatefulModel
from core.querysets import FencedManager
from reports.enums.emulation import CriterionSource, FigureCode, RoundStatus
from reports.models.emulation import Criterion, Movement, Participant


class ScoringRound(StatefulModel):
    """One scoring of a movement over a period, both days included. `run` counts how often it was computed: the newest run is
    shown, older ones stay. Once it is closed no points are added.
    """

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="rounds")
    title = models.CharField(_("Tên kỳ xếp hạng"), max_length=200)
    first = models.DateField(_("Từ ngày"))
    last = models.DateField(_("Đến ngày"))
    run = models.PositiveIntegerField(default=0)
    figures_at = models.DateTimeField(_("Số liệu lúc"), null=True)
    computed_by_name = models.CharField(max_length=150, blank=True)
    created_by_id = models.BigIntegerField()
    closed_by_id = models.BigIntegerField(null=True)
    closed_by_name = models.CharField(max_length=150, blank=True)
    closed_on = models.DateField(null=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-last", "-id"]
        verbose_name = _("kỳ xếp hạng thi đua")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=RoundStatus.values), name="round_status_known"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="round_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(status=RoundStatus.CLOSED) | Q(run__gt=0, closed_by_id__isnull=False),
                name="closed_round_was_computed",
            ),
        ]


class Score(models.Model):
    """The points of one participant for one criterion, with everything needed to compute them again; written once.

    `part` of `whole` is the figure; `how` names the achievements that gave points: `[{"reference", "title", "points"}]`.
    """

    scoring_round = models.ForeignKey(
        ScoringRound, on_delete=models.PROTECT, related_name="scores", db_index=False
    )
    run = models.PositiveIntegerField()
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=8, choices=CriterionSource)
    figure = models.CharField(max_length=20, choices=FigureCode, blank=True)
    part = models.BigIntegerField(null=True)
    whole = models.BigIntegerField(null=True)
    share = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    most_points = models.DecimalField(max_digits=6, decimal_places=2)
    zero_at = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    full_at = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    full_when_empty = models.BooleanField(default=False)
    how: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    points = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        ordering = ["participant", "criterion__position", "id"]
        verbose_name = _("điểm thi đua")
        constraints = [
            models.UniqueConstraint(
                fields=["scoring_round", "run", "participant", "criterion"], name="score_once"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0, points__lte=F("most_points")), name="score_within_criterion"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.points}"
