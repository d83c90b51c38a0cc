"""`manage.py suggested_schedules --as so-a`: switch on the schedules that the software proposes and that nobody has yet."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from core.fence import fenced
from reports.permissions import keeps_reports
from reports.services.suggested_schedules import open_suggestions, take_suggestion


class Command(BaseCommand):
    help = "Set up the proposed daily, weekly and monthly schedules for an officer of the department; run again, it adds none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as", dest="username", required=True, help="who keeps the schedules")

    def handle(self, *args: Any, **options: Any) -> None:
        officer = User.objects.filter(username=options["username"], is_active=True).first()
        if officer is None or not keeps_reports(officer):
            raise CommandError(f"{options['username']} is no officer of the department who keeps its reports")
        with fenced(officer.pk, officer.area_code):
            for suggestion in open_suggestions():
                schedule = take_suggestion(suggestion=suggestion, actor=officer)
                self.stdout.write(f"{schedule.reference} {schedule.definition}: {schedule.says_when}")
