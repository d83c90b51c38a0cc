"""Public totals and open data over a demo province: equal to the records where they are told, small cells in none of them."""

import csv
import datetime as dt
import gzip
import html
import io
import json
from collections import Counter
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from disbursements.enums import InstructionStatus, LedgerAccount
from disbursements.models import LedgerPosting, PaymentInstruction
from reports.queries.public_figures import FACTS, join_weeks, public_figures
from reports.queries.public_lookup import FoundPerson
from reports.queries.public_tables import FIELDS
from support_programs.enums import CaseStatus, EntitlementStatus
from support_programs.models import Case, Entitlement
from support_programs.queries.public_lists import TOTALS_ONLY, shown_lists
from support_programs.rules.public_cells import FEWEST
from tests.reports.conftest import browser_of

pytestmark = pytest.mark.usefixtures("province")
BASE = "/public/open-data/"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


def counted() -> dict[tuple[str, str, str, str], tuple[int, int]]:
    """People and đồng by fact, programme, month and district, counted in plain Python."""
    until = clock.today() - dt.timedelta(days=1)
    people: Counter[tuple[str, str, str, str]] = Counter()
    amounts: Counter[tuple[str, str, str, str]] = Counter()

    def count(fact: str, programme: str, day: dt.date, area: str, heads: int, amount: int) -> None:
        if day <= until:
            key = (fact, programme, day.strftime("%Y-%m"), area[:5])
            people[key] += heads
            amounts[key] += amount

    cases = Case.objects.exclude(status__in=[CaseStatus.DRAFT, CaseStatus.WITHDRAWN])
    for row in cases.values("programme", "received_on", "area_code", "amount_proposed"):
        count("proposed", row["programme"], row["received_on"], row["area_code"], 1, row["amount_proposed"])
    owed = Entitlement.objects.filter(status__in=EntitlementStatus.after_decision())
    for row in owed.values("programme", "decision__signed_on", "area_code", "amount"):
        count("approved", row["programme"], row["decision__signed_on"], row["area_code"], 1, row["amount"])
    paid = LedgerPosting.objects.filter(account=LedgerAccount.PAID)
    for row in paid.values("programme", "business_date", "area_code", "people", "amount"):
        count("paid", row["programme"], row["business_date"], row["area_code"], row["people"], row["amount"])
    return {key: (people[key], amounts[key]) for key in people}


def rows_of(client: Client) -> list[dict[str, Any]]:
    answer = client.get(f"{BASE}payments.json")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


def test_what_is_told_equals_a_count_of_the_records(client: Client) -> None:
    truth, told, hidden = counted(), 0, 0
    for row in rows_of(client):
        wanted = {
            "programme": row["programme"], "month": row["month"], "area": row["area_code"],
        }  # fmt: skip
        for fact in FACTS:
            if row[f"{fact}_people"] is None:
                assert row[f"{fact}_amount"] is None
                hidden += 1
                continue
            figures = [
                figure
                for (of, programme, month, area), figure in truth.items()
                if of == fact
                and wanted["programme"] in ("", programme)
                and wanted["month"] in ("", month)
                and wanted["area"] in ("", area)
            ]
            assert (row[f"{fact}_people"], row[f"{fact}_amount"]) == (
                sum(heads for heads, _amount in figures),
                sum(amount for _heads, amount in figures),
            ), row
            told += 1
    assert told > 50
    assert hidden >= 2


def test_no_cell_of_fewer_people_is_told_and_of_patients_no_district(client: Client) -> None:
    rows = rows_of(client)
    small = [row for row in rows for fact in FACTS if 0 < (row[f"{fact}_people"] or 0) < FEWEST]
    assert small == []
    assert {row["level"] for row in rows if row["programme"] in TOTALS_ONLY} <= {"programme", "month"}
    assert {row["level"] for row in rows} == {"province", "programme", "month", "district"}


def test_csv_json_and_page_say_the_same(client: Client) -> None:
    rows = rows_of(client)
    answer = client.get(f"{BASE}payments.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [list(lines[0]), len(lines)] == [[field.name for field in FIELDS], len(rows)]
    assert lines == [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in rows
    ]
    page = client.get("/public/figures/")
    whole = rows[0]
    assert whole["level"] == "province"
    cells = page.context["province"].cells
    assert [(cell.people, cell.amount) for cell in cells] == [
        (whole[f"{fact}_people"], whole[f"{fact}_amount"]) for fact in FACTS
    ]
    for row in page.context["programmes"]:
        line = next(one for one in rows if (one["level"], one["programme"]) == ("programme", row.code))
        assert [cell.people for cell in row.cells] == [line[f"{fact}_people"] for fact in FACTS]
    for row in page.context["districts"]:
        lines_of = [one for one in rows if (one["level"], one["area_code"]) == ("district", row.code)]
        assert [cell.people for cell in row.cells] == [
            sum(one[f"{fact}_people"] or 0 for one in lines_of) for fact in FACTS
        ]


def test_the_schema_explains_every_column_and_says_what_is_not_sure(client: Client) -> None:
    schema = client.get(f"{BASE}schema.json").json()
    assert [field["name"] for field in schema["fields"]] == list(rows_of(client)[0])
    assert schema["hidden"]["fewest_people"] == FEWEST
    assert "Chưa chắc chắn" in schema["licence"]
    page = html.unescape(client.get(BASE).content.decode())
    for told in (
        *(field.name for field in FIELDS),
        "Chưa chắc chắn",
        "payments.csv",
        "schema.json",
        "60 giây",
    ):
        assert told in page


@pytest.mark.parametrize("name", ["payments.json", "payments.csv", "schema.json"])
def test_a_file_is_not_sent_again_while_it_is_the_same(client: Client, name: str) -> None:
    first = client.get(BASE + name)
    assert (first.status_code, first["Cache-Control"]) == (200, "public, max-age=60")
    assert "Set-Cookie" not in first.headers
    again = client.get(BASE + name, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(BASE + name, HTTP_IF_NONE_MATCH='"khac"')
    assert (other.status_code, other.content) == (200, first.content)
    in_english = client.get(BASE + name, HTTP_ACCEPT_LANGUAGE="en")
    assert in_english.content == first.content


def test_the_figures_are_read_once_for_many(client: Client) -> None:
    client.get("/public/figures/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/public/figures/")
    assert [query["sql"] for query in queries if "ledger" in query["sql"] or "case" in query["sql"]] == []
    assert page["Cache-Control"] == "private, max-age=60"
    assert len(gzip.compress(page.content)) <= 12_000


def test_everybody_sees_the_same_whoever_is_signed_in(client: Client) -> None:
    mine = browser_of("cv888a").get(f"{BASE}payments.json")
    assert mine.content == client.get(f"{BASE}payments.json").content


def test_weeks_of_few_people_are_joined_and_give_the_sum_of_what_is_told() -> None:
    figures = public_figures()
    told = sum(row.cells[FACTS[-1]].people or 0 for row in figures.at("month"))
    assert figures.weeks
    assert sum(week.people for week in figures.weeks) == told
    assert min(week.people for week in figures.weeks) >= FEWEST
    monday = dt.date(2021, 9, 6)
    weeks = [(monday + dt.timedelta(weeks=n), people, people * 10) for n, people in enumerate((2, 4, 9, 1))]
    joined = [(week.first, week.people, week.amount) for week in join_weeks(weeks)]
    assert joined == [(monday, 6, 60), (monday + dt.timedelta(weeks=2), 10, 100)]
    assert join_weeks(weeks[:1]) == []


def test_json_is_what_programs_expect(client: Client) -> None:
    answer = client.get(f"{BASE}payments.json")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    said = json.loads(answer.content)
    assert said["data_until"] == (clock.today() - dt.timedelta(days=1)).isoformat()
    assert said["rows"][0]["programme"] == ""


def test_who_was_paid_and_whose_money_came_back_are_told_so_by_name(client: Client) -> None:
    """Of public lists only; the day of payment stands beside it."""
    public = shown_lists().exclude(programme__in=TOTALS_ONLY)
    owed = Entitlement.objects.filter(case_list__in=public.values("pk"), case__status=CaseStatus.APPROVED)

    def said(rows: QuerySet[Entitlement]) -> FoundPerson:
        case = rows.select_related("case").earliest("pk").case
        typed = {"name": case.applicant_name, "district": case.area_code[:5], "commune": case.area_code}
        found = client.post("/public/lookup/", typed).context["found"].people
        return next(
            one for one in found if (one.last3, one.birth_year) == (case.number_last3, case.birth_year)
        )

    paid = said(owed.filter(status=EntitlementStatus.PAID))
    assert str(paid.state.label) == "Đã chi trả"
    assert paid.state_note.startswith("Đã chi ngày ")
    unpaid = PaymentInstruction.objects.filter(status__in=InstructionStatus.final_without_payment())
    live = PaymentInstruction.objects.filter(status__in=InstructionStatus.live())
    back = owed.exclude(status__in=[EntitlementStatus.PAID, EntitlementStatus.CANCELLED])
    back = back.filter(pk__in=unpaid.values("entitlement")).exclude(pk__in=live.values("entitlement"))
    assert str(said(back).state.label) == "Chưa nhận được tiền"


def test_what_the_department_took_in_itself_is_not_called_the_province() -> None:
    assert public_figures().names["89"] == "Hồ sơ do Sở LĐ-TBXH tiếp nhận"
