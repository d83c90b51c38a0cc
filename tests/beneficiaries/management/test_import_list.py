"""The command on generated lists of a district, one commune after the other: its JSON says what the generator planted."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.enums import Role
from beneficiaries.imports.profile import register_profile
from beneficiaries.models import ImportRow, Person
from beneficiaries.services.employers import register_employer
from support_programs.models import Case
from tests.beneficiaries.employer_lists import SUSPENSION, form_05, worker
from tests.beneficiaries.imports.truth import generate
from tests.factories.people import DISTRICT, user

pytestmark = pytest.mark.django_db


def import_list(path: Path, area: str, *options: str, programme: str = "LD_TU_DO") -> dict[str, Any]:
    out = io.StringIO()
    with contextlib.suppress(SystemExit):
        call_command("import_list", str(path), "--programme", programme, "--area", area, *options, stdout=out)
    printed: dict[str, Any] = json.loads(out.getvalue())
    return printed


def differences(truth: dict[str, Any], report: dict[str, Any]) -> list[str]:
    found = []
    rows = {row["row"]: row for row in report["rows"]}
    for expected in truth["rows"]:
        row = rows.get(expected["row"])
        if row is None:
            found.append(f"row {expected['row']} not read")
            continue
        codes = {(f["code"], f["field"]) for f in row["findings"] if f["severity"] != "info"}
        planted = {(issue["code"], issue["field"]) for issue in expected["issues"]}
        names = ("full_name", "dob", "id_number", "amount")
        is_clean = expected["expected"] not in ("ok", "fix") or all(
            row["values"][name] == expected["person"][name] for name in names
        )
        if codes != planted or row["outcome"] != expected["expected"] or not is_clean:
            found.append(f"row {expected['row']}: {row['outcome']} {sorted(codes ^ planted)}")
    return found


@pytest.mark.parametrize(
    ("layout", "options"), [("L1", []), ("L2", ["--commit"]), ("L3", ["--commit", "--accept-warnings"])]
)
def test_the_commands_findings_are_the_planted_ones(tmp_path: Path, layout: str, options: list[str]) -> None:
    truths = generate(tmp_path, layout=layout, seed=21, rows=20)
    wrong = []
    for truth in truths:
        report = import_list(tmp_path / truth["file"], truth["commune_code"], *options)
        wrong += [f"{truth['file']} {text}" for text in differences(truth, report)]
        assert report["columns"] == truth["columns"]
        assert report["header_rows"] == truth["header_rows"]
        assert report["sheet"] == truth["sheet"]
        assert {f["code"] for f in report["file_findings"]} & {"TOTAL_MISMATCH"} == {
            issue["code"] for issue in truth["file_issues"]
        }
        assert all(
            str(f["row"] if "row" in f else row["row"]) in f["message"]
            for row in report["rows"]
            for f in row["findings"]
        )
    assert len(wrong) <= 0.01 * 18 * 20, "\n".join(wrong)
    if options:
        taken = ("ok", "fix", "warn") if "--accept-warnings" in options else ("ok", "fix")
        people = sum(row["expected"] in taken for truth in truths for row in truth["rows"])
        assert abs(Person.objects.count() - people) <= len(wrong)
        assert Case.objects.count() == Person.objects.count()


def test_a_second_run_makes_nothing_twice(tmp_path: Path) -> None:
    truth = generate(tmp_path, layout="L1", seed=3, rows=20)[0]
    path = tmp_path / truth["file"]
    first = import_list(path, truth["commune_code"], "--commit")
    people = Person.objects.count()
    second = import_list(path, truth["commune_code"])
    assert people == first["commit"]["new_people"] > 0
    assert Person.objects.count() == people
    assert ImportRow.objects.count() == 20
    assert [row["outcome"] for row in first["rows"]] == [row["outcome"] for row in second["rows"]]


def test_a_bad_file_is_one_json_object_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"")
    assert import_list(path, "30406")["refused"]["code"] == "FILE_EMPTY"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert import_list(path, "30406")["refused"]["code"] == "NOT_SPREADSHEET"


def test_an_unknown_commune_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="99999"):
        call_command("import_list", str(tmp_path / "x"), "--programme", "LD_TU_DO", "--area", "99999")


def test_a_district_brings_in_the_list_of_an_employer(tmp_path: Path) -> None:
    register_profile(SUSPENSION)
    made = register_employer(
        values={"kind": "enterprise", "name": "Công ty A", "tax_code": "0100233488"},
        actor=user(Role.DISTRICT_OFFICER),
    )
    path = tmp_path / "mau 05.xlsx"
    path.write_bytes(form_05(worker("Nguyễn Văn An")))
    of_employer = ("--employer", "0100233488", "--commit")
    report = import_list(path, DISTRICT, *of_employer, programme=SUSPENSION.code)
    assert (report["employer"], report["totals"]["ok"]) == (made.reference, 1)
    assert report["rows"][0]["values"]["facts"]["event_start"] == "2021-08-01"
    assert Person.objects.get().area_code == DISTRICT
    assert "chọn đơn vị" in import_list(path, DISTRICT, programme=SUSPENSION.code)["refused"]["message"]
    for wrong in ((DISTRICT, "--employer", "0312687878"), ("30406", "--employer", "0100233488")):
        with pytest.raises(CommandError):
            import_list(path, *wrong, programme=SUSPENSION.code)
