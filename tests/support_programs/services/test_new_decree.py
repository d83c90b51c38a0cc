"""A new decree is one file: other dates, another amount, a further criterion of the vocabulary; no code knows of it."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from support_programs.models import Case, EligibilityDetermination, ProgrammeVersion
from support_programs.queries.programmes import NoRuleInForce, version_for_dossier
from support_programs.rules.reading import CatalogueError
from support_programs.services.catalogue import CATALOGUE, load_catalogue, read_catalogue
from support_programs.services.facts import confirm_facts
from support_programs.services.import_profiles import register_profiles
from tests.factories import cases as make
from tests.factories.people import user

DECREE = "\n".join(
    (
        "[[criteria]]",
        'code = "not_retired"',
        'type = "age_below"',
        "years = 60",
        'statement = "Dưới 60 tuổi"',
        'article = "khoản 2 Điều 3 Quyết định 77/QĐ-UBND"',
        'confidence = "source"',
        "",
    )
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """The shipped free workers' rules, ended, and a made-up decree that follows them."""
    folder = tmp_path / "LD_TU_DO"
    folder.mkdir()
    old = (CATALOGUE / "LD_TU_DO" / "v1.toml").read_text("utf-8")
    assert "valid_to" not in old
    (folder / "v1.toml").write_text(
        old.replace("valid_from = 2021-08-06", "valid_from = 2021-08-06\nvalid_to = 2021-12-31"), "utf-8"
    )
    new = old.replace('version = "v1"', 'version = "v2"').replace("2021-08-06\n", "2022-01-01\n", 1)
    new = new.replace("apply_by = 2021-12-31", "apply_by = 2022-03-31").replace(
        "value = 1_500_000", "value = 2_000_000"
    )
    new = new.replace("first = 2021-05-01\nlast = 2021-12-31", "first = 2021-10-01\nlast = 2022-03-31")
    (folder / "v2.toml").write_text(f"{new}\n{DECREE}", "utf-8")
    return tmp_path


def test_it_judges_the_dossiers_of_its_days_and_nobody_elses(
    db: None, catalogue: Path, settings: Any
) -> None:
    assert load_catalogue(catalogue) == "2 versions of programmes, 2 new or changed"
    assert load_catalogue(catalogue) == "2 versions of programmes, 0 new or changed"
    assert version_for_dossier("LD_TU_DO", received=dt.date(2021, 12, 31)).code == "v1"
    assert version_for_dossier("LD_TU_DO", received=dt.date(2022, 1, 1)).code == "v2"
    with pytest.raises(NoRuleInForce):
        version_for_dossier("LD_TU_DO", received=dt.date(2021, 8, 5))

    settings.BUSINESS_DATE = dt.date(2022, 1, 4)
    who = make.staff()
    case_list = make.draft_list(who, 2)
    old_one = Case.objects.filter(case_list=case_list).earliest("pk")
    Case.objects.filter(pk=old_one.pk).update(birth_date=dt.date(1955, 3, 4), birth_year=1955)
    confirm_facts(case_list, codes=make.CONFIRMED, excepted={}, actor=who.commune)

    rows = list(Case.objects.filter(case_list=case_list).order_by("pk"))
    assert [row.version_used.code for row in rows] == ["v2", "v2"]
    assert [row.result for row in rows] == ["not_eligible", "eligible"]
    assert rows[1].amount_proposed == 2_000_000
    newest = EligibilityDetermination.objects.get(case=rows[0])
    failed = [row for row in newest.criteria if row["outcome"] == "not_met"]
    assert [row["code"] for row in failed] == ["not_retired"]
    assert "66 tuổi" in failed[0]["sentence"]
    assert newest.version_hash == ProgrammeVersion.objects.get(pk=rows[0].version_used_id).content_hash

    client = Client()
    client.force_login(user(Role.DISTRICT_OFFICER))
    page = client.get("/programmes/LD_TU_DO/").content.decode()
    assert "khoản 2 Điều 3 Quyết định 77/QĐ-UBND" in page
    assert "2.000.000" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("valid_to = 2021-12-31", ""), "LD_TU_DO/v2.toml.valid_from: overlaps version v1"),
        (
            ("valid_to = 2021-12-31", "valid_to = 2022-01-02"),
            "LD_TU_DO/v2.toml.valid_from: overlaps version v1",
        ),
        (("valid_to = 2021-12-31", "valid_to = 2021-12-30"), "LD_TU_DO/v2.toml.valid_from: leaves a gap"),
        (
            ("valid_to = 2021-12-31", "valid_to = 2021-08-05"),
            "LD_TU_DO/v1.toml.valid_to: a day that is not before",
        ),
        (('exclusive_group = "cash_once"', ""), "LD_TU_DO/v2.toml.exclusive_group: all versions"),
        (('type = "age_at_least"', 'type = "age_over"'), "LD_TU_DO/v1.toml.criteria[1].type: one of"),
        (("years = 15", "yeers = 15"), "LD_TU_DO/v1.toml.criteria[1].years: a whole number is expected"),
        (
            ("is_warning = true", "is_warnung = true"),
            "LD_TU_DO/v1.toml.criteria[1].is_warnung: this key is not known",
        ),
    ],
)
def test_a_catalogue_that_does_not_fit_together_is_refused_by_file_and_key(
    catalogue: Path, change: tuple[str, str], message: str
) -> None:
    path = catalogue / "LD_TU_DO" / "v1.toml"
    text = path.read_text("utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change, 1), "utf-8")
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(catalogue)
    assert str(caught.value).startswith(message)


def test_the_start_stops_on_a_wrong_catalogue(tmp_path: Path) -> None:
    """Every program of the system registers the profiles when it starts."""
    (tmp_path / "LD_TU_DO").mkdir()
    (tmp_path / "LD_TU_DO" / "v1.toml").write_text('programme = "LD_TU_DO"\nversion = "v2"\n', "utf-8")
    with pytest.raises(CatalogueError, match=r"^LD_TU_DO/v1\.toml\.name: a text is expected"):
        register_profiles(tmp_path)
