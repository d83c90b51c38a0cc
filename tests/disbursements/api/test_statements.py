"""Files that came back, by the API: uploaded and checked, read row by row, recorded once; what the pages refuse is refused."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from core.models import Event, Job
from core.services.jobs import run_job
from disbursements.models import Batch, PaymentInstruction, StatementImport
from disbursements.services import statements as service
from tests.factories.api import Caller
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


def moved_of(batch: Batch) -> list[Moved]:
    lines = PaymentInstruction.objects.filter(batch=batch).order_by("position")
    plain = [line.reference.replace("-", "") for line in lines]
    return [
        Moved(AMOUNT, plain[0]),
        Moved(AMOUNT, plain[1], is_out=False, code="AC01"),
        Moved(AMOUNT, plain[2], name="TRAN VAN KHAC", account="0711000111222"),
        Moved(11_000, text="PHI CHUYEN TIEN 0711000111222"),
    ]


def send(caller: Caller, batch: Batch, content: bytes, expect: int = 200) -> Any:
    answer = caller.client.post(
        f"/api/v1/batches/{batch.reference}/statements/",
        {"file": SimpleUploadedFile("saoke.txt", content)},
        format="multipart",
    )
    assert answer.status_code == expect, answer.content.decode()
    return answer.json()


def test_from_the_upload_to_the_record(made: ApprovedList, batch: Batch) -> None:
    accountant = Caller(made.staff.accountant)
    found = send(accountant, batch, mt940(moved_of(batch)))
    assert (found["format"], found["state"], found["rows"], found["to_record"]) == ("mt940", "checked", 4, 2)
    assert {row["outcome"]: row["rows"] for row in found["outcomes"]} == {
        "paid": 1,
        "returned": 1,
        "other_name": 1,
        "unknown_line": 1,
    }
    address = f"batches/{batch.reference}/statements/{found['number']}/"
    assert accountant.get(address) == found
    assert [
        each["number"] for each in accountant.get(f"batches/{batch.reference}/statements/")["results"]
    ] == [found["number"]]
    rows = accountant.get(f"{address}lines/")["results"]
    # those that need a look first, each with its sentence; accounts masked, in words too
    assert [(row["row"], row["needs_a_look"]) for row in rows] == [
        (3, True),
        (4, True),
        (1, False),
        (2, False),
    ]
    assert rows[0]["sentence"].startswith("Dòng 3: tên “TRAN VAN KHAC” khác người nhận")
    assert rows[0]["account"][-3:] == "222"
    assert "0711000111222" not in str(rows)
    (back,) = accountant.get(f"{address}lines/", outcome="returned")["results"]
    assert (back["direction"], back["amount"], back["sentence"]) == ("credit", AMOUNT, "Sai số tài khoản")
    told = {"paid": 1, "returned": 1, "failed": 0, "unknown": 0, "refused": []}
    assert accountant.post(f"{address}record/") == told
    # the same bytes are the same file, and recording them again changes nothing
    events = Event.objects.count()
    again = send(accountant, batch, mt940(moved_of(batch)))
    assert (again["number"], again["state"], again["to_record"]) == (found["number"], "recorded", 0)
    assert "Không có dòng nào ghi được" in accountant.post(f"{address}record/", expect=409)["detail"]
    assert (StatementImport.objects.count(), Event.objects.count()) == (1, events)
    states = PaymentInstruction.objects.order_by("position").values_list("status", flat=True)
    assert list(states) == ["paid", "returned", "sent", "sent"]


def test_a_long_file_is_read_by_a_worker(
    made: ApprovedList, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "WAITS_FOR", 10)
    accountant = Caller(made.staff.accountant)
    waiting = send(accountant, batch, mt940(moved_of(batch)), expect=202)
    job = Job.objects.get(reference=waiting["job"])
    assert waiting["state"] == "reading"
    run_job(job.pk)
    address = f"batches/{batch.reference}/statements/{waiting['number']}/"
    found = accountant.get(address)
    assert (found["state"], found["to_record"]) == ("checked", 2)


def test_a_file_that_is_not_taken_leaves_nothing(made: ApprovedList, batch: Batch) -> None:
    accountant = Caller(made.staff.accountant)
    cut = send(accountant, batch, mt940(moved_of(batch), is_cut=True), expect=409)
    assert "Sao kê bị cắt giữa chừng" in cut["detail"]
    assert "không có dữ liệu" in send(accountant, batch, b"", expect=409)["detail"]
    nothing = accountant.client.post(f"/api/v1/batches/{batch.reference}/statements/", {}, format="multipart")
    assert (nothing.status_code, list(nothing.json())) == (400, ["file"])
    assert not StatementImport.objects.exists()


def test_outsiders_find_nothing_and_readers_write_nothing(made: ApprovedList, batch: Batch) -> None:
    content = mt940(moved_of(batch))
    number = send(Caller(made.staff.accountant), batch, content)["number"]
    other = released_batch(payable_list(1, staff=made.staff))
    base = f"batches/{batch.reference}/statements/"
    outsider, reader = Caller(user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT)), Caller(made.staff.approver)
    for path in (base, f"{base}{number}/", f"{base}{number}/lines/"):
        outsider.get(path, expect=404)
        reader.get(path)
        Caller(user(Role.ADMINISTRATOR)).get(path, expect=403)
    send(outsider, batch, content, expect=404)
    outsider.post(f"{base}{number}/record/", expect=404)
    send(reader, batch, content, expect=403)
    reader.post(f"{base}{number}/record/", expect=403)
    # a file is found below its own batch only
    Caller(made.staff.accountant).get(f"batches/{other.reference}/statements/{number}/", expect=404)
    assert set(PaymentInstruction.objects.values_list("status", flat=True)) == {"sent"}


def test_rows_cost_the_same_however_many(
    made: ApprovedList, batch: Batch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    accountant = Caller(made.staff.accountant)
    number = send(
        accountant, batch, mt940([*moved_of(batch), *[Moved(5, text=f"PHI {n}") for n in range(40)]])
    )["number"]
    with django_assert_max_num_queries(20):
        assert accountant.get(f"batches/{batch.reference}/statements/{number}/lines/")["count"] == 44
