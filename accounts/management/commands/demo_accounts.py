"""`manage.py demo_accounts`: who can sign in to the demo."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.demo import SIGN_IN_WORDS, shown_accounts


class Command(BaseCommand):
    help = "Print the demo's accounts, their roles and their one password; refused where DEMO is off."

    def handle(self, *args: Any, **options: Any) -> None:
        accounts = shown_accounts()
        if not accounts:
            raise CommandError("DEMO is off: there are no demo accounts")
        self.stdout.write(f"Mật khẩu chung: {SIGN_IN_WORDS}\n")
        wide = max(len(account.username) for account in accounts)
        for account in accounts:
            self.stdout.write(
                f"  {account.username:<{wide}}  {account.full_name} · {account.office} · {account.role_labels}"
            )
