"""`manage.py apply_retention`: take away what core/data/retention.toml says is over."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.services.retention import RetentionError, apply_retention, said


class Command(BaseCommand):
    help = "Remove what the retention schedule says is over; nothing of people, cases, payments or the log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(self, *args: Any, **options: Any) -> None:
        is_dry_run = bool(options["dry_run"])
        try:
            outcomes = apply_retention(is_dry_run=is_dry_run)
        except RetentionError as error:
            raise CommandError(str(error)) from error
        for outcome in outcomes:
            self.stdout.write(said(outcome))
        total = sum(outcome.number for outcome in outcomes)
        self.stdout.write(f"{total} mục {'sẽ được xóa' if is_dry_run else 'đã xóa'}")
