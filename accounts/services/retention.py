"""What the retention schedule takes away of sign-ins: old attempts, and programs' tokens that nobody renewed."""

import datetime as dt

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from rest_framework.authtoken.models import Token

from core.services.retention import Remover, RowRemover, register_remover


class _SignIns:
    """The three tables of sign-in attempts as one."""

    parts: tuple[Remover, ...] = (
        RowRemover(lambda: AccessAttempt.objects.all(), "attempt_time"),
        RowRemover(lambda: AccessFailureLog.objects.all(), "attempt_time"),
        RowRemover(lambda: AccessLog.objects.all(), "attempt_time"),
    )

    def count(self, before: dt.datetime) -> int:
        return sum(part.count(before) for part in self.parts)

    def remove(self, before: dt.datetime) -> int:
        return sum(part.remove(before) for part in self.parts)


def register() -> None:
    """The removers of sign-ins."""
    register_remover("sign_in_attempts", _SignIns())
    register_remover("tokens", RowRemover(lambda: Token.objects.all(), "created"))
