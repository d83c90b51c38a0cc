"""Why something can't be done with a list, in the officer's words."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from beneficiaries.imports.profile import may_import_list
from core.workflow import Actor


class ImportRefused(Exception):
    """`str()` is the sentence for the officer; nothing has changed."""


def check_may_import(actor: Actor, area_code: str, profile: str) -> None:
    """PermissionDenied for everybody but the officers who bring in such lists for this area, and for closed accounts."""
    if not actor.is_active or not may_import_list(actor, area_code, profile):
        raise PermissionDenied(_("Bạn không nhập danh sách cho đơn vị này."))
