"""A province of a million claims: the demo province many times over, each copy with its own people, lists, batches and money.

A copy is one `INSERT … SELECT` per table: a key of the copy is the original's plus `STRIDE` times the number of the copy, so
that no map of keys is needed. Every second copy belongs to another programme, so that figures by programme have something to
tell apart. The ledger is posted by its own function. The figures of the copies prove nothing about the province.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db import connections, models, transaction

from beneficiaries.models import Person
from disbursements.models import Allocation, Batch, BudgetLine, LedgerPosting, PaymentInstruction
from reports.demo.province import build_province
from support_programs.models import (
    ApprovalDecision,
    Case,
    CaseList,
    CaseListStep,
    Entitlement,
    ProgrammeVersion,
)

OWNER: Final = "owner"
STRIDE: Final = 10_000_000
FIRST: Final = 20_000
# programme of the copies in turn; the original is of free workers, who are most in the province too
TURNS: Final = ("LD_TU_DO", "TAM_HOAN", "LD_TU_DO", "HO_KD", "LD_TU_DO", "F0_F1", "LD_TU_DO", "NGUNG_VIEC")
# a parent stands before its children
COPIED: Final[tuple[type[models.Model], ...]] = (
    Person,
    ApprovalDecision,
    CaseList,
    CaseListStep,
    Case,
    Entitlement,
    BudgetLine,
    Allocation,
    Batch,
    PaymentInstruction,
)
_EMPTY: Final = ("available", "committed", "sent", "paid")
_OWN_TEXTS: Final = (
    "reference",
    "number",
    "idempotency_key",
    "batch_reference",
    "case_reference",
    "object_ref",
)


@dataclass(frozen=True, slots=True)
class Million:
    """What stands now."""

    cases: int
    entitlements: int
    instructions: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.cases} cases, {self.entitlements} entitlements, {self.instructions} payments in {self.seconds:.0f} s"


def make_million(
    number: int = 1_000_000, *, of: type[models.Model] = Case, first: int = FIRST, seed: int = 2021
) -> Million:
    """Fill an empty database with so many claims in every state (or payments: `of=PaymentInstruction`), as the owner; then
    VACUUM and ANALYZE.

    `first` people are made one by one as the demo makes them, the rest are copies of them.
    """
    began = time.monotonic()
    build_province(min(first, number), seed)
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'; SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(f'SELECT count(*) FROM "{of._meta.db_table}"')
        copies = max(0, -(-number // int(cursor.fetchone()[0])) - 1)
        _write_turns(cursor, copies)
        for model in COPIED:
            with _bare(cursor, model):
                cursor.execute(_copy_of(model))
        with _indexes_later(cursor, LedgerPosting):
            cursor.execute("SELECT post_history()")
        cursor.execute("SELECT rebuild_figures()")
    return _finished(began)


def _finished(began: float) -> Million:
    counts: list[int] = []
    with connections[OWNER].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        for model in (Case, Entitlement, PaymentInstruction):
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            counts.append(int(cursor.fetchone()[0]))
    cases, entitlements, instructions = counts
    return Million(cases, entitlements, instructions, time.monotonic() - began)


def _write_turns(cursor: Any, copies: int) -> None:
    """The copies with the programme of each, in the version that is in use."""
    versions: dict[str, int] = {}
    for version in ProgrammeVersion.objects.using(OWNER).filter(is_current=True).order_by("valid_from"):
        versions[version.programme_id] = version.pk
    cursor.execute(
        "CREATE TEMP TABLE bench_turn (k int PRIMARY KEY, programme text, version bigint) ON COMMIT DROP"
    )
    for k in range(1, copies + 1):
        programme = TURNS[k % len(TURNS)]
        cursor.execute("INSERT INTO bench_turn VALUES (%s, %s, %s)", [k, programme, versions[programme]])
    cursor.execute("ANALYZE bench_turn")


def _copy_of(model: type[models.Model]) -> str:
    columns = {field.column: _value(field) for field in model._meta.concrete_fields}
    names = ", ".join(f'"{name}"' for name in columns)
    # a model says of `id` that it is generated; the copies bring theirs
    return (
        f'INSERT INTO "{model._meta.db_table}" ({names}) OVERRIDING SYSTEM VALUE SELECT {", ".join(columns.values())} '
        f'FROM bench_turn t, "{model._meta.db_table}" o ORDER BY t.k, o.id'
    )


_TARGETS: Final[Mapping[str, str]] = {
    "support_programs_programme": "t.programme",
    "support_programs_programmeversion": "t.version",
}


def _value(field: models.Field[Any, Any]) -> str:
    """What a copy has in a column: its own keys and references, its programme, else what the original has."""
    column = f'o."{field.column}"'
    if field.primary_key:
        return f"{column} + t.k * {STRIDE}::bigint"
    if isinstance(field, models.ForeignKey):
        target: Any = field.related_model
        table = target._meta.db_table
        if table in _TARGETS:
            return _TARGETS[table]
        if target in COPIED:
            return f"{column} + t.k * {STRIDE}::bigint"
        # a row of an import makes one case
        return "NULL" if field.column == "import_row_id" else column
    if field.column in _OWN_TEXTS:
        return f"CASE WHEN {column} = '' THEN '' ELSE {column} || '.' || t.k END"
    return "0" if field.column in _EMPTY and field.model is BudgetLine else column


@contextmanager
def _bare(cursor: Any, model: type[models.Model]) -> Iterator[None]:
    """The table without its guards of single steps, its foreign keys (checked in one go afterwards) and spare indexes."""
    table = model._meta.db_table
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'",
        [table],
    )
    keys = cursor.fetchall()
    cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    for name, _definition in keys:
        cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    with _indexes_later(cursor, model):
        yield
    for name, definition in keys:
        cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')
    cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


@contextmanager
def _indexes_later(cursor: Any, model: type[models.Model]) -> Iterator[None]:
    """Without the indexes that no constraint needs while rows go in: making them afterwards is several times quicker."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint) AND indexdef NOT LIKE 'CREATE UNIQUE%%'",
        [model._meta.db_table],
    )
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for _name, definition in indexes:
        cursor.execute(definition)
