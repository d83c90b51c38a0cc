"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from core.clock import today
from core.navigation import navigation_for, topic_of


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Navigation of the signed-in person, the business date where it isn't the real day, help and phone of the footer."""
    user = getattr(request, "user", None)
    entries = import_string(settings.NAVIGATION)
    return {
        "nav_items": navigation_for(user, entries, request.path)
        if user is not None and user.is_authenticated
        else [],
        "is_demo": settings.DEMO,
        "business_date": today() if settings.BUSINESS_DATE else None,
        "help_phone": settings.HELP_PHONE,
        "help_topic": topic_of(request.path, import_string(settings.HELP_TOPICS)),
    }
