"""The pages of the programmes: who reads them, that nothing of the catalogue is left out, and what changed between versions."""

import html
import re
import tomllib
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import support_programs
from accounts.enums import Role
from support_programs.models import Case, ProgrammeVersion
from support_programs.rules.definition import Definition, read_definition
from support_programs.services.catalogue import load_catalogue
from tests.factories import cases as make
from tests.factories.people import OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
CATALOGUE = Path(support_programs.__file__).parent / "catalogue"
FILES = sorted(CATALOGUE.glob("*/*.toml"))
PAGE = "/programmes/LD_TU_DO/"
# session, user, roles, savepoint, fence, versions, all programmes, counts of cases, end of savepoint
PAGE_QUERIES = 9
LIST_QUERIES = 8


def rules_of(file: Path) -> Definition:
    return read_definition(tomllib.loads(file.read_text("utf-8")), file.name)


def words_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def text_of(page: str) -> str:
    """What is read on a page: without tags, in single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def part_of(page: str, anchor: str) -> str:
    """The section of one version, or the comparison, as text."""
    _before, _id, rest = page.partition(f'<section class="version mb-3" id="{anchor}"')
    assert rest, anchor
    return text_of("<section " + rest.partition('<section class="version mb-3"')[0])


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("address", ["/programmes/", PAGE])
def test_readers_of_records_or_figures_read_the_rules(client: Client, role: Role, address: str) -> None:
    client.force_login(user(role, area="89" if role in (Role.AUDITOR, Role.LEADER) else None))
    expected = 403 if role is Role.ADMINISTRATOR else 200
    assert client.get(address).status_code == expected


def test_nobody_signed_in_is_sent_to_sign_in(client: Client) -> None:
    for address in ("/programmes/", PAGE):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_everything_of_the_catalogue_is_on_the_page_of_its_version(client: Client, file: Path) -> None:
    rules = rules_of(file)
    client.force_login(user(Role.LEADER))
    page = words_of(client, f"/programmes/{rules.programme}/")
    part = part_of(page, rules.code)
    shown = [
        *(rules.summary, rules.where, rules.amount.label, rules.amount.article, *rules.amount.describe()),
        *(
            text
            for rule in rules.criteria
            for text in (rule.statement, rule.article, rule.confirm, rule.remedy)
        ),
        *(rule.test.describe() for rule in rules.criteria),
        *(text for extra in rules.supplements for text in (extra.describe(), extra.article)),
        *(text for paper in rules.evidence for text in (paper.name, paper.article)),
        *(text for exclude in rules.excludes for text in (exclude.statement, exclude.article)),
        *(text for field in rules.fields for text in (field.label, field.help, field.article)),
        *(label for field in rules.fields for _code, label in field.choices),
        *(step.article for step in rules.chain),
        *(text for basis in rules.legal_basis for text in (basis.document, basis.title, basis.article)),
        *(text for stream in rules.streams for text in (stream.name, stream.fund)),
        *(group.label for group in rules.occupation_groups),
        *rules.refusal_reasons,
    ]
    assert [text for text in shown if " ".join(text.split()) not in part] == []
    assert rules.name in page
    compared = part_of(page, "compare") if rules.changes else ""
    assert [text for text in rules.changes if text not in compared] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_doubt_is_counted_listed_and_marked_where_its_part_stands(client: Client, file: Path) -> None:
    rules = rules_of(file)
    client.force_login(user(Role.LEADER))
    page = words_of(client, f"/programmes/{rules.programme}/")
    part = part_of(page, rules.code)
    marked = [each for each in (*rules.criteria, *rules.supplements, *rules.excludes) if each.verify]
    marked += [each for each in (*rules.fields, *rules.chain) if each.verify]
    assert rules.unsure_count == len(rules.unsure) + len(marked) > 0
    assert f"{rules.unsure_count} điểm" in part
    assert f'id="{rules.code}-unsure"' in page
    assert [doubt for doubt in rules.unsure if doubt not in part] == []
    # once where the part stands, and once in the list of what must be asked
    assert part.count("Chưa chắc chắn Cần xác minh:") == len(marked)
    for each in marked:
        assert f"Chưa chắc chắn Cần xác minh: {each.verify}" in part
        assert part.count(each.verify) >= 2
    assert ("Chưa ai đối chiếu với văn bản gốc" in part) is not bool(rules.verified_by)


def test_limits_days_and_who_checked_are_in_words(client: Client) -> None:
    client.force_login(user(Role.COMMUNE_OFFICER))
    page = text_of(words_of(client, PAGE))
    for words in (
        "06/08/2021 – chưa định ngày hết",
        "31/12/2021",
        "1.500.000 đ",
        "Từ đủ 15 tuổi vào ngày tiếp nhận hồ sơ.",
        "Dưới 1.500.000 đồng/tháng ở nông thôn, 2.000.000 đồng/tháng ở thành thị.",
        "Từ ngày 01/05/2021 đến hết ngày 31/12/2021.",
        "Một trong 9 nhóm công việc ở dưới.",
        "Tổng 10 ngày làm việc",
        "nằm trong thời hạn của bước trước",
        "Sở LĐ-TBXH và Sở Tài chính",
        "không quy định hạn",
        "Chưa ai đối chiếu với văn bản gốc",
        "Độ tin cậy thấp",
        "Chỉ khi «Cư trú tại An Giang»: Tạm trú, có xác nhận của công an cấp xã.",
    ):
        assert words in page, words
    assert "So sánh các bản" not in page


def test_a_programme_links_to_those_that_shut_it_out(client: Client) -> None:
    client.force_login(user(Role.COMMUNE_OFFICER))
    page = words_of(client, PAGE)
    for code in ("TAM_HOAN", "NGUNG_VIEC", "CHAM_DUT", "NGHE_THUAT", "HDV_DL", "HO_KD"):
        assert f'href="/programmes/{code}/"' in page, code
    for code in ("F0_F1", "DAO_TAO"):
        assert f'href="/programmes/{code}/"' not in page, code


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


@pytest.mark.parametrize("code", ["HTTT", "TNLD_BNN", "VAY_VON"])
def test_what_another_agency_decides_is_said(client: Client, code: str) -> None:
    client.force_login(user(Role.PROVINCIAL_REVIEWER))
    page = text_of(words_of(client, f"/programmes/{code}/"))
    assert "Cơ quan khác quyết định; Sở theo dõi số liệu." in page
    assert "UBND tỉnh" not in page
    assert "Không chi qua hệ thống này." in page


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


def test_all_programmes_stand_in_their_group_and_in_the_order_of_the_resolution(client: Client) -> None:
    client.force_login(user(Role.LEADER))
    page = words_of(client, "/programmes/")
    cash, elsewhere, duty = page.split('aria-labelledby="group-')[1:]
    codes = [
        re.findall(r'class="name" href="/programmes/(\w+)/"', group) for group in (cash, elsewhere, duty)
    ]
    assert codes[0][:4] == ["DAO_TAO", "TAM_HOAN", "NGUNG_VIEC", "CHAM_DUT"]
    assert codes[0][-1] == "LD_TU_DO"
    assert set(codes[1]) == {"TNLD_BNN", "HTTT", "VAY_VON"}
    assert sorted(code for group in codes for code in group) == sorted({file.parent.name for file in FILES})
    said = text_of(page)
    for words in (
        "Từ 15 đến 29 ngày: 1.855.000 đồng.",
        "và 2 khoản hỗ trợ thêm",
        "31/01/2022 ngày nghỉ, đến 07/02/2022",
        "Cơ quan khác quyết định; Sở theo dõi số liệu",
        "UBND cấp xã nơi có địa điểm kinh doanh",
        "16 điểm chưa chắc chắn",
    ):
        assert words in said, words


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


def test_papers_of_a_case_are_those_that_its_facts_ask_for(client: Client) -> None:
    who = make.staff()
    case = Case.objects.get(case_list=make.draft_list(who))
    client.force_login(who.officer)
    papers = text_of(words_of(client, f"/cases/{case.reference}/")).partition("Giấy tờ phải có")[2]
    assert "Bản sao CCCD hoặc CMND QĐ 1856/QĐ-UBND" in papers
    assert "(nếu nộp ở nơi tạm trú) QĐ 1856/QĐ-UBND Tùy trường hợp" in papers
    assert "Evidence(" not in papers


def test_the_setting_on_posting_days_is_said(client: Client, settings: object) -> None:
    settings.POSTING_INSIDE_REVIEW = False
    client.force_login(user(Role.COMMUNE_OFFICER))
    page = words_of(client, PAGE)
    assert "Tổng 12 ngày làm việc" in page
    assert "theo cài đặt của hệ thống" in page
    assert "nằm trong thời hạn của bước trước" not in page


def test_case_and_list_lead_to_the_rules_that_judged_them(client: Client) -> None:
    who = make.staff()
    case_list = make.list_at_district(who)
    case = Case.objects.get(case_list=case_list)
    client.force_login(who.officer)
    for address in (f"/cases/{case.reference}/", f"/lists/{case_list.reference}/"):
        page = words_of(client, address)
        assert f'href="{PAGE}#v1"' in page
        assert f'<a href="{PAGE}#v1-unsure">Có 10 điểm chưa chắc chắn của chính sách</a>' in page
    assert 'id="v1-unsure"' in words_of(client, PAGE)


def corrected_file(folder: Path, old: str, new: str) -> None:
    """The catalogue with one text changed, loaded beside the old one."""
    text = (CATALOGUE / "LD_TU_DO" / "v1.toml").read_text("utf-8")
    assert old in text
    (folder / "LD_TU_DO").mkdir()
    (folder / "LD_TU_DO" / "v1.toml").write_text(text.replace(old, new), "utf-8")
    load_catalogue(folder)


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


@pytest.mark.parametrize("address", ["/programmes/KHONG_CO/", f"{PAGE}?text=khongco"])
def test_what_is_not_there_answers_404(client: Client, address: str) -> None:
    client.force_login(user(Role.LEADER))
    assert client.get(address).status_code == 404


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
