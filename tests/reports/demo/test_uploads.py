"""The demo's uploaded lists came through the real import, with rows that wait."""

import pytest
from django.core.management import call_command
from django.test import override_settings

from beneficiaries.enums import ImportState, Outcome, RowState
from beneficiaries.models import ImportRow, ListImport
from reports.demo.uploads import ROWS
from support_programs.models import Case


@pytest.fixture
def uploaded(committed_db: None) -> None:
    with override_settings(DEMO=True):
        call_command("seed_demo", "--people", "200", "--uploads", "2", "--no-reports", verbosity=0)


@pytest.mark.usefixtures("uploaded")
def test_one_list_waits_and_one_is_taken_in_but_for_its_wrong_rows() -> None:
    checked, committed = ListImport.objects.order_by("pk")
    assert (checked.state, committed.state) == (ImportState.CHECKED, ImportState.COMMITTED)
    assert ImportRow.objects.filter(list_import=checked).count() == ROWS
    wrong = ImportRow.objects.filter(list_import=committed, outcome=Outcome.ERROR)
    assert wrong.count() >= 4
    assert set(wrong.values_list("state", flat=True)) == {RowState.STAGED}
    taken = ImportRow.objects.filter(list_import=committed, state=RowState.COMMITTED)
    assert Case.objects.filter(import_row__in=taken).count() == taken.count() > 10
