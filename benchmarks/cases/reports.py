"""Reports: a list of 100,000 rows in Excel, and the summary of a province of a million claims as page, Excel and PDF."""

import datetime as dt
import io
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from django.test import Client
from rustpy_xlsxwriter import write_worksheet

from accounts.enums import Role
from accounts.models import User
from benchmarks.harness import Measurement, case
from benchmarks.million import make_million
from core import clock
from core.spreadsheets.tables import Column, Kind
from reports.definitions import DEFINITIONS
from reports.definitions.base import Params, Report
from reports.definitions.building import build_report
from reports.definitions.keeping import PackedRows, pack_rows
from reports.queries.areas import area_choice
from reports.renderers.html import render_report_html
from reports.renderers.pdf import render_report_pdf
from reports.renderers.xlsx import render_xlsx

ROWS: Final = 100_000
CLAIMS: Final = 1_000_000
ROUNDS: Final = 3
COLUMNS: Final = (
    Column("ordinal", "STT", Kind.ORDINAL),
    Column("name", "Họ và tên", width=26),
    Column("born", "Năm sinh", Kind.CODE),
    Column("hamlet", "Khóm, ấp", width=20),
    Column("commune", "Xã, phường, thị trấn", width=22),
    Column("number", "Số giấy tờ", Kind.CODE),
    Column("received_on", "Ngày nhận hồ sơ", Kind.DATE),
    Column("amount", "Mức đề nghị", Kind.MONEY, total=True),
    Column("decision", "Số quyết định", Kind.CODE),
    Column("paid", "Đã chi", Kind.MONEY, total=True),
    Column("state", "Tình trạng"),
)


def _rows() -> Iterator[dict[str, Any]]:
    for n in range(ROWS):
        yield {
            "name": f"Nguyễn Thị Mỹ {n % 997}",
            "born": str(1950 + n % 50),
            "hamlet": f"Ấp Vĩnh {n % 31}",
            "commune": f"Xã Phú {n % 13}",
            "number": f"•••{n % 1000:03d}",
            "received_on": dt.date(2021, 8, 1) + dt.timedelta(days=n % 57),
            "amount": 1_500_000 + n % 7,
            "decision": f"{n % 90}/QĐ-UBND",
            "paid": 1_500_000 * (n % 2),
            "state": "Đã chi" if n % 2 else "Đã phê duyệt, chưa chi",
        }


def _list(rows: Iterable[dict[str, Any]]) -> Report:
    """A kept list: what is measured reads its rows from where a run keeps them."""
    content, count, sums = pack_rows(rows, COLUMNS)
    return Report(
        code="bench", title="Danh sách", subject="Danh sách", period="Tháng 9 năm 2021", area_name="Tỉnh An Giang",
        parent_body="UBND tỉnh An Giang", body="Sở", place="", unit_note="Đơn vị tính: đồng", legal_basis=(),
        columns=COLUMNS, sections=(), totals=sums, total_label="Tổng cộng", in_words=(), signers=(), recipients=(),
        figures_at=dt.datetime(2021, 9, 27, tzinfo=dt.UTC), rows=PackedRows(content, COLUMNS), row_count=count,
    )  # fmt: skip


@case(
    "a list of 100,000 rows in Excel, from its kept rows, fixed bytes included",
    yardstick="rustpy-xlsxwriter, the same cells",
    ratio=2.5,
)
def long_list(measured: Measurement) -> None:
    report, before = _list(_rows()), _peak()
    content = render_xlsx(report)
    # the plain rows that the yardstick is given are not there yet
    measured.note(f"peak of the process {_peak():.0f} MB, {before:.0f} MB of it before writing")
    rows = list(_rows())
    names = [column.key for column in COLUMNS]
    for _ in range(ROUNDS):
        with measured.yardstick():
            target = io.BytesIO()
            write_worksheet(
                ({**dict.fromkeys(names), "ordinal": place, **row} for place, row in enumerate(rows, 1)),
                target,
            )
        with measured.ours():
            again = render_xlsx(report)
        if again != content:
            raise RuntimeError("not the same bytes")
    measured.note(f"{len(content) / 1e6:.1f} MB")


@case("summary of a province of 1,000,000 claims: page", seconds=1.0)
def summary(measured: Measurement) -> None:
    """The page with its table; notes: reading alone, Excel and PDF from reading to bytes (10 s each), and the process's peak."""
    measured.note(str(make_million(CLAIMS)))
    leader = User.objects.filter(role_assignments__role=Role.LEADER, area_code="89").order_by("pk")[0]
    client = Client(HTTP_HOST="localhost")
    client.force_login(leader, backend="django.contrib.auth.backends.ModelBackend")
    asked = {"first": "01/09/2021", "last": f"{clock.today():%d/%m/%Y}"}
    for _ in range(ROUNDS):
        with measured.ours():
            assert client.get("/reports/free-workers/", asked).status_code == 200
    for code in ("free_workers", "nq68_result", "daily_progress"):
        _measure_one(measured, code, leader)
    measured.note(f"peak of the process {_peak():.0f} MB")


def _measure_one(measured: Measurement, code: str, leader: User) -> None:
    choice = area_choice(leader, "", clock.today())
    assert choice is not None
    params = Params(dt.date(2021, 9, 1), clock.today(), choice)
    definition = DEFINITIONS[code]

    def built() -> Report:
        return build_report(definition, params, leader)

    found = {
        "read": _fastest(built),
        "page": _fastest(lambda: render_report_html(built())),
        "Excel": _fastest(lambda: render_xlsx(built())),
        "PDF": _fastest(lambda: render_report_pdf(built())),
    }
    measured.note(f"{code}: {', '.join(f'{name} {seconds:.2f} s' for name, seconds in found.items())}")
    if found["Excel"] > 10 or found["PDF"] > 10:
        measured.note(f"{code} is over 10 s")
        measured.our_seconds[:] = [max(found.values())]


def _fastest(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def _peak() -> float:
    """The most memory that this process has had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
