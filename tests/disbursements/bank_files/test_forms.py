"""Files for banks: what stands in them, that pain.001 follows the official schema, and that no cell is a formula."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from lxml import etree

from accounts.enums import Role
from core import clock, crypto
from disbursements.bank_files import generic_csv, generic_excel, pain001
from disbursements.bank_files.content import transfers_of
from disbursements.bank_files.pain001.schema import NotValid, check_message, schema_of
from disbursements.enums import PainVersion
from disbursements.models import Batch, PayerAccount
from disbursements.services.payer_accounts import PayerEntry, record_payer_account
from tests.factories.payments import AMOUNT, bare_batch, bare_line, payable_list
from tests.factories.people import user

pytestmark = pytest.mark.django_db
AGRIBANK, VIETCOMBANK = "970405", "970436"


def no_tick() -> None:
    pass


def bank_line(batch: Batch, entitlement: Any, **other: Any) -> Any:
    number = other.pop("account", "6700205100927")
    fields = {
        "channel": "bank",
        "bank_bin": AGRIBANK,
        "bank_name": "NH Nông nghiệp",
        "account_holder": "NGUYỄN VĂN ĐỨC",
        "account_encrypted": crypto.encrypt("account", number),
        "account_last3": number[-3:],
    }
    return bare_line(batch, entitlement, **{**fields, **other})


def transfer_batch(*lines: dict[str, Any], version: PainVersion = PainVersion.V09) -> Batch:
    """An approved batch of transfers, put together by hand; one line for each set of values."""
    made = payable_list(len(lines))
    accountant = made.staff.accountant
    entry = PayerEntry(AGRIBANK, "Phòng LĐ-TBXH huyện Phú Tân", "6700 2011 2233", version)
    payer = record_payer_account(actor=accountant, entry=entry)
    batch = Batch.objects.create(
        reference=f"DC-2021-9{accountant.pk:07d}",
        area_code="89888",
        programme_id="LD_TU_DO",
        title="Đợt chuyển khoản",
        channel="bank",
        status="preparing",
        payer_account=payer,
        idempotency_key=f"bank{accountant.pk}",
        request_hash="h",
        line_count=len(lines),
        total_amount=len(lines) * AMOUNT,
        created_by_id=accountant.pk,
        created_by_name=accountant.full_name,
    )
    for entitlement, values in zip(made.entitlements, lines, strict=True):
        bank_line(batch, entitlement, **values)
    batch.approved_at = clock.now()
    return batch


def whole(batch: Batch, bank_bin: str | None = None, people: int | None = None) -> Any:
    n = batch.line_count if people is None else people
    return transfers_of(batch, people=n, amount=n * AMOUNT, bank_bin=bank_bin)


@pytest.mark.parametrize("version", list(PainVersion))
def test_the_order_to_transfer_follows_the_official_schema(version: PainVersion) -> None:
    batch = transfer_batch({}, {"bank_bin": VIETCOMBANK}, {"bank_bin": "999888"}, version=version)
    content = pain001.write(whole(batch), no_tick)
    document = etree.fromstring(content)
    schema_of(version).assertValid(document)
    space = {"p": f"urn:iso:std:iso:20022:tech:xsd:pain.001.001.{version.value}"}
    assert document.xpath("//p:GrpHdr/p:NbOfTxs/text()", namespaces=space) == ["3"]
    assert document.xpath("//p:PmtInf/p:CtrlSum/text()", namespaces=space) == ["4500000"]
    assert document.xpath("//p:DbtrAcct//p:Id/p:Othr/p:Id/text()", namespaces=space) == ["670020112233"]
    references = [line.payment_reference for line in batch.instructions.order_by("position")]
    assert document.xpath("//p:EndToEndId/text()", namespaces=space) == references
    assert document.xpath("//p:InstdAmt/text()", namespaces=space) == ["1500000"] * 3
    assert set(document.xpath("//p:InstdAmt/@Ccy", namespaces=space)) == {"VND"}
    assert document.xpath("//p:CdtrAgt//p:MmbId/text()", namespaces=space) == [
        AGRIBANK,
        VIETCOMBANK,
        "999888",
    ]
    assert document.xpath("//p:Cdtr/p:Nm/text()", namespaces=space)[0] == "NGUYEN VAN DUC"
    assert pain001.write(whole(batch), no_tick) == content, "the same batch gives the same bytes"


def test_a_message_that_does_not_follow_the_schema_is_not_kept() -> None:
    batch = transfer_batch({"account": "6" * 40})
    with pytest.raises(NotValid, match="maxLength"):
        pain001.write(whole(batch), no_tick)
    with pytest.raises(NotValid):
        check_message(io.BytesIO(b"<Document/>"), PainVersion.V03)
    with pytest.raises(NotValid):
        check_message(io.BytesIO(b"<Document"), PainVersion.V03)


def test_the_table_of_a_bank_has_its_transfers_alone_and_real_numbers() -> None:
    batch = transfer_batch({}, {"bank_bin": VIETCOMBANK, "account": "0071000123456"}, {})
    book = openpyxl.load_workbook(
        io.BytesIO(generic_excel.write(whole(batch, VIETCOMBANK, 1), no_tick)), data_only=True
    )
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    head = next(place for place, row in enumerate(rows) if row[0] == "STT")
    assert rows[head] == [
        "STT",
        "Mã tham chiếu",
        "Tên người thụ hưởng",
        "Số tài khoản",
        "Ngân hàng",
        "Mã ngân hàng (BIN)",
        "Số tiền (đồng)",
        "Nội dung",
    ]
    reference = batch.instructions.get(bank_bin=VIETCOMBANK).payment_reference
    assert rows[head + 1] == [
        1,
        reference,
        "NGUYEN VAN DUC",
        "0071000123456",
        "Vietcombank",
        VIETCOMBANK,
        AMOUNT,
        f"{reference} HO TRO COVID LAO DONG TU DO",
    ]
    assert rows[head + 2][0] == "Tổng cộng: 1 lệnh"
    assert rows[head + 2][6] == AMOUNT


def test_csv_is_read_back_as_it_was_meant() -> None:
    batch = transfer_batch({}, {"bank_bin": VIETCOMBANK})
    content = generic_csv.write(whole(batch, AGRIBANK, 1), no_tick)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    reference = batch.instructions.get(bank_bin=AGRIBANK).payment_reference
    assert rows[1:] == [
        [
            "1",
            reference,
            "NGUYEN VAN DUC",
            "6700205100927",
            "Agribank",
            AGRIBANK,
            "1500000",
            f"{reference} HO TRO COVID LAO DONG TU DO",
        ]
    ]


@pytest.mark.parametrize("holder", ["=HYPERLINK(1)", "+84 AN", "-AN", "@SUM(A1)", "\tAN", "\rAN", '"=1+1'])
def test_no_text_becomes_a_formula(holder: str) -> None:
    """F16: banks get letters and digits first, without an apostrophe that would become a part of the name."""
    batch = transfer_batch({"account_holder": holder, "bank_bin": "", "bank_name": "=cmd|'/c calc'!A1"})
    rows = list(csv.reader(io.StringIO(generic_csv.write(whole(batch), no_tick).decode("utf-8-sig"))))
    assert all(cell[:1].isalnum() for cell in rows[1] if cell)
    book = openpyxl.load_workbook(io.BytesIO(generic_excel.write(whole(batch), no_tick)))
    texts = [cell for row in book.active.iter_rows() for cell in row if cell.data_type == "f"]
    assert [cell.column_letter for cell in texts] == ["G"], "the sum of amounts alone is a formula"


def test_a_batch_that_nobody_approved_has_no_file_for_banks() -> None:
    batch = bare_batch(user(Role.ACCOUNTANT))
    with pytest.raises(ValueError, match="not approved"):
        transfers_of(batch, people=1, amount=AMOUNT)
    assert not PayerAccount.objects.exists()
