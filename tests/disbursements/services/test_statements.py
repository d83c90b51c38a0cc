"""Payment lists: written once, signed, and uploaded again with their results."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from pypdf import PdfReader

from accounts.models import User
from core.models import Event, Job
from core.services.files import read_file
from core.services.jobs import run_job
from core.transitions import TransitionRefused
from disbursements.models import Batch, PaymentFile, PaymentInstruction, StatementImport
from disbursements.payment_lists import pdf
from disbursements.payment_lists.content import payment_list_of
from disbursements.payment_lists.xlsx import write_xlsx
from disbursements.queries.statement_sentences import sentence_of
from disbursements.services.rendering import render_again, start_rendering
from disbursements.services.statements import check_statement, record_statement
from tests.factories.payments import AMOUNT, ApprovedList, Staff, payable_list, prepared_batch, released_batch
from tests.factories.people import COMMUNE, OTHER_COMMUNE

pytestmark = pytest.mark.django_db


def files_of(batch: Batch, made: ApprovedList, *, is_draft: bool = False) -> dict[str, bytes]:
    run_job(start_rendering(batch=batch, actor=made.staff.approver, is_draft=is_draft).pk)
    return {
        file.kind: read_file(file.file) for file in PaymentFile.objects.filter(batch=batch, is_draft=is_draft)
    }


def filled(content: bytes, fill: Callable[[dict[str, openpyxl.cell.Cell]], None]) -> bytes:
    """The workbook after an officer wrote into its rows; `fill` gets the cells of each payee by their heading."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    titles: dict[str, int] = {}
    for row in sheet.iter_rows():
        texts = [cell.value for cell in row]
        if "Mã lệnh chi" in texts:
            titles = {str(text): place for place, text in enumerate(texts) if text}
        elif titles and str(row[titles["Mã lệnh chi"]].value or "").startswith("LC-"):
            fill({title: row[place] for title, place in titles.items()})
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def all_paid(cells: dict[str, openpyxl.cell.Cell]) -> None:
    cells["Kết quả chi"].value = "x"


class TestFiles:
    def test_the_workbook_says_what_the_batch_says(self) -> None:
        staff = Staff()
        payable_list(2, staff=staff, area=OTHER_COMMUNE)
        made = payable_list(3, staff=staff)
        batch = released_batch(made)
        sheet = openpyxl.load_workbook(io.BytesIO(files_of(batch, made)["list_xlsx"]), data_only=True).active
        values = [[cell.value for cell in row] for row in sheet.iter_rows()]
        texts = [str(value) for row in values for value in row if value is not None]
        rows = [row for row in values if str(row[1] or "").startswith("LC-")]
        assert len(rows) == 5
        assert all(isinstance(row[6], int) and len(row[4]) == 12 for row in rows)
        (total,) = [row for row in values if any(str(v).startswith("Tổng cộng") for v in row)]
        assert total[6] == 5 * AMOUNT == batch.total_amount
        assert "Bằng chữ: Bảy triệu năm trăm nghìn đồng" in texts
        assert any(text.startswith("Thị trấn Phú Mỹ: 3 người") for text in texts)
        assert not any("DỰ THẢO" in text for text in texts)

    def test_the_paper_has_the_same_total_and_everybody(self) -> None:
        made = payable_list(4)
        batch = released_batch(made)
        reader = PdfReader(io.BytesIO(files_of(batch, made)["list_pdf"]))
        text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
        for wanted in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "6.000.000",
            "Bằng chữ: Sáu triệu đồng",
            "Ký nhận",
            batch.reference,
        ):
            assert wanted in text
        for line in PaymentInstruction.objects.filter(batch=batch):
            assert line.payee_name in text
        box = reader.pages[0].mediabox
        assert box.width > box.height

    def test_a_draft_says_that_it_is_one(self) -> None:
        made = payable_list(1)
        batch = prepared_batch(made)
        files = files_of(batch, made, is_draft=True)
        text = PdfReader(io.BytesIO(files["list_pdf"])).pages[0].extract_text()
        assert "DỰ THẢO" in text

    def test_files_are_made_once_and_their_bytes_depend_on_the_batch_only(self) -> None:
        made = payable_list(2)
        batch = released_batch(made)
        first = files_of(batch, made)
        assert files_of(batch, made) == first
        assert Event.objects.filter(action="batch.file_made", object_id=batch.pk).count() == 2
        assert write_xlsx(payment_list_of(batch, is_draft=False)) == first["list_xlsx"]


class TestMissingFiles:
    def test_what_a_worker_could_not_write_is_written_again_once(self) -> None:
        made = payable_list(1)
        batch = prepared_batch(made)
        draft = Job.objects.get(idempotency_key=f"files:{batch.pk}:draft")
        with pytest.raises(TransitionRefused, match="đang được lập"):
            render_again(actor=made.staff.accountant, batch=batch)
        Job.objects.filter(pk=draft.pk).update(state="failed")
        run_job(render_again(actor=made.staff.accountant, batch=batch).pk)
        assert PaymentFile.objects.filter(batch=batch, is_draft=True).count() == 2
        with pytest.raises(TransitionRefused, match="đã có đủ"):
            render_again(actor=made.staff.accountant, batch=batch)

    def test_only_those_who_pay_or_approve_ask_for_it(self) -> None:
        made = payable_list(1)
        batch = prepared_batch(made)
        with pytest.raises(PermissionDenied):
            render_again(actor=made.staff.appraiser, batch=batch)


class TestReturnedList:
    @pytest.fixture
    def made(self) -> ApprovedList:
        return payable_list(3)

    @pytest.fixture
    def batch(self, made: ApprovedList) -> Batch:
        return released_batch(made)

    @pytest.fixture
    def workbook(self, batch: Batch) -> bytes:
        return write_xlsx(payment_list_of(batch, is_draft=False))

    def check(self, made: ApprovedList, batch: Batch, content: bytes) -> StatementImport:
        return check_statement(actor=made.staff.accountant, batch=batch, content=content, name="ds.xlsx")

    def outcomes(self, statement: StatementImport) -> list[str]:
        return list(statement.lines.order_by("row").values_list("outcome", flat=True))

    def test_checked_first_then_recorded(self, made: ApprovedList, batch: Batch, workbook: bytes) -> None:
        def fill(cells: dict[str, openpyxl.cell.Cell]) -> None:
            is_absent = cells["STT"].value == 2
            cells["Kết quả chi"].value = "Chưa nhận" if is_absent else "Đã nhận"
            cells["Lý do chưa nhận"].value = "Đi làm xa" if is_absent else None

        statement = self.check(made, batch, filled(workbook, fill))
        assert self.outcomes(statement) == ["paid", "returned", "paid"]
        assert set(PaymentInstruction.objects.values_list("status", flat=True)) == {"sent"}
        report = record_statement(actor=made.staff.accountant, statement=statement)
        assert (report.paid, report.returned) == (2, 1)
        assert PaymentInstruction.objects.get(status="returned").result_reason == "Đi làm xa"

    def test_the_same_list_twice_changes_nothing(
        self, made: ApprovedList, batch: Batch, workbook: bytes
    ) -> None:
        content = filled(workbook, all_paid)
        record_statement(actor=made.staff.accountant, statement=self.check(made, batch, content))
        events = Event.objects.count()
        again = self.check(made, batch, content)
        assert not again.lines.filter(recorded_at=None).exists()
        with pytest.raises(TransitionRefused, match="đã được ghi từ trước"):
            record_statement(actor=made.staff.accountant, statement=again)
        assert (StatementImport.objects.count(), Event.objects.count()) == (1, events)

    def test_a_posted_again_form_says_that_it_was_recorded(
        self, made: ApprovedList, batch: Batch, workbook: bytes
    ) -> None:
        statement = self.check(made, batch, filled(workbook, all_paid))
        record_statement(actor=made.staff.accountant, statement=statement)
        with pytest.raises(TransitionRefused, match="đã được ghi từ trước"):
            record_statement(actor=made.staff.accountant, statement=statement)

    def test_every_row_that_needs_a_look_has_its_reason(
        self, made: ApprovedList, batch: Batch, workbook: bytes
    ) -> None:
        references = list(PaymentInstruction.objects.order_by("position").values_list("reference", flat=True))

        def fill(cells: dict[str, openpyxl.cell.Cell]) -> None:
            cells["Kết quả chi"].value = "x"
            if cells["STT"].value == 1:
                cells["Số tiền (đồng)"].value = 2_000_000
            elif cells["STT"].value == 2:
                cells["Kết quả chi"].value = "hẹn mai"
            else:
                cells["Mã lệnh chi"].value = references[1].lower().replace("-", " ")

        statement = self.check(made, batch, filled(workbook, fill))
        assert self.outcomes(statement) == ["other_amount", "unreadable", "repeated"]
        first, second, _third = (sentence_of(statement, line) for line in statement.lines.order_by("row"))
        assert "tệp ghi 2.000.000 đồng, lệnh chi là 1.500.000 đồng" in first
        assert "hẹn mai" in second
        with pytest.raises(TransitionRefused, match="Hãy sửa các dòng có lỗi"):
            record_statement(actor=made.staff.accountant, statement=statement)

    def test_a_contradiction_to_what_was_recorded_is_shown(
        self, made: ApprovedList, batch: Batch, workbook: bytes
    ) -> None:
        record_statement(
            actor=made.staff.accountant, statement=self.check(made, batch, filled(workbook, all_paid))
        )

        def fill(cells: dict[str, openpyxl.cell.Cell]) -> None:
            cells["Kết quả chi"].value = "Chưa nhận"
            cells["Lý do chưa nhận"].value = "Vắng"

        assert self.outcomes(self.check(made, batch, filled(workbook, fill))) == ["contradiction"] * 3

    def test_an_unfilled_list_records_nothing(
        self, made: ApprovedList, batch: Batch, workbook: bytes
    ) -> None:
        statement = self.check(made, batch, workbook)
        assert self.outcomes(statement) == ["empty"] * 3
        with pytest.raises(TransitionRefused, match="còn trống"):
            record_statement(actor=made.staff.accountant, statement=statement)

    def test_an_unknown_code_is_named(self, made: ApprovedList, batch: Batch, workbook: bytes) -> None:
        def fill(cells: dict[str, openpyxl.cell.Cell]) -> None:
            all_paid(cells)
            if cells["STT"].value == 1:
                cells["Mã lệnh chi"].value = "LC-2021-00000000"

        assert self.outcomes(self.check(made, batch, filled(workbook, fill))) == [
            "unknown_line",
            "paid",
            "paid",
        ]

    def test_the_list_of_another_batch_is_refused(self, made: ApprovedList, workbook: bytes) -> None:
        other = released_batch(payable_list(1, staff=made.staff))
        with pytest.raises(TransitionRefused, match="là danh sách của đợt chi DC-"):
            self.check(made, other, workbook)

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "không có dữ liệu"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "không phải bảng tính"),
            (b"a,b\n1,2\n", "Không tìm thấy cột"),
        ],
    )
    def test_a_file_that_is_no_list_is_refused(
        self, made: ApprovedList, batch: Batch, content: bytes, sentence: str
    ) -> None:
        with pytest.raises(TransitionRefused, match=sentence):
            self.check(made, batch, content)
        assert not StatementImport.objects.exists()


def test_a_long_list_is_put_together_of_a_summary_and_a_list_per_commune(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    staff = Staff()
    payable_list(2, staff=staff, area=OTHER_COMMUNE)
    batch = released_batch(payable_list(5, staff=staff))
    monkeypatch.setattr(pdf, "WHOLE_LIST", 4)
    monkeypatch.setattr(pdf, "LINES_OF_A_PART", 3)
    content = payment_list_of(batch, is_draft=False)
    first = pdf.write_pdf(content)
    assert pdf.write_pdf(content) == first
    reader = PdfReader(io.BytesIO(first))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert "BẢNG TỔNG HỢP CHI TRẢ" in pages[0]
    assert "10.500.000" in pages[0]
    # with its column for who receives instead, a sheet of three people and its signatures is longer than a page: the last two
    # go over with the total, so that nobody signs an empty sheet
    assert [text.count("LC-2021-") for text in pages] == [0, 1, 2, 2, 2]
    assert ["Ký, ghi rõ họ tên" in text for text in pages] == [True, False, True, True, True]
    assert [text.count("Người nhận thay") for text in pages] == [0, 1, 1, 1, 1]
    assert [n for n, text in enumerate(pages) if "(tờ " in text] == [1, 3]
    assert "(tờ 2/2)" in pages[3]
    assert "Tổng cộng: 3 người 4.500.000" in pages[2]


def test_the_list_of_a_batch_outside_ones_area_is_not_named() -> None:
    ours = payable_list(1)
    batch = released_batch(ours)
    theirs = payable_list(1, area=OTHER_COMMUNE)
    other = released_batch(theirs)
    content = filled(files_of(other, theirs)["list_xlsx"], all_paid)
    User.objects.filter(pk=ours.staff.accountant.pk).update(area_code=COMMUNE)
    narrow = User.objects.get(pk=ours.staff.accountant.pk)
    with pytest.raises(TransitionRefused) as refused:
        check_statement(actor=narrow, batch=batch, content=content, name="ds.xlsx")
    assert other.reference not in str(refused.value)
