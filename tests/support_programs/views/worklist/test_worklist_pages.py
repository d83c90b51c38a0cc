"""The worklist's pages: counters, filters, kept filters, taking up and handing over, export."""

import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from support_programs.models import Case, SavedView
from tests.factories import cases as make
from tests.factories.people import OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


@pytest.fixture
def as_(client: Client) -> Callable[[User], Client]:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def found(signed_in: Client, **asked: str) -> list[str]:
    return [row.reference for row in signed_in.get("/cases/", asked).context["page"].object_list]


class TestFilters:
    def test_further_filters_narrow_the_table(self, who: make.Staff, as_: Callable[[User], Client]) -> None:
        make.list_at_district(who, rows=3)
        signed_in = as_(who.officer)
        first, second, third = Case.objects.order_by("pk")
        Case.objects.filter(pk=first.pk).update(
            assigned_to_id=who.officer.pk, amount_proposed=2_000_000, occupation="Xe ôm"
        )
        Case.objects.filter(pk=second.pk).update(papers_missing=2, received_on=make.dt.date(2021, 8, 2))
        both = [second.reference, third.reference]
        assert found(signed_in, officer="me") == [first.reference]
        assert found(signed_in, officer=str(who.officer.pk)) == [first.reference]
        assert found(signed_in, officer="none") == both
        assert found(signed_in, amount_from="1.600.000 đ") == [first.reference]
        assert found(signed_in, amount_to="1600000") == both
        assert found(signed_in, occupation="xe ôm") == [first.reference]
        assert found(signed_in, papers="missing") == [second.reference]
        assert found(signed_in, received_to="2/8/2021") == [second.reference]
        assert found(signed_in, received_from="3/8/2021") == [first.reference, third.reference]

    def test_what_cannot_be_read_is_named_and_stays(
        self, who: make.Staff, as_: Callable[[User], Client]
    ) -> None:
        make.list_at_district(who)
        page = as_(who.officer).get("/cases/", {"received_from": "31/2/2021", "amount_to": "nhiều"})
        text = page.content.decode()
        assert "Nhận từ ngày: Không có ngày “31/2/2021” trong lịch." in text
        assert "Mức hỗ trợ đến: Không đọc được số tiền “nhiều”." in text
        assert 'value="31/2/2021"' in text
        assert page.context["page"].paginator.count == 1

    def test_links_of_a_table_carry_its_filter(self, who: make.Staff, as_: Callable[[User], Client]) -> None:
        make.list_at_district(who)
        reference = Case.objects.get().reference
        page = as_(who.officer).get("/?queue=to_appraise&sort=name").content.decode()
        assert f"/cases/{reference}/?from=queue%3Dto_appraise%26sort%3Dname" in page


class TestKeptFilters:
    def test_saved_shown_renamed_forgotten(self, who: make.Staff, as_: Callable[[User], Client]) -> None:
        signed_in = as_(who.officer)
        kept = {"page": "cases", "name": "Quá hạn của tôi", "query": "late=1&officer=me&page=4"}
        answer = signed_in.post("/saved-views/", kept)
        assert answer.url == "/cases/?late=1&officer=me"
        view = SavedView.objects.get()
        assert (view.user_id, view.name, view.query) == (
            who.officer.pk,
            "Quá hạn của tôi",
            "late=1&officer=me",
        )
        chips = signed_in.get("/cases/?officer=me&late=1").context["saved_views"].chips
        assert [(chip.name, chip.is_current) for chip in chips] == [("Quá hạn của tôi", True)]
        signed_in.post(f"/saved-views/{view.pk}/rename/", {"name": "Gấp"})
        assert SavedView.objects.get().name == "Gấp"
        signed_in.post(f"/saved-views/{view.pk}/delete/")
        assert not SavedView.objects.exists()

    def test_an_identity_number_is_never_kept(self, who: make.Staff, as_: Callable[[User], Client]) -> None:
        as_(who.officer).post(
            "/saved-views/", {"page": "cases", "name": "x", "query": "q=089078000123&late=1"}
        )
        assert SavedView.objects.get().query == "late=1"

    def test_nothing_without_a_filter_or_a_name_nor_twice_the_same(
        self, who: make.Staff, as_: Callable[[User], Client]
    ) -> None:
        signed_in = as_(who.officer)
        signed_in.post("/saved-views/", {"page": "cases", "name": "x", "query": "page=2"})
        signed_in.post("/saved-views/", {"page": "cases", "name": " ", "query": "late=1"})
        signed_in.post("/saved-views/", {"page": "elsewhere", "name": "x", "query": "late=1"})
        assert not SavedView.objects.exists()
        for query in ("late=1", "late=1&sort=name"):
            signed_in.post("/saved-views/", {"page": "cases", "name": "x", "query": query})
        assert SavedView.objects.get().query == "late=1&sort=name"

    def test_nobody_elses_and_readers_have_their_own(
        self, who: make.Staff, as_: Callable[[User], Client]
    ) -> None:
        as_(who.officer).post("/saved-views/", {"page": "lists", "name": "x", "query": "late=1"})
        view = SavedView.objects.get()
        auditor = as_(user(Role.AUDITOR))
        assert auditor.post(f"/saved-views/{view.pk}/rename/", {"name": "y"}).status_code == 404
        assert auditor.post(f"/saved-views/{view.pk}/delete/").status_code == 404
        assert SavedView.objects.get().name == "x"
        auditor.post("/saved-views/", {"page": "lists", "name": "của tôi", "query": "late=1"})
        assert SavedView.objects.count() == 2


class TestOneCase:
    def test_taken_up_handed_over_let_go(self, who: make.Staff, as_: Callable[[User], Client]) -> None:
        make.list_at_district(who)
        case, other = Case.objects.get(), user(Role.DISTRICT_OFFICER)
        address = f"/cases/{case.reference}"
        signed_in = as_(who.officer)
        answer = signed_in.post(f"{address}/claim/?from=queue%3Dunassigned")
        assert answer.url == f"{address}/?from=queue%3Dunassigned"
        assert Case.objects.get().assigned_to_id == who.officer.pk
        assert who.officer.full_name in signed_in.get("/cases/").content.decode()
        assert other.full_name in signed_in.get(f"{address}/assign/").content.decode()
        signed_in.post(f"{address}/assign/", {"officer": other.pk, "note": "Nhờ anh xem giúp"})
        assert Case.objects.get().assigned_to_id == other.pk
        signed_in.post(f"{address}/release/")
        assert Case.objects.get().assigned_to_id is None

    def test_somebody_else_is_refused(self, who: make.Staff, as_: Callable[[User], Client]) -> None:
        make.list_at_district(who)
        address = f"/cases/{Case.objects.get().reference}"
        stranger = as_(user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT))
        for act in ("claim", "release", "assign"):
            assert stranger.post(f"{address}/{act}/").status_code == 404
        assert as_(who.commune).post(f"{address}/claim/").status_code == 302
        answer = as_(who.officer).post(f"{address}/assign/", {"officer": who.head.pk, "note": "giữ lại"})
        assert answer.status_code == 422
        assert "giữ lại" in answer.content.decode()
        assert Case.objects.get().assigned_to_id is None
        assert not Event.objects.filter(action="case.assigned").exists()


class TestExport:
    def test_the_filtered_rows_with_masked_numbers_and_a_line_in_the_log(
        self, who: make.Staff, as_: Callable[[User], Client]
    ) -> None:
        make.list_at_district(who, rows=3)
        first = Case.objects.order_by("pk").first()
        Case.objects.filter(pk=first.pk).update(assigned_to_id=who.officer.pk)
        answer = as_(who.officer).get("/cases/export/?queue=mine")
        rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
        told = [row for row in rows if first.applicant_name in row]
        assert len(told) == 1
        assert f"••• ••• ••• {first.number_last3}" in told[0]
        assert sum(str(row[1]).startswith("Nguyễn Văn Người") for row in rows) == 1
        event = Event.objects.get(action="cases.exported")
        assert (event.change["rows"], event.change["title"]) == ("1", "Tôi đang xử lý")

    def test_only_ones_own_area_and_never_administrators(
        self, who: make.Staff, as_: Callable[[User], Client]
    ) -> None:
        make.list_at_district(who)
        stranger = as_(user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT))
        rows = load_workbook(io.BytesIO(stranger.get("/cases/export/").content)).active.iter_rows(
            values_only=True
        )
        assert not any(Case.objects.get().reference in row for row in rows)
        assert as_(user(Role.ADMINISTRATOR)).get("/cases/export/").status_code == 403


@pytest.mark.parametrize("address", ["/", "/cases/", "/lists/"])
def test_names_of_officers_cost_one_query_for_all(
    who: make.Staff, as_: Callable[[User], Client], address: str
) -> None:
    counts = []
    for rows in (1, 3):
        make.list_at_district(who, rows=rows)
        Case.objects.update(assigned_to_id=who.officer.pk)
        signed_in = as_(who.officer)
        signed_in.get(address)
        with CaptureQueriesContext(connection) as asked:
            signed_in.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
