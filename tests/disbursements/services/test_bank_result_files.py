"""Result files of banks as tables: rows that make no sense are named one by one, and no row of money is lost."""

import io

import openpyxl
import pytest

from core.transitions import TransitionRefused
from disbursements.models import Batch, PaymentInstruction, StatementImport
from disbursements.queries.statement_sentences import sentence_of
from disbursements.services.batches import close_batch
from disbursements.services.results import Results, record_results
from disbursements.services.statements import check_statement, record_statement
from tests.factories.payments import ApprovedList, payable_list, released_batch
from tests.factories.statements import table

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> ApprovedList:
    return payable_list(9)


@pytest.fixture
def batch(made: ApprovedList) -> Batch:
    return released_batch(made)


def lines_of(batch: Batch) -> list[PaymentInstruction]:
    return list(PaymentInstruction.objects.filter(batch=batch).order_by("position"))


def check(made: ApprovedList, batch: Batch, content: bytes, name: str) -> StatementImport:
    return check_statement(actor=made.staff.accountant, batch=batch, content=content, name=name)


def outcomes(statement: StatementImport) -> list[str]:
    return list(statement.lines.order_by("row").values_list("outcome", flat=True))


def test_rows_of_a_result_file_that_make_no_sense_are_named_one_by_one(
    made: ApprovedList, batch: Batch
) -> None:
    ref = [line.payment_reference for line in lines_of(batch)]
    rows: list[list[object]] = [
        [ref[0], "1.500.000", "Thành công", ""],
        [ref[1], "-1500000", "Thành công", ""],
        [ref[2], "một triệu", "Thành công", ""],
        [ref[3], "99.000.000", "Thành công", ""],
        [ref[4], "1,500,000.00", "Từ chối", "AC01 sai so tai khoan"],
        [ref[5], "1500000", "Đang xử lý", ""],
        [ref[6], "1500000", "xyz", ""],
        [ref[7], "1500000", "", ""],
        [ref[0], "1500000", "Thành công", ""],
    ]
    heading = ["Mã tham chiếu", "Số tiền", "Trạng thái", "Lý do"]
    statement = check(made, batch, table(rows, heading, encoding="utf-16"), "kq.csv")
    assert outcomes(statement) == [
        *(
            "paid",
            "other_amount",
            "other_amount",
            "other_amount",
            "failed",
            "in_doubt",
            "unreadable",
            "empty",
            "repeated",
        ),
    ]
    assert "tệp ghi “-1500000” đồng" in sentence_of(
        statement, statement.lines.select_related("instruction").get(row=5)
    )
    # the sentence speaks of the bank's file, not of our own list
    unread = sentence_of(statement, statement.lines.get(row=10))
    assert unread == (
        "Dòng 10: chưa hiểu kết quả “xyz” của ngân hàng nên không ghi là đã chi. Hãy hỏi ngân hàng rồi ghi kết quả của người "
        "này ở trang đợt chi."
    )
    report = record_statement(actor=made.staff.accountant, statement=statement)
    assert (report.paid, report.failed, report.unknown) == (1, 1, 1)
    states = dict(PaymentInstruction.objects.filter(batch=batch).values_list("position", "status"))
    assert (states[1], states[5], states[6], states[7]) == ("paid", "failed", "unknown", "sent")
    assert PaymentInstruction.objects.get(batch=batch, position=5).result_code == "wrong_account"


def test_a_row_of_a_company_that_we_do_not_know_is_no_total(made: ApprovedList, batch: Batch) -> None:
    ref = lines_of(batch)[0].payment_reference
    rows: list[list[object]] = [
        [ref, "", "1.500.000", "Thành công"],
        ["", "Công ty TNHH Phú Tân", "1.500.000", "Thành công"],
        ["", "Tổng cộng", "3.000.000", ""],
    ]
    heading = ["Mã tham chiếu", "Tên người thụ hưởng", "Số tiền", "Trạng thái"]
    statement = check(made, batch, table(rows, heading), "kq.csv")
    assert outcomes(statement) == ["paid", "unknown_line"]
    record_statement(actor=made.staff.accountant, statement=statement)
    left = frozenset(line.reference for line in lines_of(batch)[1:])
    record_results(actor=made.staff.accountant, batch=batch, results=Results(left))
    with pytest.raises(TransitionRefused, match="Còn dòng của sao kê"):
        close_batch(actor=made.staff.accountant, batch=batch)


def test_formulas_that_nobody_computed_are_refused(made: ApprovedList, batch: Batch) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Mã tham chiếu", "Số tiền", "Trạng thái"])
    book.active.append([lines_of(batch)[0].reference, "=1500000", "Thành công"])
    target = io.BytesIO()
    book.save(target)
    with pytest.raises(TransitionRefused, match=r"công thức chưa tính.*B2"):
        check(made, batch, target.getvalue(), "kq.xlsx")
