"""Compare the check of generated lists with what the generator planted in them.

Only this file reads truth files. It plays the part of the register too: numbers of earlier lists of the run, by commune.
"""

import csv
import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from beneficiaries.imports.checking import CheckedRow
from beneficiaries.imports.duplicates import with_findings
from beneficiaries.imports.file_check import open_list
from beneficiaries.imports.findings import severity_of
from beneficiaries.imports.profile import ImportProfile
from beneficiaries.rules.addresses import Commune, Communes
from beneficiaries.rules.findings import Finding
from core.spreadsheets.reading import read_workbook
from tests.generator import make_commune_lists as generator

DISTRICT = "888"
BUSINESS_DATE = dt.date(2021, 9, 27)
PROFILE = ImportProfile(code="LD_TU_DO", title="Lao động tự do", amount=1_500_000, min_age=15)


@lru_cache(maxsize=1)
def units() -> dict[str, dict[str, str]]:
    with open(generator.DEFAULT_ADMIN, encoding="utf-8", newline="") as lines:
        return {row["code"]: row for row in csv.DictReader(lines)}


def communes_seen_from(code: str, province: str = "89") -> Communes:
    """What the register of areas would give: the communes of the province."""
    known = units()
    communes = [
        Commune(row["code"], row["parent_code"], row["name_vi"], row["short_name_vi"])
        for row in known.values()
        if row["level"] == "3" and known[row["parent_code"]]["parent_code"] == province
    ]
    district = known[known[code]["parent_code"]]
    higher = [
        district["name_vi"],
        district["short_name_vi"],
        known[province]["name_vi"],
        known[province]["short_name_vi"],
    ]
    return Communes(communes, code, higher)


@dataclass
class Comparison:
    rows: int = 0
    equal: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.equal / self.rows if self.rows else 0.0


def generate(
    out: Path, *, layout: str, seed: int, rows: int, programme: str = "LDTD"
) -> list[dict[str, Any]]:
    """Lists of the district's communes in the order of their codes; gives the truth of each."""
    place = ["--district", DISTRICT, "--layout", layout, "--programme", programme, "--out", str(out)]
    generator.main([*place, "--rows", str(rows), "--seed", str(seed)])
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(out.glob("*.truth.json"))]


def check_file(path: Path, commune: str) -> Any:
    return open_list(
        read_workbook(path.read_bytes(), "list"),
        profile=PROFILE,
        communes=communes_seen_from(commune),
        business_date=BUSINESS_DATE,
    )


def compare_lists(out: Path, truths: list[dict[str, Any]]) -> Comparison:
    result = Comparison()
    registered: dict[str, str] = {}
    for truth in truths:
        check = check_file(out / truth["file"], truth["commune_code"])
        checked = [_cross(row, registered) for row, _cells in check.rows()]
        for row in checked:
            if row.values["id_type"] and "DUP_CROSS_COMMUNE" not in {f.code for f in row.findings}:
                registered.setdefault(row.values["id_number"], truth["commune_name"])
        where = f"{truth['layout']} seed {truth['seed']} {truth['file']}"
        result.differences += [f"{where}: {text}" for text in _place_differences(truth, check)]
        result.differences += [f"{where}: {text}" for text in _file_differences(truth, check)]
        by_number = {row.row_number: row for row in checked}
        if set(by_number) != {row["row"] for row in truth["rows"]}:
            result.differences.append(
                f"{where}: rows {sorted(set(by_number) ^ {row['row'] for row in truth['rows']})}"
            )
        for expected in truth["rows"]:
            result.rows += 1
            row = by_number.get(expected["row"])
            problems = list(_row_differences(row, expected)) if row else ["row not read"]
            result.equal += not problems
            result.differences += [
                f"{where} row {expected['row']}: {text} {expected['written']}" for text in problems
            ]
    return result


def _cross(row: CheckedRow, registered: dict[str, str]) -> CheckedRow:
    other = registered.get(row.values["id_number"]) if row.values["id_type"] else None
    return with_findings(row, [Finding("DUP_CROSS_COMMUNE", "id_number", other)]) if other else row


def _row_differences(row: CheckedRow, expected: dict[str, Any]) -> Iterator[str]:
    if row.outcome != expected["expected"]:
        yield f"outcome {row.outcome}, truth {expected['expected']}"
    found = {(f.code, f.field) for f in row.findings if severity_of(f.code) != "info"}
    planted = {(issue["code"], issue["field"]) for issue in expected["issues"]}
    if found != planted:
        yield f"found {sorted(found - planted)}, missed {sorted(planted - found)}"
    if expected["expected"] in ("ok", "fix"):
        person = expected["person"]
        for name in ("full_name", "dob", "id_number", "amount"):
            if row.values[name] != person[name]:
                yield f"{name} {row.values[name]!r}, truth {person[name]!r}"


def _place_differences(truth: dict[str, Any], check: Any) -> Iterator[str]:
    layout = check.layout
    if list(layout.header_rows) != truth["header_rows"]:
        yield f"header {layout.header_rows}, truth {truth['header_rows']}"
    if layout.letters != truth["columns"]:
        yield f"columns {layout.letters}, truth {truth['columns']}"
    if list(check.data.row_range(layout)) != truth["data_rows"]:
        yield f"data rows {check.data.row_range(layout)}, truth {truth['data_rows']}"
    if layout.sheet.name != truth["sheet"]:
        yield f"sheet {layout.sheet.name}"
    if str(check.list_date) != truth["list_date"]:
        yield f"list date {check.list_date}, truth {truth['list_date']}"
    if [total.row_number for total in check.data.totals] != [truth["total_row"]]:
        yield f"totals {check.data.totals}, truth {truth['total_row']}"


def _file_differences(truth: dict[str, Any], check: Any) -> Iterator[str]:
    found = {f.code for f, _row in check.file_findings()} & {"TOTAL_MISMATCH", "OTHER_COMMUNE_LIST"}
    planted = {issue["code"] for issue in truth["file_issues"]}
    if found != planted:
        yield f"file findings {found}, truth {planted}"
