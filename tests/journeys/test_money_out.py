"""Money from the budget to 500 people in a browser: a paper, a batch that two people sign, the bank's files, a statement with
twelve kinds of trouble, the rest paid again, both batches locked; then the ledger ties.
"""

import datetime as dt
import re
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Error, expect
from pypdf import PdfReader

from accounts.enums import Role
from beneficiaries.models import PayoutAccount
from core import crypto
from disbursements.enums import BatchStatus, InstructionStatus, StatementRow
from disbursements.models import Batch, LedgerPosting, PaymentInstruction, StatementImport
from support_programs.models import CaseList
from tests.factories import payments as make
from tests.factories.people import DISTRICT, OTHER_COMMUNE
from tests.infrastructure.programs import Worker
from tests.journeys.desk import Desk, Office, expect_hidden
from tests.journeys.troubled_statement import account_of, rows_of, written

pytestmark = pytest.mark.browser
PEOPLE = 500
TOTAL = PEOPLE * make.AMOUNT
BANKS = ("Agribank", "VietinBank", "Sacombank")
# what the twelve kinds of trouble leave open, in the order of the rows
TROUBLES = (
    StatementRow.RETURNED,
    StatementRow.FAILED,
    StatementRow.IN_DOUBT,
    StatementRow.EMPTY,
    StatementRow.OTHER_BATCH,
    StatementRow.UNKNOWN_LINE,
    StatementRow.AMBIGUOUS,
    StatementRow.OTHER_AMOUNT,
    StatementRow.OTHER_ACCOUNT,
    StatementRow.OTHER_NAME,
    StatementRow.REPEATED,
    StatementRow.UNREADABLE,
)


@pytest.fixture
def office(site: str, browser: Browser, celery_worker_process: Worker) -> Office:
    return Office(site, browser)


def approved_people() -> make.ApprovedList:
    """500 people with accounts of their own at three banks; no money has arrived for them."""
    made = make.approved_list(PEOPLE)
    accounts = []
    for place, case in enumerate(made.case_list.cases.order_by("position"), start=1):
        number = account_of(place)
        accounts.append(
            PayoutAccount(
                area_code=case.area_code,
                person_id=case.person_id,
                bank_name=BANKS[place % len(BANKS)],
                holder_name=case.applicant_name.upper(),
                account_encrypted=crypto.encrypt("account", number),
                account_index=crypto.blind_index("account", number),
                account_last3=number[-3:],
                valid_from=dt.date(2021, 8, 1),
            )
        )
    PayoutAccount.objects.bulk_create(accounts)
    return made


def until(desk: Desk, address: str, words: str, part: str = "main .head") -> None:
    """Open a page again until a worker has brought its record to a state."""
    for _ in range(300):
        # a page that watches its job opens itself anew when the job ends
        with suppress(Error):
            if words in desk.open(address).locator(part).first.inner_text():
                return
        desk.page.wait_for_timeout(500)
    expect(desk.page.locator(part).first).to_contain_text(words)


def record_money(accountant: Desk) -> str:
    """The allocation by its paper, looked at before it is written; gives the address of the budget line."""
    page = accountant.open("/allocations/")
    page.locator("main [name=money]").select_option(index=0)
    page.locator("main [name=source]").select_option(label="Ngân sách tỉnh")
    accountant.fill(document_number="15/TB-STC", allocated_on="24/09/2021", amount=f"{TOTAL}")
    accountant.press("Xem lại")
    expect(page.locator("main")).to_contain_text("Bảy trăm năm mươi triệu đồng")
    accountant.shoot("01-allocation")
    accountant.press("Ghi phân bổ")
    page = accountant.open("/budget/")
    expect(page.locator("main")).to_contain_text("750.000.000")
    accountant.shoot("02-budget")
    return str(page.locator("main a[href^='/budget/KP-']").first.get_attribute("href"))


def record_payer(accountant: Desk) -> None:
    page = accountant.open("/payer-accounts/new/")
    page.locator("main [name=bank]").select_option("970405")
    accountant.fill(holder_name="PHONG LAO DONG TBXH HUYEN PHU TAN", account_number="6700201001234")
    accountant.press("Ghi tài khoản chi")


def make_batch(accountant: Desk, channel: str, people: int, *, is_retry: bool = False) -> str:
    """Preview, then the request; gives the batch's address once a worker has built it."""
    page = accountant.open("/batches/new/")
    page.locator("main [name=area]").select_option(value=DISTRICT)
    page.locator(f"main [name=channel][value={channel}]").check()
    if channel == "bank":
        page.locator("main [name=payer_account]").select_option(index=1)
    if is_retry:
        page.locator("main [name=is_retry]").check()
    accountant.press("Xem trước")
    if page.locator("main [name=has_seen_warnings]").count():
        page.locator("main [name=has_seen_warnings]").check()
    accountant.shoot(f"03-preview-{channel}")
    accountant.press(f"Lập đợt chi {people} người")
    page.wait_for_url(re.compile(r"/batches/DC-"))
    address = accountant.path
    until(accountant, address, "Chờ duyệt")
    return address


def issue_paper(accountant: Desk, kind: str, address: str, number: str, folder: Path) -> str:
    """Draft a paper of the batch, issue it with its number; gives what the PDF says."""
    batch = address.split("/")[2]
    accountant.open(f"/documents/new/{kind}/{batch}/")
    accountant.press("Lưu dự thảo")
    accountant.fill(
        number=number, dated="27/09/2021", signer_office="Trưởng phòng", signer_name="Phan Thị Bích Liên"
    )
    accountant.press("Phát hành văn bản")
    paper = accountant.download("Tải văn bản (PDF)", folder)
    kept = folder / f"{kind}.pdf"
    paper.rename(kept)
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(kept).pages)


def sign_twice(office: Office, address: str) -> list[Desk]:
    """750 million đồng need two names: the first doesn't approve it and can't sign again, the second does."""
    first, second = (
        office.seat(Role.PROVINCIAL_APPROVER, name=name) for name in ("Lê Văn Nhất", "Võ Thị Nhì")
    )
    page = first.open(f"{address}approve/")
    expect(page.locator("main")).to_contain_text("Chữ ký 0/2")
    first.shoot("04-approve")
    first.press("Duyệt đợt chi")
    expect(page.locator("main .head")).to_contain_text("Chờ duyệt")
    page = first.open(f"{address}approve/")
    expect(page.locator("main")).to_contain_text("Bạn đã ký duyệt đợt chi này")
    page = second.open(f"{address}approve/")
    expect(page.locator("main")).to_contain_text("Lê Văn Nhất")
    second.press("Duyệt đợt chi")
    expect(page.locator("main .head")).to_contain_text("Đã duyệt")
    return [first, second]


def take_bank_files(accountant: Desk, address: str, folder: Path) -> None:
    """A file for each of three banks and one order for all: every đồng of the batch stands in them."""
    for _ in range(300):
        page = accountant.open(address)
        if page.locator("#files a[href*='/files/pain_001/']").count():
            break
        page.wait_for_timeout(500)
    accountant.shoot("05-batch")
    assert page.locator("#files a[href*='/files/bank_csv/']").count() == len(BANKS)
    with page.expect_download() as waiting:
        page.locator("#files a[href*='/files/pain_001/']").first.click()
    order = folder / "pain.xml"
    waiting.value.save_as(order)
    found = {element.tag.split("}")[1]: element.text for element in ElementTree.parse(order).iter()}
    assert found["CtrlSum"] == str(TOTAL)
    assert order.read_text("utf-8").count("</CdtTrfTxInf>") == PEOPLE


def upload(accountant: Desk, address: str, path: Path) -> str:
    """Give the bank's file; gives the address of its check once a worker has read it."""
    page = accountant.open(f"{address}statement/")
    page.set_input_files("main input[type=file]", path)
    accountant.press("Kiểm tra tệp")
    page.wait_for_url(re.compile(r"/statement/\d+/"))
    found = accountant.path
    until(accountant, found, "Đã kiểm tra")
    return found


def settle(accountant: Desk, statement: str, row: int, reference: str, reason: str) -> None:
    """Match one row by hand with the person it is about."""
    page = accountant.open(f"{statement}lines/{row}/?q={reference}")
    page.locator(f"main [name=line][value='{reference}']").check()
    accountant.fill(reason=reason)
    accountant.press("Khớp với người đã chọn")


def put_aside(accountant: Desk, statement: str, row: int, reason: str) -> None:
    accountant.open(f"{statement}lines/{row}/")
    accountant.fill(reason=reason)
    accountant.press("Để ngoài đợt chi")


def outcomes_of(address: str) -> list[str]:
    statement = StatementImport.objects.get(pk=int(address.rstrip("/").split("/")[-1]))
    return list(statement.lines.order_by("row").values_list("outcome", flat=True))


def record_statement(accountant: Desk, address: str, folder: Path, other: PaymentInstruction) -> None:
    """Twelve kinds of trouble, each named; some settled by hand, the rest answered by the bank on the next day."""
    batch = Batch.objects.get(reference=address.split("/")[2])
    lines = list(batch.instructions.order_by("position"))
    rows = list(rows_of(lines, other))
    statement = upload(accountant, address, written(rows, folder / "sao-ke-1.csv"))
    accountant.shoot("06-statement")
    found = outcomes_of(statement)
    # the first of the two equal rows is good, the second is the trouble
    assert [*found[:10], *found[11:13]] == list(TROUBLES)
    assert set(found[13:]) | {found[10]} == {StatementRow.PAID}

    settle(accountant, statement, 8, lines[4].reference, "Ngân hàng xác nhận chuyển cho người đứng đầu.")
    settle(accountant, statement, 10, lines[7].reference, "Người nhận đổi tài khoản tại quầy, đã có giấy.")
    settle(accountant, statement, 11, lines[8].reference, "Tài khoản đứng tên vợ, đã xem giấy kết hôn.")
    put_aside(accountant, statement, 13, "Ngân hàng in trùng một dòng, chỉ chuyển một lần.")
    put_aside(accountant, statement, 7, "Phí quản lý tài khoản, không phải tiền chi trả.")
    page = accountant.open(statement)
    button = page.locator("main").get_by_role("button", name=re.compile(r"^Ghi kết quả \d+ dòng$"))
    accountant.shoot("07-settled")
    button.click()
    page.wait_for_url(re.compile(r"/batches/DC-[\d-]+/$"))
    status = dict(batch.instructions.values_list("reference", "status"))
    assert status[lines[0].reference] == InstructionStatus.RETURNED
    assert status[lines[1].reference] == InstructionStatus.FAILED
    assert status[lines[2].reference] == InstructionStatus.UNKNOWN
    waiting = [lines[place] for place in (2, 3, 6, 10)]
    assert [status[line.reference] for line in waiting[1:]] == [InstructionStatus.SENT] * 3
    assert list(status.values()).count(InstructionStatus.PAID) == PEOPLE - 6

    # a locked door: four people have no answer
    page = accountant.open(f"{address}close/")
    expect(page.locator("main")).to_contain_text("Còn lệnh chi chưa có kết quả")
    answers = [
        (
            "" if not line else line.payment_reference,
            "",
            "",
            str(line.amount),
            "Thành công",
            "",
            "27/09/2021",
            "",
        )
        for line in waiting
    ]
    later = upload(accountant, address, written(answers, folder / "sao-ke-2.csv"))
    page.locator("main").get_by_role("button", name="Ghi kết quả 4 dòng").click()
    page.wait_for_url(re.compile(r"/batches/DC-[\d-]+/$"))
    assert set(outcomes_of(later)) == {StatementRow.PAID}


def close(accountant: Desk, address: str) -> None:
    accountant.open(f"{address}close/")
    accountant.shoot("08-close")
    accountant.press("Khóa đợt chi")
    expect(accountant.page.locator("main .head")).to_contain_text("Đã khóa")


def pay_again(office: Office, accountant: Desk, signer: Desk) -> str:
    """The two who were not paid get cash: a new batch with the next attempt; one signature is enough."""
    page = accountant.open("/payments/returned/")
    expect(page.locator("main")).to_contain_text("Sai số tài khoản")
    accountant.shoot("09-returned")
    address = make_batch(accountant, "cash", 2, is_retry=True)
    signer.open(f"{address}approve/")
    signer.press("Duyệt đợt chi")
    accountant.open(f"{address}release/")
    accountant.press("Bắt đầu chi")
    page = accountant.open(address)
    page.locator("main [data-pick-page]").check()
    accountant.press("Ghi đã nhận")
    accountant.press("Ghi kết quả")
    assert set(
        PaymentInstruction.objects.filter(batch_reference=address.split("/")[2]).values_list(
            "attempt", "status"
        )
    ) == {(2, InstructionStatus.PAID)}
    return address


def test_from_the_budget_to_a_ledger_that_ties(office: Office, tmp_path: Path) -> None:
    made = approved_people()
    other_people = make.payable_list(2, area=OTHER_COMMUNE)
    other_batch = make.prepared_batch(other_people, area=OTHER_COMMUNE)
    other = other_batch.instructions.get(position=1)
    accountant = office.seat(Role.ACCOUNTANT, name="Kế toán Lê Thị Sổ")
    line = record_money(accountant)
    record_payer(accountant)

    batch = make_batch(accountant, "bank", PEOPLE)
    said = issue_paper(accountant, "payout_request", batch, "14/GĐN-LĐTBXH", tmp_path)
    assert "500 người" in said
    assert "750.000.000 đồng (Bằng chữ: Bảy trăm năm mươi triệu đồng)" in said
    signers = sign_twice(office, batch)
    accountant.open(f"{batch}release/")
    accountant.press("Bắt đầu chi")
    take_bank_files(accountant, batch, tmp_path)
    record_statement(accountant, batch, tmp_path, other)
    close(accountant, batch)

    again = pay_again(office, accountant, signers[0])
    close(accountant, again)
    said = issue_paper(accountant, "reconciliation", batch, "15/BB-LĐTBXH", tmp_path)
    assert "Đã chi trả, có chứng từ 498 747.000.000" in said
    assert "Chi chưa được, trả lại nguồn kinh phí 2 3.000.000" in said
    assert "Bảy trăm bốn mươi bảy triệu đồng" in said

    page = accountant.open(line)
    accountant.shoot("10-line")
    expect(page.locator("main")).to_contain_text("750.000.000")
    assert Batch.objects.filter(status=BatchStatus.CLOSED).count() == 2
    assert CaseList.objects.get(pk=made.case_list.pk).entitlements.exclude(status="paid").count() == 0
    call_command("verify_ledger")
    assert LedgerPosting.objects.exists()
    expect_hidden(office.seat_outsider(), accountant, batch, again)
