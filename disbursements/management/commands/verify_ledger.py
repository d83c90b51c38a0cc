"""`manage.py verify_ledger`: does the ledger say what the tables say? Names the first difference and fails, or says what ties."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from disbursements.models import LedgerPosting
from disbursements.queries.ledger import balance
from disbursements.queries.ledger_check import CHECKS, first_difference

_ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


class Command(BaseCommand):
    help = (
        "Prove that every entry sums to 0 and that lines, papers, payment instructions and batches equal the ledger; "
        "the first difference is named, and the command fails."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        # everything is read as it was at one moment, while others work on
        is_outermost = not connection.in_atomic_block
        with transaction.atomic():
            if is_outermost:
                with connection.cursor() as cursor:
                    cursor.execute(_ONE_MOMENT)
            difference = first_difference()
            entries = LedgerPosting.objects.count()
            paid = balance(LedgerPosting.objects.all()).paid
        if difference:
            raise CommandError(difference.sentence)
        self.stdout.write(
            f"Sổ cái khớp: {len(CHECKS)} phép kiểm tra, {entries} vế bút toán, đã chi {paid.amount} đồng cho "
            f"{paid.people} người; {time.monotonic() - started:.1f} giây"
        )
