"""`manage.py send_digests`: what waits for each officer this morning; run again it does what is missing."""

from typing import Any

from django.core.management.base import BaseCommand

from support_programs.services.digests import send_digests


class Command(BaseCommand):
    help = "Make this working day's digests and mail those that were not mailed; counts are printed."

    def handle(self, *args: Any, **options: Any) -> None:
        report = send_digests()
        self.stdout.write(f"{report.made} bản tin, {report.mailed} thư, {report.failed} lỗi")
