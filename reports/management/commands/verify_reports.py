"""Make the files of issued reports again from their kept rows, and say whether they are the same bytes."""

import hashlib
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.documents import is_renderer_installed
from core.services.files import read_file
from reports.models import ReportRun
from reports.renderers.pdf import render_report_pdf
from reports.renderers.software import software_mark
from reports.renderers.xlsx import render_xlsx
from reports.services.kept import report_of_run


class Command(BaseCommand):
    """Ends with an error that names the first file which came out otherwise, and whether the software is another one."""

    help = "Remake the files of issued reports from their kept rows and compare them with what was kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("references", nargs="*", help="only these reports (BC-…); all when none is named")
        parser.add_argument("--newest", type=int, default=0, help="only so many, newest first")

    def handle(self, *_args: Any, **options: Any) -> None:
        runs = ReportRun.objects.select_related("xlsx", "pdf", "rows_file").order_by("-id")
        if options["references"]:
            runs = runs.filter(reference__in=options["references"])
        checked = without = 0
        for run in runs[: options["newest"] or None].iterator(chunk_size=20):
            if not run.shape:
                without += 1
                continue
            if differing := _first_difference(run):
                raise CommandError(f"{run.reference}: {differing}. {_said_of_software(run)}")
            checked += 1
        self.stdout.write(
            f"{checked} reports came out in the same bytes; {without} keep no shape to make them from"
        )


def _first_difference(run: ReportRun) -> str:
    """The file that came out otherwise, with both hashes; "" where all are the same."""
    report = report_of_run(run)
    if report is None:
        return ""
    for name, stored, render in (("xlsx", run.xlsx, render_xlsx), ("pdf", run.pdf, render_report_pdf)):
        if stored is None or (name == "pdf" and not is_renderer_installed()):
            continue
        if hashlib.sha256(read_file(stored)).hexdigest() != stored.sha256:
            return f"the kept {name} is not what was stored"
        again = hashlib.sha256(render(report)).hexdigest()
        if again != stored.sha256:
            return f"{name} was {stored.sha256}, now {again}"
    return ""


def _said_of_software(run: ReportRun) -> str:
    now = software_mark()
    if run.software == now:
        return f"The software is the same ({now}): the figures or the writer are at fault"
    return f"The software has changed since: {run.software or 'not noted'} then, {now} now"
