"""Who on a list may be registered already under another number: said on the row, which goes in all the same.

After the list is in, the pair is asked about (`services/duplicates`); this tells the commune beforehand. Whose very number is
registered is found by it (`matching.py`) and not meant here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from django.db import connection

from beneficiaries.enums import RowState
from beneficiaries.imports.findings import stored
from beneficiaries.models import ImportRow, ListImport
from beneficiaries.queries.matching import Digits, Known, candidate_pairs, facts_of, references_of
from beneficiaries.rules.findings import Finding
from beneficiaries.rules.matching import Match, MatchFacts, match

CODE: Final = "LIKELY_SAME_PERSON"
CHUNK: Final = 4_000
_UPDATE: Final = """
UPDATE beneficiaries_importrow AS r SET findings = new.findings::jsonb
  FROM unnest(%s::bigint[], %s::text[]) AS new (id, findings) WHERE r.id = new.id
"""
_FIELDS: Final = (
    "pk", "area_code", "full_name", "name_key", "birth_date", "birth_year", "sex", "values", "number_encrypted", "number_index",
    "tail_index", "account_index", "findings",
)  # fmt: skip


def mark_likely(list_import: ListImport, row_ids: Sequence[int] | None = None) -> None:
    """Say it on the staged rows (or these of them), take it off where it no longer holds."""
    last: int | None = 0
    while last is not None:
        last = mark_some(list_import, after=last, row_ids=row_ids)


def mark_some(list_import: ListImport, *, after: int, row_ids: Sequence[int] | None = None) -> int | None:
    """The same for the next four thousand rows behind this one; gives the last of them, None when there was none."""
    rows = ImportRow.objects.filter(
        list_import=list_import, state=RowState.STAGED, birth_year__isnull=False, pk__gt=after
    )
    if row_ids is not None:
        rows = rows.filter(pk__in=row_ids)
    chunk = list(rows.only(*_FIELDS).order_by("pk")[:CHUNK])
    if not chunk:
        return None
    _mark(chunk, list_import.area_code)
    return chunk[-1].pk


def _mark(rows: Sequence[ImportRow], area_code: str) -> None:
    asked = {-row.pk: _known(row) for row in rows}
    best = _best_matches(asked)
    own = references_of(
        [
            other.facts.person_id
            for _match, other in best.values()
            if other.facts.area_code.startswith(area_code)
        ]
    )
    ids, texts = [], []
    for row in rows:
        findings = [kept for kept in row.findings if kept["code"] != CODE]
        if -row.pk in best:
            found, other = best[-row.pk]
            reference = own.get(other.facts.person_id, "")
            findings.append(stored(Finding(CODE, "full_name", reference, " ".join(found.agreements))))
        if findings != row.findings:
            ids.append(row.pk)
            texts.append(json.dumps(findings, ensure_ascii=False))
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE, [ids, texts])


def _best_matches(asked: dict[int, Known]) -> dict[int, tuple[Match, Known]]:
    """For each asked id whose number nobody has, the registered person with the highest score."""
    pairs = candidate_pairs(asked.values())
    others = facts_of({other for _asked, other in pairs})
    digits = Digits([*asked.values(), *others.values()])
    linked: set[int] = set()
    best: dict[int, tuple[Match, Known]] = {}
    for asked_id, other_id in pairs:
        row, other = asked[asked_id], others.get(other_id)
        if other is None:
            continue
        if row.facts.numbers & other.facts.numbers:
            linked.add(asked_id)
            continue
        found = match(row.facts, other.facts, digits.distance(row, other))
        if found and (asked_id not in best or found.score > best[asked_id][0].score):
            best[asked_id] = (found, other)
    return {asked_id: kept for asked_id, kept in best.items() if asked_id not in linked}


def _known(row: ImportRow) -> Known:
    """The row as the comparison wants it; its id is the row's, below zero, so that it is nobody's of the register."""
    values: dict[str, Any] = row.values
    facts = MatchFacts(
        person_id=-row.pk,
        root_id=-row.pk,
        name=row.full_name,
        name_key=row.name_key,
        birth_date=row.birth_date,
        birth_year=row.birth_year,
        sex=row.sex,
        area_code=row.area_code,
        hamlet_key=values.get("address_key", ""),
        phone=values.get("phone", ""),
        accounts=_one(row.account_index),
        numbers=_one(row.number_index),
    )
    # a number that is not sound has no index, and its digits say nothing
    sealed = (bytes(row.number_encrypted),) if row.number_index and row.number_encrypted else ()
    return Known(facts, _one(row.tail_index), sealed, facts.numbers)


def _one(value: bytes | memoryview | None) -> frozenset[bytes]:
    return frozenset() if value is None else frozenset((bytes(value),))
