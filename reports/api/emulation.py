"""The emulation movement for programs: movements with their criteria, and rankings with how each point came about. Read only."""

from typing import Any, Final

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.permissions import reads_records
from core.api import FencedAPIView
from core.requests import actor_of
from reports.models import Movement, Score, ScoringRound
from reports.queries.announced import announced, get_announced
from reports.queries.emulation import RankGroup, ranking_of, scores_of

Shape = serializers.Serializer[Any]


class ReadsRecords(BasePermission):
    """Lets in whoever reads records."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return reads_records(actor_of(request))


class EmulationCriterionShape(Shape):
    """One criterion: its most points; of a figure the ends of the scale in per cent."""

    code = serializers.CharField()
    title = serializers.CharField()
    most_points = serializers.DecimalField(max_digits=6, decimal_places=2)
    kind = serializers.CharField(source="source", help_text="figure or entered")
    figure = serializers.CharField()
    within_days = serializers.IntegerField(allow_null=True)
    zero_at = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)
    full_at = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)
    full_when_empty = serializers.BooleanField()
    groups = serializers.ListField(child=serializers.CharField())
    is_own = serializers.BooleanField(help_text="Proposed by this system, not found in the plan.")


class RoundShape(Shape):
    """One round: its period, both days included; `run` counts how often it was computed."""

    reference = serializers.CharField()
    title = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField()
    status = serializers.CharField()
    run = serializers.IntegerField()
    figures_at = serializers.DateTimeField(allow_null=True)


class EmulationMovementShape(Shape):
    """A movement with its criteria and rounds; `verify` says what of it is unsure."""

    reference = serializers.CharField()
    number = serializers.CharField()
    dated = serializers.DateField()
    title = serializers.CharField()
    status = serializers.CharField()
    verify = serializers.CharField()
    criteria = EmulationCriterionShape(many=True)
    rounds = RoundShape(many=True)


class PointsShape(Shape):
    """Points for one criterion, and what they came from: `part` of `whole`, or the achievements in `how`."""

    criterion = serializers.CharField(source="criterion.code")
    points = serializers.DecimalField(max_digits=6, decimal_places=2)
    part = serializers.IntegerField(allow_null=True)
    whole = serializers.IntegerField(allow_null=True)
    share = serializers.DecimalField(max_digits=7, decimal_places=2, allow_null=True)
    how = serializers.JSONField()


class RankShape(Shape):
    """One line of a ranking; `scores` are told of one's own area alone."""

    place = serializers.IntegerField()
    is_tied = serializers.BooleanField()
    name = serializers.CharField()
    area_code = serializers.CharField()
    points = serializers.DecimalField(max_digits=8, decimal_places=2)
    scores = PointsShape(many=True)


class GroupShape(Shape):
    """A ranking among those who are compared."""

    group = serializers.CharField()
    rows = RankShape(many=True)


class RankingShape(RoundShape):
    """A round with its rankings."""

    groups = GroupShape(many=True)


class EmulationView(FencedAPIView):
    """An endpoint for who reads records."""

    permission_classes = (IsAuthenticated, ReadsRecords)


class MovementIndex(EmulationView):
    """The movements with their criteria and rounds, newest first."""

    @extend_schema(operation_id="emulation_movements_list", responses=EmulationMovementShape(many=True))
    def get(self, request: Request) -> Response:
        found = announced(Movement.objects.all(), actor_of(request)).order_by("-dated", "-pk")
        rows = found.prefetch_related("criteria", "rounds")[:50]
        return Response(
            [
                EmulationMovementShape(
                    {
                        **{name: getattr(row, name) for name in _OWN},
                        "criteria": row.criteria.all(),
                        "rounds": row.rounds.all(),
                    }
                ).data
                for row in rows
            ]
        )


_ROUND: Final = ("reference", "title", "first", "last", "status", "run", "figures_at")
_OWN: Final = ("reference", "number", "dated", "title", "status", "verify")


class Ranking(EmulationView):
    """The ranking of a round by group, the first place on top; ties share a place."""

    @extend_schema(operation_id="emulation_ranking_retrieve", responses=RankingShape)
    def get(self, request: Request, reference: str) -> Response:
        actor = actor_of(request)
        found = get_announced(ScoringRound.objects.all(), actor, reference=reference)
        scores: dict[int, list[Score]] = {}
        for score in scores_of(found).select_related("criterion"):
            scores.setdefault(score.participant_id, []).append(score)
        own = {name: getattr(found, name) for name in _ROUND}
        groups = [_group(group, scores) for group in ranking_of(found, actor)]
        return Response(RankingShape({**own, "groups": groups}).data)


def _group(group: RankGroup, scores: dict[int, list[Score]]) -> dict[str, Any]:
    rows = [
        {
            "place": row.place,
            "is_tied": row.is_tied,
            "name": row.participant.name,
            "area_code": row.participant.area_code,
            "points": row.points,
            "scores": scores[row.participant.pk] if row.opens else [],
        }
        for row in group.rows
    ]
    return {"group": group.code, "rows": rows}
