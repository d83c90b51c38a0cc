"""What the pages of the movement read: its parts with their counts, the ranking, one unit's points with how they came about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from core.querysets import Viewer
from core.wording import Text
from reports.enums.emulation import (
    AchievementStatus,
    ParticipantGroup,
    ParticipantStatus,
    ProposalStatus,
)
from reports.models import (
    Achievement,
    AwardProposal,
    Criterion,
    Movement,
    Participant,
    Score,
    ScoringRound,
)
from reports.rules.emulation import places


@dataclass(frozen=True, slots=True)
class RankRow:
    """One participant of a ranking; `is_tied` says that others have the same place, `by_criterion` has points by criterion."""

    place: int
    participant: Participant
    points: Decimal
    by_criterion: Mapping[int, Decimal]
    is_tied: bool
    opens: bool

    def cells(self, criteria: Sequence[Criterion]) -> list[tuple[str, Decimal | None]]:
        """The points in the order of the columns, each with the code of its criterion."""
        return [(criterion.code, self.by_criterion.get(criterion.pk)) for criterion in criteria]


@dataclass(frozen=True, slots=True)
class RankGroup:
    """A ranking among those who are compared: its columns, its rows from the first place on, the most points there are."""

    code: str
    label: Text
    criteria: tuple[Criterion, ...]
    rows: tuple[RankRow, ...]

    @property
    def most(self) -> Decimal:
        return sum((criterion.most_points for criterion in self.criteria), Decimal(0))

    @property
    def lines(self) -> list[tuple[RankRow, list[tuple[str, Decimal | None]]]]:
        return [(row, row.cells(self.criteria)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class MovementCounts:
    """How many stand at each part of a movement, as far as the viewer's area reaches."""

    participants: int
    waiting: int
    achievements: int
    proposals: int
    open_proposals: int
    awarded: int
    amount: int


def counts_of(movement: Movement, viewer: Viewer) -> MovementCounts:
    """Three statements, whatever the size."""
    participants = Participant.objects.visible_to(viewer).filter(
        movement=movement, status=ParticipantStatus.REGISTERED
    )
    achievements = Achievement.objects.visible_to(viewer).filter(participant__movement=movement)
    entered = achievements.aggregate(
        all=Count("pk", filter=~Q(status=AchievementStatus.WITHDRAWN)),
        waiting=Count("pk", filter=Q(status=AchievementStatus.ENTERED)),
    )
    proposals = (
        AwardProposal.objects.visible_to(viewer)
        .filter(movement=movement)
        .aggregate(
            all=Count("pk", filter=~Q(status__in=ProposalStatus.ended())),
            open=Count("pk", filter=Q(status__in=[ProposalStatus.SUBMITTED, ProposalStatus.RECOMMENDED])),
            awarded=Count("pk", filter=Q(status=ProposalStatus.AWARDED)),
            amount=Sum("amount", filter=Q(status=ProposalStatus.AWARDED), default=0),
        )
    )
    return MovementCounts(
        participants.count(),
        entered["waiting"],
        entered["all"],
        proposals["all"],
        proposals["open"],
        proposals["awarded"],
        proposals["amount"],
    )


def scores_of(scoring_round: ScoringRound) -> QuerySet[Score]:
    """The rows of the newest computation."""
    return Score.objects.filter(scoring_round=scoring_round, run=scoring_round.run)


def ranking_of(scoring_round: ScoringRound, viewer: Viewer) -> list[RankGroup]:
    """The newest points by group, the first place on top; equal points share a place and the next one is left out.

    Units are shown to everybody who reads the movement; persons and offices to whose area they are in. One statement.
    """
    rows = scores_of(scoring_round).select_related("participant", "criterion").order_by("criterion__position")
    by_group: dict[str, dict[Participant, dict[int, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    criteria: dict[str, dict[int, Criterion]] = defaultdict(dict)
    for score in rows:
        participant = score.participant
        if participant.group not in ParticipantGroup.of_units() and not _is_within(participant, viewer):
            continue
        by_group[participant.group][participant][score.criterion_id] = score.points
        criteria[participant.group][score.criterion_id] = score.criterion
    return [
        RankGroup(
            group.value,
            group.label,
            tuple(criteria[group.value].values()),
            _ranked(by_group[group.value], viewer),
        )
        for group in ParticipantGroup
        if group.value in by_group
    ]


def _is_within(participant: Participant, viewer: Viewer) -> bool:
    return bool(viewer.area_code) and participant.area_code.startswith(viewer.area_code)


def _ranked(found: Mapping[Participant, Mapping[int, Decimal]], viewer: Viewer) -> tuple[RankRow, ...]:
    totals = {participant: sum(points.values(), Decimal(0)) for participant, points in found.items()}
    standing = places(totals)
    taken = list(standing.values())
    ordered = sorted(found, key=lambda one: (standing[one], one.area_code, one.name))
    return tuple(
        RankRow(
            standing[one],
            one,
            totals[one],
            found[one],
            taken.count(standing[one]) > 1,
            _is_within(one, viewer),
        )
        for one in ordered
    )


def groups_of(participants: Sequence[Participant]) -> list[tuple[Text, list[Participant]]]:
    """Participants under the names of their groups."""
    return [
        (group.label, [one for one in participants if one.group == group])
        for group in ParticipantGroup
        if any(one.group == group for one in participants)
    ]
