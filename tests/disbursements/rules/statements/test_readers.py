"""What readers of statements and result files make of them; no database."""

import datetime as dt

import pytest

from core.references import format_reference
from core.spreadsheets.reading import read_pasted, read_workbook
from core.text import search_key
from disbursements.rules.statements import (
    Direction,
    Said,
    Unreadable,
    bank_reason,
    instruction_references,
    kind_of_file,
    read_camt053,
    read_mt940,
    read_result_table,
    reason_code_of,
)
from disbursements.rules.statements.amounts import amount_in, whole_dong
from disbursements.rules.statements.columns import day_of
from disbursements.rules.statements.names import is_same_name
from disbursements.rules.statements.references import masked_text
from disbursements.rules.statements.table import said_by_bank
from disbursements.rules.statements.words import result_words
from tests.factories.statements import ACCOUNT, Moved, camt053, check_schema, mt940

REFERENCE = format_reference("LC", 2021, 12)
PLAIN = REFERENCE.replace("-", "")
OTHER = format_reference("LC", 2021, 13)


class TestReferences:
    """F18: whatever a bank does to the field, one instruction is found."""

    @pytest.mark.parametrize(
        "text",
        [
            PLAIN,
            PLAIN.lower(),
            REFERENCE,
            f"{PLAIN}  "[:16],
            f"CHI HO TRO {PLAIN} NGUYEN VAN A",
            f"MBVCB.123.{PLAIN}.CT tu 015",
            f"{PLAIN}20210928",
            f"noi dung:{PLAIN[:6]} {PLAIN[6:10]} {PLAIN[10:]}",
            f"Chi hỗ trợ {PLAIN}",
            f"?20CHI?21{PLAIN}?32A",
        ],
    )
    def test_it_is_found_anywhere(self, text: str) -> None:
        assert instruction_references(text) == (REFERENCE,)

    def test_a_wrong_check_digit_is_none(self) -> None:
        wrong = PLAIN[:-1] + str((int(PLAIN[-1]) + 1) % 10)
        assert instruction_references(wrong, "phi SMS 11000", "") == ()

    def test_two_are_told_apart_and_one_twice_is_one(self) -> None:
        assert instruction_references(PLAIN, f"{REFERENCE} {OTHER}") == (REFERENCE, OTHER)

    def test_the_plain_form_has_room_in_a_field_of_16(self) -> None:
        assert len(PLAIN) == 14


def test_long_numbers_are_masked_and_references_stay() -> None:
    assert (
        masked_text(f"tk 0151000123456 {PLAIN} {REFERENCE} 1.500.000 d")
        == f"tk •••456 {PLAIN} {REFERENCE} 1.500.000 d"
    )


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1,500,000.00 VND", 1_500_000),
        ("1.500.000", 1_500_000),
        ("1 500 000", 1_500_000),
        ("1500000,00", 1_500_000),
        ("1.500,00", 1500),
        ("-1500000", None),
        ("(1.500.000)", None),
        ("1.50.000", None),
        ("1500000,5", None),
        (-5, None),
        ("abc", None),
        ("=1+1", None),
    ],
)
def test_amounts_of_banks(cell: object, amount: int | None) -> None:
    assert amount_in(cell) == amount  # type: ignore[arg-type]


def test_amounts_of_fields() -> None:
    assert [whole_dong(text) for text in ("1500000,", "1500000.00", "1500000,5", "abc", "1e30", "NaN")] == [
        1_500_000,
        1_500_000,
        None,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("28/09/2021", dt.date(2021, 9, 28)),
        ("28-9-2021 08:15", dt.date(2021, 9, 28)),
        ("2021-09-28", dt.date(2021, 9, 28)),
        ("20210928", dt.date(2021, 9, 28)),
        (dt.date(2021, 9, 28), dt.date(2021, 9, 28)),
        ("31/02/2021", None),
        ("hôm nay", None),
    ],
)
def test_days(cell: object, day: dt.date | None) -> None:
    assert day_of(cell) == day  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("Thành công", Said.PAID),
        ("Giao dịch thành công", Said.PAID),
        ("Không thành công", Said.FAILED),
        ("Từ chối", Said.FAILED),
        ("Hoàn trả", Said.UNPAID),
        ("Đang xử lý", Said.PENDING),
        ("", Said.NOTHING),
        ("???", Said.NOTHING),
        ("xyz", Said.UNREADABLE),
    ],
)
def test_words_of_banks(word: str, said: Said) -> None:
    assert said_by_bank(word) is said


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Sai số tài khoản", "wrong_account"),
        ("AC04", "closed_account"),
        ("RETURN AC01 INCORRECT", "wrong_account"),
        ("Vắng mặt", "absent"),
        ("Tài khoản đã đóng hoặc bị khóa", "closed_account"),
        ("Tên chủ tài khoản chưa khớp", "other_name"),
        ("Đã mất", "deceased"),
        ("Đi làm xa", "absent"),
        ("Thông tin người nhận chưa khớp giấy tờ", "wrong_person"),
        ("mưa to", "other"),
        ("MACAC04X", "other"),
    ],
)
def test_reasons(words: str, code: str) -> None:
    assert reason_code_of(words) == code


def test_a_code_has_vietnamese_words() -> None:
    found = bank_reason("rtr ac04")
    assert found is not None
    assert (found.code, found.words) == ("AC04", "Tài khoản đã đóng")


def test_every_known_word_is_in_the_form_that_is_compared() -> None:
    words = result_words()
    for group in (words.table, words.list, words.list_results, words.bank_results, words.reasons):
        for known in group.values():
            assert [word for word in known if search_key(word) != word] == []


@pytest.mark.parametrize(
    ("typed", "ours", "same"),
    [
        ("NGUYEN THI HOA", "Nguyễn Thị Hoa", True),
        ("HOA NGUYEN THI", "Nguyễn Thị Hoa", True),
        ("BA NGUYEN THI HOA", "Nguyễn Thị Hoa", True),
        ("NGUYENTHIHOA", "Nguyễn Thị Hoa", True),
        ("TRAN THI HOA", "Nguyễn Thị Hoa", False),
        ("NGUYEN THI", "Nguyễn Thị Hoa", False),
        ("CONG TY TNHH MOT THANH VIEN PHU", "Công ty TNHH Một thành viên Phú Tân An Giang", True),
    ],
)
def test_names(typed: str, ours: str, same: bool) -> None:
    assert is_same_name(typed, ours) is same


MOVED = [
    Moved(1_500_000, PLAIN, text="CHI HO TRO", account="0711000111222", name="NGUYEN VAN A"),
    Moved(1_500_000, PLAIN, is_out=False, text="RETURN", code="AC04", bank_reference="FT2"),
    Moved(11_000, text="PHI CHUYEN TIEN"),
]


@pytest.mark.parametrize("kind", ["mt940", "02", "08"])
def test_one_shape_for_every_statement(kind: str) -> None:
    content = mt940(MOVED) if kind == "mt940" else camt053(MOVED, version=kind)
    if kind != "mt940":
        check_schema(content, kind)
    assert kind_of_file(content) == ("mt940" if kind == "mt940" else "camt053")
    read = read_mt940(content.decode()) if kind == "mt940" else read_camt053(content)
    assert (read.account, read.opening, read.closing) == (ACCOUNT, 10**9, 10**9 - 11_000)
    assert (read.period_from, read.period_to) == (dt.date(2021, 9, 27), dt.date(2021, 9, 28))
    out, back, fee = read.lines
    assert (out.row, out.reference, out.amount, out.direction, out.said) == (
        1,
        REFERENCE,
        1_500_000,
        Direction.DEBIT,
        Said.PAID,
    )
    assert (out.account, out.name, out.booked_on) == ("0711000111222", "NGUYEN VAN A", dt.date(2021, 9, 28))
    assert (back.said, back.bank_code, back.reason) == (Said.UNPAID, "AC04", "Tài khoản đã đóng")
    assert (fee.reference, fee.typed_reference, fee.amount) == ("", "", 11_000)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (mt940(MOVED, is_cut=True), "TRUNCATED"),
        (mt940(MOVED)[:250], "TRUNCATED"),
        (mt940(MOVED, closing=5), "SUM_DIFFERS"),
        (mt940(MOVED, currency="USD"), "OTHER_CURRENCY"),
        (mt940(MOVED) + b"\r\n" + mt940(MOVED, account="0999"), "TWO_ACCOUNTS"),
        (mt940(MOVED).replace(b":61:210928", b":61:219928"), "STATEMENT_BROKEN"),
        (b":20:x\r\n:25:y\r\n", "TRUNCATED"),
    ],
)
def test_messages_that_are_no_whole_statement(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_mt940(content.decode())
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (camt053(MOVED)[:-300], "TRUNCATED"),
        (camt053(MOVED)[:80], "TRUNCATED"),
        (camt053(MOVED).replace(b"</Ntry>", b"</Entry>", 1), "BROKEN_XML"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + camt053(MOVED), "ENTITIES"),
        (camt053(MOVED).replace(b"<Ccy>VND</Ccy>", b"<Ccy>USD</Ccy>"), "OTHER_CURRENCY"),
        (camt053(MOVED).replace(b">999989000<", b">1<"), "SUM_DIFFERS"),
        (camt053(MOVED).replace(b"<Cd>CLBD</Cd>", b"<Cd>CLAV</Cd>"), "TRUNCATED"),
        (b"<Document><BkToCstmrStmt/></Document>", "NOT_A_STATEMENT"),
    ],
)
def test_xml_that_is_no_whole_statement(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_camt053(content)
    assert refused.value.code == code


def test_a_movement_that_is_not_booked_is_awaited() -> None:
    read = read_camt053(camt053([Moved(1_500_000, PLAIN, is_pending=True)]))
    assert [line.said for line in read.lines] == [Said.PENDING]


@pytest.mark.parametrize(
    "rows",
    [
        f"STT\tMã tham chiếu\tSố tiền\tTrạng thái\tLý do\n1\t{REFERENCE}\t1.500.000\tThành công\t\n\tTổng cộng\t1.500.000\t\t\n",
        f"Nội dung\tSố tiền\tKết quả\nchi {PLAIN} A\t1500000\tGD thành công\n",
        f"Ngày giao dịch\tDiễn giải\tGhi nợ\tGhi có\n28/09/2021\tCT {PLAIN}\t1,500,000\t0\n\tSố dư cuối kỳ\t\t5\n",
    ],
)
def test_tables_by_the_words_of_their_heading(rows: str) -> None:
    read = read_result_table(read_pasted(rows))
    assert read is not None
    assert [(line.reference, line.amount, line.said) for line in read.lines] == [
        (REFERENCE, 1_500_000, Said.PAID)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_tables_in_every_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    rows = [
        ["Mã tham chiếu", "Tên người thụ hưởng", "Số tiền", "Trạng thái"],
        [PLAIN, "Nguyễn Thị Hoa", "1500000", "Đang xử lý"],
    ]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    read = read_result_table(read_workbook(text.encode(encoding), "kq.csv"))
    assert read is not None
    assert [(line.reference, line.name, line.said) for line in read.lines] == [
        (REFERENCE, "Nguyễn Thị Hoa", Said.PENDING)
    ]


HEADING = "STT\tTên người thụ hưởng\tSố tài khoản\tSố tiền\tTrạng thái\n"


@pytest.mark.parametrize(
    "row",
    [
        "Công ty TNHH Phú Tân\t\t\t1500000\tThành công",
        "1\tCông ty TNHH Phú Tân\t\t1500000\t",
        "2\tTống Thị Hoa\t\t1500000\tThành công",
        "3\tTONG TRANG\t\t1500000\t",
        "4\tTống Công\t\t1500000\t",
        "5\tTổng cộng\t6700205100900\t1500000\t",
        "6\t\t\t1500000\tThành công",
        "7\t\t\t1500000\t",
        "(HT)\tNguyễn Văn A\t\t1500000\tThành công",
    ],
)
def test_no_row_of_money_is_lost(row: str) -> None:
    read = read_result_table(read_pasted(f"{HEADING}{row}\n"))
    assert read is not None
    assert [(line.row, line.amount) for line in read.lines] == [(2, 1_500_000)]


@pytest.mark.parametrize(
    "row",
    [
        "Tổng cộng\t\t\t1500000\t",
        "\tTổng cộng: 12 món\t\t1500000\t",
        "\tTONG SO TIEN\t\t1500000\t",
        "\t\tTổng cộng\t1500000\t",
        "\tTổng tiền\t\t1500000\t",
        "\tCộng phát sinh\t\t1500000\t",
        "\tSố dư cuối kỳ\t\t1500000\t",
        "(1)\t(2)\t(3)\t(4)\t(5)",
        "Người lập biểu\t\t\t\t",
    ],
)
def test_totals_and_words_beside_the_table_are_no_rows(row: str) -> None:
    read = read_result_table(read_pasted(f"{HEADING}1\tNguyễn Văn A\t\t1500000\tThành công\n{row}\n"))
    assert read is not None
    assert [line.name for line in read.lines] == ["Nguyễn Văn A"]
