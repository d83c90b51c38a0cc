"""The further columns of a programme's list: found by their headers, read into facts, judged with their row."""

import datetime as dt
from dataclasses import replace

import pytest

from beneficiaries.imports.checking import CheckedRow
from beneficiaries.imports.extra_columns import ExtraColumn
from beneficiaries.imports.file_check import ListCheck, open_list
from beneficiaries.imports.findings import message_of
from beneficiaries.imports.headers import field_of
from beneficiaries.imports.profile import ImportProfile, register_profile
from beneficiaries.queries.import_pages import SUGGESTED
from beneficiaries.rules.addresses import Communes
from core.spreadsheets.reading import read_pasted, read_workbook
from tests.beneficiaries.employer_lists import EXTRA, FIRST_ROW, SUSPENSION, form_05, worker
from tests.beneficiaries.imports.truth import BUSINESS_DATE, PROFILE, communes_seen_from
from tests.beneficiaries.lists import HEADER


def opened(content: bytes, profile: ImportProfile = SUSPENSION, *, is_pasted: bool = False) -> ListCheck:
    return open_list(
        read_pasted(content.decode()) if is_pasted else read_workbook(content, "ds"),
        profile=profile,
        communes=Communes([], "89888", desk="Huyện Phú Tân"),
        business_date=BUSINESS_DATE,
    )


def first(*workers: list[object]) -> CheckedRow:
    return next(row for row, _cells in opened(form_05(*workers)).rows())


def codes(row: CheckedRow) -> set[str]:
    return {finding.code for finding in row.findings}


def test_the_form_of_the_state_is_read_whole() -> None:
    check = opened(form_05(worker("Nguyễn Văn An", is_pregnant="x"), worker("Lê Thị Ba", "089185000222")))
    assert check.layout.header_rows == (4, 6)
    assert check.layout.letters == {
        "stt": "A",
        "full_name": "B",
        "id_number": "C",
        "dob": "D",
        "department": "E",
        "contract_kind": "F",
        "contract_start": "G",
        "insurance_number": "H",
        "event_start": "I",
        "event_end": "J",
        "is_pregnant": "K",
        "children_under_6": "L",
        "account": "M",
        "bank": "N",
    }
    rows = [row for row, _cells in check.rows()]
    assert [row.row_number for row in rows] == [FIRST_ROW, FIRST_ROW + 1]
    assert [row.outcome for row in rows] == ["ok", "ok"]
    assert rows[0].values["facts"] == {
        "department": "Tổ may 2",
        "contract_kind": "fixed",
        "contract_start": "2019-02-01",
        "insurance_number": "8912345678",
        "event_start": "2021-08-01",
        "event_end": "2021-09-10",
        "is_pregnant": True,
        "children_under_6": 1,
    }
    # an empty cell is not known, and not a no
    assert "is_pregnant" not in rows[1].values["facts"]
    assert (rows[0].values["amount"], rows[0].values["dob"]) == (None, "1985-03-02")
    assert "TOTAL_MISMATCH" not in {finding.code for finding, _row in check.file_findings()}


def test_the_days_of_an_event_are_no_births_also_where_no_birth_is_named() -> None:
    text = "Họ và tên\tSố CCCD\tNgày bắt đầu tạm hoãn\tNgày ký hợp đồng\nNguyễn Văn An\t089085000111\t01/08/2021\t01/02/2019\n"
    check = opened(text.encode(), is_pasted=True)
    assert check.layout.letters == {"full_name": "A", "id_number": "B", "event_start": "C"}


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (["Ngày bắt đầu tạm hoãn (ngày, tháng, năm)"], "event_start"),
        (["Thời gian nghỉ", "Từ ngày, tháng, năm"], "event_start"),
        (["Thời gian nghỉ", "Đến ngày"], "event_end"),
        (["Ngày, tháng, năm sinh"], "dob"),
        (["Năm sinh", "Nam"], "dob_m"),
        (["Ngày tháng năm sinh", "Ngày"], "dob_day"),
        (["Tiền lương"], "wage"),
        (["Số tiền đề nghị"], "amount"),
        (["Số tài khoản"], "account"),
        (["Thời điểm bắt đầu"], "contract_start"),
        # the longest text wins
        (["Thời điểm bắt đầu, từ ngày"], "contract_start"),
        (["Đóng BHXH", "Tháng đóng đầu"], "first_month"),
        # what says more of the header, and what names the person
        (["Số tài khoản ngân hàng đóng BHXH"], "account"),
        (["Họ tên người lao động, phòng ban"], "full_name"),
        (["Họ tên con, số con dưới 6 tuổi"], "children_under_6"),
    ],
)
def test_what_a_header_means(path: list[str], field: str) -> None:
    assert field_of(path, EXTRA) == field


def test_without_further_columns_headers_mean_what_they_meant() -> None:
    assert field_of(["Ngày bắt đầu (ngày tháng năm)"]) == "dob" or field_of(["Ngày tháng năm"]) == "dob"
    assert [field_of([title]) for title in HEADER] == [field_of([title], EXTRA) for title in HEADER]
    assert PROFILE.extra == ()


def test_a_heading_of_a_group_is_no_header() -> None:
    content = form_05("II. LAO ĐỘNG ĐANG MANG THAI", worker("Lê Thị Ba", "089185000222"))
    check = opened(content)
    assert check.layout.header_rows == (4, 6)
    assert [row.values["full_name"] for row, _cells in check.rows()] == ["Lê Thị Ba"]


@pytest.mark.parametrize(
    ("code", "cell", "finding", "words"),
    [
        ("event_start", "31/09/2021", "EXTRA_NO_DATE", "ngày/tháng/năm"),
        ("event_end", "đang nghỉ", "EXTRA_NO_DATE", "ngày/tháng/năm"),
        ("is_pregnant", "tháng 5", "EXTRA_NO_FLAG", "x hoặc có"),
        ("children_under_6", "hai", "EXTRA_NO_NUMBER", "chữ số"),
        ("children_under_6", 13, "EXTRA_OUT_OF_RANGE", "0 – 12"),
        (
            "contract_kind",
            "thử việc",
            "EXTRA_NO_CHOICE",
            "Xác định thời hạn; Không xác định thời hạn; Thời vụ",
        ),
    ],
)
def test_a_cell_that_can_not_be_read_is_an_error_that_names_row_column_and_remedy(
    code: str, cell: object, finding: str, words: str
) -> None:
    row = first(worker("Lê Thị Ba", "089185000222", **{code: cell}))
    assert row.outcome == "error"
    found = next(one for one in row.findings if one.code == finding)
    assert found.field == code
    label = next(str(extra.label) for extra in EXTRA if extra.code == code)
    message = message_of(found, row.row_number)
    for part in (f"Dòng {FIRST_ROW}:", label, str(cell), words):
        assert part in message
    assert code not in row.values["facts"] or finding == "EXTRA_OUT_OF_RANGE"


@pytest.mark.parametrize(
    ("start", "end", "finding", "outcome"),
    [
        ("01/08/2021", "31/07/2021", "EVENT_ENDS_EARLY", "error"),
        ("01/08/2021", "05/09/2022", "EVENT_TOO_LONG", "error"),
        ("01/08/2021", "04/09/2022", "", "ok"),
        ("01/08/2021", "", "", "ok"),
        ("31/12/2020", "10/01/2021", "EVENT_UNLIKELY", "warn"),
        ("28/09/2022", "", "EVENT_UNLIKELY", "warn"),
        ("27/09/2022", "", "", "ok"),
    ],
)
def test_spans_that_can_not_have_been(start: str, end: str, finding: str, outcome: str) -> None:
    assert dt.date(2021, 9, 27) == BUSINESS_DATE
    row = first(worker("Lê Thị Ba", "089185000222", event_start=start, event_end=end))
    assert codes(row) == ({finding} if finding else set())
    assert row.outcome == outcome


def test_an_amount_that_follows_from_the_facts_is_not_asked_for() -> None:
    header = "Họ và tên\tNgày sinh\tSố CCCD\tSố tiền\n"
    lines = [
        f"Nguyễn Văn An\t02/03/1985\t08908500011{n}\t{cell}\n"
        for n, cell in enumerate(["", "theo luật", "3.710.000"])
    ]
    rows = [row for row, _cells in opened((header + "".join(lines)).encode(), is_pasted=True).rows()]
    assert [row.values["amount"] for row in rows] == [None, None, 3_710_000]
    assert not {code for row in rows for code in codes(row)} & {"AMOUNT_MISSING", "AMOUNT_WRONG"}


def test_money_in_the_unit_of_its_header() -> None:
    text = "Họ và tên\tNgày sinh\tSố CCCD\tTiền lương (nghìn đồng)\nNguyễn Văn An\t02/03/1985\t089085000111\t4.420\n"
    row = next(row for row, _cells in opened(text.encode(), is_pasted=True).rows())
    assert row.values["facts"] == {"wage": 4_420_000}


def test_days_of_a_list_that_writes_the_month_first_are_asked_about() -> None:
    workers = [
        worker(
            f"Nguyễn Văn {name}",
            f"0890850001{n}1",
            born=born,
            contract_start="",
            event_start="08/05/2021",
            event_end="",
        )
        for n, (name, born) in enumerate([("An", "03/25/1985"), ("Ba", "04/26/1985"), ("Cư", "05/06/1985")])
    ]
    row = [row for row, _cells in opened(form_05(*workers)).rows()][2]
    found = next(finding for finding in row.findings if finding.code == "EXTRA_MONTH_FIRST")
    assert (found.field, found.found, found.expected) == ("event_start", "08/05/2021", "05/08/2021")


def test_a_list_of_a_district_may_name_any_commune_as_home() -> None:
    check = open_list(
        read_pasted(
            "Họ và tên\tNgày sinh\tSố CCCD\tĐịa chỉ\n"
            "Nguyễn Văn An\t02/03/1985\t089085000111\tẤp 1, xã Phú Thạnh, huyện Phú Tân\n"
            "Lê Văn Ba\t02/03/1985\t089085000222\tXã Phú Hội, huyện An Phú\n"
        ),
        profile=replace(PROFILE, levels=("district",)),
        communes=Communes([], "89888", ["Huyện Phú Tân", "Tỉnh An Giang"], "Huyện Phú Tân"),
        business_date=BUSINESS_DATE,
    )
    assert [codes(row) for row, _cells in check.rows()] == [set(), set()]
    known = communes_seen_from("30406")
    assert {finding.code for finding in known.read("Xã Phú Hội, huyện An Phú")[1]} & {
        "WRONG_COMMUNE",
        "ADDRESS_ELSEWHERE",
    }


def test_a_list_headed_by_the_office_of_another_district_is_held_back() -> None:
    communes = Communes([], "89888", ["Huyện Phú Tân", "Phú Tân", "Tỉnh An Giang"], "Huyện Phú Tân")
    assert communes.stranger_in(["Kính gửi: UBND huyện Phú Tân", "Công ty A, xã Phú Hội"]) is None
    stranger = communes.stranger_in(["Kính gửi: UBND huyện Châu Phú"])
    assert stranger is not None
    assert (stranger.name, communes.own_name) == ("huyện Châu Phú", "Huyện Phú Tân")


def test_a_further_column_can_not_take_the_code_of_a_common_one() -> None:
    wrong = ExtraColumn("job", "Công việc", "text", ("công việc",))
    with pytest.raises(ValueError, match="job"):
        register_profile(replace(SUSPENSION, extra=(wrong,)))


def test_only_turned_days_are_offered_by_a_click() -> None:
    row = first(worker("Lê Thị Ba", "089185000222", event_start="08/25/2021", event_end="31/09/2021"))
    offered = {finding.field: finding.suggestion for finding in row.findings if finding.code in SUGGESTED}
    assert offered == {"event_start": "25/08/2021", "event_end": ""}
