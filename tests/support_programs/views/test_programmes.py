"""The pages of the programmes: who reads them, and that nothing of the catalogue is left out."""

import re
from pathlib import Path

import pytest
from django.test import Client

from accounts.enums import Role
from support_programs.models import Case
from tests.factories import cases as make
from tests.factories.people import user
from tests.support_programs.views.programme_text import FILES, PAGE, part_of, rules_of, text_of, words_of

pytestmark = pytest.mark.django_db


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
    marked += [each for each in (*rules.fields, *rules.chain, *rules.registers) if each.verify]
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


@pytest.mark.parametrize("code", ["HTTT", "TNLD_BNN", "VAY_VON"])
def test_what_another_agency_decides_is_said(client: Client, code: str) -> None:
    client.force_login(user(Role.PROVINCIAL_REVIEWER))
    page = text_of(words_of(client, f"/programmes/{code}/"))
    assert "Cơ quan khác quyết định; Sở theo dõi số liệu." in page
    assert "UBND tỉnh" not in page
    assert "Không chi qua hệ thống này." in page


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


def test_papers_of_a_case_are_those_that_its_facts_ask_for(client: Client) -> None:
    who = make.staff()
    case = Case.objects.get(case_list=make.draft_list(who))
    client.force_login(who.officer)
    papers = text_of(words_of(client, f"/cases/{case.reference}/")).partition("giấy tờ bắt buộc")[2]
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


@pytest.mark.parametrize("address", ["/programmes/KHONG_CO/", f"{PAGE}?text=khongco"])
def test_what_is_not_there_answers_404(client: Client, address: str) -> None:
    client.force_login(user(Role.LEADER))
    assert client.get(address).status_code == 404
