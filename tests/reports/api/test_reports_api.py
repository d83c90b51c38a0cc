"""The API of figures and reports: refusals in words, the same rights as the pages."""

import pytest

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
