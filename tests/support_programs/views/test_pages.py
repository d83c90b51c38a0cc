"""Pages of officers: what each shows, who gets 404, how many queries, what a post changes."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from support_programs.enums import CaseStatus, ListStatus
from support_programs.models import ApprovalDecision, Case, CaseList, Entitlement, FactConfirmation
from support_programs.services import posting
from tests.factories import cases as make
from tests.factories.people import OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, promoted, user

pytestmark = pytest.mark.django_db
LISTS: dict[str, Callable[[make.Staff, int], CaseList]] = {
    "draft": lambda who, rows: make.draft_list(who, rows=rows),
    "at_district": lambda who, rows: make.list_at_district(who, rows=rows),
    "at_department": lambda who, rows: make.list_at_department(who, rows=rows),
    "money_appraised": lambda who, rows: make.appraised_list(who, rows=rows),
    "decided": lambda who, rows: make.decided_list(who, rows=rows, number=f"{rows}/QĐ-UBND")[0],
}


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


@pytest.fixture
def as_(client: Client) -> Callable[[User], Client]:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def pages_of(case_list: CaseList, case: Case) -> list[str]:
    return [
        f"/lists/{case_list.reference}/",
        f"/lists/{case_list.reference}/facts/",
        f"/lists/{case_list.reference}/send-back/",
        f"/lists/{case_list.reference}/minutes/",
        f"/cases/{case.reference}/",
        f"/cases/{case.reference}/facts/",
        f"/cases/{case.reference}/refuse/",
    ]


def posts_of(case_list: CaseList, case: Case) -> list[str]:
    return [
        f"/lists/{case_list.reference}/approve/",
        f"/lists/{case_list.reference}/send-back/",
        f"/lists/{case_list.reference}/facts/",
        f"/lists/{case_list.reference}/occupations/",
        f"/cases/{case.reference}/mark-eligible/",
        f"/cases/{case.reference}/refuse/",
        f"/cases/{case.reference}/facts/",
        f"/cases/{case.reference}/note/",
        f"/cases/{case.reference}/resolve-mark/",
    ]


@pytest.mark.parametrize(
    "role", [Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD, Role.ADMINISTRATOR]
)
def test_the_outsider_gets_404_everywhere_and_nothing_changes(
    who: make.Staff, as_: Callable[[User], Client], role: Role
) -> None:
    case_list = make.list_at_district(who)
    case = Case.objects.get(case_list=case_list)
    area = {Role.COMMUNE_OFFICER: OUTSIDE_COMMUNE, Role.ADMINISTRATOR: "89"}.get(role, OUTSIDE_DISTRICT)
    stranger = as_(user(role, area=area))
    before = list(Case.objects.values()), list(CaseList.objects.values())
    for address in pages_of(case_list, case):
        assert stranger.get(address).status_code == 404, address
    for address in posts_of(case_list, case):
        assert stranger.post(address, {"reason": "x", "text": "x", "note": "x"}).status_code == 404, address
    assert before == (list(Case.objects.values()), list(CaseList.objects.values()))
    for address in ("/cases/", "/lists/"):
        answer = stranger.get(address)
        assert case.reference not in answer.content.decode()
        assert case_list.reference not in answer.content.decode()


def test_nobody_signed_in_is_sent_to_sign_in(client: Client) -> None:
    for address in ("/", "/cases/", "/lists/", "/lists/decide/"):
        assert client.get(address).status_code == 302


def test_home_of_each_role_shows_its_work(who: make.Staff, as_: Callable[[User], Client]) -> None:
    draft = make.draft_list(who)
    at_district = make.list_at_district(who, rows=2)
    department = make.list_at_department(who)
    waiting = make.appraised_list(who)
    shown = {
        who.commune: draft.reference,
        who.officer: Case.objects.filter(case_list=at_district).first().reference,
        who.head: at_district.reference,
        who.reviewer: department.reference,
        who.approver: waiting.reference,
    }
    for person, expected in shown.items():
        answer = as_(person).get("/")
        assert answer.status_code == 200
        assert expected in answer.content.decode(), person.role_codes


def test_every_counter_opens_exactly_its_rows(who: make.Staff, as_: Callable[[User], Client]) -> None:
    make.list_at_district(who, rows=3)
    page = as_(who.officer).get("/?queue=to_appraise")
    tab = next(tab for tab in page.context["tabs"] if tab.url == "?queue=to_appraise")
    assert tab.count == page.context["page"].paginator.count == 3


@pytest.mark.parametrize("address", ["/", "/cases/", "/lists/"])
def test_tables_ask_the_same_queries_for_one_row_and_for_three(
    who: make.Staff, as_: Callable[[User], Client], address: str
) -> None:
    make.list_at_district(who, rows=1)
    signed_in = as_(who.officer)
    signed_in.get(address)
    counts = []
    for rows in (0, 3):
        if rows:
            make.list_at_district(who, rows=rows)
        with CaptureQueriesContext(connection) as queries:
            signed_in.get(address)
        asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
        counts.append(len(asked))
    # the home page counts the work of every part besides its own table
    assert counts[0] == counts[1] <= 12, [sql[:120] for sql in asked]


def test_case_page_explains_and_masks(who: make.Staff, as_: Callable[[User], Client]) -> None:
    case_list = make.list_at_district(who)
    case = Case.objects.get(case_list=case_list)
    signed_in = as_(who.officer)
    signed_in.get(f"/cases/{case.reference}/")
    with CaptureQueriesContext(connection) as queries:
        answer = signed_in.get(f"/cases/{case.reference}/")
    page = answer.content.decode()
    # besides BEGIN and COMMIT of the request's fence, which here are SAVEPOINT and RELEASE
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 20, [sql[:120] for sql in asked]
    assert f"••• ••• ••• {case.number_last3}" in page
    assert "Không có giao kết hợp đồng lao động; UBND cấp xã xác nhận" in page
    assert "Mục I NQ 68" in page
    assert "cần Sở xác nhận" in page
    assert "1.500.000 đ" in page
    assert 'aria-disabled="true"' not in page


def test_who_entered_a_case_sees_why_not(who: make.Staff, as_: Callable[[User], Client]) -> None:
    case_list = make.list_at_district(who)
    case = Case.objects.get(case_list=case_list)
    both = promoted(who.commune, Role.DISTRICT_OFFICER, area="89888")
    page = as_(both).get(f"/cases/{case.reference}/").content.decode()
    assert "Bạn đã nhập hồ sơ này nên không được thẩm định." in page
    assert 'aria-disabled="true"' in page
    answer = as_(both).post(f"/cases/{case.reference}/mark-eligible/", {"version": case.version})
    assert answer.status_code == 422
    case.refresh_from_db()
    assert case.status == CaseStatus.APPRAISING


def test_the_whole_way_through_the_pages(who: make.Staff, as_: Callable[[User], Client]) -> None:
    case_list = make.draft_list(who, rows=2)
    address = f"/lists/{case_list.reference}/"
    commune = as_(who.commune)
    assert commune.get(address).status_code == 200
    answer = commune.post(f"{address}facts/", make.TICKS)
    assert (answer.status_code, answer.url) == (302, address)
    assert FactConfirmation.objects.filter(confirmed_by_name=who.commune.full_name).count() == 5
    assert (
        commune.post(f"{address}post/", {"posting_from": "22/9/2021", "place": "Trụ sở UBND"}).status_code
        == 302
    )
    assert commune.post(f"{address}close-posting/", {"remarks": ""}).status_code == 302
    letter = {"letter_number": "12/TTr-UBND", "letter_date": "27/9/2021"}
    assert commune.post(f"{address}submit/", letter).status_code == 302
    officer = as_(who.officer)
    picks = list(Case.objects.filter(case_list=case_list).values_list("reference", flat=True))
    assert (
        officer.post("/cases/bulk/", {"action": "verify", "pick": picks, "back": address}).status_code == 302
    )
    head = as_(who.head)
    assert head.post(f"{address}approve/", {"number": "45/QĐ", "date": "27/9/2021"}).status_code == 302
    assert as_(who.officer).post(f"{address}forward/", {}).status_code == 302
    paper = {"finance_number": "1024/STC", "finance_date": "27/9/2021"}
    assert as_(who.reviewer).post(f"{address}appraise-money/", paper).status_code == 302
    approver = as_(who.approver)
    assert approver.get(f"/lists/decide/?pick={case_list.reference}").status_code == 200
    decision = {
        "pick": case_list.reference,
        "number": "2208/QĐ-UBND",
        "signed_on": "24/9/2021",
        "signer": "A",
    }
    assert approver.post("/lists/decide/", decision).status_code == 302
    assert ApprovalDecision.objects.get().amount == 3_000_000
    assert Entitlement.objects.filter(status="approved").count() == 2
    assert "2208/QĐ-UBND" in approver.get(address).content.decode()


def test_a_refused_form_keeps_what_was_typed(who: make.Staff, as_: Callable[[User], Client]) -> None:
    case_list = make.list_at_district(who)
    signed_in = as_(who.officer)
    answer = signed_in.post(
        f"/lists/{case_list.reference}/send-back/", {"reason": "Sai địa chỉ", "marked_rows": "dòng 3 sai"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Không đọc được dòng" in page
    assert "Sai địa chỉ" in page
    answer = signed_in.post(
        f"/lists/{case_list.reference}/send-back/", {"reason": "Sai", "marked_rows": "9: sai tên"}
    )
    assert answer.status_code == 422
    assert "không có dòng số 9" in answer.content.decode()
    case_list.refresh_from_db()
    assert case_list.status == ListStatus.AT_DISTRICT


def test_a_stale_form_is_told_and_changes_nothing(who: make.Staff, as_: Callable[[User], Client]) -> None:
    case_list = make.verified_list(who)
    version = CaseList.objects.get(pk=case_list.pk).version
    posting.send_back_list(case_list, reason="Sai", marks={}, actor=who.officer)
    posting.resubmit_list(case_list, letter_number="2", letter_date=case_list.letter_date, actor=who.commune)
    answer = as_(who.head).post(
        f"/lists/{case_list.reference}/approve/", {"number": "1", "date": "27/9/2021", "version": version}
    )
    assert answer.status_code == 422
    case_list.refresh_from_db()
    assert case_list.status == ListStatus.AT_DISTRICT


def test_without_the_role_a_page_of_an_action_answers_403(
    who: make.Staff, as_: Callable[[User], Client]
) -> None:
    case_list = make.verified_list(who)
    answer = as_(who.officer).post(
        f"/lists/{case_list.reference}/approve/", {"number": "1", "date": "27/9/2021"}
    )
    assert answer.status_code == 403
    case_list.refresh_from_db()
    assert case_list.status == ListStatus.AT_DISTRICT


def test_search_without_marks_and_filters_in_the_address(
    who: make.Staff, as_: Callable[[User], Client]
) -> None:
    case_list = make.list_at_district(who, rows=3)
    first = Case.objects.filter(case_list=case_list).order_by("pk").first()
    signed_in = as_(who.officer)
    words = first.applicant_name.replace("Nguyễn Văn Người", "nguyen van nguoi")
    found = signed_in.get("/cases/", {"q": words}).context["page"]
    assert [row.reference for row in found.object_list] == [first.reference]
    assert signed_in.get("/cases/", {"q": first.reference}).context["page"].paginator.count == 1
    assert signed_in.get("/cases/", {"status": "eligible"}).context["page"].paginator.count == 0
    assert signed_in.get("/cases/", {"late": "1"}).context["page"].paginator.count == 0
    assert signed_in.get("/cases/", {"area": who.commune.area_code}).context["page"].paginator.count == 3
    assert signed_in.get("/cases/", {"page": "99", "sort": "-name"}).status_code == 200


def test_the_communes_loose_cases_go_into_a_list(who: make.Staff, as_: Callable[[User], Client]) -> None:
    case_list = make.draft_list(who, rows=2)
    commune = as_(who.commune)
    picks = list(Case.objects.filter(case_list=case_list).values_list("reference", flat=True))
    answer = commune.post("/cases/bulk/", {"action": "remove", "pick": picks[:1], "back": "/"})
    assert answer.status_code == 302
    page = commune.get("/?queue=loose")
    assert [row.reference for row in page.context["page"].object_list] == picks[:1]
    commune.post("/cases/bulk/?queue=loose", {"action": "list", "pick_all": "1", "back": "/"})
    assert Case.objects.filter(case_list=case_list, status=CaseStatus.LISTED).count() == 2


@pytest.mark.parametrize("state", LISTS)
def test_the_page_of_a_list_asks_at_most_12_queries_for_one_row_and_for_three(
    who: make.Staff, as_: Callable[[User], Client], state: str
) -> None:
    """Besides BEGIN and COMMIT of the request's fence, which here are SAVEPOINT and RELEASE."""
    short, long = LISTS[state](who, 1), LISTS[state](who, 3)
    for person in (who.commune, who.officer, who.head, who.reviewer, who.approver, who.accountant):
        signed_in = as_(person)
        signed_in.get(f"/lists/{short.reference}/")
        counts = []
        for case_list in (short, long):
            with CaptureQueriesContext(connection) as queries:
                assert signed_in.get(f"/lists/{case_list.reference}/").status_code == 200
            asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
            counts.append(len(asked))
        assert counts[0] == counts[1] <= 12, (person.role_codes, counts, [sql[:120] for sql in asked])


def test_a_list_whose_money_is_approved_is_not_sent_back(
    who: make.Staff, as_: Callable[[User], Client]
) -> None:
    case_list, _decision = make.decided_list(who)
    address = f"/lists/{case_list.reference}/send-back/"
    assert "«Tỉnh đã duyệt kinh phí»" in as_(who.officer).get(address).content.decode()
    answer = as_(who.officer).post(address, {"reason": "Sai"})
    assert answer.status_code == 422
    assert "«Tỉnh đã duyệt kinh phí»" in answer.content.decode()
    case_list.refresh_from_db()
    assert case_list.status == ListStatus.MONEY_APPROVED
