"""Reports that came by themselves, mailed where mail is set up: a link, and the PDF unless the report names people."""

import datetime as dt
import logging
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.dates import format_period
from core.fence import fenced
from core.services.files import read_file
from reports.models import ReportRun, ScheduledDelivery

logger: Final = logging.getLogger(__name__)
_PDF: Final = "application/pdf"
# a report that could not be mailed in this time stands in the list, and nobody is sent old news
_WORTH_MAILING: Final = dt.timedelta(days=3)
_MOST_FAILURES: Final = 50
_LARGEST: Final = 8 * 1024 * 1024


def mail_scheduled_reports() -> tuple[int, int]:
    """Mail what was made in the last three days and not mailed yet; gives how many went out and how many were refused.

    Each mail is claimed before it goes out. What the mail server refuses is tried at the next round; a worker that dies while
    it sends leaves the claim, and the mail is not sent again: nobody gets it twice.
    """
    if not settings.EMAIL_HOST:
        return 0, 0
    waiting = ScheduledDelivery.objects.filter(
        wants_mail=True,
        mail_claimed_at__isnull=True,
        mail_failures__lt=_MOST_FAILURES,
        scheduled__made_at__gte=clock.now() - _WORTH_MAILING,
        user__is_active=True,
    ).exclude(user__email="")
    mailed = failed = 0
    for delivery in waiting.select_related("scheduled__run__pdf", "user").order_by("pk"):
        mine = ScheduledDelivery.objects.filter(pk=delivery.pk)
        if not mine.filter(mail_claimed_at__isnull=True).update(mail_claimed_at=clock.now()):
            continue  # another worker has it
        try:
            _mail(delivery)
        except Exception:
            logger.exception("scheduled report of delivery %s could not be mailed", delivery.pk)
            mine.update(mail_claimed_at=None, mail_failures=F("mail_failures") + 1)
            failed += 1
        else:
            mine.update(mailed_at=clock.now())
            mailed += 1
    return mailed, failed


def _mail(delivery: ScheduledDelivery) -> None:
    scheduled, user = delivery.scheduled, delivery.user
    run = scheduled.run
    if run is None:
        raise RuntimeError("only what was made is delivered")
    with translation.override("vi"):
        period = format_period(scheduled.first, scheduled.last)
        message = EmailMessage(
            _("%(title)s (%(period)s)") % {"title": run.title, "period": period},
            mail_text(run, user.full_name, period),
            to=[user.email],
        )
    with fenced(user.pk, user.area_code):
        if run.pdf and not run.is_personal and run.pdf.size <= _LARGEST:
            message.attach(run.pdf.name, read_file(run.pdf), _PDF)
    message.send()


def mail_text(run: ReportRun, name: str, period: str) -> str:
    """Title, period and address of the report; no figure and nothing of a person stands in the mail itself."""
    address = reverse("reports:scheduled_report", args=[run.reference])
    return "\n".join(
        [
            _("Chào %(name)s,") % {"name": name},
            "",
            _("Đã có báo cáo định kỳ: %(title)s, %(period)s.") % {"title": run.title, "period": period},
            _("Mở báo cáo %(ref)s: %(url)s")
            % {"ref": run.reference, "url": f"{settings.PUBLIC_URL}{address}"},
        ]
    )
