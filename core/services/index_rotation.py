"""Another key for the blind indexes by which numbers and accounts are found (core/crypto.py), as the owner of the tables.

Everything happens in one transaction: an index under two keys at once would find half of the people and let the other half be
registered twice. The new indexes are computed from the ciphertexts, so the old index key isn't needed. What stands for a pair of
people (`facts_key`) holds no index and stays.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.apps import apps
from django.db import OperationalError, connections, transaction

from core import crypto
from core.services.rotation import (
    CHUNK,
    OWNER,
    RotationRefused,
    SealedValue,
    Tell,
    alone,
    as_copied,
    assignments,
    byte_columns,
    json_path,
    kind_of,
    write_copied,
)

IndexKind = Literal["number", "account", "tail"]
# what an index stands for where it is not the encrypted value itself: from that value and the columns beside it
Spelling = Callable[[str, Sequence[str]], str]
_LOCK_TIMEOUT: Final = "30s"
_SOURCES: Final[dict[str, tuple[str, IndexKind]]] = {
    "number_index": ("number_encrypted", "number"),
    "account_index": ("account_encrypted", "account"),
    "tail_index": ("number_encrypted", "tail"),
}


@dataclass(frozen=True, slots=True)
class KeyedIndex:
    """A place of a table that holds a keyed index of the value that `source` holds; `path` as in SealedValue.

    With a `spelling` it is the index of what that makes of the value and of the texts in the columns `beside`.
    """

    column: str
    kind: IndexKind
    source: SealedValue
    path: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    spelling: Spelling | None = None

    @property
    def reading(self) -> str:
        """The bytes, as SQL over the alias t; null where there is none."""
        if not self.path:
            return f't."{self.column}"'
        return f"decode(nullif(t.\"{self.column}\" #>> '{json_path(self.path)}', ''), 'hex')"

    @property
    def reading_beside(self) -> str:
        """The texts beside it, as SQL."""
        columns = ", ".join(f't."{column}"::text' for column in self.beside)
        return f"ARRAY[{columns}]::text[]"

    def of(self, number: str, beside: Sequence[str]) -> bytes | None:
        """The index of this number under the current key."""
        if self.spelling:
            number = self.spelling(number, beside)
        return crypto.tail_index(number) if self.kind == "tail" else crypto.blind_index(self.kind, number)


@dataclass(frozen=True, slots=True)
class IndexedTable:
    """A table with keyed indexes."""

    name: str
    key: str
    indexes: tuple[KeyedIndex, ...]


_in_json: Final[dict[tuple[str, tuple[str, ...]], KeyedIndex]] = {}
_spelled: Final[dict[tuple[str, str], tuple[tuple[str, ...], Spelling]]] = {}


def register_json_index(model: str, index: KeyedIndex) -> None:
    """Say that rows of a model ("app.Model") keep a keyed index in hexadecimal digits below a path of a JSON column."""
    _in_json[model.lower(), index.path] = index


def register_spelling(model: str, column: str, beside: tuple[str, ...], spelling: Spelling) -> None:
    """Say that an index of a model ("app.Model") stands for another spelling of the encrypted value."""
    _spelled[model.lower(), column] = (beside, spelling)


def indexed_tables() -> list[IndexedTable]:
    """Every table with keyed indexes, from the models themselves; LookupError for an index of unknown origin."""
    found = []
    for model in apps.get_models():
        indexes = [
            _index_of(model._meta.label_lower, column)
            for column in byte_columns(model)
            if column.endswith("_index")
        ]
        indexes += [index for (label, _path), index in _in_json.items() if label == model._meta.label_lower]
        if indexes:
            found.append(IndexedTable(model._meta.db_table, str(model._meta.pk.column), tuple(indexes)))
    return found


def _index_of(label: str, column: str) -> KeyedIndex:
    if column not in _SOURCES:
        raise LookupError(f"{column} says not which number it finds: name it {', '.join(_SOURCES)}")
    source, kind = _SOURCES[column]
    beside, spelling = _spelled.get((label, column), ((), None))
    return KeyedIndex(column, kind, SealedValue(source, kind_of(source)), (), beside, spelling)


def rotate_blind_index(*, tell: Tell, chunk: int = CHUNK) -> dict[str, int]:
    """Compute every keyed index anew under BLIND_INDEX_KEY; gives the changed rows of each table. All or nothing.

    Nobody may work meanwhile: the tables are locked against writing, and RotationRefused says so when somebody holds one. Their
    triggers stand still inside this transaction, since some let no index change.
    """
    crypto.check_keys()
    changed: dict[str, int] = {}
    with alone("rotate blind index"), transaction.atomic(using=OWNER):
        tables = indexed_tables()
        _set_triggers(tables, "DISABLE")
        for table in tables:
            changed[table.name] = _renew_table(table, tell, chunk)
        _set_triggers(tables, "ENABLE")
    return changed


def stale_indexes(*, chunk: int = CHUNK) -> dict[str, int]:
    """How many rows of each table have an index that another key made: 0 everywhere when look-ups find everybody."""
    return {
        table.name: sum(len(_stale(table, rows)) for rows in _chunks(table, chunk))
        for table in indexed_tables()
    }


def _set_triggers(tables: Sequence[IndexedTable], what: str) -> None:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{_LOCK_TIMEOUT}'")
        for table in tables:
            try:
                cursor.execute(f'ALTER TABLE "{table.name}" {what} TRIGGER USER')
            except OperationalError as error:
                raise RotationRefused(f"{table.name} is in use: stop web, worker and beat first") from error


def _renew_table(table: IndexedTable, tell: Tell, chunk: int) -> int:
    total = 0
    places = range(len(table.indexes))
    columns = ", ".join(f"new{n} bytea" for n in places)
    sets = assignments((index.column, index.path, f"n.new{n}") for n, index in enumerate(table.indexes))
    for rows in _chunks(table, chunk):
        lines = ["\t".join([str(key), *map(as_copied, new)]) for key, new in _stale(table, rows)]
        total += write_copied(
            lines, columns, f'UPDATE "{table.name}" t SET {sets} FROM rotated n WHERE t."{table.key}" = n.id'
        )
        tell(f"{table.name}: {total} rows")
    return total


def _chunks(table: IndexedTable, chunk: int) -> Any:
    """The rows that have an index: id, then for each index its ciphertext, what it is now, and the texts beside it."""
    shown = ", ".join(
        f"{index.source.reading}, {index.reading}, {index.reading_beside}" for index in table.indexes
    )
    any_index = " OR ".join(f"{index.reading} IS NOT NULL" for index in table.indexes)
    last = 0
    while True:
        with connections[OWNER].cursor() as cursor:
            cursor.execute(
                f'SELECT t."{table.key}", {shown} FROM "{table.name}" t WHERE t."{table.key}" > %s AND ({any_index})'
                f' ORDER BY t."{table.key}" LIMIT %s',
                [last, chunk],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def _stale(table: IndexedTable, rows: Sequence[tuple[Any, ...]]) -> list[tuple[int, list[bytes | None]]]:
    """The rows with an index that is not of the current key, and what each should be (None where there is none)."""
    stale = []
    for key, *found in rows:
        try:
            places = zip(table.indexes, found[::3], found[1::3], found[2::3], strict=True)
            new = [_renewed(index, sealed, now, beside) for index, sealed, now, beside in places]
        except crypto.CryptoError as error:
            raise RotationRefused(f"{table.name} {key}: {error}; nothing was changed") from error
        if any(
            value is not None and value != bytes(now) for value, now in zip(new, found[1::3], strict=True)
        ):
            stale.append((key, new))
    return stale


def _renewed(
    index: KeyedIndex, sealed: memoryview | None, now: memoryview | None, beside: Sequence[str]
) -> bytes | None:
    if now is None or sealed is None:
        return None
    return index.of(crypto.decrypt(index.source.kind, sealed), beside)
