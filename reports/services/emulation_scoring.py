"""Rounds of points: opened over a period, computed as often as wanted, closed once and kept."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.date_texts import format_date, format_period
from core.queries.references import next_reference
from core.spreadsheets.tables import Column, Group, Heading, Kind, Row, Table
from core.spreadsheets.writing import write_table
from core.text import clean_text
from core.transitions import TransitionRefused, perform
from core.workflow import Actor
from reports.enums.emulation import (
    AchievementStatus,
    CriterionSource,
    MovementStatus,
    ParticipantStatus,
    RoundStatus,
)
from reports.models import Achievement, Criterion, Movement, Participant, Score, ScoringRound
from reports.permissions import keeps_reports
from reports.queries.emulation import ranking_of
from reports.queries.emulation_figures import Shares, shares_of
from reports.rules.emulation import Scale, points_of_entered, points_of_share, share_percent
from reports.workflow.emulation import NOT_KEEPER, ROUND_WORKFLOW
from support_programs.services.scope import check_area, check_past, check_role

Period = tuple[dt.date, dt.date]


@transaction.atomic
def open_round(
    movement: Movement, *, title: str, first: dt.date, last: dt.date, actor: Actor
) -> ScoringRound:
    """A new round over a period, without points yet. Refused unless the movement runs, and for a period that isn't over."""
    check_role(actor, keeps_reports, NOT_KEEPER)
    check_area(actor, movement.area_code)
    locked = Movement.objects.select_for_update().get(pk=movement.pk)
    if locked.status != MovementStatus.RUNNING:
        raise TransitionRefused(_("Chỉ mở kỳ xếp hạng khi phong trào đang chấm điểm."))
    if last < first:
        raise TransitionRefused(_("Ngày cuối phải bằng hoặc sau ngày đầu."))
    check_past(last, _("Ngày cuối"))
    if not title.strip():
        raise TransitionRefused(_("Hãy ghi tên kỳ xếp hạng."))
    found = ScoringRound.objects.create(
        reference=next_reference("XH"),
        area_code=movement.area_code,
        status=RoundStatus.OPEN,
        movement=movement,
        title=clean_text(title),
        first=first,
        last=last,
        created_by_id=actor.pk,
    )
    record_event("scoring.open", found, actor=actor, change={"period": format_period(first, last)})
    return found


@transaction.atomic
def compute_round(scoring_round: ScoringRound, *, actor: Actor) -> ScoringRound:
    """Points for everybody registered, from the figures as they are now; an earlier computation stays behind it.

    Refused once the round is closed.
    """
    check_role(actor, keeps_reports, NOT_KEEPER)
    check_area(actor, scoring_round.area_code)
    found = ScoringRound.objects.select_for_update().get(pk=scoring_round.pk)
    if found.status != RoundStatus.OPEN:
        raise TransitionRefused(_("Kỳ này đã khóa nên không tính lại được."))
    participants = list(
        Participant.objects.filter(movement=found.movement_id, status=ParticipantStatus.REGISTERED)
    )
    if not participants:
        raise TransitionRefused(_("Chưa có đơn vị, cá nhân nào đăng ký."))
    run = found.run + 1
    Score.objects.bulk_create(_scores(found, run, participants, actor))
    ScoringRound.objects.filter(pk=found.pk).update(
        run=run, figures_at=clock.now(), computed_by_name=actor.full_name, version=F("version") + 1
    )
    found.refresh_from_db()
    change = {"run": run, "participants": len(participants)}
    record_event("scoring.compute", found, actor=actor, change=change)
    return found


@transaction.atomic
def close_round(
    scoring_round: ScoringRound, *, actor: Actor, expected_version: int | None = None
) -> ScoringRound:
    """The points stay as they were computed last. Refused before they were computed."""
    check_area(actor, scoring_round.area_code)
    return perform(
        ROUND_WORKFLOW,
        scoring_round,
        "scoring.close",
        actor=actor,
        changes={
            "closed_by_id": actor.pk,
            "closed_by_name": actor.full_name,
            "closed_on": clock.today(),
        },
        expected_version=expected_version,
    )


def _scores(found: ScoringRound, run: int, participants: Sequence[Participant], actor: Actor) -> list[Score]:
    period = (found.first, found.last)
    criteria = list(Criterion.objects.filter(movement=found.movement_id, is_active=True))
    confirmed = _confirmed(found)
    scores = []
    for criterion in criteria:
        measured = _measured(criterion, participants, period, actor)
        for participant in participants:
            if participant.group not in criterion.groups:
                continue
            score = Score(
                scoring_round=found,
                run=run,
                participant=participant,
                criterion=criterion,
                source=criterion.source,
                figure=criterion.figure,
                most_points=criterion.most_points,
                zero_at=criterion.zero_at,
                full_at=criterion.full_at,
                full_when_empty=criterion.full_when_empty,
            )
            if criterion.source == CriterionSource.FIGURE:
                _by_figure(score, measured[participant.group].get(participant.area_code, (0, 0)))
            else:
                _by_achievements(score, confirmed.get((participant.pk, criterion.pk), []))
            scores.append(score)
    return scores


def _measured(
    criterion: Criterion, participants: Sequence[Participant], period: Period, actor: Actor
) -> dict[str, Shares]:
    if criterion.source != CriterionSource.FIGURE:
        return {}
    areas: dict[str, list[str]] = defaultdict(list)
    for participant in participants:
        if participant.group in criterion.groups:
            areas[participant.group].append(participant.area_code)
    return {group: shares_of(criterion, group, codes, period, actor) for group, codes in areas.items()}


def _by_figure(score: Score, found: tuple[int, int]) -> None:
    score.part, score.whole = found
    score.share = share_percent(*found)
    score.points = points_again(score)


def _by_achievements(score: Score, found: Sequence[Achievement]) -> None:
    score.how = [{"reference": one.reference, "title": one.title, "points": str(one.points)} for one in found]
    score.points = points_again(score)


def points_again(score: Score) -> Decimal:
    """The points of a row computed from nothing but what the row keeps."""
    if score.source == CriterionSource.ENTERED:
        return points_of_entered(score.most_points, [Decimal(line["points"]) for line in score.how])
    scale = Scale(
        Decimal(score.most_points),
        Decimal(score.zero_at or 0),
        Decimal(score.full_at or 0),
        score.full_when_empty,
    )
    return points_of_share(scale, share_percent(score.part or 0, score.whole or 0))


def _confirmed(found: ScoringRound) -> dict[tuple[int, int], list[Achievement]]:
    rows = Achievement.objects.filter(
        participant__movement=found.movement_id,
        status=AchievementStatus.CONFIRMED,
        achieved_on__range=(found.first, found.last),
    ).order_by("achieved_on", "pk")
    grouped: dict[tuple[int, int], list[Achievement]] = defaultdict(list)
    for row in rows:
        grouped[row.participant_id, row.criterion_id].append(row)
    return grouped


@transaction.atomic
def export_ranking(scoring_round: ScoringRound, *, actor: Actor) -> bytes:
    """The ranking as a workbook: a block per group, one column of points per criterion. The export is recorded."""
    groups = ranking_of(scoring_round, actor)
    criteria = list({column.pk: column for group in groups for column in group.criteria}.values())
    rows: list[Row | Group] = []
    for group in groups:
        rows.append(Group(str(group.label)))
        rows += [_cells(row) for row in group.rows]
    table = Table(
        columns=(
            Column("place", _("Hạng"), Kind.INTEGER, width=8),
            Column("name", _("Đơn vị, cá nhân"), width=34),
            *(
                Column(f"c{each.pk}", f"{each.code} ({each.most_points:g})", Kind.DECIMAL, width=12)
                for each in criteria
            ),
            Column("points", _("Tổng điểm"), Kind.DECIMAL, width=12),
        ),
        rows=rows,
        heading=Heading(
            title=_("BẢNG XẾP HẠNG THI ĐUA"),
            subtitles=(
                scoring_round.title,
                format_period(scoring_round.first, scoring_round.last),
                _("Số liệu ngày %(day)s, lần tính %(run)s")
                % {"day": format_date(clock.today()), "run": scoring_round.run},
            ),
        ),
        sheet_name=_("Xếp hạng"),
        numbered=True,
        frozen_columns=2,
    )
    record_event("scoring.exported", scoring_round, actor=actor)
    return write_table(table)


def _cells(row: Any) -> Row:
    return {
        "place": row.place,
        "name": row.participant.name,
        "points": float(row.points),
        **{f"c{criterion}": float(points) for criterion, points in row.by_criterion.items()},
    }
