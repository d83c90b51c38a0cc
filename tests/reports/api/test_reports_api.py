"""The API of figures and reports: refusals in words, the same rights as the pages."""

import pytest

from core.models import Job
from core.services.jobs import run_job
from reports.models import ReportRun
from tests.factories.api import Caller
from tests.reports.conftest import person

pytestmark = pytest.mark.usefixtures("province")


def test_issue_and_read_back() -> None:
    caller = Caller(person("kt888a"))
    made = caller.post("reports/runs/", {"first": "2021-09-01", "last": "2021-09-27"}, expect=201)
    assert made["area_code"] == "89888"
    assert made["xlsx"]["sha256"]
    assert caller.get(f"reports/runs/{made['reference']}/") == made
    assert caller.get("reports/runs/")["results"][0]["reference"] == made["reference"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"first": "2021-09-27", "last": "2021-09-01"}, "last"),
        ({"first": "2021-09-01", "last": "2021-12-01"}, "last"),
        ({"last": "2021-09-27"}, "first"),
        ({"first": "2021-09-01", "last": "2021-09-27", "form": "other"}, "form"),
    ],
)
def test_wrong_words_name_their_field(body: dict[str, str], field: str) -> None:
    before = ReportRun.objects.count()
    assert field in Caller(person("lanhdao")).post("reports/runs/", body, expect=400)
    assert ReportRun.objects.count() == before


def test_an_area_beyond_ones_own_is_404() -> None:
    body = {"first": "2021-09-01", "last": "2021-09-27", "area": "89888"}
    Caller(person("chauphu")).post("reports/runs/", body, expect=404)


def test_a_wrong_day_is_said_in_words() -> None:
    answer = Caller(person("lanhdao")).get("reports/progress/", expect=400, first="01/09/2021")
    assert "2021-09-27" in answer["first"][0]
    Caller(person("lanhdao")).get("reports/progress/", expect=400, first="2021-09-27", last="2021-09-01")


def test_the_catalogue_says_what_each_report_asks() -> None:
    answer = {one["form"]: one for one in Caller(person("lanhdao")).get("reports/definitions/")}
    assert answer["programme_list"]["is_list"]
    assert answer["programme_list"]["is_personal"]
    assert answer["programme_list"]["asks"] == ["programme"]
    assert "audit_people" not in answer
    assert "audit_people" in {one["form"] for one in Caller(person("thanhtra")).get("reports/definitions/")}


def test_a_preview_keeps_nothing_and_says_what_the_run_will() -> None:
    caller, before = Caller(person("lanhdao")), ReportRun.objects.count()
    asked = {"first": "2021-09-01", "last": "2021-09-27"}
    shown = caller.get("reports/definitions/free_workers/preview/", **asked)
    assert ReportRun.objects.count() == before
    made = caller.post("reports/runs/", asked, expect=201)
    assert shown["totals"] == made["totals"]
    assert shown["sections"] == made["sections"]
    assert shown["columns"] == made["columns"]
    listed = caller.get("reports/definitions/programme_list/preview/", programme="LD_TU_DO", **asked)
    assert len(listed["rows"]) == 50 < listed["row_count"]
    wrong = caller.get("reports/definitions/programme_list/preview/", 400, programme="F0_F1", **asked)
    assert "programme" in wrong


def test_a_list_is_asked_for_once_and_followed() -> None:
    caller = Caller(person("xem888"))
    body = {
        "form": "programme_list",
        "first": "2021-09-01",
        "last": "2021-09-27",
        "programme": "LD_TU_DO",
        "key": "a1b2c3d4e5f60718",
    }
    told = caller.post("reports/runs/", body, expect=202)
    assert told == {**told, "key": body["key"], "report": None, "error": ""}
    assert caller.post("reports/runs/", body, expect=202)["job"] == told["job"]
    run_job(Job.objects.get(reference=told["job"]).pk)
    done = caller.get(f"reports/requests/{body['key']}/")
    assert (done["state"], done["percent"]) == ("done", 100)
    run = caller.get(f"reports/runs/{done['report']}/")
    assert run["row_count"] > 0
    assert run["sections"] == []
    assert caller.post("reports/runs/", body, expect=201) == run
    # a key is its owner's
    Caller(person("lanhdao")).get(f"reports/requests/{body['key']}/", expect=404)


def test_figures_by_whatever_they_know() -> None:
    caller = Caller(person("lanhdao"))
    answer = caller.get(
        "reports/figures/",
        measures="paid_people_to_date,paid_amount_to_date",
        by="unit",
        programmes="LD_TU_DO",
    )
    progress = caller.get("reports/progress/", programme="LD_TU_DO")
    assert answer["totals"] == {
        "paid_people_to_date": progress["total"]["cumulative"]["paid"]["people"],
        "paid_amount_to_date": progress["total"]["cumulative"]["paid"]["amount"],
    }
    assert (
        sum(row["figures"]["paid_amount_to_date"] for row in answer["rows"])
        == answer["totals"]["paid_amount_to_date"]
    )
    assert all(len(row["by"]["unit"]) == 5 for row in answer["rows"])
    outside = Caller(person("chauphu"))
    outside.get("reports/figures/", expect=404, area="89888")
    assert {row["by"]["unit"][:5] for row in outside.get("reports/figures/", by="unit")["rows"]} == {"89889"}


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"measures": "paid_dollars"}, "measures"),
        ({"by": "colour"}, "by"),
        ({"measures": "paid_people_to_date", "by": "sex"}, "by"),
        ({"by": "unit,programme,stream,month"}, "by"),
        ({"programmes": "XX"}, "programmes"),
        ({"first": "01/09/2021"}, "first"),
    ],
)
def test_figures_that_cannot_be_are_refused_by_name(asked: dict[str, str], field: str) -> None:
    assert field in Caller(person("lanhdao")).get("reports/figures/", expect=400, **asked)
