"""Decisions and programmes on the public pages, and the desk where scans are published."""

import gzip
import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from support_programs.models import DecisionPublication, ProgrammeVersion
from tests.factories import cases as made
from tests.factories import chains
from tests.factories.people import OUTSIDE_DISTRICT, user
from tests.factories.uploads import pdf

pytestmark = pytest.mark.django_db
PAGE = "/public/decisions/"


def text_of(page: HttpResponse) -> str:
    return html.unescape(page.content.decode())


def browser_of(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def who() -> made.Staff:
    return made.staff()


def publish(client: Client, reference: str, **other: object) -> HttpResponse:
    sent = {"has_checked": "on", "scan": SimpleUploadedFile("da-che.pdf", pdf(2), "application/pdf"), **other}
    return client.post(
        f"/decisions/{reference}/publish/", {key: value for key, value in sent.items() if value}
    )


def test_a_decision_stands_there_and_its_scan_only_once_it_is_published(
    client: Client, who: made.Staff
) -> None:
    _list, decision = made.decided_list(who, 2)
    scan = f"{PAGE}{decision.reference}/scan/"
    page = client.get(PAGE)
    said = text_of(page)
    assert page["X-Robots-Tag"] == "noindex"
    for told in ("2208/QĐ-UBND", "3.000.000 đ", "Chưa công bố"):
        assert told in said
    assert client.get(scan).status_code == 404
    desk = browser_of(who.reviewer)
    answer = publish(desk, decision.reference)
    assert answer.status_code == 302
    assert f'href="{scan}"' in text_of(client.get(PAGE))
    file = client.get(scan)
    assert (file.status_code, file["Content-Type"]) == (200, "application/pdf")
    assert file.content == pdf(2) or file.content.startswith(b"%PDF")
    assert "quyet-dinh-2208-qd-ubnd" in file["Content-Disposition"]
    assert who.reviewer.full_name in text_of(desk.get(f"/decisions/{decision.reference}/"))
    taken = desk.post(f"/decisions/{decision.reference}/withdraw/", {"reason": "Bản chụp mờ"})
    assert taken.status_code == 302
    assert client.get(scan).status_code == 404
    assert "2208/QĐ-UBND" in text_of(client.get(PAGE))


def test_who_did_not_look_is_told_so_and_nothing_is_published(who: made.Staff) -> None:
    _list, decision = made.decided_list(who)
    answer = publish(browser_of(who.reviewer), decision.reference, has_checked="")
    assert answer.status_code == 422
    assert "xem từng trang rồi đánh dấu xác nhận" in text_of(answer)
    answer = publish(browser_of(who.reviewer), decision.reference, scan=None)
    assert answer.status_code == 422
    assert "Hãy chọn tệp PDF để công bố." in text_of(answer)
    assert not DecisionPublication.objects.exists()


def test_an_outsider_finds_no_decision_of_the_desk_and_changes_nothing(who: made.Staff) -> None:
    _list, decision = made.decided_list(who)
    outsider = browser_of(user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT))
    last = Event.objects.latest("pk").pk
    for path in ("", "scan/"):
        assert outsider.get(f"/decisions/{decision.reference}/{path}").status_code == 404
    assert publish(outsider, decision.reference).status_code == 404
    assert outsider.post(f"/decisions/{decision.reference}/withdraw/", {"reason": "x"}).status_code == 404
    assert decision.number not in text_of(outsider.get("/decisions/"))
    reader = browser_of(user(Role.AUDITOR))
    assert decision.number in text_of(reader.get("/decisions/"))
    assert publish(reader, decision.reference).status_code == 403
    assert not DecisionPublication.objects.exists()
    assert not Event.objects.filter(pk__gt=last, action__startswith="decision.").exists()


def test_of_patients_neither_sums_nor_scan_are_told(client: Client) -> None:
    at = chains.desks("F0_F1")
    _list, decision = chains.decided("F0_F1", at, 6)
    said = text_of(client.get(PAGE))
    assert "Chỉ công bố tổng số toàn tỉnh" in said
    assert f"{decision.amount:,}".replace(",", ".") not in said
    assert publish(browser_of(at.who.reviewer), decision.reference).status_code == 422
    assert client.get(f"{PAGE}{decision.reference}/scan/").status_code == 404


def test_few_people_of_a_programme_that_posts_no_names_are_not_told(client: Client) -> None:
    """The open data hide the month's figure; here it would stand in full."""
    at = chains.desks("CHAM_DUT")
    _list, few = chains.decided("CHAM_DUT", at, 2)
    _named, posted = made.decided_list(made.staff(), 2)
    rows = {row.reference: row for row in client.get(PAGE).context["rows"]}
    assert (rows[few.reference].people, rows[few.reference].is_hidden) == (None, True)
    assert (rows[posted.reference].people, rows[posted.reference].is_hidden) == (2, False)
    said = text_of(client.get(PAGE))
    assert f"{few.amount:,}".replace(",", ".") not in said
    assert "toàn tỉnh</td>" not in said
    _list, many = chains.decided("CHAM_DUT", at, 6)
    shown = {row.reference: row.people for row in client.get(PAGE).context["rows"]}
    assert shown[few.reference] is shown[many.reference] is None, (
        "the month's total less the one is the other"
    )


def test_filters_and_constant_queries(client: Client, who: made.Staff) -> None:
    made.decided_list(who, number="1/QĐ-UBND")
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for number in ("2/QĐ-UBND", "3/QĐ-UBND"):
        made.decided_list(who, number=number)
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(few) == len(many)
    assert [row.number for row in client.get(PAGE, {"q": "2/QĐ"}).context["rows"]] == ["2/QĐ-UBND"]
    assert client.get(PAGE, {"programme": "HO_KD"}).context["rows"] == []


def test_one_address_takes_twenty_scans(client: Client, who: made.Staff, settings: Settings) -> None:
    settings.THROTTLE_FACTOR = 1
    _list, decision = made.decided_list(who)
    publish(browser_of(who.reviewer), decision.reference)
    path = f"{PAGE}{decision.reference}/scan/"
    tried = [client.get(path, REMOTE_ADDR="10.5.0.1").status_code for _n in range(21)]
    assert tried == [200] * 20 + [429]


def test_every_programme_has_a_page_that_says_who_how_much_papers_where(client: Client) -> None:
    codes = set(ProgrammeVersion.objects.filter(is_current=True).values_list("programme", flat=True))
    index = client.get("/public/programmes/")
    assert len(codes) > 10
    large = {}
    for code in codes:
        assert f"/public/programmes/{code}/" in text_of(index)
        page = client.get(f"/public/programmes/{code}/")
        said = text_of(page)
        for told in ("Mức hỗ trợ", "Nơi nộp", "Ai được hỗ trợ", "Căn cứ pháp lý"):
            assert told in said, code
        assert '"/programmes/' not in said
        size = len(gzip.compress(page.content))
        if size > 12_000:
            large[code] = size
    assert large == {}
    assert len(gzip.compress(index.content)) <= 12_000
    free = text_of(client.get("/public/programmes/LD_TU_DO/"))
    assert "1.500.000" in free
    assert "Chưa chắc chắn" in free
    assert client.get("/public/programmes/khong-co/").status_code == 404


def test_lists_are_found_by_programme(client: Client, who: made.Staff) -> None:
    made.decided_list(who)
    page = client.get("/public/lists/", {"programme": "LD_TU_DO"})
    assert sum(unit.lists for unit in page.context["below"]) == 1
    assert '?programme=LD_TU_DO"' in text_of(page)
    # of a programme without lists there is no choice: everything is shown
    page = client.get("/public/lists/", {"programme": "HO_KD"})
    assert page.context["programme"] == ""


def test_an_approved_list_says_until_when_it_stands_there(client: Client, who: made.Staff) -> None:
    case_list, _decision = made.decided_list(who)
    said = text_of(client.get(f"/public/lists/{case_list.area_code}/{case_list.reference}/"))
    assert "Có trên trang đến hết ngày" in said


def test_the_first_page_has_the_newest_decisions_and_stays_small(client: Client, who: made.Staff) -> None:
    for number in ("1/QĐ-UBND", "2/QĐ-UBND", "3/QĐ-UBND", "4/QĐ-UBND"):
        made.decided_list(who, number=number)
    page = client.get("/public/")
    assert [row.number for row in page.context["newest"]] == ["4/QĐ-UBND", "3/QĐ-UBND", "2/QĐ-UBND"]
    assert len(gzip.compress(page.content)) <= 12_000
