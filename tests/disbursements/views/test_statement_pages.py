"""Pages of what came back: uploaded, looked at, settled, recorded; payments in doubt by age; long files by a worker."""

import csv
import io
import unicodedata
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from core import clock
from core.models import Event, Job
from core.services.jobs import run_job
from disbursements.models import Batch, PaymentInstruction, StatementImport
from disbursements.services import statement_reading
from disbursements.services.results import mark_unknown
from disbursements.services.statement_reading import read_statement, write_lines
from disbursements.services.statements import WAITS_FOR, check_statement, submit_statement
from tests.factories.payments import AMOUNT, ApprovedList, payable_list, released_batch
from tests.factories.people import OUTSIDE_DISTRICT, user
from tests.factories.statements import Moved, mt940

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> ApprovedList:
    return payable_list(4)


@pytest.fixture
def batch(made: ApprovedList) -> Batch:
    return released_batch(made)


@pytest.fixture
def accountant(client: Client, made: ApprovedList) -> Client:
    client.force_login(made.staff.accountant)
    return client


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def references(batch: Batch) -> list[str]:
    return list(
        PaymentInstruction.objects.filter(batch=batch)
        .order_by("position")
        .values_list("reference", flat=True)
    )


def upload(content: bytes, name: str = "saoke.txt") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


def test_from_the_upload_to_the_record_by_pages(accountant: Client, batch: Batch) -> None:
    plain = [reference.replace("-", "") for reference in references(batch)]
    moved = [
        Moved(AMOUNT, plain[0]),
        Moved(AMOUNT, plain[1], is_out=False, code="AC01"),
        Moved(AMOUNT, plain[2], name="TRAN VAN KHAC"),
        Moved(11_000, text="PHI CHUYEN TIEN"),
    ]
    sent = accountant.post(f"/batches/{batch.reference}/statement/", upload(mt940(moved)))
    statement = StatementImport.objects.get(batch=batch)
    page = reverse("disbursements:statement_page", args=[batch.reference, statement.pk])
    assert (sent.status_code, sent["Location"]) == (302, page)
    shown = text_of(accountant.get(page))
    for wanted in (
        "Sao kê MT940",
        # words and codes of banks are from memory: said so
        "Chưa chắc chắn",
        "chưa đối chiếu với từng ngân hàng",
        "Khác tên người nhận",
        "Không có trong đợt",
        "Ghi kết quả 2 dòng",
        "Để 1 dòng không khớp",
    ):
        assert wanted in shown
    # people look at the name: nothing without a reason, then it is settled with it
    row = f"{page}lines/3/"
    assert references(batch)[2] in text_of(accountant.get(row))
    assert accountant.post(row, {"line": references(batch)[2], "action": "match"}).status_code == 422
    settled = accountant.post(
        row, {"line": references(batch)[2], "action": "match", "reason": "Ngân hàng xác nhận"}
    )
    assert settled.status_code == 302
    aside = f"{page}aside/"
    assert "PHI CHUYEN TIEN" in text_of(accountant.get(aside))
    assert accountant.post(aside, {"reason": ""}).status_code == 422
    assert accountant.post(aside, {"reason": "Phí ngân hàng"}).status_code == 302
    assert accountant.post(f"{page}record/").status_code == 302
    states = list(
        PaymentInstruction.objects.filter(batch=batch).order_by("position").values_list("status", flat=True)
    )
    assert states == ["paid", "returned", "paid", "sent"]
    # a second post changes nothing and says so
    events = Event.objects.count()
    again = accountant.post(f"{page}record/")
    assert (again.status_code, "đã được ghi từ trước" in text_of(again)) == (422, True)
    assert Event.objects.count() == events
    whole = text_of(accountant.get(f"/batches/{batch.reference}/"))
    for wanted in (
        "trong đó có tệp kết quả",
        "Còn 1 người chờ kết quả.",
        "saoke.txt",
        "đã ghi 2 đã nhận, 1 chưa nhận",
    ):
        assert wanted in whole


def test_who_may_not(client: Client, made: ApprovedList, batch: Batch) -> None:
    statement = check_statement(
        actor=made.staff.accountant,
        batch=batch,
        content=mt940([Moved(AMOUNT, references(batch)[0].replace("-", "")), Moved(5, text="PHI")]),
        name="saoke.txt",
    )
    base = f"/batches/{batch.reference}/"
    page = f"{base}statement/{statement.pk}/"
    outsider = user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT)
    events = Event.objects.exclude(action="access.denied").count()
    client.force_login(outsider)
    for address in (page, f"{page}lines/1/", f"{page}aside/", f"{base}unknown/", f"{base}statement/"):
        assert client.get(address).status_code == 404
    for address in (f"{page}record/", f"{page}lines/2/", f"{page}aside/", f"{base}unknown/"):
        assert client.post(address, {"reason": "x", "confirm": "1", "on": "28/09/2021"}).status_code == 404
    client.force_login(made.staff.approver)
    assert client.get(page).status_code == 200
    for address in (f"{page}record/", f"{page}lines/2/", f"{page}aside/", f"{base}unknown/"):
        assert client.post(address, {"reason": "x", "confirm": "1", "on": "28/09/2021"}).status_code == 403
    assert Event.objects.exclude(action="access.denied").count() == events
    assert not PaymentInstruction.objects.exclude(status="sent").exists()


def test_in_doubt_by_pages(
    accountant: Client, batch: Batch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    chosen = references(batch)[0]
    asked = accountant.post(f"/batches/{batch.reference}/results/", {"action": "unknown", "pick": chosen})
    assert (asked.status_code, "Chưa rõ từ ngày" in text_of(asked)) == (200, True)
    address = f"/batches/{batch.reference}/unknown/"
    late = accountant.post(address, {"pick": chosen, "confirm": "1", "on": "01/01/2020"})
    assert (late.status_code, "từ ngày bắt đầu chi" in text_of(late)) == (422, True)
    today = f"{clock.today():%d/%m/%Y}"
    assert accountant.post(address, {"pick": chosen, "confirm": "1", "on": today}).status_code == 302
    assert PaymentInstruction.objects.get(status="unknown").reference == chosen
    with django_assert_num_queries(12, exact=False):
        shown = text_of(accountant.get("/payments/unknown/"))
    assert "0 ngày làm việc" in shown
    assert "1 người, 1.500.000 đ" in shown
    assert chosen in text_of(accountant.get(f"/payments/unknown/?q={batch.reference}"))
    assert chosen not in text_of(accountant.get("/payments/unknown/?q=DC-2021-00000000"))
    assert "Chưa rõ kết quả chi" in text_of(accountant.get("/"))
    assert accountant.post(address, {"confirm": "1", "on": today}).status_code == 302
    with django_assert_num_queries(12, exact=False):
        assert "4 người" in text_of(accountant.get("/payments/unknown/"))


def test_a_payment_in_doubt_is_seen_in_its_area_only(
    client: Client, made: ApprovedList, batch: Batch
) -> None:
    mark_unknown(actor=made.staff.accountant, batch=batch, on=clock.today())
    client.force_login(user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT))
    assert "Không có khoản nào" in text_of(client.get("/payments/unknown/"))


def test_a_long_file_is_read_by_a_worker_in_chunks_and_goes_on_where_it_was_stopped(
    made: ApprovedList, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = made.staff.accountant
    moved = [Moved(AMOUNT, reference.replace("-", "")) for reference in references(batch)]
    moved += [Moved(11_000, text="PHI " + "X" * 300, bank_reference=f"F{n}") for n in range(1_200)]
    content = mt940(moved)
    assert len(content) > WAITS_FOR
    monkeypatch.setattr(statement_reading, "CHUNK", 500)
    statement = submit_statement(actor=actor, batch=batch, content=content, name="dai.txt")
    assert (statement.state, statement.lines.count()) == ("reading", 0)
    # a worker was stopped after its first chunk
    write_lines(statement, read_statement(content, "dai.txt").lines[:500], statement_reading.Counter())
    run_job(statement.job_id)
    statement.refresh_from_db()
    assert (Job.objects.get(pk=statement.job_id).state, statement.state) == ("done", "checked")
    assert (statement.lines.count(), statement.lines.filter(outcome="paid").count()) == (1_204, 4)
    assert statement.lines.values("digest").distinct().count() == 1_204
    # delivered again, uploaded again: nothing is read twice
    run_job(statement.job_id)
    assert submit_statement(actor=actor, batch=batch, content=content, name="dai.txt").pk == statement.pk
    assert statement.lines.count() == 1_204


def test_a_long_file_that_is_refused_says_why_on_its_page(accountant: Client, batch: Batch) -> None:
    moved = [Moved(11_000, text="PHI " + "X" * 300) for _n in range(1_300)]
    accountant.post(f"/batches/{batch.reference}/statement/", upload(mt940(moved)))
    statement = StatementImport.objects.get(batch=batch)
    run_job(statement.job_id)
    page = text_of(accountant.get(f"/batches/{batch.reference}/statement/{statement.pk}/"))
    assert "Tệp không có mã lệnh chi nào của đợt" in page
    assert not statement.lines.exists()


HEADING = ["Mã lệnh chi", "Họ và tên", "Số tiền (đồng)", "Kết quả chi", "Lý do chưa nhận"]
Change = Callable[[list[list[str]]], list[list[str]]]


def written(batch: Batch, change: Change, encoding: str = "utf-8", form: str = "NFC") -> bytes:
    rows = []
    for line in PaymentInstruction.objects.filter(batch=batch).order_by("position"):
        said = "Chưa nhận" if line.position == 2 else "Đã nhận"
        rows.append([line.reference, line.payee_name, str(line.amount), said, "Vắng mặt"])
    target = io.StringIO()
    csv.writer(target).writerows([HEADING, *change(rows)])
    return unicodedata.normalize(form, target.getvalue()).encode(encoding)


def test_a_list_means_the_same_however_it_was_saved(made: ApprovedList, batch: Batch) -> None:
    """F7: reordered, with BOM, in UTF-16, decomposed, codes without their zeros."""
    ways = [
        written(batch, lambda rows: rows),
        written(batch, lambda rows: rows[::-1]),
        written(batch, lambda rows: rows, "utf-8-sig"),
        written(batch, lambda rows: rows, "utf-16"),
        written(batch, lambda rows: rows, form="NFD"),
        written(batch, lambda rows: [[f" {r[0][:8].lower()}{r[0][8:].lstrip('0')}", *r[1:]] for r in rows]),
    ]
    for number, content in enumerate(ways):
        statement = check_statement(
            actor=made.staff.accountant, batch=batch, content=content, name=f"{number}.csv"
        )
        found = dict(statement.lines.values_list("instruction__position", "outcome"))
        assert found == {1: "paid", 2: "returned", 3: "paid", 4: "paid"}, number
        assert set(statement.lines.exclude(result_code="").values_list("result_code", flat=True)) == {
            "absent"
        }
