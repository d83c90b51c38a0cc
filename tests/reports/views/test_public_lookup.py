"""«Tra cứu» by name and district: who is found, what tells people apart, what is never told, and how often one may ask."""

import datetime as dt
import html

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from core import clock
from core.dates import format_date
from reports.queries.figures import Fact
from reports.queries.public_figures import read_public_figures
from support_programs.models import Case, CaseList
from support_programs.services import posting
from tests.factories import cases as made
from tests.factories import chains
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, OUTSIDE_DISTRICT

pytestmark = pytest.mark.django_db
PAGE = "/public/lookup/"


def text_of(page: HttpResponse) -> str:
    return html.unescape(page.content.decode())


def look(client: Client, name: str, district: str = DISTRICT, **other: str) -> HttpResponse:
    return client.post(PAGE, {"name": name, "district": district, **other})


def posted(who: made.Staff, rows: int = 1) -> CaseList:
    case_list = made.confirmed_list(who, rows)
    return posting.post_list(
        case_list, place="Trụ sở UBND", posting_from=dt.date(2021, 9, 27), actor=who.commune
    )


def named(case: Case, name: str, key: str) -> None:
    Case.objects.filter(pk=case.pk).update(applicant_name=name, name_key=key, name_sort=key)


@pytest.fixture
def who() -> made.Staff:
    return made.staff()


def test_people_of_one_name_are_told_apart(client: Client, who: made.Staff) -> None:
    first, second = posted(who, 2).cases.order_by("pk")
    for case in (first, second):
        named(case, "Nguyễn Văn Phước", "nguyen van phuoc")
    Case.objects.filter(pk=second.pk).update(birth_year=1991, hamlet="Ấp Mỹ Phó, ĐT 0912.000.111")
    page = look(client, "NGUYEN van  phuoc")
    said = text_of(page)
    assert (page.status_code, page["Cache-Control"], page["X-Robots-Tag"]) == (200, "no-store", "noindex")
    people = page.context["found"].people
    assert [(one.name, one.birth_year, one.last3) for one in people] == [
        ("Nguyễn Văn Phước", first.birth_year, first.number_last3),
        ("Nguyễn Văn Phước", 1991, second.number_last3),
    ]
    for told in (
        "Ấp Mỹ Phó, ĐT •••",
        f"••• {first.number_last3}",
        "Đang công khai lấy ý kiến",
        "Niêm yết đến hết ngày",
    ):
        assert told in said
    assert "0912" not in said


def test_whole_words_in_any_place_are_found_whole_names_first(client: Client, who: made.Staff) -> None:
    names = [
        ("Nguyễn Văn Phước Em", "nguyen van phuoc em"),
        ("Nguyễn Văn Phước", "nguyen van phuoc"),
        ("Lê Văn Phước", "le van phuoc"),
        ("Nguyễn Văn Phướcc", "nguyen van phuocc"),
    ]
    for case, (name, key) in zip(posted(who, 4).cases.order_by("pk"), names, strict=True):
        named(case, name, key)

    def found(typed: str) -> list[str]:
        return [one.name for one in look(client, typed).context["found"].people]

    assert found("Nguyễn Văn Phước") == ["Nguyễn Văn Phước", "Nguyễn Văn Phước Em"]
    assert set(found("văn phước")) == {"Nguyễn Văn Phước Em", "Nguyễn Văn Phước", "Lê Văn Phước"}
    assert found("phước nguyễn") == []


@pytest.mark.parametrize(
    ("name", "district", "sentence"),
    [
        ("Phước", DISTRICT, "Ông/bà ghi ít nhất hai chữ của họ và tên."),
        ("", DISTRICT, "Ông/bà ghi họ và tên người cần tìm."),
        ("% %", DISTRICT, "Ông/bà ghi ít nhất hai chữ của họ và tên."),
        ("Nguyễn 089178001234", DISTRICT, "Ông/bà ghi họ và tên, không ghi số CCCD hay số tài khoản."),
        ("Nguyễn Văn Phước", "", "Ông/bà chọn huyện, thị xã, thành phố."),
        ("Nguyễn Văn Phước", "89", "Ông/bà chọn huyện, thị xã, thành phố."),
    ],
)
def test_a_question_that_is_too_wide_is_refused(
    client: Client, name: str, district: str, sentence: str
) -> None:
    page = look(client, name, district)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert "found" not in page.context


def test_at_most_twenty_are_shown_and_a_commune_narrows_it(client: Client, who: made.Staff) -> None:
    case_list = posted(who, 22)
    for case in case_list.cases.all():
        named(case, "Trần Thị Hoa", "tran thi hoa")
    page = look(client, "Trần Thị Hoa")
    assert (len(page.context["found"].people), page.context["found"].has_more) == (20, True)
    assert "nhiều hơn 20 kết quả" in text_of(page)
    assert f'value="{COMMUNE}"' in text_of(page)
    assert look(client, "Trần Thị Hoa", commune=OTHER_COMMUNE).context["found"].people == ()
    # a commune of the district asked for before is forgotten when another district is chosen
    assert look(client, "Trần Thị Hoa", OUTSIDE_DISTRICT, commune=COMMUNE).status_code == 200


@pytest.mark.parametrize("make", [made.confirmed_list, made.list_at_district, made.appraised_list])
def test_who_is_in_no_public_list_is_not_found(client: Client, who: made.Staff, make: object) -> None:
    case = make(who).cases.get()  # type: ignore[operator]
    page = look(client, case.applicant_name)
    assert page.context["found"].people == ()
    assert "Không tìm thấy ai có tên này" in text_of(page)


def test_patients_are_never_found(client: Client) -> None:
    at = chains.desks("F0_F1")
    case_list, _decision = chains.decided("F0_F1", at, 6)
    for case in case_list.cases.all():
        assert look(client, case.applicant_name).context["found"].people == ()
    rows = [row for row in read_public_figures(clock.today()).rows if row.programme]
    assert [(row.level, row.programme, row.cells[Fact.APPROVED].people) for row in rows] == [
        ("programme", "F0_F1", 6)
    ]


def test_who_is_approved_is_found_until_the_list_goes(
    client: Client, who: made.Staff, settings: Settings
) -> None:
    case_list, _decision = made.decided_list(who)
    name = case_list.cases.get().applicant_name
    (one,) = look(client, name).context["found"].people
    assert case_list.decision_date
    assert (str(one.state.label), one.state_note) == (
        "Đã phê duyệt",
        f"Quyết định ngày {format_date(case_list.decision_date)}",
    )
    assert one.list_url == f"/public/lists/{case_list.area_code}/{case_list.reference}/"
    settings.PUBLIC_LIST_DAYS = -1
    assert look(client, name).context["found"].people == ()


def test_more_people_cost_no_more_queries(client: Client, who: made.Staff) -> None:
    for rows, name in ((1, "Võ Văn Một"), (4, "Võ Văn Bốn")):
        for case in posted(who, rows).cases.all():
            named(case, name, "vo van mot" if rows == 1 else "vo van bon")
    look(client, "Võ Văn Một")
    with CaptureQueriesContext(connection) as few:
        look(client, "Võ Văn Một")
    with CaptureQueriesContext(connection) as many:
        assert len(look(client, "Võ Văn Bốn").context["found"].people) == 4
    assert len(few) == len(many)


def test_one_address_asks_twenty_times(client: Client, settings: Settings) -> None:
    settings.THROTTLE_FACTOR = 1
    typed = {"name": "Nguyễn Văn Phước", "district": DISTRICT}
    tried = [client.post(PAGE, typed, REMOTE_ADDR="10.4.0.1").status_code for _n in range(21)]
    assert tried == [200] * 20 + [429]


def test_a_name_stands_in_no_address(client: Client) -> None:
    page = client.get(PAGE, {"name": "Nguyễn Văn Phước", "district": DISTRICT})
    assert "found" not in page.context
    assert 'method="post"' in text_of(client.get("/public/"))
