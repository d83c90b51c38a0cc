"""Rotation of the keys of encrypted values (core/crypto.py), as the owner of the tables.

Every column named `*_encrypted` of every model is found by its name, so a new one can't be forgotten; ciphertexts inside a JSON
column are made known by their app (`register_sealed_json`). Triggers that freeze a snapshot don't compare ciphertexts, and let
only the owner change those (migrations 0016_g of support_programs, 0007_g of disbursements).
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps
from django.db import connections, models, transaction

from core import crypto
from core.models import StoredFile
from core.services import files

OWNER: Final = "owner"
CHUNK: Final = 20_000
_FILES_CHUNK: Final = 500
_KINDS: Final[dict[str, crypto.Kind]] = {"number": "number", "account": "account", "raw": "row"}
_SUFFIX: Final = "_encrypted"
Tell = Callable[[str], None]


class RotationRefused(Exception):
    """The rotation can't run, or could not read everything; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class SealedValue:
    """A place of a table that holds ciphertext: a bytea column, or hexadecimal digits below `path` in a jsonb column."""

    column: str
    kind: crypto.Kind
    path: tuple[str, ...] = ()

    @property
    def reading(self) -> str:
        """The bytes, as SQL over the alias t."""
        return (
            f"decode(t.\"{self.column}\" #>> '{json_path(self.path)}', 'hex')"
            if self.path
            else f't."{self.column}"'
        )


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A table with ciphertexts."""

    name: str
    key: str
    values: tuple[SealedValue, ...]


@dataclass(slots=True)
class Rotated:
    """What a rotation did: values by table, files, files that are not on the disk, and rows that no key opens."""

    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    missing_files: int = 0
    unreadable: list[str] = field(default_factory=list)


_in_json: Final[dict[tuple[str, str], SealedValue]] = {}


def register_sealed_json(model: str, column: str, path: Sequence[str], kind: crypto.Kind) -> None:
    """Say that rows of a model ("app.Model") keep a ciphertext in hexadecimal digits below a path of a JSON column."""
    _in_json[model.lower(), column] = SealedValue(column, kind, tuple(path))


def json_path(path: Sequence[str]) -> str:
    """A path as PostgreSQL writes it; its parts are names of the code."""
    return "{" + ",".join(path) + "}"


def assignments(places: Iterable[tuple[str, Sequence[str], str]]) -> str:
    """The SET of an UPDATE that puts bytes (column, path inside it, their SQL) into a row; a null leaves its place as it is."""
    written: dict[str, str] = {}
    for column, path, new in places:
        before = written.get(column, f't."{column}"')
        if path:
            digits = f"to_jsonb(encode({new}, 'hex'))"
            written[column] = (
                f"jsonb_set_lax({before}, '{json_path(path)}', {digits}, false, 'return_target')"
            )
        else:
            written[column] = f"coalesce({new}, {before})"
    return ", ".join(f'"{column}" = {value}' for column, value in written.items())


def kind_of(column: str) -> crypto.Kind:
    """The kind of what a column `*_encrypted` holds; LookupError for a name that says none."""
    for name, kind in _KINDS.items():
        if column.removesuffix(_SUFFIX).rpartition("_")[2] == name:
            return kind
    raise LookupError(
        f"{column} says no kind: name it *number_encrypted, *account_encrypted or *raw_encrypted"
    )


def byte_columns(model: type[models.Model]) -> list[str]:
    """The columns of bytes of a model."""
    return [str(f.column) for f in model._meta.concrete_fields if isinstance(f, models.BinaryField)]


def sealed_tables() -> list[SealedTable]:
    """Every table with ciphertexts, from the models themselves."""
    found = []
    for model in apps.get_models():
        values = [SealedValue(name, kind_of(name)) for name in byte_columns(model) if name.endswith(_SUFFIX)]
        values += [value for (label, _column), value in _in_json.items() if label == model._meta.label_lower]
        if values:
            found.append(SealedTable(model._meta.db_table, str(model._meta.pk.column), tuple(values)))
    return found


@contextmanager
def alone(what: str) -> Iterator[None]:
    """One rotation at a time; RotationRefused when another is running."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [what])
        if not cursor.fetchone()[0]:
            raise RotationRefused(f"another {what} is running")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [what])


def rotate_keys(*, tell: Tell, chunk: int = CHUNK) -> Rotated:
    """Encrypt anew, under the current key, every value and stored file that another key encrypted.

    Each chunk commits; killed and started again it goes on with what is left. Rows that somebody changes meanwhile are looked at
    again. RotationRefused when another rotation runs; what no configured key opens is reported and left as it is.
    """
    crypto.check_keys()
    done = Rotated()
    with alone("rotate keys"):
        for table in sealed_tables():
            _rotate_table(table, done, tell, chunk)
        _rotate_files(done, tell)
    return done


def _rotate_table(table: SealedTable, done: Rotated, tell: Tell, chunk: int) -> None:
    """Pass over the table until a pass finds nothing: a row that somebody changed under our hands is found by the next one."""
    total = 0
    while True:
        seen, last = 0, 0
        skipped: list[str] = []
        while rows := _old_rows(table, last, chunk):
            seen, last = seen + len(rows), rows[-1][0]
            total += _reseal(table, rows, skipped)
            tell(f"{table.name}: {total} rows")
        if seen == len(skipped):
            break
    if total == 0:
        tell(f"{table.name}: nothing to do")
    done.rows[table.name] = total
    done.unreadable += skipped


def _old_rows(table: SealedTable, after: int, chunk: int) -> list[tuple[Any, ...]]:
    """The next rows in which a value was encrypted with another key: id, then the bytes of each such value, else None."""
    is_old = "octet_length({0}) > 0 AND substring({0} FROM 1 FOR 1) <> %s"
    conditions = [is_old.format(value.reading) for value in table.values]
    shown = ", ".join(
        f"CASE WHEN {condition} THEN {value.reading} END"
        for condition, value in zip(conditions, table.values, strict=True)
    )
    current = crypto.current_key_id()
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            f'SELECT t."{table.key}", {shown} FROM "{table.name}" t WHERE t."{table.key}" > %s'
            f' AND ({" OR ".join(conditions)}) ORDER BY t."{table.key}" LIMIT %s',
            [*[current] * len(conditions), after, *[current] * len(conditions), chunk],
        )
        return list(cursor.fetchall())


def _reseal(table: SealedTable, rows: Sequence[tuple[Any, ...]], skipped: list[str]) -> int:
    """Write the new ciphertexts of these rows in one statement; a row that changed since it was read is left for later."""
    lines = []
    for key, *old in rows:
        try:
            new = [
                None
                if blob is None
                else crypto.encrypt_bytes(value.kind, crypto.decrypt_bytes(value.kind, blob))
                for value, blob in zip(table.values, old, strict=True)
            ]
        except crypto.CryptoError as error:
            skipped.append(f"{table.name} {key}: {error}")
            continue
        lines.append("\t".join([str(key), *map(as_copied, old), *map(as_copied, new)]))
    places = range(len(table.values))
    columns = ", ".join([*(f"old{n} bytea" for n in places), *(f"new{n} bytea" for n in places)])
    sets = assignments((value.column, value.path, f"n.new{n}") for n, value in enumerate(table.values))
    same = " AND ".join(
        f"(n.old{n} IS NULL OR {value.reading} = n.old{n})" for n, value in enumerate(table.values)
    )
    return write_copied(
        lines,
        columns,
        f'UPDATE "{table.name}" t SET {sets} FROM rotated n WHERE t."{table.key}" = n.id AND {same}',
    )


def write_copied(lines: Sequence[str], columns: str, statement: str) -> int:
    """Copy lines into the temporary table `rotated` (id and these columns) and run a statement over it; rows changed."""
    if not lines:
        return 0
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE rotated (id bigint, {columns}) ON COMMIT DROP")
        cursor.copy_expert("COPY rotated FROM STDIN", io.StringIO("\n".join(lines) + "\n"))
        cursor.execute("ANALYZE rotated")
        cursor.execute(statement)
        changed = int(cursor.rowcount)
        cursor.execute("DROP TABLE rotated")
        return changed


def as_copied(value: bytes | memoryview | None) -> str:
    """Bytes in COPY's text format."""
    return "\\N" if value is None else "\\\\x" + bytes(value).hex()


def _rotate_files(done: Rotated, tell: Tell) -> None:
    last = 0
    stored = StoredFile.objects.using(OWNER).order_by("pk").values_list("pk", "path")
    while part := list(stored.filter(pk__gt=last)[:_FILES_CHUNK]):
        for key, path in part:
            try:
                done.files += files.reseal_file(path)
            except FileNotFoundError:
                done.missing_files += 1
            except crypto.CryptoError as error:
                done.unreadable.append(f"stored file {key}: {error}")
        last = part[-1][0]
        tell(f"stored files: {done.files}")


def keys_in_use() -> dict[str, dict[int, int]]:
    """For each table, and for the stored files, how many values each key id encrypted: what must be 0 before a key goes."""
    counts: dict[str, dict[int, int]] = {}
    for table in sealed_tables():
        by_key = counts.setdefault(table.name, {})
        for value in table.values:
            with connections[OWNER].cursor() as cursor:
                cursor.execute(
                    f'SELECT get_byte({value.reading}, 0), count(*) FROM "{table.name}" t'
                    f" WHERE octet_length({value.reading}) > 0 GROUP BY 1 ORDER BY 1"
                )
                for key_id, number in cursor.fetchall():
                    by_key[key_id] = by_key.get(key_id, 0) + number
    on_disk = counts.setdefault("stored files", {})
    for path in StoredFile.objects.using(OWNER).values_list("path", flat=True):
        if (key_id := files.key_of_file(path)) is not None:
            on_disk[key_id] = on_disk.get(key_id, 0) + 1
    return counts
