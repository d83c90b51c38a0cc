"""Which files a batch has, what stands in them, and that each is written once, whatever happens on the way."""

import hashlib
import io
import resource
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from pypdf import PdfReader

from accounts.enums import Role
from beneficiaries.models import Employer
from core.models import Event, Job, StoredFile
from core.services.files import read_file
from core.services.jobs import run_job
from core.transitions import TransitionRefused
from disbursements.models import Batch, CashProxy, PaymentFile, PaymentInstruction
from disbursements.payment_lists import xlsx
from disbursements.payment_lists.content import payment_list_of
from disbursements.payment_lists.lines import CHUNK, read_lines
from disbursements.payment_lists.schedule import schedule_of, write_schedule
from disbursements.services.batches import approve_batch, release_batch
from disbursements.services.file_bundle import bundle_files
from disbursements.services.receipts import make_receipt
from disbursements.services.rendering import lacks_files, render_again, start_rendering
from tests.factories.payments import (
    AMOUNT,
    ApprovedList,
    payable_list,
    prepared_batch,
    released_batch,
)
from tests.factories.people import COMMUNE, user
from tests.factories.transfers import transfer_batch

pytestmark = pytest.mark.django_db


def approved(batch: Batch, made: ApprovedList) -> Batch:
    return approve_batch(actor=made.staff.approver, batch=batch)


def written(
    batch: Batch, made: ApprovedList, *, is_draft: bool = False
) -> dict[tuple[str, str], PaymentFile]:
    """The files of a batch after its worker; by kind and part."""
    job = start_rendering(batch=batch, actor=made.staff.approver, is_draft=is_draft)
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error_text
    return {
        (file.kind, file.part): file for file in PaymentFile.objects.filter(batch=batch, is_draft=is_draft)
    }


def cells_of(file: PaymentFile) -> list[list[Any]]:
    sheet: Any = openpyxl.load_workbook(io.BytesIO(read_file(file.file)), data_only=True).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


class TestWhichFiles:
    def test_a_batch_of_transfers_has_a_table_per_bank_and_one_order(self) -> None:
        made = payable_list(4)
        batch = approved(transfer_batch(made, ["970405", "970436", "970405", ""]), made)
        files = written(batch, made)
        assert {key: (file.line_count, file.amount) for key, file in files.items()} == {
            ("list_xlsx", ""): (4, 4 * AMOUNT),
            ("list_pdf", ""): (4, 4 * AMOUNT),
            ("bank_xlsx", "970405"): (2, 2 * AMOUNT),
            ("bank_xlsx", "970436"): (1, AMOUNT),
            ("bank_xlsx", "khac"): (1, AMOUNT),
            ("bank_csv", "970405"): (2, 2 * AMOUNT),
            ("bank_csv", "970436"): (1, AMOUNT),
            ("bank_csv", "khac"): (1, AMOUNT),
            ("pain_001", ""): (4, 4 * AMOUNT),
            ("schedule_pdf", ""): (4, 4 * AMOUNT),
        }
        for file in files.values():
            assert hashlib.sha256(read_file(file.file)).hexdigest() == file.sha256
        assert not lacks_files(batch)
        names = set(StoredFile.objects.filter(kind="payment").values_list("name", flat=True))
        assert f"chuyen-khoan-{batch.reference}-agribank.csv" in names

    def test_without_an_account_that_pays_there_is_no_order(self) -> None:
        made = payable_list(1)
        batch = approved(transfer_batch(made, ["970405"], has_payer=False), made)
        assert ("pain_001", "") not in written(batch, made)

    def test_a_draft_is_the_list_alone(self) -> None:
        made = payable_list(1)
        batch = transfer_batch(made, ["970405"])
        assert set(written(batch, made, is_draft=True)) == {("list_xlsx", ""), ("list_pdf", "")}

    def test_the_post_office_gets_a_list_of_its_own(self) -> None:
        made = payable_list(2)
        batch = released_batch(made, channel="post")
        rows = cells_of(written(batch, made)["post_xlsx", ""])
        assert any("DANH SÁCH CHI TRẢ QUA BƯU ĐIỆN" in row for row in rows)
        assert any("Người nhận thay (ủy quyền)" in row for row in rows)

    def test_each_employer_gets_the_list_of_its_workers(self) -> None:
        employer = Employer.objects.create(
            reference="NS-2021-90000017",
            area_code=COMMUNE,
            kind="enterprise",
            name="Công ty TNHH Cá tra Phú Tân",
            name_key="cong ty",
            tax_code="1600000011",
            address="Ấp 5, thị trấn Phú Mỹ",
        )
        made = payable_list(3, employer=employer)
        batch = released_batch(made, channel="employer")
        files = written(batch, made)
        assert set(files) == {("list_xlsx", ""), ("list_pdf", ""), ("employer_xlsx", employer.reference)}
        texts = [
            str(cell) for row in cells_of(files["employer_xlsx", employer.reference]) for cell in row if cell
        ]
        assert "Người sử dụng lao động: Công ty TNHH Cá tra Phú Tân, mã số thuế 1600000011" in texts
        assert "Tổng cộng: 3 người" in texts
        assert "Bằng chữ: Bốn triệu năm trăm nghìn đồng" in texts
        assert "Ký nhận" in texts


class TestContent:
    def test_the_schedule_sums_banks_and_communes_in_words(self) -> None:
        made = payable_list(3)
        batch = approved(transfer_batch(made, ["970405", "970436", "970405"]), made)
        schedule = schedule_of(batch)
        assert [(bank.bin, bank.people, bank.amount) for bank in schedule.banks] == [
            ("970405", 2, 2 * AMOUNT),
            ("970436", 1, AMOUNT),
        ]
        text = " ".join(PdfReader(io.BytesIO(write_schedule(schedule))).pages[0].extract_text().split())
        assert "BẢNG KÊ CHUYỂN TIỀN" in text
        assert "Bằng chữ: Bốn triệu năm trăm nghìn đồng" in text
        assert "Tài khoản chi: 670020112233" in text

    def test_a_long_list_is_written_plainly_with_the_same_columns(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        batch = prepared_batch(payable_list(3))
        shaped = openpyxl.load_workbook(
            io.BytesIO(xlsx.write_xlsx(payment_list_of(batch, is_draft=False)))
        ).active
        monkeypatch.setattr(xlsx, "MOST_SHAPED", 2)
        content = xlsx.write_xlsx(payment_list_of(batch, is_draft=False))
        assert content == xlsx.write_xlsx(payment_list_of(batch, is_draft=False))
        plain = openpyxl.load_workbook(io.BytesIO(content), data_only=True).active

        def lines(sheet: Any) -> list[tuple[Any, ...]]:
            rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
            head = next(row for row in rows if "Mã lệnh chi" in row)
            wanted = [
                head.index(name) for name in ("Mã lệnh chi", "Họ và tên", "Số CCCD/CMND", "Số tiền (đồng)")
            ]
            return [tuple(row[n] for n in wanted) for row in rows if str(row[1]).startswith("LC-")]

        assert lines(plain) == lines(shaped)
        texts = [str(cell.value) for row in plain.iter_rows() for cell in row if cell.value]
        assert any("bằng chữ: Bốn triệu năm trăm nghìn đồng" in text for text in texts)

    def test_lines_are_read_in_chunks_without_loss(self, django_assert_num_queries: Any) -> None:
        batch = prepared_batch(payable_list(3))
        lines = PaymentInstruction.objects.filter(batch=batch)
        with django_assert_num_queries(1):
            found = list(read_lines(lines))
        assert [line.ordinal for line in found] == [1, 2, 3]
        assert len({line.number for line in found}) == 3
        assert CHUNK > 3


class TestReceipt:
    def test_the_paper_names_payee_amount_and_who_received(self) -> None:
        made = payable_list(1)
        line = released_batch(made).instructions.select_related("batch__programme").get()
        text = " ".join(
            PdfReader(io.BytesIO(make_receipt(actor=made.staff.accountant, line=line)))
            .pages[0]
            .extract_text()
            .split()
        )
        assert "GIẤY BIÊN NHẬN" in text
        assert "Một triệu năm trăm nghìn đồng" in text
        assert line.reference in text
        event = Event.objects.get(action="instruction.receipt_made")
        assert (event.object_ref, event.actor_id) == (line.reference, made.staff.accountant.pk)
        assert not CashProxy.objects.exists()

    def test_not_for_a_batch_that_nobody_approved_and_not_for_readers(self) -> None:
        made = payable_list(1)
        line = prepared_batch(made).instructions.select_related("batch__programme").get()
        with pytest.raises(TransitionRefused, match="đợt chi đã duyệt"):
            make_receipt(actor=made.staff.accountant, line=line)
        with pytest.raises(PermissionDenied):
            make_receipt(actor=made.staff.appraiser, line=line)
        assert not Event.objects.filter(action="instruction.receipt_made").exists()


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes: what a process hears from a full disk or a spent quota."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


class TestFaults:
    def test_a_full_disk_is_said_and_the_next_try_writes_what_is_missing(self) -> None:
        """F5."""
        made = payable_list(2)
        batch = released_batch(made)
        job = start_rendering(batch=batch, actor=made.staff.approver, is_draft=False)
        for other in Job.objects.exclude(pk=job.pk):
            run_job(other.pk)
        with room_for(4_000):
            run_job(job.pk)
        job.refresh_from_db()
        assert job.state == "failed"
        assert "hết chỗ lưu tệp" in job.error_text
        assert "Lập tệp còn thiếu" in job.error_text
        assert not PaymentFile.objects.filter(batch=batch, is_draft=False).exists()
        assert not list(settings.STORAGE_DIR.rglob("*.part")), "nothing half written is left"
        run_job(render_again(actor=made.staff.accountant, batch=batch).pk)
        assert PaymentFile.objects.filter(batch=batch, is_draft=False).count() == 2

    def test_what_is_there_is_not_written_again(self) -> None:
        made = payable_list(2)
        batch = approved(transfer_batch(made, ["970405", "970436"]), made)
        first = {key: file.pk for key, file in written(batch, made).items()}
        again = start_rendering(batch=batch, actor=made.staff.approver, is_draft=False, repetition=9)
        run_job(again.pk)
        assert {
            (f.kind, f.part): f.pk for f in PaymentFile.objects.filter(batch=batch, is_draft=False)
        } == first


class TestBundle:
    def test_everything_in_one_zip_and_in_the_log(self) -> None:
        made = payable_list(1)
        batch = approved(transfer_batch(made, ["970405"]), made)
        files = written(batch, made)
        with zipfile.ZipFile(io.BytesIO(bundle_files(actor=made.staff.accountant, batch=batch))) as early:
            # what orders payments leaves only when the batch can't be cancelled any more
            assert {name.partition("-")[0] for name in early.namelist()} == {"danh", "bang"}
        batch = release_batch(actor=made.staff.accountant, batch=batch)
        content = bundle_files(actor=made.staff.accountant, batch=batch)
        assert content == bundle_files(actor=made.staff.accountant, batch=batch)
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            found = {name: hashlib.sha256(bundle.read(name)).hexdigest() for name in bundle.namelist()}
        assert found == {file.file.name: file.sha256 for file in files.values()}
        assert Event.objects.filter(action="batch.files_downloaded", object_ref=batch.reference).count() == 3
        # the three lists and papers early, then everything twice
        assert Event.objects.filter(action="file.downloaded").count() == 3 + 2 * len(files)

    def test_who_hands_out_cash_gets_no_accounts_of_banks(self) -> None:
        made = payable_list(1)
        batch = approved(transfer_batch(made, ["970405"]), made)
        written(batch, made)
        officer = user(Role.COMMUNE_OFFICER, area="89888")
        with zipfile.ZipFile(io.BytesIO(bundle_files(actor=officer, batch=batch))) as bundle:
            assert [name[:19] for name in bundle.namelist()] == ["danh-sach-chi-tra-D"] * 2
        with pytest.raises(PermissionDenied):
            bundle_files(actor=user(Role.LEADER, area="89888"), batch=batch)
