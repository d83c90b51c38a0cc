"""The figures of criteria equal a count in plain Python over the rows of a living province."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest

from disbursements.models import PaymentInstruction
from reports.enums.emulation import FigureCode
from reports.models import Criterion, Movement, Score
from reports.queries.emulation_figures import READERS, list_behind, shares_of
from reports.rules.emulation import Scale, points_of_share, share_percent
from reports.services.emulation import Registration, register_participant, start_movement
from reports.services.emulation_reference import load_movement
from reports.services.emulation_scoring import compute_round, open_round
from support_programs.models import Case, CaseList, Entitlement, Grievance
from tests.reports.conftest import browser_of, person

pytestmark = pytest.mark.usefixtures("province")
FIRST, LAST = dt.date(2021, 8, 1), dt.date(2021, 9, 27)
DISTRICTS = [f"89{code}" for code in (883, 884, 886, 887, 888, 889, 890, 891, 892, 893, 894)]


def share(figure: str, group: str = "district", areas: list[str] | None = None) -> dict[str, tuple[int, int]]:
    criterion = Criterion(figure=figure, within_days=15)
    return shares_of(criterion, group, areas or DISTRICTS, (FIRST, LAST), person("so-a"))


def counted(part: Counter, whole: Counter) -> dict[str, tuple[int, int]]:
    return {area: (part[area], whole[area]) for area in DISTRICTS}


def test_every_figure_has_its_reader() -> None:
    assert set(READERS) == set(FigureCode.values)


def test_payments_in_time() -> None:
    part, whole = Counter(), Counter()
    rows = PaymentInstruction.objects.filter(status="paid").values_list(
        "area_code", "resulted_on", "entitlement__case__received_on"
    )
    for area, paid, received in rows:
        if FIRST <= paid <= LAST:
            whole[area[:5]] += 1
            part[area[:5]] += (paid - received).days <= 15
    assert sum(whole.values()) > 50
    assert share("paid_in_time") == counted(part, whole)


def test_paid_of_approved() -> None:
    part, whole = Counter(), Counter()
    for area, status in Entitlement.objects.values_list("area_code", "status"):
        if status in ("approved", "committed", "paid"):
            whole[area[:5]] += 1
            part[area[:5]] += status == "paid"
    found = share("paid_share")
    assert {area: one[1] for area, one in found.items()} == {area: whole[area] for area in DISTRICTS}
    assert {area: one[0] for area, one in found.items()} == {area: part[area] for area in DISTRICTS}


def test_late_and_posted_lists() -> None:
    late, drawn_up, posted, to_post = Counter(), Counter(), Counter(), Counter()
    for row in CaseList.objects.select_related("version_used"):
        area = row.area_code[:5]
        drawn_up[area] += 1
        at_rest = row.status == "money_approved" and row.current_step != "payment"
        late[area] += bool(row.due_on and row.due_on < LAST and not at_rest)
        steps = [step["step"] for step in row.version_used.definition["chain"]]
        if row.status != "draft" and "posting" in steps:
            to_post[area] += 1
            posted[area] += row.posting_from is not None
    assert share("late_lists") == counted(late, drawn_up)
    assert share("posted") == counted(posted, to_post)


def test_complaints_answered_in_time() -> None:
    part, whole = Counter(), Counter()
    for row in Grievance.objects.exclude(kind="denunciation").exclude(status__in=["declined", "withdrawn"]):
        if row.due_on and FIRST <= row.due_on <= LAST:
            whole[row.area_code[:5]] += 1
            part[row.area_code[:5]] += bool(row.answered_on and row.answered_on <= row.due_on)
    assert share("complaints_in_time") == counted(part, whole)


def test_communes_are_told_apart_within_their_district() -> None:
    area = Case.objects.filter(area_code__startswith="89888").values_list("area_code", flat=True)[0]
    found = share("late_lists", "commune", [area])
    assert found == {area: (found[area][0], CaseList.objects.filter(area_code=area).count())}


def test_a_round_of_the_whole_province_tells_its_numbers() -> None:
    load_movement()
    keeper = person("so-a")
    movement = Movement.objects.get(code="kh523")
    for area in DISTRICTS:
        register_participant(movement, Registration("district", area, LAST), actor=keeper)
    start_movement(movement, actor=keeper)
    opened = open_round(movement, title="Tháng 8, 9", first=FIRST, last=LAST, actor=keeper)
    done = compute_round(opened, actor=keeper)
    scores = Score.objects.filter(scoring_round=done, criterion__code="TC1").select_related("participant")
    in_time = share("paid_in_time")
    scale = Scale(Decimal(25), Decimal(40), Decimal(100))
    for score in scores:
        assert (score.part, score.whole) == in_time[score.participant.area_code]
        assert score.points == points_of_share(scale, share_percent(score.part, score.whole))
    who = scores[0].participant
    page = browser_of("so-a").get(f"/emulation/rounds/{done.reference}/how/{who.reference}/").content.decode()
    assert f"{scores[0].part}" in page
    # the lists behind the numbers are there to be opened
    for figure in FigureCode.values:
        address = list_behind(figure, who.area_code, (FIRST, LAST))
        assert browser_of("so-a").get(address).status_code == 200, address
