"""The request that pages of staff get."""

from django.http import HttpRequest

from accounts.models import User


class StaffRequest(HttpRequest):
    """A request that passed LoginRequiredMiddleware: its user is a member of staff. For annotations only."""

    user: User
