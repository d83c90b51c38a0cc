"""`manage.py create_administrator`: the first account of a new installation."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.forms import check_username
from accounts.services.staff import StaffRefused, create_administrator
from core.fence import fenced


class Command(BaseCommand):
    help = "Make an administrator of a province and print the one-time password; all other accounts are made in the pages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--full-name", required=True)
        parser.add_argument("--area", default="89", help="code of the province (89)")

    def handle(self, *args: Any, **options: Any) -> None:
        username, area_code = str(options["username"]), str(options["area"])
        try:
            check_username(username)
            with fenced(None, area_code):
                given = create_administrator(
                    username=username, full_name=str(options["full_name"]), area_code=area_code
                )
        except (StaffRefused, ValidationError) as refusal:
            message = refusal.messages[0] if isinstance(refusal, ValidationError) else str(refusal)
            raise CommandError(message) from refusal
        self.stdout.write(f"{given.user.username}  {given.words}")
