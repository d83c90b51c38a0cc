"""The registers on the pages: all of them, one as a list by filter and as a workbook, and who sees which rows."""

import io

import openpyxl
import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from beneficiaries.models import Status
from core.models import Event
from tests.beneficiaries.views.registered import NUMBERS, entry, person, signed_in
from tests.factories.people import COMMUNE, OTHER_COMMUNE, OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, PROVINCE, user

pytestmark = pytest.mark.django_db

# the counts, the page's rows, their persons, numbers and names of areas; the rest is the session's
QUERIES = 11
LIST = "/registers/social_protection/"


def three_recipients() -> list[Status]:
    return [
        entry("social_protection", person()),
        entry(
            "social_protection",
            person("Trần Thị Ánh", NUMBERS[1]),
            category="k5c",
            disability_degree="",
            valid_from="01/01/2021",
            valid_to="30/06/2021",
        ),
        entry("social_protection", person("Lê Văn Quý", NUMBERS[2], OTHER_COMMUNE)),
    ]


def names_in(page: str) -> list[str]:
    return [name for name in ("Nguyễn Văn Bảy", "Trần Thị Ánh", "Lê Văn Quý") if name in page]


def test_the_registers_stand_with_their_law_and_counts_of_the_area() -> None:
    three_recipients()
    entry("free_workers", person("Phạm Thị Út", NUMBERS[3]))
    page = signed_in(Role.DISTRICT_OFFICER).get("/registers/").content.decode()
    for title in (
        "Lao động tự do",
        "Hộ nghèo, hộ cận nghèo",
        "Đối tượng bảo trợ xã hội",
        "Người có công với cách mạng",
        "Hộ gia đình",
        "Đơn vị sử dụng lao động",
    ):
        assert title in page
    assert "Điều 5, Điều 6 Nghị định 20/2021/NĐ-CP" in page
    assert "Chưa đọc được toàn văn Quyết định 1856/QĐ-UBND" in page
    assert "Người khuyết tật nặng" in page
    assert 'href="/registers/merit/new/"' in page
    assert 'href="/imports/new/?profile=merit"' in page
    # the navigation and the strip of tabs say where one is
    assert '<a href="/people/" aria-current="page">' in page
    assert '<a href="/registers/" aria-current="page">Các sổ</a>' in page
    outside = signed_in(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT).get("/registers/").content.decode()
    assert "Người khuyết tật nặng" not in outside
    assert outside.count("Chưa ghi ai vào sổ này.") == 4


def test_a_list_shows_who_counts_today_and_the_others_behind_tabs() -> None:
    three_recipients()
    client = signed_in(Role.DISTRICT_OFFICER)
    page = client.get(LIST).content.decode()
    assert names_in(page) == ["Nguyễn Văn Bảy", "Lê Văn Quý"]
    assert "••• ••• ••• 411" in page
    assert NUMBERS[0] not in page
    assert names_in(client.get(f"{LIST}?state=ended").content.decode()) == ["Trần Thị Ánh"]
    assert names_in(client.get(f"{LIST}?on=15/03/2021").content.decode()) == ["Trần Thị Ánh"]
    assert names_in(client.get(f"{LIST}?on=15/03/2021&state=later").content.decode()) == [
        "Nguyễn Văn Bảy",
        "Lê Văn Quý",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=bay", ["Nguyễn Văn Bảy"]),
        ("q=quy le", ["Lê Văn Quý"]),
        ("q=bay phu loi 1985", ["Nguyễn Văn Bảy"]),
        ("q=khong co ai", []),
        (f"area={OTHER_COMMUNE}", ["Lê Văn Quý"]),
        ("category=k6_severe", ["Nguyễn Văn Bảy", "Lê Văn Quý"]),
        ("category=k5c", []),
        ("category=k5c&state=ended", ["Trần Thị Ánh"]),
        ("source=import", []),
        ("disability_degree=severe", ["Nguyễn Văn Bảy", "Lê Văn Quý"]),
        ("disability_degree=special_severe", []),
        ("on=31/02/2021&sort=wrong&source=x&page=zz&size=7", ["Nguyễn Văn Bảy", "Lê Văn Quý"]),
    ],
)
def test_filters_live_in_the_address(query: str, found: list[str]) -> None:
    three_recipients()
    page = signed_in(Role.DISTRICT_OFFICER).get(f"{LIST}?{query}")
    assert page.status_code == 200
    assert names_in(page.content.decode()) == found


def test_a_reference_finds_the_entry_and_the_person() -> None:
    first, _ended, _other = three_recipients()
    client = signed_in(Role.DISTRICT_OFFICER)
    assert first.person
    for reference in (first.reference, first.person.reference):
        assert names_in(client.get(f"{LIST}?q={reference}").content.decode()) == ["Nguyễn Văn Bảy"]
    answer = client.get(f"/registers/entries/{first.reference}/")
    assert answer["Location"] == f"{LIST}entries/{first.reference}/"


def test_a_fact_of_a_day_is_asked_only_whether_it_is_known() -> None:
    entry("free_workers", person())
    entry("free_workers", person("Lê Văn Quý", NUMBERS[2]), lost_work_on="")
    client = signed_in(Role.COMMUNE_OFFICER)
    for asked, found in (("yes", ["Nguyễn Văn Bảy"]), ("no", ["Lê Văn Quý"])):
        page = client.get(f"/registers/free_workers/?lost_work_on={asked}").content.decode()
        assert names_in(page) == found


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_asks_as_many_questions_for_three_rows_as_for_one(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name, number in list(zip(("Nguyễn Văn Bảy", "Trần Thị Ánh", "Lê Văn Quý"), NUMBERS, strict=False))[
        :rows
    ]:
        entry("social_protection", person(name, number))
    client = signed_in(Role.DISTRICT_OFFICER)
    client.get("/registers/")
    with django_assert_num_queries(QUERIES):
        client.get(f"{LIST}?on=01/07/2021")


def test_the_workbook_holds_the_filtered_list_with_masked_numbers_and_the_log_says_who_took_it() -> None:
    three_recipients()
    officer = user(Role.DISTRICT_OFFICER)
    client = signed_in(someone=officer)
    assert f'href="{LIST}export/?q=bay"' in client.get(f"{LIST}?q=bay").content.decode()
    answer = client.get(f"{LIST}export/?q=bay")
    assert answer["Content-Disposition"].startswith("attachment")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert cells[0] == ["ĐỐI TƯỢNG BẢO TRỢ XÃ HỘI"]
    assert "“bay”" in cells[1][0]
    line = next(row for row in cells if "Nguyễn Văn Bảy" in row)
    assert "••• ••• ••• 411" in line
    assert "12/QĐ-UBND" in line
    assert not any(NUMBERS[0] in str(cell) for row in cells for cell in row)
    assert not any("Lê Văn Quý" in row for row in cells)
    event = Event.objects.get(action="register.exported")
    assert (event.actor_id, event.change["rows"]) == (officer.pk, "1")
    assert client.get("/registers/poor_households/export/").status_code == 200


def test_who_reads_sees_their_area_and_writes_nothing() -> None:
    first, _ended, _other = three_recipients()
    page = f"{LIST}entries/{first.reference}/"
    for client, code in (
        (signed_in(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE), 404),
        (signed_in(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE), 404),
        (signed_in(Role.ADMINISTRATOR, area=PROVINCE), 403),
        (signed_in(Role.AUDITOR, area=PROVINCE), 200),
        (signed_in(Role.COMMUNE_OFFICER, area=COMMUNE), 200),
    ):
        assert client.get(page).status_code == code
        assert client.get(LIST).status_code == (403 if code == 403 else 200)
    assert names_in(signed_in(Role.COMMUNE_OFFICER).get(LIST).content.decode()) == ["Nguyễn Văn Bảy"]
    auditor = signed_in(Role.AUDITOR, area=PROVINCE)
    assert "/new/" not in auditor.get(LIST).content.decode()
    assert "/change/" not in auditor.get(page).content.decode()
    # the register of the address is that of the entry
    assert auditor.get(f"/registers/merit/entries/{first.reference}/").status_code == 404
    assert auditor.get("/registers/khong-co/").status_code == 404


def test_an_empty_register_offers_what_one_may_do() -> None:
    page = signed_in(Role.COMMUNE_OFFICER).get("/registers/merit/").content.decode()
    assert "Chưa ghi ai vào sổ này" in page
    assert 'href="/registers/merit/new/"' in page
    page = signed_in(Role.AUDITOR, area=PROVINCE).get("/registers/merit/").content.decode()
    assert "Cán bộ của xã, huyện ghi ở đây." in page
    filtered = signed_in(Role.COMMUNE_OFFICER).get("/registers/merit/?q=ai").content.decode()
    assert "Không tìm thấy mục nào" in filtered
