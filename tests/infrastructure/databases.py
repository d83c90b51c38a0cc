"""Test databases for two roles: made by `owner` from a template, used by the tests as `app`, which owns nothing.

The template is migrated and filled with reference data once for each state of the migrations; a session copies it in a
fraction of a second.
"""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg2
from django.core.management import call_command, get_commands
from django.db import connections
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT, connection

from tests.infrastructure.slots import ROOT

APPS: Final = ("core", "accounts", "beneficiaries", "support_programs", "disbursements", "reports")
TEMPLATES_KEPT: Final = 4


def fingerprint() -> str:
    """Changes with everything that the content of a fresh database comes from."""
    digest = hashlib.sha256()
    for path in sorted(_sources()):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    for app in APPS:
        for path in (ROOT / app).rglob("*"):
            makes_schema = {"migrations", "workflow", "enums"} & set(path.parts) or path.name in {
                "workflow.py",
                "enums.py",
                "database_rules.py",
            }
            makes_rows = path.suffix in {".sql", ".csv", ".toml", ".json"} or path.name.startswith("load_")
            is_loader = "catalogue" in path.parts or "commands" in path.parts
            if path.is_file() and path.suffix != ".pyc" and (makes_schema or makes_rows or is_loader):
                yield path


def point_connections_at(name: str) -> None:
    """Let both Django connections of this process use another database."""
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        connections.databases[alias]["NAME"] = name


def owner_connection(database: str | None = None) -> connection:
    """A plain autocommit connection as `owner`, by default to the database that the settings came with."""
    settings: dict[str, Any] = connections["owner"].settings_dict
    link = psycopg2.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname=database or settings["NAME"],
    )
    link.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    return link


def create_test_database(name: str) -> None:
    """Make the database anew from the template and point Django at it."""
    with closing(owner_connection()) as link, link.cursor() as cursor:
        # One session builds the template, the others wait for it.
        cursor.execute("SELECT pg_advisory_lock(hashtext('test template'))")
        template = _ready_template(link)
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        cursor.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    point_connections_at(name)


def _ready_template(link: connection) -> str:
    name = f"template_{fingerprint()}"
    with link.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname ~ '^template_[0-9a-f]{16}$' ORDER BY oid DESC"
        )
        there = [row[0] for row in cursor.fetchall()]
        if name in there:
            return name
        draft = f"{name}_draft"
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(draft)))
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
        _fill_template(draft)
        cursor.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name))
        )
        for old in there[TEMPLATES_KEPT - 1 :]:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(old)))
    return name


def _fill_template(name: str) -> None:
    before = connections["owner"].settings_dict["NAME"]
    point_connections_at(name)
    try:
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        if "load_reference" in get_commands():
            call_command("load_reference", verbosity=0)
    finally:
        point_connections_at(before)


_MOVEMENT_AGAIN = """
ALTER TABLE reports_movement DISABLE TRIGGER USER;
UPDATE reports_movement SET status = 'preparing', started_on = NULL, closed_on = NULL, version = 1;
ALTER TABLE reports_movement ENABLE TRIGGER USER
"""


@dataclass(frozen=True, slots=True)
class Cleaner:
    """Takes a test database back to its first state after a test that committed."""

    reference: dict[str, str]
    referencing: dict[str, set[str]]

    @classmethod
    def of_fresh_database(cls) -> "Cleaner":
        """To be made before the first test: the tables that hold rows now are the reference data."""
        with closing(owner_connection()) as link:
            # the log tells of the loading too, and grows with every test: it is emptied
            filled = [table for table in _tables(link) if table != "core_event" and _has_rows(link, table)]
            digests = {table: _digest(link, table) for table in filled}
            return cls(reference=digests, referencing=_foreign_keys(link))

    def clean(self) -> None:
        """Empty every other table. A test that changed reference data is an error, named by its table."""
        with closing(owner_connection()) as link, link.cursor() as cursor:
            # A connection that a test left inside a transaction would make this wait for ever.
            cursor.execute("SET lock_timeout = '15s'")
            used = {
                table for table in _tables(link) if table not in self.reference and _has_rows(link, table)
            }
            doomed = self._with_dependents(used)
            if doomed:
                names = sql.SQL(", ").join(sql.Identifier(table) for table in sorted(doomed))
                cursor.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(names))
            # people name donors beside the sources that every database begins with
            cursor.execute("DELETE FROM disbursements_fundingsource WHERE kind = 'donor'")
            # the movement that every database begins with may have been begun
            cursor.execute(_MOVEMENT_AGAIN)
            kept = {table: digest for table, digest in self.reference.items() if table != "reports_movement"}
            changed = [table for table, digest in kept.items() if _digest(link, table) != digest]
        if changed:
            raise AssertionError(f"a test left reference data changed in {', '.join(sorted(changed))}")

    def _with_dependents(self, tables: set[str]) -> set[str]:
        found = set(tables)
        fresh = list(tables)
        while fresh:
            for table in self.referencing.get(fresh.pop(), set()) - found:
                if table in self.reference:
                    raise AssertionError(f"reference table {table} points to a table that tests fill")
                found.add(table)
                fresh.append(table)
        return found


def _tables(link: connection) -> list[str]:
    with link.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        return [row[0] for row in cursor.fetchall()]


def _has_rows(link: connection, table: str) -> bool:
    with link.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table)))
        row = cursor.fetchone()
        return row is not None and bool(row[0])


def _digest(link: connection, table: str) -> str:
    with link.cursor() as cursor:
        cursor.execute(
            sql.SQL("SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t").format(
                sql.Identifier(table)
            )
        )
        row = cursor.fetchone()
        return str(row[0]) if row is not None else ""


def _foreign_keys(link: connection) -> dict[str, set[str]]:
    """Table -> the tables that point to it."""
    with link.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT target.relname, source.relname FROM pg_constraint c "
            "JOIN pg_class target ON target.oid = c.confrelid JOIN pg_class source ON source.oid = c.conrelid "
            "WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND source.oid <> target.oid"
        )
        found: dict[str, set[str]] = {}
        for target, source in cursor.fetchall():
            found.setdefault(target, set()).add(source)
        return found
