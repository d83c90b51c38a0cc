"""The page of a programme's rules: who reads it, and that nothing of the catalogue that is unsure is left out."""

import html
import tomllib
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import support_programs
from accounts.enums import Role
from support_programs.models import Case, ProgrammeVersion
from support_programs.services.catalogue import load_catalogue
from tests.factories import cases as make
from tests.factories.people import user

pytestmark = pytest.mark.django_db
CATALOGUE = Path(support_programs.__file__).parent / "catalogue"
FILES = sorted(CATALOGUE.glob("*/*.toml"))
PAGE = "/programmes/LD_TU_DO/"


def texts(value: object) -> list[str]:
    """Every text of a parsed file, whatever holds it."""
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in inside for text in texts(part)]


def words_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


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
def test_every_rule_and_every_doubt_of_the_catalogue_is_on_the_page(client: Client, file: Path) -> None:
    rules = tomllib.loads(file.read_text("utf-8"))
    client.force_login(user(Role.LEADER))
    page = words_of(client, f"/programmes/{rules['programme']}/")
    doubts = [*rules["unsure"], *(rule["verify"] for rule in rules["criteria"] if rule.get("verify"))]
    assert doubts
    assert [text for text in doubts if text not in page] == []
    assert f"{len(doubts)} điểm" in page
    shown = [
        rules["name"],
        *rules["evidence"],
        *rules["refusal_reasons"],
        *(
            rule[key]
            for rule in rules["criteria"]
            for key in ("statement", "article", "confirm", "remedy")
            if key in rule
        ),
        *(part for basis in rules["legal_basis"] for part in texts(basis)),
        *(part for stream in rules["streams"] for part in (stream["name"], stream["fund"])),
        *(group["label"] for group in rules["occupation_groups"]),
        rules["amount"]["label"],
        rules["amount"]["article"],
    ]
    assert [text for text in shown if text not in page] == []


def test_limits_days_and_who_checked_are_in_words(client: Client) -> None:
    client.force_login(user(Role.COMMUNE_OFFICER))
    page = words_of(client, PAGE)
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
        "Chưa có ai đối chiếu",
        "Độ tin cậy thấp",
        "Hệ thống chưa có chính sách nào khác cùng nhóm.",
    ):
        assert words in page, words


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
    assert len(one) == len(three) <= 8, [query["sql"][:120] for query in three]
