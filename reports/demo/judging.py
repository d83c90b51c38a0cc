"""What the demo's cases know of themselves, and what the check of conditions said, in the shape of the programme's catalogue."""

from collections.abc import Iterator
from typing import Any

from reports.demo.filing import Entry, Filed
from support_programs.enums import Result
from support_programs.models import ProgrammeVersion


class Judge:
    """Facts and determinations under one version of the programme."""

    def __init__(self, version: ProgrammeVersion) -> None:
        self.version = version

    def facts(self, item: Filed, entry: Entry) -> dict[str, Any]:
        return {}

    def outcomes(self, item: Filed, entry: Entry, result: Result) -> str:
        return ""

    def confirmed_facts(self) -> Iterator[tuple[str, object]]:
        yield from ()

    def determination(self, item: Filed, entry: Entry, result: Result) -> dict[str, object]:
        return {
            "version_used_id": self.version.pk,
            "version_hash": self.version.content_hash,
            "judged_on": item.plan.list_date,
            "result": result.value,
            "facts": self.facts(item, entry),
            "criteria": [],
        }

    @property
    def exclusive_group(self) -> str:
        return ""

    def lines(self, amount: int) -> list[dict[str, object]]:
        return [{"text": "Hỗ trợ một lần", "amount": amount}]
