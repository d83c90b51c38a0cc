"""Lists of the registers as communes send them: messy, with a title above and the columns in their own words."""

import io
from collections.abc import Sequence

from openpyxl import Workbook

from accounts.models import User
from beneficiaries.models import ListImport
from beneficiaries.services.imports.corrections import accept_warnings
from beneficiaries.services.imports.uploads import upload_list
from core.services.jobs import run_job
from tests.beneficiaries.lists import committed
from tests.factories.people import COMMUNE

NUMBERS = [f"0890850001{number:02}" for number in range(10, 99)]


def sheet(
    header: Sequence[str],
    *rows: Sequence[object],
    title: str = "DANH SÁCH NĂM 2021",
    office: str = "ỦY BAN NHÂN DÂN THỊ TRẤN PHÚ MỸ",
) -> bytes:
    """An .xlsx with two lines above the header; the first person stands in row 5."""
    book = Workbook()
    page = book.worksheets[0]
    page.append([office])
    page.append([title])
    page.append([])
    page.append(list(header))
    for row in rows:
        page.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def checked(content: bytes, profile: str, officer: User, area: str = COMMUNE) -> ListImport:
    """Uploaded and checked by the job that checks lists."""
    made = upload_list(
        content=content,
        name="so.xlsx",
        profile=profile,
        area_code=area,
        actor=officer,
        is_background=False,
    )
    run_job(made.job_id)
    made.refresh_from_db()
    return made


def taken_in(content: bytes, profile: str, officer: User, area: str = COMMUNE) -> ListImport:
    """Checked, all warnings kept, and taken in by the job that does it."""
    made = checked(content, profile, officer, area)
    accept_warnings(list_import=made, actor=officer)
    return committed(made, officer)
