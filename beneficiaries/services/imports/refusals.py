"""Why something can't be done with a list, in the officer's words."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from beneficiaries.permissions import may_import_for
from core.workflow import Actor


class ImportRefused(Exception):
    """`str()` is the sentence for the officer; nothing has changed."""


def check_may_import(actor: Actor, area_code: str) -> None:
    """PermissionDenied for everybody but the officers of the commune and of its district, and for closed accounts."""
    if not actor.is_active or not may_import_for(actor, area_code):
        raise PermissionDenied(_("Bạn không nhập danh sách cho xã này."))
