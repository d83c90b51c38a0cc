"""Lists that communes of the demo have just uploaded: real workbooks through the real import, some rows to be corrected."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from accounts.demo import AN_PHU, PHU_TAN
from accounts.models import AdministrativeUnit, User
from beneficiaries.imports.profile import registered_profiles
from beneficiaries.models import ListImport
from beneficiaries.services.imports.commits import start_commit
from beneficiaries.services.imports.uploads import upload_list
from core.dates import format_date
from core.fence import fenced
from core.services.jobs import run_job
from core.spreadsheets.tables import Column, Heading, Kind, Row, Signature, Table
from core.spreadsheets.writing import write_table
from reports.demo.people import Human, Numbers, people_of
from reports.demo.plan import OTHERS, ListPlan
from reports.demo.stages import Stage

PROGRAMME: Final = "LD_TU_DO"
ROWS: Final = 24
AMOUNT: Final = 1_500_000


@dataclass(frozen=True, slots=True)
class Upload:
    """Who brings a list, and whether its sound rows have gone in already."""

    username: str
    area_code: str
    is_committed: bool


UPLOADS: Final = (
    Upload("xa30406", f"{PHU_TAN}30406", is_committed=False),
    Upload("xa30406b", f"{PHU_TAN}30406", is_committed=True),
    Upload("xa30409", f"{PHU_TAN}30409", is_committed=False),
    Upload("xa30415", f"{PHU_TAN}30415", is_committed=True),
    Upload("xa30343", f"{AN_PHU}30343", is_committed=False),
    Upload("xa30349", f"{AN_PHU}30349", is_committed=False),
)
_COLUMNS: Final = (
    Column("ordinal", "STT", Kind.ORDINAL),
    Column("name", "Họ và tên", Kind.TEXT),
    Column("born", "Ngày, tháng, năm sinh", Kind.TEXT, width=14),
    Column("sex", "Giới tính", Kind.TEXT, width=9),
    Column("number", "Số CCCD/CMND", Kind.CODE),
    Column("address", "Địa chỉ (khóm, ấp)", Kind.TEXT),
    Column("job", "Công việc", Kind.TEXT),
    Column("phone", "Số điện thoại", Kind.CODE),
    Column("amount", "Số tiền hỗ trợ (đồng)", Kind.MONEY, total=True),
)


def bring_lists(count: int, seed: int) -> int:
    """Upload and check up to `count` lists as their officers; gives how many. Each goes through the services, as on the page."""
    if PROGRAMME not in {profile.code for profile in registered_profiles()}:
        return 0
    random = Random(seed)
    numbers = Numbers(random)
    names = dict(AdministrativeUnit.objects.filter(level=3).values_list("area_code", "name"))
    brought = UPLOADS[:count]
    for place, upload in enumerate(brought):
        _bring(upload, names[upload.area_code], place, numbers, random)
    return len(brought)


def _bring(upload: Upload, commune: str, place: int, numbers: Numbers, random: Random) -> None:
    actor = User.objects.get(username=upload.username)
    plan = ListPlan(upload.area_code, OTHERS, Stage.DRAFT, ROWS, place)
    people = people_of(plan, ROWS, numbers, random)
    with fenced(actor.pk, actor.area_code):
        list_import = upload_list(
            content=write_table(_table(commune, people)),
            name=f"Danh sach LDTD {commune} dot {place + 6}.xlsx",
            profile=PROGRAMME,
            area_code=upload.area_code,
            actor=actor,
            is_background=False,
        )
    _work(list_import)
    if upload.is_committed:
        with fenced(actor.pk, actor.area_code):
            start_commit(list_import=list_import, actor=actor, is_background=False)
        _work(list_import)


def _work(list_import: ListImport) -> None:
    job_id = ListImport.objects.values_list("job_id", flat=True).get(pk=list_import.pk)
    if job_id:
        run_job(job_id)


def _table(commune: str, people: list[Human]) -> Table:
    return Table(
        columns=_COLUMNS,
        rows=list(_rows(people)),
        heading=Heading(
            title="DANH SÁCH NGƯỜI LAO ĐỘNG KHÔNG CÓ GIAO KẾT HỢP ĐỒNG LAO ĐỘNG ĐỀ NGHỊ HỖ TRỢ",
            subtitles=("(Bản dùng thử, người trong danh sách không có thật)",),
            body=f"ỦY BAN NHÂN DÂN {commune.upper()}",
        ),
        sheet_name="DS de nghi",
        signatures=(Signature("NGƯỜI LẬP"), Signature("CHỦ TỊCH")),
    )


def _rows(people: list[Human]) -> Iterator[Row]:
    """The people as a commune writes them, with the usual mistakes in some rows."""
    for place, human in enumerate(people, start=1):
        row: dict[str, str | int] = {
            "name": human.full_name,
            "born": format_date(human.birth_date) if human.birth_date else str(human.birth_year),
            "sex": "Nam" if human.sex == "M" else "Nữ",
            "number": human.number,
            "address": human.hamlet,
            "job": human.occupation,
            "phone": human.phone,
            "amount": AMOUNT,
        }
        yield {**row, **_mistake(place, human, people)}


def _mistake(place: int, human: Human, people: list[Human]) -> dict[str, str | int]:
    wrong: dict[int, dict[str, str | int]] = {
        3: {"number": human.number[:-1]},
        6: {"name": human.full_name.upper()},
        8: {"number": ""},
        11: {"amount": 1_000_000},
        14: {"born": f"31/02/{human.birth_year}"},
        17: {"number": people[1].number, "name": people[1].full_name, "sex": ""},
        19: {"number": f"{human.number[:3]} {human.number[3:]}"},
        21: {"born": f"{dt.date(2010, 3, 4):%d/%m/%Y}"},
    }
    return wrong.get(place, {})
