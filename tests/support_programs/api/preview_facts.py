"""Facts that a programme's rules accept, to be spoilt one at a time, and how a preview is asked for."""

import datetime as dt
from typing import Any

from tests.factories.api import Caller

Facts = dict[str, Any]


def ask(
    caller: Caller,
    programme: str,
    facts: Facts,
    *,
    received: str = "2021-09-27",
    expect: int = 200,
    **applicant: Any,
) -> Any:
    body = {"programme": programme, "received_on": received, "facts": facts, "applicant": applicant}
    return caller.post("determinations/preview/", body, expect=expect)


def spell(start: str, days: int) -> Facts:
    first = dt.date.fromisoformat(start)
    return {"event_start": start, "event_end": (first + dt.timedelta(days - 1)).isoformat()}


def suspended(**more: Any) -> Facts:
    return {
        "employer_kind": "enterprise",
        "cause": "employer_stopped",
        "has_labour_contract": True,
        "within_contract_term": True,
        "insured_month_before": True,
        **more,
    }


def stopped(days: int, **more: Any) -> Facts:
    return {
        "stopped_under_art_99_3": True,
        "cause": "medical_isolation",
        "insured_month_before": True,
        **spell("2021-07-19", days),
        **more,
    }


def sick(variant: str, start: str, days: int, **more: Any) -> Facts:
    return {"variant": variant, "has_competent_decision": True, **spell(start, days), **more}


def outcome(answer: Any) -> tuple[str, int]:
    return answer["result"], answer["amount"]


def statements(answer: Any, wanted: str) -> list[str]:
    return [row["code"] for row in answer["criteria"] if row["outcome"] == wanted]


REFUSED = ("not_eligible", 0)
