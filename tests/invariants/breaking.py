"""Statements that must not go through, tried one after the other on the same rows."""

import re
from typing import Any

from django.db import DatabaseError, connection, transaction

Attempt = tuple[str, str]  # the statement, and what the refusal says


def run(sql: str, *params: object) -> int:
    """One statement, its deferred checks included; gives the number of rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = int(cursor.rowcount)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return rows


def ask(sql: str, *params: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def assert_refused(*attempts: Attempt) -> None:
    """Each is refused for its own reason; what goes through, or falls for another reason, is named with all the others."""
    assert attempts
    wrong = []
    for statement, refusal in attempts:
        try:
            rows = run(statement)
        except DatabaseError as error:
            if not re.search(refusal, str(error)):
                wrong.append(f"{statement}\n    fell for another reason: {str(error).splitlines()[0]}")
        else:
            wrong.append(f"{statement}\n    went through ({rows} rows)")
    assert not wrong, "\n".join(wrong)


def copy_of(table: str, where: str, **changes: str) -> str:
    """A statement that inserts a copy of a row with some columns changed (given as SQL)."""
    pairs = ", ".join(f"'{column}', {value}" for column, value in changes.items())
    return f"INSERT INTO {table} SELECT (jsonb_populate_record(t, jsonb_build_object({pairs}))).* FROM {table} t WHERE {where}"
