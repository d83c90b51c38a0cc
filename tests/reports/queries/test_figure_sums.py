"""The sums beside the records: every statement books its difference, whoever changes what; the application only reads them."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import Sum

from disbursements.models import PaymentInstruction
from disbursements.services.results import Results, record_results
from reports.models import FigureSum
from reports.services.figure_sums import fold_figures
from support_programs.models import Case, Entitlement
from tests.factories import cases as casework
from tests.factories.payments import AMOUNT, payable_list, released_batch
from tests.factories.people import COMMUNE

Key = tuple[str, str, str, str, dt.date | None, int | None]


def kept() -> dict[Key, tuple[int, int]]:
    """The sums that are not nothing."""
    rows = FigureSum.objects.values_list("fact", "area_code", "programme", "stream", "day", "days")
    found = rows.order_by().annotate(heads=Sum("people"), dong=Sum("amount"))
    return {(*row[:6],): (row[6], row[7]) for row in found if row[6] or row[7]}


def counted() -> dict[Key, tuple[int, int]]:
    """The same, row by row in Python."""
    people: Counter[Any] = Counter()
    dong: Counter[Any] = Counter()

    def add(amount: int, *key: Any) -> None:
        people[key] += 1
        dong[key] += amount

    for case in Case.objects.all():
        of = (case.area_code, case.programme_id, case.stream)
        if case.status not in ("draft", "withdrawn"):
            add(case.amount_proposed, "proposed", *of, case.received_on, None)
        if case.status == "ineligible":
            add(case.amount_proposed, "refused", *of, case.appraised_on, None)
    for owed in Entitlement.objects.select_related("case_list", "decision"):
        if owed.status in ("approved", "committed", "paid"):
            assert owed.decision is not None
            of = (owed.area_code, owed.programme_id, owed.case_list.stream)
            add(owed.amount, "approved", *of, owed.decision.signed_on, None)
    for line in PaymentInstruction.objects.select_related("case_list", "batch"):
        if line.status == "paid":
            assert line.resulted_on is not None
            assert line.received_on is not None
            of = (line.area_code, line.batch.programme_id, line.case_list.stream)
            add(line.amount, "waited", *of, line.resulted_on, (line.resulted_on - line.received_on).days)
    return {key: (people[key], dong[key]) for key in people}


@pytest.mark.django_db
def test_each_act_books_its_difference() -> None:
    made = payable_list(4)
    assert kept() == counted()
    batch = released_batch(made)
    lines = list(PaymentInstruction.objects.filter(batch=batch).values_list("reference", flat=True))
    results = Results(frozenset(lines[:2]), returned={lines[2]: "Không có mặt"})
    record_results(actor=made.staff.accountant, batch=batch, results=results)
    assert kept() == counted()
    waited = [key for key in kept() if key[0] == "waited"]
    assert [key[5] for key in waited] == [38]
    assert kept()[waited[0]] == (2, 2 * AMOUNT)


@pytest.mark.django_db
def test_a_claim_that_changes_leaves_where_it_was_and_comes_where_it_is() -> None:
    case_list = casework.draft_list(casework.staff(), rows=3)
    cases = Case.objects.filter(case_list=case_list)
    assert sum(people for people, _dong in kept().values()) == 3
    first = cases.order_by("pk")[0]
    for changes in ({"amount_proposed": 1}, {"received_on": "2021-09-01"}, {"stream": "KHAC"}):
        Case.objects.filter(pk=first.pk).update(**changes)
        assert kept() == counted()
    Case.objects.filter(pk=first.pk).update(status="withdrawn")
    assert kept() == counted()
    assert sum(people for people, _dong in kept().values()) == 2


@pytest.mark.django_db
def test_a_list_is_one_row_and_what_changes_no_figure_is_none() -> None:
    before = FigureSum.objects.count()
    made = payable_list(50)
    after = FigureSum.objects.count()
    assert 0 < after - before <= 4
    made.case_list.cases.update(hamlet="Ấp Thượng")
    Entitlement.objects.filter(case_list=made.case_list).update(version=2)
    assert FigureSum.objects.count() == after


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_figuresum SET people = 0",
        "DELETE FROM reports_figuresum",
        (
            "INSERT INTO reports_figuresum (area_code, fact, programme, stream, people, amount)"
            f" VALUES ('{COMMUNE}', 'proposed', 'x', '', 1, 1)"
        ),
        "SELECT rebuild_figures()",
    ],
)
def test_the_application_only_reads_them(statement: str) -> None:
    payable_list(1)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.django_db
def test_folded_at_night_they_say_the_same_in_fewer_rows(settings: Any) -> None:
    payable_list(3)
    cases = Case.objects.filter(case_list=casework.draft_list(casework.staff(), rows=3))
    for turn, case in enumerate(cases):
        Case.objects.filter(pk=case.pk).update(amount_proposed=turn)
    Case.objects.filter(pk=cases[0].pk).update(status="withdrawn")
    before, rows = kept(), FigureSum.objects.count()
    fewer = fold_figures()
    assert kept() == before == counted()
    assert FigureSum.objects.count() == rows - fewer < rows
    assert fold_figures() == 0
    assert settings.CELERY_BEAT_SCHEDULE["fold-figures"]["task"] == "reports.fold_figures"


@pytest.mark.usefixtures("committed_db")
def test_made_anew_they_say_the_same_in_fewer_rows() -> None:
    payable_list(3)
    for case in Case.objects.filter(case_list=casework.draft_list(casework.staff(), rows=3)):
        Case.objects.filter(pk=case.pk).update(amount_proposed=2)
    before, rows = kept(), FigureSum.objects.count()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT rebuild_figures()")
    assert kept() == before == counted()
    assert FigureSum.objects.count() < rows
