"""What the cells of a returned list say."""

import pytest

from core.spreadsheets.reading import Cell, read_pasted
from disbursements.rules.statements import Said, read_returned_list
from disbursements.rules.statements.amounts import amount_in
from disbursements.rules.statements.returned_list import said_by


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("x", Said.PAID), (" X ", Said.PAID), ("Đã nhận", Said.PAID), ("ĐÃ KÝ", Said.PAID), (1, Said.PAID), (1.0, Said.PAID),
        ("Chưa nhận", Said.UNPAID), ("vắng mặt", Said.UNPAID), ("Không", Said.UNPAID), (0, Said.UNPAID), (False, Said.UNPAID),
        (None, Said.NOTHING), ("  ", Said.NOTHING), ("hẹn mai", Said.UNREADABLE), ("2", Said.UNREADABLE),
    ],
)  # fmt: skip
def test_a_result_cell(cell: Cell, said: Said) -> None:
    assert said_by(cell) is said


@pytest.mark.parametrize(
    ("cell", "amount"),
    [(1500000, 1500000), (1500000.0, 1500000), ("1.500.000 đ", 1500000), ("1,500,000 đồng", 1500000), ("1500000", 1500000),
     (None, None), ("", None), (1.5, None), (True, None), ("một triệu", None)],
)  # fmt: skip
def test_an_amount_cell(cell: Cell, amount: int | None) -> None:
    assert amount_in(cell) == amount


def test_rows_without_a_reference_and_a_result_are_no_payees() -> None:
    read = read_returned_list(
        read_pasted(
            "STT\tMã lệnh chi\tHọ và tên\tSố tiền\tKết quả chi\n(1)\t(2)\t(3)\t(4)\t(5)\n"
            "\t\tThị trấn Phú Mỹ: 1 người\t1500000\t\n"
            "1\tlc 2021 124\tLê Thị Hoa\t1.500.000\tx\n\t\tTổng cộng\t1500000\t\n"
        )
    )
    assert read is not None
    assert [(row.row, row.name, row.said, row.amount) for row in read.lines] == [
        (4, "Lê Thị Hoa", Said.PAID, 1500000)
    ]


def test_a_sheet_without_the_two_headings_is_none() -> None:
    assert read_returned_list(read_pasted("Họ và tên\tSố tiền\nHoa\t1\n")) is None
