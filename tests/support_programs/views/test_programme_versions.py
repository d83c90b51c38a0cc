"""Versions of a programme on its page: what changed, which is in force, until when, how many cases each judged."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from support_programs.models import Case, ProgrammeVersion
from tests.factories import cases as make
from tests.factories.people import OUTSIDE_DISTRICT, user
from tests.support_programs.views.programme_text import PAGE, corrected_file, part_of, text_of, words_of

pytestmark = pytest.mark.django_db
# session, user, savepoint, fence, roles, versions, all programmes, counts of cases, end of savepoint
PAGE_QUERIES = 9
LIST_QUERIES = 8


def test_suspended_workers_before_and_after_resolution_126(client: Client) -> None:
    client.force_login(user(Role.DISTRICT_OFFICER))
    page = words_of(client, "/programmes/TAM_HOAN/")
    assert page.index('id="v1"') < page.index('id="compare"') < page.index('id="v2"')
    compared = part_of(page, "compare")
    differing, _sign, same = compared.partition("Giữ nguyên:")
    for words in (
        "mới Làm việc theo hợp đồng lao động NQ 126; Điều 13 QĐ 23 được sửa đổi",
        "mới Thuộc một trong các trường hợp của Nghị quyết 126/NQ-CP, Quyết định 33/2021/QĐ-TTg",
        "đơn vị phải tạm dừng hoạt động theo yêu cầu của cơ quan có thẩm quyền. Điều 13 bỏ Không còn",
        "Làm việc tại doanh nghiệp, hợp tác xã",
        "mới Quyết định 33/2021/QĐ-TTg",
    ):
        assert words in differing, words
    for words in (
        "Từ 30 ngày trở lên: 3.710.000 đồng.",
        "Tạm hoãn, nghỉ không lương từ 15 ngày liên tục trở lên",
        "Trẻ em chưa đủ 06 tuổi: thêm 1.000.000 đồng/trẻ em.",
        "UBND cấp huyện, 2 ngày làm việc",
    ):
        assert words in same, words
        assert words not in differing, words


def test_paused_contributions_ask_for_less_after_resolution_126(client: Client) -> None:
    client.force_login(user(Role.LEADER))
    page = words_of(client, "/programmes/HTTT/")
    assert "<mark>10%</mark>" in page
    assert "<mark>01/2021</mark>" in page
    compared = part_of(page, "compare")
    assert "Số lao động tham gia BHXH giảm từ 15% trở lên so với tháng 4/2021" in compared
    assert "sửa Số lao động tham gia BHXH giảm từ 10% trở lên so với tháng 01/2021" in compared
    assert "Đến hết tháng 04/2021 hoặc muộn hơn." in compared
    assert "Đến hết tháng 01/2021 hoặc muộn hơn." in compared


def test_a_deadline_in_tet_warns_and_names_the_next_working_day(client: Client, settings: object) -> None:
    client.force_login(user(Role.DISTRICT_OFFICER))
    page = text_of(words_of(client, "/programmes/NGHE_THUAT/"))
    assert "Hạn 31/01/2022 rơi vào ngày nghỉ lễ." in page
    assert "ngày làm việc tiếp theo là 07/02/2022" in page
    assert "Đã quá hạn" not in page
    assert "rơi vào" not in words_of(client, "/programmes/DAO_TAO/")
    settings.BUSINESS_DATE = settings.BUSINESS_DATE.replace(2022, 2, 7)
    assert "Đã quá hạn" not in words_of(client, "/programmes/NGHE_THUAT/")
    settings.BUSINESS_DATE = settings.BUSINESS_DATE.replace(2022, 2, 8)
    assert "Đã quá hạn" in words_of(client, "/programmes/NGHE_THUAT/")


def test_a_version_says_whether_it_is_in_force(client: Client, settings: object) -> None:
    client.force_login(user(Role.DISTRICT_OFFICER))
    page = words_of(client, "/programmes/HO_KD/")
    assert "Đang áp dụng" in part_of(page, "v1")
    coming = part_of(page, "v2")
    assert "Hôm nay 27/09/2021 bản này chưa có hiệu lực" in coming
    assert "chỉ áp dụng với hồ sơ tiếp nhận từ ngày 08/10/2021" in coming
    settings.BUSINESS_DATE = settings.BUSINESS_DATE.replace(2021, 10, 8)
    page = words_of(client, "/programmes/HO_KD/")
    assert page.index('id="v2"') < page.index('id="v1"')
    ended = part_of(page, "v1")
    assert "Hôm nay 08/10/2021 bản này đã hết hiệu lực" in ended
    assert "hồ sơ tiếp nhận từ 07/07/2021 đến 07/10/2021 vẫn xét theo bản này" in ended


def test_cases_are_counted_by_version_and_only_those_of_the_reader(client: Client, tmp_path: Path) -> None:
    who = make.staff()
    make.draft_list(who, 3)
    client.force_login(who.officer)
    assert "Hồ sơ xét theo bản này 3" in text_of(words_of(client, PAGE))
    assert '<a href="/cases/?programme=LD_TU_DO">3</a>' in words_of(client, "/programmes/")
    corrected_file(tmp_path, "Bản sao CCCD hoặc CMND", "Bản chụp CCCD hoặc CMND")
    make.draft_list(who, 1)
    assert "Hồ sơ xét theo bản này 4" in text_of(words_of(client, PAGE))
    old = ProgrammeVersion.objects.get(programme="LD_TU_DO", is_current=False)
    page = words_of(client, f"{PAGE}?text={old.content_hash[:12]}")
    assert "Hồ sơ xét theo bản này 3" in part_of(page, f"v1-{old.content_hash[:12]}")
    client.force_login(user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT))
    assert "Hồ sơ xét theo bản này 0" in text_of(words_of(client, PAGE))


def test_case_and_list_lead_to_the_rules_that_judged_them(client: Client) -> None:
    who = make.staff()
    case_list = make.list_at_district(who)
    case = Case.objects.get(case_list=case_list)
    client.force_login(who.officer)
    for address in (f"/cases/{case.reference}/", f"/lists/{case_list.reference}/"):
        page = words_of(client, address)
        assert f'href="{PAGE}#v1"' in page
        assert f'<a href="{PAGE}#v1-unsure">Có 11 điểm chưa chắc chắn của chính sách</a>' in page
    assert 'id="v1-unsure"' in words_of(client, PAGE)


def test_a_text_that_was_replaced_is_read_from_the_cases_that_it_judged(
    client: Client, tmp_path: Path
) -> None:
    who = make.staff()
    case_list = make.list_at_district(who)
    case = Case.objects.get(case_list=case_list)
    corrected_file(tmp_path, "Bản sao CCCD hoặc CMND", "Bản chụp CCCD hoặc CMND")
    old = ProgrammeVersion.objects.get(pk=case.version_used_id)
    assert not old.is_current
    client.force_login(who.officer)
    newest = words_of(client, PAGE)
    assert "Bản chụp CCCD" in newest
    assert "Bản sao CCCD" not in newest
    short = old.content_hash[:12]
    assert f'href="{PAGE}?text={short}#v1-{short}"' in words_of(client, f"/cases/{case.reference}/")
    both = words_of(client, f"{PAGE}?text={short}")
    assert "Bản sao CCCD" in both
    assert "Bản này đã được thay" in both
    assert f'id="v1-{short}"' in both


@pytest.mark.parametrize("address", ["/programmes/", PAGE])
def test_the_same_queries_for_one_version_and_for_three(client: Client, address: str) -> None:
    client.force_login(user(Role.LEADER))
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    first = ProgrammeVersion.objects.get(programme="LD_TU_DO", is_current=True)
    for number in (2, 3):
        ProgrammeVersion.objects.create(
            programme_id="LD_TU_DO",
            code=f"v{number}",
            valid_from=first.valid_from.replace(month=first.valid_from.month + number),
            content_hash=str(number) * 64,
            definition=first.definition,
        )
    with CaptureQueriesContext(connection) as three:
        page = client.get(address).content.decode()
    assert 'v3"' in page
    expected = PAGE_QUERIES if address == PAGE else LIST_QUERIES
    assert (len(one), len(three)) == (expected, expected), [query["sql"][:120] for query in three]
