"""What the services of households share: their refusal, lengths, and the day that is not after today."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.utils.translation import gettext as _

from beneficiaries.services.dated import RecordRefused, Sentences
from core import clock

# what the form of a household asks besides its head
FIELDS: Final = ("code", "hamlet", "address")
LENGTHS: Final = {"code": 30, "hamlet": 100, "address": 250, "relation": 60}
HEAD: Final = "Chủ hộ"


class HouseholdRefused(RecordRefused):
    """What was typed of a household or a member can't be taken: sentences by field."""


def check_day(day: dt.date, errors: Sentences, field: str) -> None:
    if day > clock.today():
        errors[field] = [_("Ngày này không được sau hôm nay.")]
