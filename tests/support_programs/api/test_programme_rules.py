"""Fields and rules of each version of a programme, through the API."""

import pytest

from accounts.enums import Role
from tests.factories.api import Caller
from tests.factories.people import user

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> Caller:
    return Caller(user(Role.DISTRICT_OFFICER))


class TestRulesOfEachVersion:
    def test_fields_criteria_amount_and_what_changed(self, caller: Caller) -> None:
        versions = caller.get("programmes/TAM_HOAN/")["versions"]
        assert [version["code"] for version in versions] == ["v1", "v2"]
        first, second = (version["rules"] for version in versions)
        start = next(field for field in second["fields"] if field["code"] == "event_start")
        assert (start["type"], start["required"], start["article"]) == ("date", True, "Điều 13")
        cause = next(field for field in second["fields"] if field["code"] == "cause")
        assert {"code": "other", "label": "Lý do khác"} in cause["choices"]
        days = next(row for row in second["criteria"] if row["code"] == "days")
        assert days["limits"].startswith("Từ 15 ngày tạm hoãn")
        assert second["amount"]["value"] is None
        assert any("1.855.000" in line for line in second["amount"]["description"])
        assert {extra["code"] for extra in second["supplements"]} == {"PREGNANT", "CHILD_U6"}
        assert second["changes"]
        assert first["apply_by"] == "2022-01-31"
        assert {"code", "name", "article", "when"} <= set(second["papers"][0])
        assert second["evidence"][0] == second["papers"][0]["name"]
        assert second["chain"][0]["step"] == "confirmation"
        assert len(second["doubts"]) >= len(second["unsure"])

    def test_every_programme_is_described_whole(self, caller: Caller) -> None:
        for row in caller.get("programmes/", page_size=100)["results"]:
            for version in caller.get(f"programmes/{row['code']}/")["versions"]:
                rules = version["rules"]
                asked = {field["code"] for field in [*rules["fields"], *rules["brought_along"]]}
                assert rules["summary"], row["code"]
                assert asked, row["code"]
                assert all(field["label"] for field in rules["fields"]), row["code"]
                assert rules["amount"]["name"], row["code"]

    def test_excluding_regimes(self, caller: Caller) -> None:
        rules = caller.get("programmes/HO_KD/")["versions"][-1]["rules"]
        (exclude,) = rules["excludes"]
        assert exclude["programmes"] == ["LD_TU_DO"]
        assert exclude["when"] == {"field": "household_kind", "any": ["unregistered"]}

    def test_what_a_free_worker_brings_along(self, caller: Caller) -> None:
        rules = caller.get("programmes/LD_TU_DO/")["versions"][0]["rules"]
        assert [field["code"] for field in rules["brought_along"]] == [
            "occupation",
            "occupation_group",
            "is_urban",
        ]
