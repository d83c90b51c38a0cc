"""A household registered with its head, and its own particulars corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import AdministrativeUnit
from beneficiaries.models import Household, Person
from beneficiaries.services.dated import Sentences, check_area, read_reason
from beneficiaries.services.households.base import FIELDS, HEAD, LENGTHS, HouseholdRefused
from beneficiaries.services.households.members import join
from core import clock
from core.audit import record_event
from core.queries.references import next_reference
from core.text import clean_text, sort_key, without_numbers
from core.transitions import StaleRecord
from core.workflow import Actor


@transaction.atomic
def register_household(
    *,
    area_code: str,
    head: Person,
    typed: Mapping[str, str],
    valid_from: dt.date,
    actor: Actor,
    move_reason: str = "",
) -> Household:
    """A new household in a commune with its head as its first member from that day; `typed` are `FIELDS`, all may be empty.

    HouseholdRefused by field: a code that a household of the commune has, no commune of that day, a head who is in another
    household (unless `move_reason` says why they leave it), who was joined to another person or whose day is after today.
    PermissionDenied outside the actor's area.
    """
    check_area(actor, area_code)
    clean, errors = _read(typed)
    _check_commune(area_code, errors)
    _check_code(area_code, clean["code"], errors)
    if errors:
        raise HouseholdRefused(errors)
    household = Household.objects.create(
        reference=next_reference("HG"),
        area_code=area_code,
        head_name=head.full_name,
        head_name_sort=sort_key(head.full_name)[:200],
        **clean,
    )
    record_event("household.registered", household, actor=actor, change={"head": head.reference})
    join(household, head, HEAD, valid_from, actor, is_head=True, move_reason=move_reason, field="head")
    return household


@transaction.atomic
def correct_household(
    *,
    household: Household,
    typed: Mapping[str, str],
    reason: str,
    actor: Actor,
    expected_version: int | None = None,
) -> Household:
    """Put what was typed (only the given `FIELDS`) into the register, with a reason.

    HouseholdRefused by field: no reason, the code of another household of the commune. StaleRecord: somebody was faster.
    """
    current = Household.objects.select_for_update(no_key=True, of=("self",)).get(pk=household.pk)
    check_area(actor, current.area_code)
    if expected_version is not None and current.version != expected_version:
        raise StaleRecord(_("Có người vừa sửa bản ghi này. Hãy mở lại trang để xem bản mới."))
    before = {field: str(getattr(current, field)) for field in FIELDS}
    clean, errors = _read({**before, **typed})
    text = read_reason(reason, errors)
    _check_code(current.area_code, clean["code"], errors, besides=current)
    if errors:
        raise HouseholdRefused(errors)
    changed = [field for field in FIELDS if before[field] != clean[field]]
    if changed:
        for field in FIELDS:
            setattr(current, field, clean[field])
        current.version += 1
        current.save()
        shown = {
            "before": {field: before[field] for field in changed},
            "after": {field: clean[field] for field in changed},
        }
        record_event(
            "household.corrected", current, actor=actor, reason=text, change={"fields": changed, **shown}
        )
    return current


def _read(typed: Mapping[str, str]) -> tuple[dict[str, str], Sentences]:
    clean = {field: without_numbers(clean_text(typed.get(field, "") or "")) for field in FIELDS}
    # a household's number may have nine digits, and is none of a person
    clean["code"] = clean_text(typed.get("code", "") or "")
    too_long = {field: LENGTHS[field] for field in FIELDS if len(clean[field]) > LENGTHS[field]}
    errors = {
        field: [_("Không quá %(length)s ký tự.") % {"length": length}] for field, length in too_long.items()
    }
    return clean, errors


def _check_commune(area_code: str, errors: Sentences) -> None:
    units = AdministrativeUnit.objects.communes().filter(area_code=area_code)
    if not units.valid_on(clock.today()).exists():
        errors["area_code"] = [_("Hãy chọn xã, phường, thị trấn nơi hộ ở.")]


def _check_code(area_code: str, code: str, errors: Sentences, besides: Household | None = None) -> None:
    if not code or errors.get("code"):
        return
    found = Household.objects.filter(area_code=area_code, code=code)
    if besides is not None:
        found = found.exclude(pk=besides.pk)
    other = found.first()
    if other is not None:
        errors["code"] = [
            _("Mã hộ này đã ghi cho hộ %(reference)s của %(head)s.")
            % {"reference": other.reference, "head": other.head_name}
        ]
