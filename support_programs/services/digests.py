"""The morning's digest: made once per person and working day, shown on their home page, mailed where mail is set up."""

import datetime as dt
import logging
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.dates import format_date
from core.fence import fenced
from core.queries.calendar import working_calendar
from core.workflow import Actor
from support_programs.models import Digest
from support_programs.queries.digests import digest_lines, digests_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DigestReport:
    """What a run did: digests made, mails sent, and people for whom either failed."""

    made: int = 0
    mailed: int = 0
    failed: int = 0


def send_digests(on: dt.date | None = None) -> DigestReport:
    """Make the digest of everybody who has work and none yet for this day, and mail those that were not mailed.

    On a day off nothing happens. Run again it does what is missing: nobody gets two, a mail that failed is tried again, and
    the digest stays where its mail fails. What fails for one person is logged and keeps nobody else from theirs.
    """
    day = on or clock.today()
    if not working_calendar().is_working_day(day):
        return DigestReport()
    made = mailed = failed = 0
    have = set(Digest.objects.filter(on=day).values_list("user_id", flat=True))
    for user in User.objects.filter(is_active=True).exclude(pk__in=have).order_by("pk"):
        try:
            made += _make(user, day)
        except Exception:
            failed += 1
            logger.exception("digest of account %s could not be made", user.pk)
    if settings.EMAIL_HOST:
        waiting = Digest.objects.filter(on=day, mailed_at__isnull=True, user__is_active=True)
        for digest in waiting.exclude(user__email="").select_related("user").order_by("pk"):
            try:
                _mail(digest)
                mailed += 1
            except Exception:
                failed += 1
                logger.exception("digest %s could not be mailed", digest.pk)
    return DigestReport(made, mailed, failed)


def _make(user: User, day: dt.date) -> bool:
    """Whether there was something to tell. Counted behind the person's own fence."""
    with fenced(user.pk, user.area_code):
        lines = digest_lines(user, day)
        if not lines:
            return False
        _digest, is_new = Digest.objects.get_or_create(user=user, on=day, defaults={"lines": lines})
        return is_new


def _mail(digest: Digest) -> None:
    with translation.override("vi"):
        day = format_date(digest.on)
        send_mail(_("Việc trong ngày %(day)s") % {"day": day}, mail_text(digest), None, [digest.user.email])
    Digest.objects.filter(pk=digest.pk).update(mailed_at=clock.now())


def mail_text(digest: Digest) -> str:
    """The lines in words with their addresses; counts only, nothing of a person or a case."""
    lines = [
        _("Chào %(name)s,") % {"name": digest.user.full_name},
        "",
        _("Việc chờ bạn sáng %(day)s:") % {"day": format_date(digest.on)},
    ]
    for line in digest.lines:
        place = "".join(f"{line[key]}: " for key in ("place", "group") if line.get(key))
        lines.append(f"- {place}{line['label']}: {line['count']} {settings.PUBLIC_URL}{line['url']}")
    return "\n".join(lines)


@transaction.atomic
def read_digest(digest_id: int, *, actor: Actor) -> bool:
    """The band goes from the home page for today. False for a digest that is somebody else's, or none."""
    mine = digests_of(actor).filter(pk=digest_id)
    mine.filter(read_at__isnull=True).update(read_at=clock.now())
    return mine.exists()
