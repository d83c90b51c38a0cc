"""`manage.py rotate_blind_index`: numbers and accounts are found by a new BLIND_INDEX_KEY."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from core.audit import record_system_event
from core.services.index_rotation import rotate_blind_index, stale_indexes
from core.services.rotation import CHUNK, RotationRefused


class Command(BaseCommand):
    help = (
        "Compute every blind index anew under BLIND_INDEX_KEY, in one transaction of the owner. Stop web, worker and beat first. "
        "docs/operations.md says the steps."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only count the rows that the key doesn't find"
        )
        parser.add_argument("--chunk", type=int, default=CHUNK, help="rows at a time")

    def handle(self, *args: Any, **options: Any) -> None:
        chunk = int(options["chunk"])
        try:
            if options["check"]:
                counts, words = stale_indexes(chunk=chunk), "rows under another key"
            else:
                counts, words = rotate_blind_index(tell=self.stdout.write, chunk=chunk), "rows changed"
                record_system_event("keys.index_rotated", change={"rows": sum(counts.values())})
        except RotationRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OperationalError as error:
            raise CommandError("this command needs DATABASE_OWNER_URL, as migrate does") from error
        for table, number in counts.items():
            self.stdout.write(f"{table}: {number} {words}")
        if options["check"] and any(counts.values()):
            raise CommandError("BLIND_INDEX_KEY is not the key of every index: people would not be found")
