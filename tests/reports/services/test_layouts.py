"""The department words a report; its figures, and what was issued before, stay as they were."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import User
from core import clock
from core.spreadsheets.tables import Column, Kind
from core.transitions import TransitionRefused
from reports.definitions import definition_of
from reports.definitions.base import Params, Report, ReportDefinition
from reports.definitions.building import build_report
from reports.definitions.layouts import ColumnWords, Layout, ordered
from reports.models import ReportLayout
from reports.queries.areas import area_choice
from reports.services.kept import report_of_run
from reports.services.layouts import change_layout, layout_problems, put_layout_back
from reports.services.runs import make_report_run
from tests.factories.people import DISTRICT, user

pytestmark = pytest.mark.django_db
COLUMNS = (
    Column("ordinal", "STT", Kind.ORDINAL),
    Column("label", "Đơn vị"),
    Column("approved", "Duyệt", Kind.INTEGER, total=True),
    Column("paid", "Đã chi", Kind.INTEGER, total=True),
    Column("share", "Tỷ lệ", Kind.PERCENT, ratio_of=("paid", "approved")),
)


@pytest.fixture
def officer() -> User:
    return user(Role.PROVINCIAL_REVIEWER)


def form() -> ReportDefinition:
    found = definition_of("free_workers")
    assert found is not None
    return found


def report_for(who: User) -> Report:
    return build_report(form(), params_for(who), who)


def params_for(who: User) -> Params:
    area, today = area_choice(who, "", clock.today()), clock.today()
    assert area is not None
    return Params(today.replace(day=1), today, area)


def words(*keys: str, hidden: tuple[str, ...] = ()) -> tuple[ColumnWords, ...]:
    return tuple(ColumnWords(key, f"Cột {key}", is_shown=key not in hidden) for key in keys)


def keys(columns: tuple[Column, ...]) -> list[str]:
    return [column.key for column in columns]


def test_order_and_visibility_without_the_first_two_moving() -> None:
    assert keys(ordered(COLUMNS, words("share", "paid", "label", "approved"))) == [
        "ordinal", "label", "share", "paid", "approved"
    ]  # fmt: skip
    assert keys(ordered(COLUMNS, words("paid", "approved", hidden=("approved", "label")))) == [
        "ordinal", "label", "paid"
    ]  # fmt: skip


def test_a_new_column_of_the_report_follows_its_neighbour_and_a_lost_one_is_forgotten() -> None:
    assert keys(ordered(COLUMNS, words("share", "paid", "no-more"))) == [
        "ordinal", "label", "approved", "share", "paid"
    ]  # fmt: skip


def test_a_share_is_not_shown_without_what_it_divides(officer: User) -> None:
    (problem,) = layout_problems(
        COLUMNS, Layout(columns=words("approved", "paid", "share", hidden=("paid",)))
    )
    assert problem == "«Cột share» tính từ cột «Cột paid» đang ẩn. Hãy hiện cột đó, hoặc ẩn cả tỷ lệ."
    assert layout_problems(COLUMNS, Layout(columns=words("paid", "share", hidden=("paid", "share")))) == []
    everything = words("label", "approved", "paid", "share", hidden=("label", "approved", "paid", "share"))
    assert len(layout_problems(COLUMNS, Layout(columns=everything))) == 2
    (too_many,) = layout_problems(COLUMNS, Layout(signers=("A", "B", "C", "D")))
    assert too_many.startswith("Nhiều nhất 3 người ký")


def test_it_counts_from_now_on_and_what_was_issued_stays(officer: User) -> None:
    run = make_report_run(definition=form(), params=params_for(officer), actor=officer)
    before = report_for(officer)
    layout = Layout(
        columns=tuple(
            ColumnWords(
                column.key, "Tên mới" if column.key == "paid_amount" else str(column.title), column.group
            )
            for column in reversed(before.columns)
        ),
        title="Kết quả hỗ trợ lao động tự do",
        signers=("Người lập", "Phó Giám đốc"),
        recipients=("UBND tỉnh", "Lưu: VT"),
    )
    change_layout(definition=form(), columns=before.columns, layout=layout, based_on=0, actor=officer)
    after = report_for(officer)
    assert keys(after.columns) == ["ordinal", "label", *reversed(keys(before.columns)[2:])]
    assert {column.key: column.title for column in after.columns}["paid_amount"] == "Tên mới"
    assert (after.title, [signer.office for signer in after.signers]) == (
        layout.title,
        ["Người lập", "Phó Giám đốc"],
    )
    assert (after.totals, after.sections) == (before.totals, before.sections)
    run.refresh_from_db()
    kept = report_of_run(run)
    assert kept is not None
    assert (keys(kept.columns), kept.title) == (keys(before.columns), before.title)
    again = make_report_run(definition=form(), params=params_for(officer), actor=officer)
    assert again.title == layout.title

    put_layout_back(definition=form(), actor=officer)
    assert replace(report_for(officer), figures_at=before.figures_at) == before
    with pytest.raises(TransitionRefused, match="trình bày ban đầu"):
        put_layout_back(definition=form(), actor=officer)
    assert list(ReportLayout.objects.order_by("version").values_list("version", "is_built_in")) == [
        (1, False), (2, True)
    ]  # fmt: skip


def test_signers_of_the_department_do_not_sign_for_a_district(officer: User) -> None:
    district = user(Role.DISTRICT_OFFICER)
    assert district.area_code == DISTRICT
    own = report_for(district)
    layout = Layout(title="Tên chung", signers=("Giám đốc Sở",), recipients=("Bộ",))
    change_layout(definition=form(), columns=own.columns, layout=layout, based_on=0, actor=officer)
    worded = report_for(district)
    assert (worded.title, worded.signers, worded.recipients) == ("Tên chung", own.signers, own.recipients)


def test_who_saves_on_an_old_version_is_told(officer: User) -> None:
    columns = report_for(officer).columns
    change_layout(definition=form(), columns=columns, layout=Layout(title="Một"), based_on=0, actor=officer)
    with pytest.raises(TransitionRefused, match="vừa lưu bản khác"):
        change_layout(
            definition=form(), columns=columns, layout=Layout(title="Hai"), based_on=0, actor=officer
        )
    with pytest.raises(PermissionDenied):
        change_layout(
            definition=form(), columns=columns, layout=Layout(title="Ba"), based_on=1, actor=user(Role.LEADER)
        )
    with pytest.raises(IntegrityError, match="new version"), transaction.atomic():
        ReportLayout.objects.update(title="Sửa lén")
    assert ReportLayout.objects.count() == 1
