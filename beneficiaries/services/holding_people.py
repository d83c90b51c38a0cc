"""One person held for a change: by an officer of their area, and only while nobody else was faster."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from beneficiaries.imports.profile import LABELS
from beneficiaries.models import Person
from beneficiaries.permissions import may_register_in
from core.models import Event
from core.transitions import StaleRecord
from core.workflow import Actor

# what an event of a person changed, where it names no fields
_CHANGED: Final = {
    "person.number_changed": "id_number",
    "person.account_changed": "account",
    "person.account_ended": "account",
}


def check_registers(actor: Actor, area_code: str) -> None:
    """PermissionDenied for everybody but the officers who register people of this area."""
    if not actor.is_active or not may_register_in(actor, area_code):
        raise PermissionDenied(_("Bạn không sửa thông tin người thụ hưởng của địa bàn này."))


def hold_person(person: Person, *, actor: Actor, expected_version: int | None) -> Person:
    """The person as they are now, locked until the end of the transaction.

    PermissionDenied as `check_registers`. StaleRecord, which names who changed what and when, when the page is out of date.
    """
    current = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    check_registers(actor, current.area_code)
    check_version(current, expected_version)
    return current


def check_version(person: Person, expected_version: int | None) -> None:
    """StaleRecord when the person was changed since that version."""
    if expected_version is not None and person.version != expected_version:
        raise StaleRecord(_who_was_faster(person))


def _who_was_faster(person: Person) -> str:
    newest = (
        Event.objects.filter(
            object_type="beneficiaries.person", object_id=person.pk, change__has_key="version"
        )
        .order_by("-pk")
        .first()
    )
    if newest is None:
        return _("Có người vừa sửa bản ghi này. Hãy mở lại trang để xem bản mới.")
    fields = newest.change.get("fields") or [_CHANGED.get(newest.action, "")]
    named = ", ".join(str(LABELS[field]).lower() for field in fields if field in LABELS)
    return _("%(name)s vừa sửa %(what)s của người này lúc %(at)s. Hãy mở lại trang để xem bản mới.") % {
        "name": newest.actor_name,
        "what": named or _("thông tin"),
        "at": f"{timezone.localtime(newest.at):%H:%M %d/%m/%Y}",
    }
