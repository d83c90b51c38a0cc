"""Pages where the department words reports and puts its own together; nobody else changes them."""

from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from reports.models import OwnReport, ReportLayout
from tests.factories.people import user
from tests.reports.conftest import BACKEND

pytestmark = pytest.mark.django_db
PLACE = "/reports/layouts/free-workers/"


@pytest.fixture
def officer() -> User:
    return user(Role.PROVINCIAL_REVIEWER, name="Chuyên viên Sở")


@pytest.fixture
def client(officer: User) -> Client:
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


def typed_of(client: Client) -> dict[str, Any]:
    """What the form of a wording holds, as a browser sends it."""
    form = client.get(PLACE).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False, "")} | {
        "based_on": "0"
    }


def test_a_wording_is_looked_at_before_it_is_saved(client: Client) -> None:
    typed = typed_of(client) | {"title": "Kết quả hỗ trợ", "title_3": "Lượt người", "action": "preview"}
    page = client.post(PLACE, typed)
    assert page.status_code == 200
    assert "Xem trước, chưa lưu" in page.content.decode()
    assert "Lượt người" in page.content.decode()
    assert ReportLayout.objects.count() == 0
    assert client.post(PLACE, typed | {"action": "save"}).status_code == 302
    assert "Lượt người" in client.get("/reports/free-workers/").content.decode()
    assert "Sở đã sửa" in client.get("/reports/layouts/").content.decode()
    assert "Lượt người" in client.get(f"{PLACE}1/").content.decode()

    assert client.post(f"{PLACE}back/").status_code == 302
    assert "Lượt người" not in client.get("/reports/free-workers/").content.decode()
    assert client.get(f"{PLACE}3/").status_code == 404


def test_what_can_not_be_is_refused_and_nothing_typed_is_lost(client: Client) -> None:
    form = client.get(PLACE).context["form"]
    shown = {f"shown_{place}" for place in range(1, len(form.columns) + 1)}
    typed = {name: value for name, value in typed_of(client).items() if name not in shown}
    page = client.post(PLACE, typed | {"title": "Tên đã gõ", "order_3": "ba", "action": "save"})
    assert page.status_code == 422
    assert "Thứ tự là số từ 1 đến 200." in page.content.decode()
    assert "Tên đã gõ" in page.content.decode()
    hidden = client.post(PLACE, typed | {"action": "save"})
    assert "Hãy để hiện ít nhất một cột" in hidden.content.decode()
    assert ReportLayout.objects.count() == 0


def own(**changed: Any) -> dict[str, Any]:
    typed = {
        "title": "Đã chi theo huyện",
        "row_1": "unit",
        "measures": ["paid_people_to_date", "paid_amount_to_date"],
        "every": "quarter",
        "based_on": "0",
        "action": "save",
    }
    return typed | changed


def test_an_own_report_is_put_together_looked_at_and_opened(client: Client) -> None:
    assert client.get("/reports/own/").status_code == client.get("/reports/own/new/").status_code == 200
    preview = client.post("/reports/own/new/", own(action="preview"))
    assert "Đã chi lũy kế" in preview.content.decode()
    assert OwnReport.objects.count() == 0
    answer = client.post("/reports/own/new/", own())
    row = OwnReport.objects.get()
    assert answer["Location"] == f"/reports/{row.code}/"
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert page.context["form"]["first"].value() == "01/07/2021"
    assert "Mẫu của Sở" in client.get("/reports/").content.decode()
    assert row.code in client.get("/reports/schedules/new/").content.decode()

    change = own(title="Tên mới", based_on="1")
    assert client.post(f"/reports/own/{row.code}/", change).status_code == 302
    late = client.post(f"/reports/own/{row.code}/", change)
    assert late.status_code == 422
    assert "vừa lưu bản khác" in late.content.decode()
    assert client.post(f"/reports/own/{row.code}/end/").status_code == 302
    assert client.get(f"/reports/{row.code}/").status_code == 404
    assert client.post(f"/reports/own/{row.code}/end/", {"action": "bring_back"}).status_code == 302
    assert "Tên mới" in client.get(f"/reports/{row.code}/").content.decode()


def test_a_combination_that_no_figure_knows_is_explained(client: Client) -> None:
    page = client.post("/reports/own/new/", own(row_2="sex"))
    assert page.status_code == 422
    assert "«Đã chi» không ghi giới tính. Hãy bỏ số liệu này, hoặc bỏ giới tính." in page.content.decode()
    assert "Đã chi theo huyện" in page.content.decode()


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.DISTRICT_OFFICER, Role.COMMUNE_OFFICER])
def test_nobody_else_changes_anything(role: Role) -> None:
    other = Client()
    other.force_login(user(role), backend=BACKEND)
    for address in ("/reports/layouts/", PLACE, "/reports/own/", "/reports/own/new/"):
        assert other.get(address).status_code == 403
    for address in (PLACE, f"{PLACE}back/", "/reports/own/new/", "/reports/own/own-1/end/"):
        assert other.post(address, own()).status_code == 403
    assert OwnReport.objects.count() == ReportLayout.objects.count() == 0
