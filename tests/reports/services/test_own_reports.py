"""Own reports hold the figures of the engine, whatever they are put together of; what doesn't fit is refused in words."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import User
from core import clock
from core.models import Event
from core.transitions import TransitionRefused
from reports.definitions import all_definitions, definition_of, definition_with_slug
from reports.definitions.base import Params
from reports.definitions.building import build_report
from reports.definitions.own import SHARE, OwnSpec, own_definition
from reports.models import OwnReport
from reports.queries.areas import area_choice
from reports.queries.figures import MEASURES, Dimension, FigureQuery, read_figures
from reports.services.own_reports import (
    bring_back_own_report,
    change_own_report,
    end_own_report,
    make_own_report,
    problems_of,
)
from reports.services.runs import make_report_run
from tests.factories.people import user
from tests.reports.conftest import person

SPEC = OwnSpec(
    code="",
    title="Đã chi theo huyện và chính sách",
    rows=(Dimension.UNIT, Dimension.PROGRAMME),
    measures=("approved_people_to_date", "paid_people_to_date", "paid_amount_to_date", SHARE),
)


@pytest.fixture
def officer(db: None) -> User:
    return user(Role.PROVINCIAL_REVIEWER)


def test_it_is_in_the_catalogue_until_it_is_ended_and_again_when_brought_back(officer: User) -> None:
    row = make_own_report(spec=SPEC, actor=officer)
    assert row.code.startswith("own-")
    found = definition_of(row.code)
    assert found is not None
    assert (found.title, found.slug) == (SPEC.title, row.code)
    assert row.code in [one.code for one in all_definitions()]
    end_own_report(code=row.code, actor=officer)
    assert definition_with_slug(row.code) is None
    assert row.code not in [one.code for one in all_definitions()]
    with pytest.raises(TransitionRefused, match="đã ngừng"):
        end_own_report(code=row.code, actor=officer)
    bring_back_own_report(code=row.code, actor=officer)
    assert definition_of(row.code) is not None
    assert list(OwnReport.objects.filter(code=row.code).order_by("version").values_list("version", "is_ended")) == [
        (1, False), (2, True), (3, False)
    ]  # fmt: skip
    assert list(Event.objects.filter(action__startswith="own").order_by("pk").values_list("action", flat=True)) == [
        "own_report.made", "own_report.ended", "own_report.brought_back"
    ]  # fmt: skip


def test_a_change_is_a_version_and_nobody_overwrites_another(officer: User) -> None:
    row = make_own_report(spec=SPEC, actor=officer)
    spec = replace(SPEC, code=row.code, title="Tên mới")
    assert change_own_report(spec=spec, based_on=1, actor=officer).version == 2
    with pytest.raises(TransitionRefused, match="vừa lưu bản khác"):
        change_own_report(spec=spec, based_on=1, actor=officer)
    with pytest.raises(IntegrityError, match="new version"), transaction.atomic():
        OwnReport.objects.filter(code=row.code).update(title="Sửa lén")


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.PROVINCIAL_APPROVER, Role.DISTRICT_OFFICER])
def test_nobody_else_makes_one(db: None, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        make_own_report(spec=SPEC, actor=user(role))
    assert OwnReport.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": " "}, "Hãy ghi tên báo cáo"),
        ({"rows": ()}, "một hoặc hai cách chia"),
        ({"rows": (Dimension.UNIT, Dimension.UNIT)}, "chỉ dùng một lần"),
        ({"measures": ()}, "ít nhất một số liệu"),
        ({"rows": (Dimension.SEX,)}, "«Đã chi» không ghi giới tính"),
        ({"rows": (Dimension.WEEK,), "measures": ("paid_amount_to_date",)}, "không chia theo tuần"),
        ({"split_by": Dimension.PROGRAMME, "rows": (Dimension.UNIT,), "measures": ("paid_amount_to_date",)},
         "hãy chọn các chính sách"),
        ({"measures": ("paid_people_to_date", SHARE)}, "Tỷ lệ đã chi cần cả hai cột"),
        ({"split_by": Dimension.UNIT, "rows": (Dimension.PROGRAMME,)}, "Cột chia được theo"),
        ({"rows": (Dimension.UNIT,), "split_by": Dimension.SEX,
          "measures": tuple(code for code in MEASURES if code.startswith(("proposed", "approved", "refused")))},
         "36 cột số liệu"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_refused_in_words(
    officer: User, changed: dict[str, Any], words: str
) -> None:
    spec = replace(SPEC, **changed)
    assert any(words in problem for problem in problems_of(spec)), problems_of(spec)
    with pytest.raises(TransitionRefused):
        make_own_report(spec=spec, actor=officer)


@pytest.fixture
def looking(province: None) -> Iterator[tuple[User, Params]]:
    """The department's officer of the demo province, and its month."""
    officer, today = person("so-a"), clock.today()
    area = area_choice(officer, "89", today)
    assert area is not None
    return officer, Params(today.replace(day=1), today, area)


@pytest.mark.django_db
def test_its_figures_are_those_of_the_engine_by_two_rows(looking: tuple[User, Params]) -> None:
    officer, params = looking
    report = build_report(own_definition(SPEC), params, officer)
    asked = FigureQuery(params.area, params.first, params.last, SPEC.figures, SPEC.rows)
    figures = read_figures(officer, asked)
    assert report.totals["paid_amount_to_date"] == figures.of(MEASURES["paid_amount_to_date"]) > 0
    for section in report.sections:
        for one in SPEC.figures:
            assert section.sums[one.code] == figures.of(one, section.area_code)
    share = report.totals[SHARE]
    paid, approved = report.totals["paid_people_to_date"], report.totals["approved_people_to_date"]
    assert isinstance(paid, int)
    assert isinstance(approved, int)
    assert share == paid / approved


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "split_by", "measures"),
    [
        ((Dimension.UNIT,), Dimension.PROGRAMME, ("paid_people_to_date", "paid_amount_to_date")),
        ((Dimension.WEEK,), None, ("paid_people_period", "paid_amount_period", "approved_amount_period")),
        (
            (Dimension.PROGRAMME, Dimension.STREAM),
            None,
            ("proposed_people_to_date", "remaining_amount_to_date"),
        ),
        ((Dimension.PROGRAMME,), Dimension.FUNDING, ("paid_amount_to_date",)),
        ((Dimension.STREAM,), Dimension.SEX, ("proposed_people_to_date", "approved_amount_to_date")),
    ],
)
def test_nothing_is_lost_whatever_the_rows(
    looking: tuple[User, Params], rows: Any, split_by: Any, measures: tuple[str, ...]
) -> None:
    officer, params = looking
    programmes = ("LD_TU_DO", "CACH_LY") if split_by is Dimension.PROGRAMME else ()
    spec = replace(SPEC, rows=rows, split_by=split_by, measures=measures, programmes=programmes)
    assert problems_of(spec) == []
    report = build_report(own_definition(spec), params, officer)
    asked = FigureQuery(params.area, params.first, params.last, spec.figures, (), programmes)
    figures = read_figures(officer, asked)
    for one in spec.figures:
        keys = [column.key for column in report.columns if column.key.split("__")[0] == one.code]
        assert sum(int(report.totals[key] or 0) for key in keys) == figures.of(one), one.code


@pytest.mark.django_db
def test_it_is_issued_as_all_others(looking: tuple[User, Params]) -> None:
    officer, params = looking
    row = make_own_report(spec=SPEC, actor=officer)
    definition = definition_of(row.code)
    assert definition is not None
    run = make_report_run(definition=definition, params=params, actor=officer)
    assert (run.definition, run.title) == (row.code, SPEC.title)
    assert run.xlsx is not None
