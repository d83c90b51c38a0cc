"""Small lists for the tests of imports, and a profile that no programme needs to be there for."""

import io

from openpyxl import Workbook

from accounts.models import User
from beneficiaries.enums import ImportState
from beneficiaries.imports.profile import ImportProfile, register_profile
from beneficiaries.models import ImportRow, ListImport
from beneficiaries.services.imports.commits import start_commit
from beneficiaries.services.imports.uploads import upload_list
from core.services.jobs import run_job
from tests.factories.people import COMMUNE

HEADER = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CMND/CCCD", "Địa chỉ", "Công việc", "Số tiền"]
PROFILE = ImportProfile(code="THU_NGHIEM", title="Danh sách thử nghiệm", amount=1_500_000, min_age=15)


def use_profile() -> None:
    register_profile(PROFILE)


def workbook(
    *rows: list[object], header: list[str] = HEADER, above: list[list[object]] | None = None
) -> bytes:
    """An .xlsx with a header and numbered rows; row 2 is the first person unless lines stand above the header."""
    book = Workbook()
    for line in above or []:
        book.active.append(line)
    book.active.append(header)
    for number, row in enumerate(rows, 1):
        book.active.append([number, *row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def person(
    name: str, number: object, born: object = "02/03/1985", sex: str = "Nam", amount: object = 1_500_000
) -> list[object]:
    return [name, born, sex, number, "Khóm Mỹ Lương", "Bán hàng rong", amount]


def brought(content: bytes, officer: User, area: str = COMMUNE, **options: object) -> ListImport:
    """Uploaded and checked in this process."""
    list_import = upload_list(
        content=content,
        name="ds.xlsx",
        profile=PROFILE.code,
        area_code=area,
        actor=officer,
        is_background=False,
        **options,
    )
    if list_import.state == ImportState.UPLOADED:
        run_job(list_import.job_id)
    list_import.refresh_from_db()
    return list_import


def committed(list_import: ListImport, officer: User) -> ListImport:
    """Its ready rows taken in, in this process."""
    job = start_commit(list_import=list_import, actor=officer, is_background=False)
    run_job(job.pk)
    list_import.refresh_from_db()
    return list_import


def codes(list_import: ListImport, row: int) -> set[str]:
    return {f["code"] for f in ImportRow.objects.get(list_import=list_import, row_number=row).findings}
