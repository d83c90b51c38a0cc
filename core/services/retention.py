"""What is kept how long (core/data/retention.toml), and taking away what is over; never people, cases, payments or the log.

Each app says in `apps.py` how its entries are counted and removed; an entry that removes and has nobody to do it is an error.
"""

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from core.audit import record_system_event
from core.models import StoredFile

SCHEDULE: Final = Path(__file__).resolve().parent.parent / "data" / "retention.toml"
CHUNK: Final = 5000
_ACTIONS: Final = ("keep", "remove")
_KEYS: Final = {"code", "what", "action", "since", "days", "basis", "verified", "verify"}


class RetentionError(Exception):
    """The schedule can't be used; names the entry and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the schedule; `basis` is empty while nobody has verified a provision, `verify` says what to look for."""

    code: str
    what: str
    action: str
    since: str
    days: int
    basis: str
    verified: bool
    verify: str


class Remover(Protocol):
    """How one entry's things are counted and taken away."""

    def count(self, before: dt.datetime) -> int: ...

    def remove(self, before: dt.datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was, or would be, removed for an entry; `before` is the moment up to which it is over, None for what is kept."""

    entry: Entry
    before: dt.datetime | None
    number: int


@dataclass(frozen=True, slots=True)
class RowRemover:
    """Rows older than a moment by one of their columns, removed in chunks."""

    rows: Callable[[], "models.QuerySet[models.Model]"]
    moment: str

    def count(self, before: dt.datetime) -> int:
        return self._over(before).count()

    def remove(self, before: dt.datetime) -> int:
        removed = 0
        while keys := list(self._over(before).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
            self.rows().model._default_manager.filter(pk__in=keys).delete()
            removed += len(keys)
        return removed

    def _over(self, before: dt.datetime) -> "models.QuerySet[models.Model]":
        return self.rows().filter(**{f"{self.moment}__lt": before})


@dataclass(frozen=True, slots=True)
class FileRemover:
    """The bytes of stored files on the disk; their records stay and say what was there."""

    files: Callable[[dt.datetime], "models.QuerySet[StoredFile]"]

    def count(self, before: dt.datetime) -> int:
        return sum(1 for _path in self._paths(before))

    def remove(self, before: dt.datetime) -> int:
        return sum(1 for path in list(self._paths(before)) if _unlinked(path))

    def _paths(self, before: dt.datetime) -> Iterator[Path]:
        for relative in self.files(before).values_list("path", flat=True):
            path = settings.STORAGE_DIR / relative
            if path.is_file():
                yield path


class StrayFiles:
    """Bytes without a record, left by a crash between the two."""

    def count(self, before: dt.datetime) -> int:
        return len(self._paths(before))

    def remove(self, before: dt.datetime) -> int:
        return sum(1 for path in self._paths(before) if _unlinked(path))

    def _paths(self, before: dt.datetime) -> list[Path]:
        folder = Path(settings.STORAGE_DIR)
        old = {
            path.relative_to(folder).as_posix(): path
            for path in folder.glob("[0-9a-f][0-9a-f]/*")
            if path.is_file() and path.stat().st_mtime < before.timestamp()
        }
        known: set[str] = set()
        names = list(old)
        for start in range(0, len(names), CHUNK):
            part = StoredFile.objects.filter(path__in=names[start : start + CHUNK])
            known.update(part.values_list("path", flat=True))
        return [path for name, path in sorted(old.items()) if name not in known]


_removers: Final[dict[str, Remover]] = {}


def register_remover(code: str, remover: Remover) -> None:
    """Say how the things of an entry of the schedule are removed."""
    _removers[code] = remover


def register_core_removers() -> None:
    """Sessions and stray files."""
    register_remover("sessions", RowRemover(lambda: Session.objects.all(), "expire_date"))
    register_remover("stray_files", StrayFiles())


def schedule(path: Path = SCHEDULE) -> list[Entry]:
    """The entries in the file's order, days as the installation set them. RetentionError names what is wrong."""
    own_days = _own_days()
    entries = []
    for found in tomllib.loads(path.read_text("utf-8")).get("keep", []):
        code = str(found.get("code", "?"))
        if set(found) != _KEYS:
            raise RetentionError(f"{path.name}, {code}: needs exactly {', '.join(sorted(_KEYS))}")
        if found["action"] not in _ACTIONS or not isinstance(found["days"], int) or found["days"] < 0:
            raise RetentionError(f"{path.name}, {code}: action is keep or remove, days a number from 0")
        if found["verified"] != bool(found["basis"]) or (not found["verified"] and not found["verify"]):
            raise RetentionError(f"{path.name}, {code}: a basis when verified, what to verify when not")
        if found["action"] == "remove" and code not in _removers:
            raise RetentionError(f"{path.name}, {code}: nothing removes it")
        entries.append(Entry(**{**found, "days": own_days.pop(code, found["days"])}))
    if own_days:
        raise RetentionError(f"RETENTION_DAYS names {', '.join(own_days)}, which the schedule doesn't have")
    return entries


def _own_days() -> dict[str, int]:
    days = {}
    for word in settings.RETENTION_DAYS:
        code, _equals, number = word.partition("=")
        if not (number.isascii() and number.isdigit()):
            raise RetentionError(f"RETENTION_DAYS: {word} is not code=days")
        days[code.strip()] = int(number)
    return days


def apply_retention(*, is_dry_run: bool) -> list[Outcome]:
    """Remove what is over, entry by entry, and record how much; with `is_dry_run` only count."""
    now = timezone.now()
    outcomes = []
    for entry in schedule():
        if entry.action == "keep":
            outcomes.append(Outcome(entry, None, 0))
            continue
        before = now - dt.timedelta(days=entry.days)
        remover = _removers[entry.code]
        number = remover.count(before) if is_dry_run else remover.remove(before)
        outcomes.append(Outcome(entry, before, number))
    if not is_dry_run:
        removed = {outcome.entry.code: outcome.number for outcome in outcomes if outcome.number}
        change = {"removed": sum(removed.values()), "by_code": removed}
        record_system_event("retention.applied", change=change)
    return outcomes


def said(outcome: Outcome) -> str:
    """One line for people: what, until when, how many, and that the term is not verified."""
    entry = outcome.entry
    doubt = f"căn cứ: {entry.basis}" if entry.verified else f"cần xác minh: {entry.verify}"
    if outcome.before is None:
        return f"{entry.code}: giữ lại. {entry.what} ({doubt})"
    day = timezone.localtime(outcome.before).strftime("%d/%m/%Y")
    return f"{entry.code}: {outcome.number}. {entry.what}; {entry.since} trước {day}, sau {entry.days} ngày ({doubt})"


def _unlinked(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True
