"""The public pages: one's own case, lists that stand there, and what they never tell."""

import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from accounts.enums import Role
from core.dates import format_date
from core.models import Event
from core.money import format_dong
from core.references import format_reference
from support_programs.enums import CaseStatus
from support_programs.models import CaseList
from support_programs.queries.papers import POSTING, paper_of
from support_programs.services import appraisal, approval, posting
from support_programs.services.supplements import ask_supplement
from tests.factories import cases as made
from tests.factories import chains
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
LOOKUP = "/public/case/"
UNKNOWN = format_reference("HS", 2021, 999_999)


def text_of(page: HttpResponse) -> str:
    return html.unescape(page.content.decode())


@pytest.fixture
def who() -> made.Staff:
    return made.staff()


def posted(who: made.Staff, rows: int = 1) -> CaseList:
    case_list = made.confirmed_list(who, rows)
    return posting.post_list(
        case_list, place="Trụ sở UBND", posting_from=dt.date(2021, 9, 27), actor=who.commune
    )


def look(client: Client, reference: str, birth: str) -> HttpResponse:
    return client.post(LOOKUP, {"reference": reference, "birth": birth})


class TestOwnCase:
    def test_it_says_where_the_case_stands_and_when_it_goes_on(self, client: Client, who: made.Staff) -> None:
        case_list = posted(who)
        case = case_list.cases.get()
        assert case_list.posting_until
        page = look(client, case.reference.lower().replace("-", " "), "1978")
        assert page.status_code == 200
        said = text_of(page)
        assert "Đang công khai lấy ý kiến" in said
        assert "Công khai đến hết ngày" in said
        assert format_date(case_list.posting_until) in said
        assert "UBND thị trấn Phú Mỹ" in said
        assert page["Cache-Control"] == "no-store"
        event = Event.objects.filter(action="case.looked_up").get()
        assert (event.object_ref, event.actor_id, event.change) == (case.reference, None, {})

    def test_it_names_neither_the_person_nor_the_amount(self, client: Client, who: made.Staff) -> None:
        case = posted(who).cases.get()
        said = text_of(look(client, case.reference, "04/03/1978"))
        for told in (case.applicant_name, "1.500.000", f"••• {case.number_last3}", case.hamlet):
            assert told not in said

    def test_a_wrong_birth_says_the_same_as_an_unknown_reference(
        self, client: Client, who: made.Staff
    ) -> None:
        case = posted(who).cases.get()

        def said(reference: str, birth: str) -> str:
            page = look(client, reference, birth)
            assert page.status_code == 422
            text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(page))
            return text.replace(reference, "").replace(birth, "")

        assert said(case.reference, "1979") == said(UNKNOWN, "1979")
        assert said(case.reference, "05/03/1978") == said(UNKNOWN, "05/03/1978")
        assert not Event.objects.filter(action="case.looked_up").exists()

    def test_it_costs_the_same_to_be_wrong(self, client: Client, who: made.Staff) -> None:
        case = posted(who).cases.get()
        with CaptureQueriesContext(connection) as known:
            look(client, case.reference, "1979")
        with CaptureQueriesContext(connection) as unknown:
            look(client, UNKNOWN, "1979")
        assert len(known) == len(unknown)

    @pytest.mark.parametrize(
        ("make", "state", "at"),
        [
            (made.confirmed_list, "Đang xem xét", "Tiếp nhận"),
            (posted, "Đang công khai lấy ý kiến", "Công khai lấy ý kiến"),
            (made.list_at_district, "Đang xem xét", "Thẩm định"),
            (made.list_at_department, "Đang xem xét", "Phê duyệt"),
            (lambda who: made.decided_list(who)[0], "Đã phê duyệt, chờ chi trả", "Chi trả"),
        ],
    )
    def test_each_state_has_the_words_of_a_citizen(
        self, client: Client, who: made.Staff, make: object, state: str, at: str
    ) -> None:
        case = make(who).cases.get()  # type: ignore[operator]
        shown = look(client, case.reference, "1978").context["shown"]
        assert str(shown.state.label) == state
        assert [str(step.label) for step in shown.steps if step.state == "current"] == [at]

    def test_what_was_asked_for_stands_first_and_the_next_date_is_its(
        self, client: Client, who: made.Staff
    ) -> None:
        case = ask_supplement(
            made.list_at_district(who).cases.get(),
            marked={("applicant", "address"): "Ghi theo sổ hộ khẩu"},
            reason="Chưa rõ nơi ở",
            answer_by=dt.date(2021, 10, 1),
            actor=who.officer,
        )
        page = look(client, case.reference, "1978")
        assert page.context["shown"].missing[0] == "Khóm, ấp"
        assert page.context["shown"].next_on == dt.date(2021, 10, 1)
        assert str(page.context["shown"].state.label) == "Chờ ông/bà bổ sung"
        assert "Ghi theo sổ" not in text_of(page)
        assert "Chưa rõ" not in text_of(page)

    def test_a_case_that_ended_says_so_and_gives_no_reason(self, client: Client, who: made.Staff) -> None:
        case = made.draft_list(who).cases.get()
        appraisal.withdraw_case(case, reason="Đã đi Bình Dương", actor=who.commune)
        page = look(client, case.reference, "1978")
        assert str(page.context["shown"].state.label) == "Ông/bà đã rút hồ sơ"
        assert page.context["shown"].steps == ()
        assert "Bình Dương" not in text_of(page)

    def test_a_case_that_waits_names_what_is_missing(self, client: Client, who: made.Staff) -> None:
        case = made.draft_list(who).cases.get()
        said = text_of(look(client, case.reference, "1978"))
        assert "Hồ sơ còn thiếu" in said

    def test_one_case_is_tried_ten_times_in_an_hour(
        self, client: Client, who: made.Staff, settings: Settings
    ) -> None:
        settings.THROTTLE_FACTOR = 1
        case = posted(who).cases.get()
        tried = [
            client.post(
                LOOKUP, {"reference": case.reference, "birth": str(1900 + n)}, REMOTE_ADDR=f"10.9.{n}.1"
            ).status_code
            for n in range(11)
        ]
        assert tried == [422] * 10 + [429]
        page = client.post(LOOKUP, {"reference": case.reference, "birth": "1978"}, REMOTE_ADDR="10.9.99.1")
        assert page.status_code == 429
        assert page["Retry-After"] == "3600"

    def test_who_mistypes_a_reference_keeps_nobody_else_from_theirs(
        self, client: Client, settings: Settings
    ) -> None:
        settings.THROTTLE_FACTOR = 1
        for address in (LOOKUP, "/public/applications/"):
            typed = {"reference": "HS 2021 12", "birth": "1978", "code": "K7MP-2QXD-9FTA"}
            tried = [client.post(address, typed, REMOTE_ADDR=f"10.7.{n}.1").status_code for n in range(11)]
            assert tried == [422] * 11

    def test_a_case_that_was_reopened_waits_for_nothing_of_the_citizen(
        self, client: Client, who: made.Staff
    ) -> None:
        """Its old list is approved: the commune puts it into another one, the citizen has nothing to bring."""
        case_list = made.list_at_district(who, 2)
        case = case_list.cases.earliest("pk")
        appraisal.exclude_case(case, to=CaseStatus.INELIGIBLE, reason="Chưa đủ", actor=who.officer)
        appraisal.verify_cases(case_list.cases.all(), actor=who.officer)
        approval.approve_list(case_list, number="1/QĐ", date=case.received_on, actor=who.head)
        again = appraisal.reopen_case(case, reason="Có giấy tờ mới", actor=who.officer)
        assert again.status == CaseStatus.NEEDS_SUPPLEMENT
        assert str(look(client, case.reference, "1978").context["shown"].state.label) == "Đang xem xét"


class TestThrottle:
    def test_one_address_looks_up_twenty_times(self, client: Client, settings: Settings) -> None:
        settings.THROTTLE_FACTOR = 1
        tried = [
            client.post(LOOKUP, {"reference": "", "birth": ""}, REMOTE_ADDR="10.8.0.1").status_code
            for _n in range(21)
        ]
        assert tried == [422] * 20 + [429]
        assert client.post(LOOKUP, {}, REMOTE_ADDR="10.8.0.2").status_code == 422

    def test_one_connection_has_many_addresses_of_the_new_kind(
        self, client: Client, settings: Settings
    ) -> None:
        """A subscriber gets a whole /64 of IPv6: changing the last half is no way around."""
        settings.THROTTLE_FACTOR = 1
        tried = [client.post(LOOKUP, {}, REMOTE_ADDR=f"2001:db8:0:7::{n:x}").status_code for n in range(21)]
        assert tried == [422] * 20 + [429]
        assert client.post(LOOKUP, {}, REMOTE_ADDR="2001:db8:0:8::1").status_code == 422


class TestLists:
    def test_a_posted_list_stands_there_masked(self, client: Client, who: made.Staff) -> None:
        case_list = posted(who, 2)
        case = case_list.cases.earliest("pk")
        commune = client.get(f"/public/lists/{COMMUNE}/")
        assert "Đang công khai lấy ý kiến" in text_of(commune)
        page = client.get(f"/public/lists/{COMMUNE}/{case_list.reference}/")
        said = text_of(page)
        assert page["X-Robots-Tag"] == "noindex"
        for told in (case.applicant_name, "1978", "Ấp Mỹ Lương", f"••• {case.number_last3}", "1.500.000 đ"):
            assert told in said
        assert "/public/lists/89888/" in said

    def test_no_telephone_or_account_that_was_typed_into_an_address_stands_there(
        self, client: Client, who: made.Staff
    ) -> None:
        case_list = posted(who)
        case_list.cases.update(hamlet="Tổ 12, Ấp Mỹ Lương, ĐT 0912.000.111, TK 67002 05111 927")
        said = text_of(client.get(f"/public/lists/{COMMUNE}/{case_list.reference}/"))
        assert "Tổ 12, Ấp Mỹ Lương, ĐT •••, TK •••" in said
        assert paper_of(case_list, POSTING).lines[0].hamlet == "Tổ 12, Ấp Mỹ Lương, ĐT •••, TK •••"

    def test_districts_count_what_stands_there(self, client: Client, who: made.Staff) -> None:
        posted(who)
        page = client.get("/public/lists/")
        counts = {unit.code: unit.lists for unit in page.context["below"]}
        assert counts[DISTRICT] == 1
        assert sum(counts.values()) == 1
        page = client.get(f"/public/lists/{DISTRICT}/")
        assert {unit.code: unit.lists for unit in page.context["below"]}[COMMUNE] == 1

    @pytest.mark.parametrize("make", [made.confirmed_list, made.list_at_district, made.appraised_list])
    def test_a_list_that_is_worked_on_does_not(self, client: Client, who: made.Staff, make: object) -> None:
        case_list = make(who)  # type: ignore[operator]
        assert client.get(f"/public/lists/{COMMUNE}/").context["lists"] == []
        assert client.get(f"/public/lists/{COMMUNE}/{case_list.reference}/").status_code == 404
        assert client.get(f"/public/lists/{COMMUNE}/{case_list.reference}/pdf/").status_code == 404

    def test_an_approved_list_goes_after_its_time(
        self, client: Client, who: made.Staff, settings: Settings
    ) -> None:
        case_list, _decision = made.decided_list(who)
        address = f"/public/lists/{COMMUNE}/{case_list.reference}/"
        assert "2208/QĐ-UBND" in text_of(client.get(address))
        settings.PUBLIC_LIST_DAYS = -1
        assert client.get(address).status_code == 404

    def test_a_list_is_found_under_its_own_commune_only(self, client: Client, who: made.Staff) -> None:
        case_list = posted(who)
        for area in (OTHER_COMMUNE, DISTRICT, "89", "khong-co", "8"):
            assert client.get(f"/public/lists/{area}/{case_list.reference}/").status_code == 404
        assert client.get("/public/lists/8988899999/").status_code == 404

    def test_of_patients_only_totals_are_told_and_few_are_not_told_at_all(self, client: Client) -> None:
        """The smallest other is hidden beside the small one: the province's total is public, and a difference would tell."""
        at = chains.desks("F0_F1")
        few, _decision = chains.decided("F0_F1", at, 1)
        beside, _decision = chains.decided("F0_F1", at, 5)
        many, _decision = chains.decided("F0_F1", at, 6)
        amount = format_dong(sum(many.cases.values_list("amount_proposed", flat=True)))
        said = text_of(client.get(f"/public/lists/{COMMUNE}/"))
        assert (
            said.count("Không công bố số người và số tiền của danh sách này, để không lộ thông tin của ai.")
            == 2
        )
        assert f"6 người, {amount} đ" in said
        for case_list in (few, beside, many):
            address = f"/public/lists/{COMMUNE}/{case_list.reference}/"
            told = said + text_of(client.get(address))
            assert not [
                name for name in case_list.cases.values_list("applicant_name", flat=True) if name in told
            ]
            assert client.get(f"{address}pdf/").status_code == 404

    def test_the_name_of_a_programme_for_patients_is_not_told_of_a_case(self, client: Client) -> None:
        at = chains.desks("F0_F1")
        case = chains.drafted("F0_F1", at).cases.get()
        page = look(client, case.reference, str(case.birth_year))
        assert page.context["shown"].programme == ""
        assert case.programme.short_name not in text_of(page)

    def test_more_rows_cost_no_more_queries(self, client: Client, who: made.Staff) -> None:
        few, many = posted(who), posted(who, 3)
        client.get(f"/public/lists/{COMMUNE}/{few.reference}/")
        with CaptureQueriesContext(connection) as first:
            client.get(f"/public/lists/{COMMUNE}/{few.reference}/")
        with CaptureQueriesContext(connection) as second:
            client.get(f"/public/lists/{COMMUNE}/{many.reference}/")
        assert len(first) == len(second)


def test_the_first_page_leads_everywhere(client: Client) -> None:
    page = client.get("/public/")
    said = text_of(page)
    assert page.status_code == 200
    for address in ("/public/case/", "/public/lists/", "/calculator/", "/public/applications/new/"):
        assert f'"{address}"' in said
    assert '<meta name="robots" content="noindex">' in said
    assert "htmx" not in said


def test_an_officer_of_another_district_and_a_reader_see_the_same(client: Client, who: made.Staff) -> None:
    case_list = posted(who)
    address = f"/public/lists/{COMMUNE}/{case_list.reference}/"
    case = case_list.cases.get()
    for person in (user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT), user(Role.AUDITOR)):
        signed_in = Client()
        signed_in.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert case.applicant_name in text_of(signed_in.get(address))
        assert look(signed_in, case.reference, "1978").status_code == 200
    assert client.get("/public/lists/8988830406/DS-0/").templates[0].name == "public/404.html"
    assert "Về việc của tôi" not in text_of(client.get("/public/khong-co/"))


def test_a_page_that_is_too_old_sends_nothing(who: made.Staff) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/public/applications/new/", {"programme": "LD_TU_DO", "step": "send"})
    assert answer.status_code == 403
    assert "Trang đã cũ, chưa gửi được" in text_of(answer)


def test_what_is_missing_of_a_complaint_is_said_by_name(client: Client) -> None:
    answer = client.post("/public/grievances/new/", {"kind": "complaint"})
    assert answer.status_code == 422
    said = text_of(answer)
    assert "Trường này là bắt buộc" not in said
    for words in (
        "Hãy chọn nội dung về việc gì.",
        "Ông/bà chọn xã, phường, thị trấn nơi xảy ra việc.",
        "Hãy ghi nội dung: việc gì, ở đâu, khi nào.",
    ):
        assert words in said
