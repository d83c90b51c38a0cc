"""Look for people who may be registered twice, from a shell, without a worker."""

from __future__ import annotations

import datetime as dt
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from beneficiaries.services.duplicates.finding_jobs import start_search
from core import clock
from core.audit import PROVINCE
from core.dates import InvalidDateError, parse_date
from core.fence import fenced
from core.models import Job
from core.services.jobs import run_job


class Command(BaseCommand):
    help = "Tìm người có thể bị ghi hai lần trong cả tỉnh, in kết quả thành một đối tượng JSON."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--all", action="store_true", help="so mọi người")
        which.add_argument("--since", help="chỉ so người ghi hoặc sửa từ ngày này, ví dụ 27/09/2021")

    def handle(self, *args: Any, **options: Any) -> None:
        job = start_search(since=None if options["all"] else _moment(options["since"]), is_background=False)
        run_job(job.pk)
        with fenced(None, PROVINCE):
            job = Job.objects.get(pk=job.pk)
        if job.error_text:
            raise CommandError(job.error_text)
        self.stdout.write(json.dumps(job.result))


def _moment(text: str) -> dt.datetime:
    try:
        day = parse_date(text, latest=clock.today())
    except InvalidDateError as error:
        raise CommandError(str(error)) from error
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
