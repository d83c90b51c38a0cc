"""The pages of the plan: typed or pasted, refusals beside their cells, history; nothing typed is lost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from reports.models import PlanEntry
from tests.factories.payments import PROGRAMME
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
LIST = "/reports/plan/"
PAGE = f"{LIST}{PROGRAMME}/"
WEEK = f"{PAGE}?week=2021-09-20"
PAPER = {"document_number": "12/KH-SLĐTBXH"}


@pytest.fixture
def officer() -> User:
    return user(Role.PROVINCIAL_REVIEWER)


def as_(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def test_typed_figures_are_saved_shown_and_replaced(client: Client, officer: User) -> None:
    as_(client, officer)
    typed = {f"people_{DISTRICT}": "1.200", f"amount_{DISTRICT}": "1.800.000.000 đ", **PAPER}
    answer = client.post(WEEK, typed)
    assert (answer.status_code, answer["Location"]) == (302, WEEK)
    row = PlanEntry.objects.get()
    assert (row.area_code, row.people, row.amount) == (DISTRICT, 1_200, 1_800_000_000)
    html = client.get(WEEK).content.decode()
    assert 'value="1.800.000.000"' in html
    assert officer.full_name in html
    typed |= {f"seen_{DISTRICT}": str(row.pk), f"people_{DISTRICT}": "1.300"}
    assert client.post(WEEK, typed).status_code == 302
    assert PlanEntry.objects.get(replaces=row).people == 1_300
    assert "1 tuần" not in client.get(LIST).content.decode()
    assert "1.300" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ({f"people_{DISTRICT}": "mười", f"amount_{DISTRICT}": "1"}, "Số người phải là số nguyên"),
        ({f"people_{DISTRICT}": "-5", f"amount_{DISTRICT}": "1"}, "Số người phải là số nguyên"),
        ({f"people_{DISTRICT}": "5", f"amount_{DISTRICT}": "1,5 tỷ"}, "Số tiền phải là số đồng"),
        ({f"people_{DISTRICT}": "5", f"amount_{DISTRICT}": ""}, "Số tiền phải là số đồng"),
        ({f"seen_{DISTRICT}": "77"}, "Muốn bỏ số đã ghi, hãy ghi 0."),
    ],
)
def test_a_wrong_cell_saves_nothing_and_keeps_what_was_typed(
    client: Client, officer: User, cell: dict[str, str], words: str
) -> None:
    right = {f"people_{OUTSIDE_DISTRICT}": "8", f"amount_{OUTSIDE_DISTRICT}": "8"}
    answer = as_(client, officer).post(WEEK, {**right, **cell, **PAPER})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    for value in (*cell.values(), "12/KH-SLĐTBXH"):
        assert f'value="{value}"' in html
    assert not PlanEntry.objects.exists()


def test_a_block_from_excel_fills_the_grid_and_saves_nothing(client: Client, officer: User) -> None:
    block = "STT\tHuyện\tSố người\tSố tiền\n1\tphu tan\t1.200\t1.800.000.000\nH. Châu Phú\t30\t45000000\nCần Thơ\t1\t1"
    answer = as_(client, officer).post(WEEK, {"fill": "1", "paste": block, **PAPER})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="1.800.000.000"' in html
    assert 'value="45000000"' in html
    assert "Đã điền 2 dòng, chưa ghi." in html
    assert "«Cần Thơ\t1\t1»" in html
    assert not PlanEntry.objects.exists()


def test_readers_see_the_plan_and_cannot_write_it(client: Client, officer: User) -> None:
    as_(client, officer).post(WEEK, {f"people_{DISTRICT}": "5", f"amount_{DISTRICT}": "6.000", **PAPER})
    as_(client, user(Role.LEADER))
    html = client.get(WEEK).content.decode()
    assert "6.000" in html
    assert f'name="people_{DISTRICT}"' not in html
    assert (
        client.post(WEEK, {f"people_{DISTRICT}": "9", f"amount_{DISTRICT}": "9", **PAPER}).status_code == 403
    )
    assert PlanEntry.objects.count() == 1


def test_an_outsider_sees_the_plan_of_the_own_district_only(client: Client, officer: User) -> None:
    as_(client, officer).post(WEEK, {f"people_{DISTRICT}": "5", f"amount_{DISTRICT}": "6.543", **PAPER})
    outsider = as_(client, user(Role.LEADER, area=OUTSIDE_DISTRICT))
    html = outsider.get(WEEK).content.decode()
    assert "6.543" not in html
    assert "Phú Tân" not in html
    assert as_(client, user(Role.COMMUNE_OFFICER)).get(WEEK).status_code == 403


@pytest.mark.parametrize("path", [f"{LIST}KHONG_CO/", f"{PAGE}?week=2021-09-21", f"{PAGE}?week=x"])
def test_what_is_not_there_is_404(client: Client, officer: User, path: str) -> None:
    assert as_(client, officer).get(path).status_code == 404


def test_queries_do_not_grow_with_the_figures(client: Client, officer: User) -> None:
    as_(client, officer).get(WEEK)
    counts = []
    for district in (DISTRICT, OUTSIDE_DISTRICT):
        client.post(WEEK, {f"people_{district}": "5", f"amount_{district}": "6", **PAPER})
        with CaptureQueriesContext(connection) as queries:
            assert client.get(WEEK).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_the_overview_shows_the_plan_beside_what_was_paid(client: Client, officer: User) -> None:
    as_(client, officer).post(WEEK, {f"people_{DISTRICT}": "5", f"amount_{DISTRICT}": "6.000", **PAPER})
    as_(client, user(Role.LEADER))
    for what, expected in (("people", 5), ("amount", 6_000)):
        page = client.get("/reports/overview/", {"what": what, "programme": PROGRAMME})
        plans = {row.url.partition("area=")[2][:5]: row.plan for row in page.context["rows"]}
        assert {code: plan for code, plan in plans.items() if plan is not None} == {DISTRICT: expected}
        assert page.context["total"].plan == expected
    assert "Kế hoạch các tuần đến hết ngày 26/09/2021: 5 người" in page.content.decode()
    assert not client.get("/reports/overview/", {"programme": "HO_KD"}).context["has_unit_plan"]
    told = client.get("/api/v1/reports/progress/", {"programme": PROGRAMME}).json()
    assert (told["plan_to_date"], told["plan_whole"]) == ({"people": 5, "amount": 6_000}, None)
    assert told["programmes"] == [PROGRAMME]
    assert client.get("/api/v1/reports/progress/", {"programme": "KHONG_CO"}).status_code == 400
