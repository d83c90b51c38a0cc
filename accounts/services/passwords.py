"""Writes about a person's own sign-in."""

from django.db import transaction
from rest_framework.authtoken.models import Token

from accounts.models import User
from core.audit import record_event


@transaction.atomic
def change_password(*, user: User, password: str) -> None:
    """Give the user a new password that the form has checked; the first-sign-in reminder goes away. Writes the event.

    Other sessions end, being signed with the old one, and so does the token of programs that act for this person.
    """
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    Token.objects.filter(user=user).delete()
    record_event("user.password_changed", user, actor=user)


@transaction.atomic
def record_sign_in(*, user: User) -> None:
    """Log that this person signed in."""
    record_event("user.signed_in", user, actor=user)


@transaction.atomic
def record_sign_out(*, user: User) -> None:
    """Log that this person signed out."""
    record_event("user.signed_out", user, actor=user)
