"""Rows into tables by COPY, on the owner's connection; columns that a row doesn't name get the model's default."""

import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import models
from django.db.backends.utils import CursorWrapper
from django.db.models.fields import NOT_PROVIDED

Row = Mapping[str, Any]
_ESCAPES: Final = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))


def copy_rows(cursor: CursorWrapper, model: type[models.Model], rows: Sequence[Row]) -> int:
    """COPY these rows (attribute names such as `case_list_id` to values) into the model's table; gives how many.

    All rows name the same columns. Triggers and constraints of the table apply as for any writer.
    """
    if not rows:
        return 0
    named = set(rows[0])
    fields = [field for field in model._meta.concrete_fields if _is_written(field, named)]
    unknown = named - {field.attname for field in fields}
    if unknown:
        raise ValueError(f"{model.__name__} has no {', '.join(sorted(unknown))}")
    writers = [(field.attname, _writer(field), _default(field, named)) for field in fields]
    target = io.StringIO()
    for row in rows:
        line = [write(row[name]) if name in named else standing for name, write, standing in writers]
        target.write("\t".join(line) + "\n")
    target.seek(0)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    cursor.copy_expert(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN', target)
    return len(rows)


def _is_written(field: models.Field[Any, Any], named: set[str]) -> bool:
    """A column whose value the database sets by itself stays out, unless a row names it."""
    return field.attname in named or (not field.primary_key and field.db_default is NOT_PROVIDED)


def _default(field: models.Field[Any, Any], named: set[str]) -> str:
    if field.attname in named:
        return ""
    if field.null and not field.has_default():
        return "\\N"
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        raise ValueError(f"{field.model.__name__}.{field.attname} is a moment that the rows must name")
    return _writer(field)(field.get_default())


def _writer(field: models.Field[Any, Any]) -> Callable[[Any], str]:
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, models.BinaryField):
        return _binary
    if isinstance(field, models.BooleanField):
        return _flag
    if isinstance(field, models.CharField | models.TextField):
        return _text
    return _plain


def _json(value: Any) -> str:
    # JSON writes line breaks and tabs as escapes of its own
    return json.dumps(value, ensure_ascii=False, default=str).replace("\\", "\\\\")


def _binary(value: bytes | None) -> str:
    return "\\N" if value is None else f"\\\\x{value.hex()}"


def _flag(value: bool | None) -> str:
    return "\\N" if value is None else ("t" if value else "f")


def _text(value: str | None) -> str:
    if value is None:
        return "\\N"
    text = str(value)
    if "\\" in text or not text.isprintable():
        for sign, escaped in _ESCAPES:
            text = text.replace(sign, escaped)
    return text


def _plain(value: int | dt.date | None) -> str:
    return "\\N" if value is None else str(value)


def next_id(cursor: CursorWrapper, model: type[models.Model]) -> int:
    """The number after the largest of a table that nobody else writes to."""
    cursor.execute(f'SELECT coalesce(max(id), 0) + 1 FROM "{model._meta.db_table}"')
    return int(cursor.fetchone()[0])


def move_sequences(cursor: CursorWrapper, tables: Iterable[str]) -> None:
    """Let the tables' own numbering go on after the rows that were copied in."""
    for table in tables:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 0) + 1, false) FROM \"{table}\""
        )
