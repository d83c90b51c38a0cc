"""A row copied from Excel, with and without its header: what goes where, and that nothing of it is dropped unseen."""

import pytest

from support_programs.queries.claims import rules_of_today
from support_programs.queries.entry_rows import PastedRow, columns_to_choose, read_row
from support_programs.rules.definition import Definition
from tests.factories.people import COMMUNE

pytestmark = pytest.mark.django_db

HEADER = "STT\tHọ và tên\tNgày sinh\tGiới tính\tSố CCCD\tẤp\tNghề nghiệp\tSố điện thoại\tGhi chú"
ROW = "12\tNGUYỄN THỊ LÀNH\t5/9/85\tNữ\t089185000123\tẤp Mỹ Lương\tBán vé số dạo\t0913456788\tđã đối chiếu"


@pytest.fixture
def workers() -> Definition:
    return rules_of_today()["LD_TU_DO"]


def places(row: PastedRow) -> dict[str, str]:
    """Letter -> field of the form."""
    return {cell.letter: cell.target for cell in row.cells if cell.target}


def test_the_header_says_what_the_cells_are(workers: Definition) -> None:
    row = read_row(f"{HEADER}\n{ROW}", workers, COMMUNE)
    assert places(row) == {
        "B": "applicant-full_name",
        "C": "applicant-dob",
        "D": "applicant-sex",
        "E": "applicant-id_number",
        "F": "applicant-address",
        "G": "applicant-job",
        "H": "applicant-phone",
    }
    assert row.values == {
        "applicant-full_name": "Nguyễn Thị Lành",
        "applicant-dob": "05/09/1985",
        "applicant-sex": "Nữ",
        "applicant-id_number": "089185000123",
        "applicant-address": "Ấp Mỹ Lương",
        "applicant-job": "Bán vé số dạo",
        "applicant-phone": "0913456788",
    }
    assert [(cell.letter, cell.text) for cell in row.unplaced] == [("I", "đã đối chiếu")]


def test_without_a_header_the_cells_speak(workers: Definition) -> None:
    row = read_row(ROW, workers, COMMUNE)
    assert places(row)["B"] == "applicant-full_name"
    assert row.values["applicant-id_number"] == "089185000123"
    assert row.values["applicant-dob"] == "05/09/1985"
    assert row.values["applicant-job"] == "Bán vé số dạo"
    assert row.values["applicant-address"] == "Ấp Mỹ Lương"
    assert "đã đối chiếu" in [cell.text for cell in row.unplaced]
    assert "12" not in [cell.text for cell in row.unplaced]


def test_what_the_officer_says_goes_before_every_guess(workers: Definition) -> None:
    row = read_row("Lê Văn A\t1990\tĐan lát\t089090000111", workers, COMMUNE)
    assert [cell.text for cell in row.unplaced] == ["Đan lát"]
    told = read_row("Lê Văn A\t1990\tĐan lát\t089090000111", workers, COMMUNE, {3: "job", 2: ""})
    assert told.values["applicant-job"] == "Đan lát"
    assert "applicant-dob" not in told.values
    assert [cell.text for cell in told.unplaced] == ["1990"]


def test_a_cell_that_cannot_be_read_goes_to_its_field_as_it_stands(workers: Definition) -> None:
    row = read_row(f"{HEADER}\n1\tLê Văn B\t31/2/1985\tnam\t08918\tẤp Mỹ Hóa\txe ôm\t12\t", workers, COMMUNE)
    assert row.values["applicant-dob"] == "31/2/1985"
    assert row.values["applicant-id_number"] == "08918"
    assert row.values["applicant-sex"] == "Nam"


def test_further_columns_of_the_programme_become_answers() -> None:
    treated = rules_of_today()["F0_F1"]
    codes = [field.code for field in treated.fields if field.columns]
    assert {"event_start", "event_end"} <= set(codes)
    labels = {field.code: field.columns[0] for field in treated.fields if field.columns}
    text = (
        f"Họ và tên\tNăm sinh\tSố CCCD\t{labels['event_start']}\t{labels['event_end']}\n"
        "Trần Văn C\t1979\t089079000321\t1/8/2021\t10/8/2021"
    )
    row = read_row(text, treated, COMMUNE)
    assert row.values["answers-event_start"] == "01/08/2021"
    assert row.values["answers-event_end"] == "10/08/2021"


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "Chưa có gì"), (HEADER, "Chỉ thấy dòng tiêu đề"), ("x" * 20_001, "quá dài")],
)
def test_what_is_no_row_is_told(workers: Definition, text: str, words: str) -> None:
    row = read_row(text, workers, COMMUNE)
    assert (row.cells, row.values) == ((), {})
    assert words in row.problem


def test_further_rows_are_counted_and_not_read(workers: Definition) -> None:
    row = read_row(f"{HEADER}\n{ROW}\n{ROW}\n{ROW}", workers, COMMUNE)
    assert row.more == 2


def test_only_what_the_form_has_a_place_for_can_be_chosen(workers: Definition) -> None:
    codes = {code for code, _label in columns_to_choose(workers)}
    assert {"full_name", "job", "account"} <= codes
    assert not {"stt", "sign", "note", "amount"} & codes
