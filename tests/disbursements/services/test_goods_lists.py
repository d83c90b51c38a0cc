"""The list of a round: signed on paper, and back as a workbook."""

import io
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from core.services.files import read_file
from core.services.jobs import run_job
from core.transitions import TransitionRefused
from disbursements.models import Handout, HandoutFile, HandoutLine, HandoutUpload
from disbursements.services.goods_handouts import (
    Leftovers,
    close_handout,
)
from disbursements.services.goods_rendering import write_missing_files
from disbursements.services.goods_results import (
    record_all_received_except,
)
from disbursements.services.goods_uploads import check_handout_list, record_handout_list
from support_programs.models import Entitlement
from tests.factories.goods import (
    RiceList,
    paper,
    rice_list,
    started_handout,
)
from tests.factories.people import PROVINCE

pytestmark = pytest.mark.django_db


def refused(words: str) -> Any:
    return pytest.raises(TransitionRefused, match=words)


def lines_of(handout: Handout) -> list[HandoutLine]:
    return list(HandoutLine.objects.filter(handout=handout).order_by("position"))


def states(made: RiceList) -> list[str]:
    return [row.status for row in made.entitlements]


def uploaded(content: bytes, changes: dict[str, dict[str, object]]) -> bytes:
    """The list as an officer fills it in: by reference, what its cells say by their title."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet: Any = book.active
    places = {
        cell.value: cell.column for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
    }
    for row in sheet.iter_rows():
        for title, value in changes.get(str(row[1].value), {}).items():
            sheet.cell(row[0].row, places[title]).value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


class TestLists:
    @pytest.fixture
    def made(self) -> RiceList:
        return rice_list(5)

    def files(self, handout: Handout, made: RiceList) -> dict[str, bytes]:
        handout.refresh_from_db()
        job = (
            write_missing_files(actor=made.staff.accountant, handout=handout)
            if not handout.files.exists()
            else None
        )
        if job is not None:
            run_job(job.pk)
        return {row.kind: read_file(row.file) for row in HandoutFile.objects.filter(handout=handout)}

    def test_the_files_are_written_once_with_totals_in_words(self, made: RiceList) -> None:
        from core.models import Job

        handout = started_handout(made)
        job = Job.objects.get(idempotency_key=f"handout-files:{handout.pk}")
        run_job(job.pk)
        written = self.files(handout, made)
        assert sorted(written) == ["list_pdf", "list_xlsx"]
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(written["list_pdf"])).pages)
        assert "Bảy mươi lăm kg" in text
        assert handout.reference in text
        with refused("đã có đủ"):
            write_missing_files(actor=made.staff.accountant, handout=handout)

    def test_each_row_of_an_upload_is_judged_and_then_recorded_once(self, made: RiceList) -> None:
        from core.models import Job

        handout = started_handout(made)
        run_job(Job.objects.get(idempotency_key=f"handout-files:{handout.pk}").pk)
        refs = [line.reference for line in lines_of(handout)]
        content = uploaded(
            self.files(handout, made)["list_xlsx"],
            {
                refs[0]: {"Kết quả nhận": "x"},
                refs[1]: {"Kết quả nhận": "Chưa nhận", "Lý do chưa nhận": "Vắng mặt"},
                refs[2]: {"Kết quả nhận": "Chưa nhận"},
                refs[3]: {"Kết quả nhận": "x", "Số lượng (kg)": 20},
                refs[4]: {"Kết quả nhận": "hay là"},
            },
        )
        upload = check_handout_list(
            actor=made.staff.accountant, handout=handout, content=content, name="ds.xlsx"
        )
        assert [row["outcome"] for row in upload.rows] == [
            "received", "missed", "unreadable", "other_quantity", "unreadable",
        ]  # fmt: skip
        assert "cột Lý do chưa nhận còn trống" in upload.rows[2]["message"]
        assert "số lượng trong tệp khác 15 kg" in upload.rows[3]["message"]
        assert states(made) == ["committed"] * 5, "nothing is recorded by the check"
        report = record_handout_list(actor=made.staff.accountant, upload=upload)
        assert (report.received, report.missed) == (1, 1)
        with refused("đã được ghi từ trước"):
            record_handout_list(actor=made.staff.accountant, upload=upload)
        again = check_handout_list(
            actor=made.staff.accountant, handout=handout, content=content, name="ds.xlsx"
        )
        assert (again.pk, again.rows[0]["outcome"]) == (upload.pk, "same")
        assert HandoutUpload.objects.count() == 1

    def test_the_list_of_another_round_and_what_is_no_list_are_refused(self, made: RiceList) -> None:
        from core.models import Job

        handout, other = started_handout(made), started_handout(rice_list(1))
        run_job(Job.objects.get(idempotency_key=f"handout-files:{other.pk}").pk)
        foreign = read_file(other.files.get(kind="list_xlsx").file)
        with refused(f"danh sách của đợt {other.reference}"):
            check_handout_list(actor=made.staff.accountant, handout=handout, content=foreign, name="ds.xlsx")
        with refused("Không tìm thấy cột Mã dòng cấp phát"):
            check_handout_list(
                actor=made.staff.accountant, handout=handout, content=b"a,b\n1,2\n", name="x.csv"
            )
        assert not HandoutUpload.objects.exists()


def test_no_entitlement_is_lost_or_doubled_on_the_way() -> None:
    made = rice_list(3)
    handout = started_handout(made)
    record_all_received_except(actor=made.staff.accountant, handout=handout, exceptions={})
    close_handout(actor=made.staff.accountant, handout=handout, leftovers=Leftovers())
    assert states(made) == ["paid"] * 3
    assert Entitlement.objects.count() == HandoutLine.objects.count() == 3
    assert paper().quantity == 1000
    assert PROVINCE == "89"
