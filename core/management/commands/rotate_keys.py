"""`manage.py rotate_keys`: everything encrypted with an older key of FIELD_KEYS is encrypted with the first one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from core.audit import record_system_event
from core.services.rotation import CHUNK, RotationRefused, keys_in_use, rotate_keys


class Command(BaseCommand):
    help = (
        "Encrypt every number, account, staged row and stored file anew with the first key of FIELD_KEYS, as the owner of the "
        "tables. Runs beside the working system, can be stopped and started again. docs/operations.md says the steps."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only count the values by the id of their key"
        )
        parser.add_argument("--chunk", type=int, default=CHUNK, help="rows of one transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if not options["check"]:
                self._rotate(int(options["chunk"]))
            counts = keys_in_use()
        except OperationalError as error:
            raise CommandError("this command needs DATABASE_OWNER_URL, as migrate does") from error
        for place, by_key in counts.items():
            words = ", ".join(f"key {key_id}: {number}" for key_id, number in sorted(by_key.items()))
            self.stdout.write(f"{place}: {words or 'empty'}")

    def _rotate(self, chunk: int) -> None:
        try:
            done = rotate_keys(tell=self.stdout.write, chunk=chunk)
        except RotationRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        rows = sum(done.rows.values())
        record_system_event("keys.rotated", change={"rows": rows, "files": done.files})
        self.stdout.write(f"{rows} rows and {done.files} files encrypted anew")
        if done.missing_files:
            self.stdout.write(f"{done.missing_files} stored files are not on the disk")
        if done.unreadable:
            listed = "\n".join(done.unreadable[:20])
            raise CommandError(f"{len(done.unreadable)} could not be read and stay as they are:\n{listed}")
