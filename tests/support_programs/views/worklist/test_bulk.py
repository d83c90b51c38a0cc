"""Bulk work through the pages: what is confirmed first, what is left out, what becomes of each case, and who reads that."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.enums import Role
from accounts.models import User
from core.models import Event, Job
from core.services.jobs import run_job
from support_programs.enums import CaseStatus
from support_programs.forms.worklist import MANY
from support_programs.models import Case, Exclusion
from support_programs.services import bulk
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


def references() -> list[str]:
    return list(Case.objects.order_by("pk").values_list("reference", flat=True))


def states() -> list[str]:
    return list(Case.objects.order_by("pk").values_list("status", flat=True))


ALL = "/cases/bulk/?queue=to_appraise"


class TestConfirming:
    def test_refusing_many_is_asked_once_more_with_how_many_and_how_much(
        self, who: make.Staff, as_: Callable[[User], Client]
    ) -> None:
        make.list_at_district(who, rows=3)
        answer = as_(who.officer).post(
            "/cases/bulk/", {"action": "refuse", "pick": references()[:2], "back": "/"}
        )
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "2 hồ sơ" in page
        assert "3.000.000 đ" in page
        assert states() == [CaseStatus.APPRAISING] * 3

    def test_more_rows_than_anybody_has_looked_at_are_asked_for_once_more(
        self, who: make.Staff, as_: Callable[[User], Client]
    ) -> None:
        make.list_at_district(who, rows=MANY + 1)
        given = {"action": "verify", "pick_all": "1", "expected": str(MANY + 1), "back": "/"}
        page = as_(who.officer).post(ALL, given).content.decode()
        assert "51 hồ sơ" in page
        assert states() == [CaseStatus.APPRAISING] * (MANY + 1)
        left = references()[0]
        answer = as_(who.officer).post(ALL, {**given, "confirmed": "1", "leave": left})
        assert answer.status_code == 302
        assert states() == [CaseStatus.APPRAISING] + [CaseStatus.ELIGIBLE] * MANY

    def test_without_a_reason_it_is_refused_and_says_so(
        self, who: make.Staff, as_: Callable[[User], Client]
    ) -> None:
        make.list_at_district(who)
        given = {"action": "refuse", "pick": references(), "confirmed": "1", "reason": " "}
        answer = as_(who.officer).post("/cases/bulk/", given)
        assert answer.status_code == 422
        assert "Hãy ghi lý do." in answer.content.decode()
        assert states() == [CaseStatus.APPRAISING]

    def test_words_for_the_log_hold_no_identity_number(
        self, who: make.Staff, as_: Callable[[User], Client]
    ) -> None:
        make.list_at_district(who)
        sent = {"action": "refuse", "pick": references(), "confirmed": "1", "reason": "Xem CCCD 089085000111"}
        answer = as_(who.officer).post("/cases/bulk/", sent)
        page = answer.content.decode()
        assert (answer.status_code, "Đừng ghi số CCCD" in page) == (422, True)
        assert "Xem CCCD 089085000111" in page
        assert states() == [CaseStatus.APPRAISING]

    def test_marked_rows_are_left_out(self, who: make.Staff, as_: Callable[[User], Client]) -> None:
        make.list_at_district(who, rows=4)
        ticked, typed, *others = references()
        given = {
            "action": "refuse",
            "pick_all": "1",
            "expected": "4",
            "confirmed": "1",
            "reason": "Không có tên trong danh sách niêm yết",
            "leave": ticked,
            "leave_text": typed.lower().replace("-", " "),
        }
        answer = as_(who.officer).post(ALL, given)
        assert (answer.status_code, answer.url) == (302, "/")
        assert states() == [CaseStatus.APPRAISING] * 2 + [CaseStatus.INELIGIBLE] * 2
        assert set(Exclusion.objects.values_list("case__reference", flat=True)) == set(others)

    def test_a_reference_that_was_not_chosen_is_named(
        self, who: make.Staff, as_: Callable[[User], Client]
    ) -> None:
        make.list_at_district(who, rows=2)
        given = {"action": "refuse", "pick": references()[:1], "reason": "x", "leave_text": references()[1]}
        answer = as_(who.officer).post("/cases/bulk/", given)
        assert answer.status_code == 422
        assert f"Không có trong các hồ sơ đã chọn: {references()[1]}" in answer.content.decode()
        assert states() == [CaseStatus.APPRAISING] * 2

    def test_when_other_rows_match_now_it_is_told_before_anything_is_done(
        self, who: make.Staff, as_: Callable[[User], Client]
    ) -> None:
        make.list_at_district(who, rows=2)
        answer = as_(who.officer).post(
            ALL, {"action": "verify", "pick_all": "1", "expected": "5", "back": "/"}
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Lúc bạn mở trang có 5 hồ sơ khớp bộ lọc, bây giờ có 2" in page
        assert 'name="expected" value="2"' in page
        assert states() == [CaseStatus.APPRAISING] * 2
        as_(who.officer).post(ALL, {"action": "verify", "pick_all": "1", "expected": "2", "confirmed": "1"})
        assert states() == [CaseStatus.ELIGIBLE] * 2


class TestResult:
    def half_done(self, who: make.Staff, signed_in: Client) -> str:
        make.list_at_district(who, rows=3)
        odd = Case.objects.order_by("pk").first()
        Case.objects.filter(pk=odd.pk).update(mark_text="Sai năm sinh")
        answer = signed_in.post(
            ALL, {"action": "verify", "pick_all": "1", "expected": "3", "back": "/lists/"}
        )
        assert answer.status_code == 302
        return str(answer.url)

    def test_it_names_what_was_not_done_and_why(self, who: make.Staff, as_: Callable[[User], Client]) -> None:
        url = self.half_done(who, as_(who.officer))
        page = as_(who.officer).get(url)
        assert states() == [CaseStatus.APPRAISING, CaseStatus.ELIGIBLE, CaseStatus.ELIGIBLE]
        assert page.context["done"] == references()[1:]
        assert [reference for reference, _why in page.context["left"]] == references()[:1]
        assert "Dòng bị trả lại: Sai năm sinh" in page.content.decode()
        assert 'href="/lists/"' in page.content.decode()

    def test_it_comes_as_a_workbook_and_that_is_logged(
        self, who: make.Staff, as_: Callable[[User], Client]
    ) -> None:
        url = self.half_done(who, as_(who.officer))
        answer = as_(who.officer).get(f"{url}excel/")
        rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
        told = {row[1]: row[2] for row in rows if row[1] in references()}
        assert told == dict(zip(references(), ["Chưa làm", "Đã làm", "Đã làm"], strict=True))
        assert Event.objects.get(action="cases.exported").actor_id == who.officer.pk

    def test_nobody_else_reads_it(self, who: make.Staff, as_: Callable[[User], Client]) -> None:
        url = self.half_done(who, as_(who.officer))
        for person in (
            user(Role.DISTRICT_OFFICER),
            who.head,
            who.commune,
            user(Role.AUDITOR),
            user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT),
        ):
            assert as_(person).get(url).status_code == 404
            assert as_(person).get(f"{url}excel/").status_code == 404


def test_a_large_set_runs_in_the_background_and_goes_on_where_it_stopped(
    who: make.Staff, as_: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    monkeypatch.setattr(bulk, "CHUNK", 2)
    make.list_at_district(who, rows=5)
    answer = as_(who.officer).post(ALL, {"action": "claim", "pick_all": "1", "expected": "5", "back": "/"})
    job = Job.objects.get(kind=bulk.KIND)
    assert answer.url == f"/jobs/{job.reference}/"
    first = references()[:2]
    half = {"action": "claim", "reason": "", "back": "/", "done": first, "left": [], "next": 2}
    Case.objects.filter(reference__in=first).update(assigned_to_id=who.officer.pk)
    Job.objects.filter(pk=job.pk).update(result=half)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result["done"], job.result["left"]) == ("done", references(), [])
    assert Event.objects.filter(action="case.taken_up").count() == 3
    assert as_(who.officer).get(f"/jobs/{job.reference}/").url == f"/cases/bulk/{job.reference}/"


def test_rows_of_another_desk_are_left_and_named_beside_those_that_are_done(
    who: make.Staff, as_: Callable[[User], Client]
) -> None:
    make.list_at_district(who, rows=2)
    make.draft_list(who)
    answer = as_(who.officer).post("/cases/bulk/", {"action": "claim", "pick": references(), "back": "/"})
    page = as_(who.officer).get(answer.url)
    assert page.context["done"] == references()[:2]
    assert page.context["left"] == [[references()[2], "Hồ sơ không ở bước xử lý của bạn."]]


def test_without_the_role_nothing_is_done(who: make.Staff, as_: Callable[[User], Client]) -> None:
    make.list_at_district(who)
    for action in ("verify", "refuse", "list", "remove"):
        given = {"action": action, "pick": references(), "reason": "x", "confirmed": "1"}
        for person in (who.accountant, who.approver):
            assert as_(person).post("/cases/bulk/", given).status_code == 403, action
    stranger = user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)
    given = {"action": "verify", "pick": references()}
    assert as_(stranger).post("/cases/bulk/", given).url == "/"
    assert as_(user(Role.AUDITOR)).post("/cases/bulk/", given).status_code == 403
    assert states() == [CaseStatus.APPRAISING]
    assert not Job.objects.exists()
