"""`{% load scheduled_reports %}{% scheduled_news %}`: the newest reports that came by themselves for the reader."""

from typing import Any, Final

from django import template
from django.template.context import RequestContext
from django.utils.translation import ngettext

from reports.permissions import keeps_reports
from reports.queries.schedules import deliveries_to, unread_of

register = template.Library()
SHOWN: Final = 5


@register.inclusion_tag("reports/schedules/news.html", takes_context=True)
def scheduled_news(context: RequestContext, classes: str = "") -> dict[str, Any]:
    """The newest first, each marked until it was opened; who keeps the reports sees the card even when it is empty. `classes` go
    to the card.
    """
    user = context["request"].user
    rows = list(deliveries_to(user)[:SHOWN])
    unread = unread_of(user) if rows else 0
    words = ngettext("%(n)d báo cáo mới", "%(n)d báo cáo mới", unread) % {"n": unread}
    return {
        "rows": rows,
        "unread": unread,
        "unread_words": words,
        "may_keep": keeps_reports(user),
        "classes": classes,
    }
