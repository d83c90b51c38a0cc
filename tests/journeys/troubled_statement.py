"""A bank's result file with twelve kinds of trouble, as the story of the money uploads it."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from disbursements.models import PaymentInstruction

HEADER = (
    "Mã tham chiếu",
    "Số tài khoản",
    "Tên người nhận",
    "Số tiền",
    "Trạng thái",
    "Lý do",
    "Ngày giao dịch",
    "Nội dung",
)


def account_of(place: int) -> str:
    return f"67002051{place:05d}"


# --- the bank ---------------------------------------------------------------------------------------------------------


def rows_of(lines: list[PaymentInstruction], other: PaymentInstruction) -> Iterator[tuple[str, ...]]:
    """What the bank says: twelve troubles first, then everybody else paid."""

    def row(line: PaymentInstruction, said: str, **different: str) -> tuple[str, ...]:
        place = int(line.payee_name.split()[-1])
        found = {
            "reference": line.payment_reference,
            "account": account_of(place),
            "name": line.account_holder,
            "amount": str(line.amount),
            "said": said,
            "reason": "",
            "day": "27/09/2021",
            "text": f"{line.payment_reference} HO TRO COVID",
        }
        return tuple({**found, **different}.values())

    paid = "Thành công"
    yield row(lines[0], "Trả lại", reason="AC01 Sai số tài khoản")
    yield row(lines[1], "Thất bại", reason="Tài khoản đã đóng")
    yield row(lines[2], "Đang xử lý")
    yield row(lines[3], "")
    yield row(other, paid, account="", name="")
    yield (
        "",
        "19035551234567",
        "DIEN LUC AN GIANG",
        "22000",
        paid,
        "",
        "27/09/2021",
        "PHI QUAN LY TAI KHOAN",
    )
    pair = f"{lines[4].payment_reference} {lines[5].payment_reference}"
    yield row(lines[4], paid, reference="", account="", text=pair)
    yield row(lines[6], paid, amount="150000")
    yield row(lines[7], paid, account="9990001112223")
    yield row(lines[8], paid, name="TRAN THI HOA")
    yield row(lines[9], paid)
    yield row(lines[9], paid)
    yield row(lines[10], "Abc xyz")
    yield row(lines[5], paid)
    # as banks pass references on: small letters, spaces, only in the text, only account and amount
    yield row(lines[11], paid, reference=lines[11].payment_reference.lower())
    yield row(lines[12], paid, reference=" ".join(lines[12].payment_reference), text="")
    yield row(lines[13], paid, reference="")
    yield row(lines[14], paid, reference="", text="CHUYEN TIEN")
    for line in lines[15:]:
        yield row(line, paid)


def written(rows: list[tuple[str, ...]], path: Path) -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADER, *rows])
    path.write_text(text.getvalue(), encoding="utf-8-sig")
    return path


# --- the desks --------------------------------------------------------------------------------------------------------
