"""Every version judged at each border of each rule, from both sides; a refusal names its criterion's article."""

import datetime as dt
from typing import Any

import pytest

from support_programs.rules.definition import Definition
from support_programs.rules.facts import Fact
from support_programs.rules.judging import Judgement, judge
from support_programs.services.catalogue import CATALOGUE, read_catalogue_file
from tests.support_programs.rules.borders import BORDERS
from tests.support_programs.rules.entitled import AMOUNTS, ENTITLED

ON = dt.date(2021, 12, 1)
_RULES: dict[str, Definition] = {}


def rules_of(version: str) -> Definition:
    if version not in _RULES:
        _RULES[version] = read_catalogue_file(CATALOGUE / f"{version}.toml")[0]
    return _RULES[version]


def judged(version: str, **changes: Any) -> Judgement:
    known = {**ENTITLED[version], **changes}
    facts = {code: Fact(value) for code, value in known.items() if value is not None}
    return judge(rules_of(version), facts, ON)


@pytest.mark.parametrize("version", ENTITLED)
def test_who_fulfils_everything_gets_the_amount(version: str) -> None:
    judgement = judged(version)
    assert (judgement.result, set(judgement.letters)) == ("eligible", {"m"}), judgement.findings
    assert judgement.calculation.total == AMOUNTS[version]
    assert judgement.calculation.total <= judgement.calculation.cap


@pytest.mark.parametrize(
    ("version", "changes", "result", "amount"),
    BORDERS,
    ids=[f"{row[0]}-{'-'.join(row[1])}-{number}" for number, row in enumerate(BORDERS)],
)
def test_borders(version: str, changes: dict[str, Any], result: str, amount: int | None) -> None:
    judgement = judged(version, **changes)
    assert judgement.result == result, judgement.findings
    if amount is not None:
        assert judgement.calculation.total == amount
    if result == "not_eligible":
        failed = [code for code, finding in judgement.findings if finding.outcome == "not_met"]
        assert failed
        assert all(rules_of(version).criterion(code).article for code in failed)


def test_an_answer_that_is_not_allowed_is_named_in_the_forms_words() -> None:
    finding = dict(judged("HO_KD/v1", stop_cause="directive_16").findings)["stop_cause"]
    assert "«Ở địa bàn áp dụng Chỉ thị 16»" in finding.sentence


def test_there_are_enough_of_them() -> None:
    assert len(BORDERS) >= 150
