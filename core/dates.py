"""Dates as people type them, refused in words; and the date's texts of `core.date_texts`, which every page uses."""

import datetime as dt
from typing import Final

from django.utils.translation import gettext as _

from core.date_texts import (
    PartialDate,
    find_parts,
    format_date,
    format_long_date,
    format_moment,
    format_period,
    format_weekday_date,
    weekday_name,
)

__all__ = [
    "InvalidDateError",
    "PartialDate",
    "format_date",
    "format_long_date",
    "format_moment",
    "format_period",
    "format_weekday_date",
    "parse_date",
    "parse_partial_date",
    "weekday_name",
]
EARLIEST_YEAR: Final = 1900


class InvalidDateError(ValueError):
    """What was typed is no date; the message is for the person who typed it."""


def parse_partial_date(typed: str, *, latest: dt.date) -> PartialDate:
    """Read a typed date of birth: "5/9/85", "05-09-1985", "05091985", "ngày 5 tháng 9 năm 1985", "9/1985", "1985".

    `latest` is the last day that it can be (for a birth, today). InvalidDateError, with a Vietnamese message, for what is no
    date, a day that doesn't exist, a year before 1900, or a day after `latest`.
    """
    text = " ".join(typed.split())
    found = find_parts(text, latest)
    if found is None:
        raise InvalidDateError(
            _(
                "Không đọc được ngày “%(typed)s”. Hãy nhập ngày/tháng/năm, ví dụ 05/09/1985, hoặc chỉ năm 1985."
            )
            % {"typed": text}
        )
    try:
        too_late = found.first > latest
    except ValueError as error:
        raise InvalidDateError(
            _("Không có ngày “%(typed)s” trong lịch. Hãy kiểm tra lại ngày và tháng.") % {"typed": text}
        ) from error
    if too_late:
        raise InvalidDateError(
            _("Ngày “%(typed)s” sau ngày %(latest)s. Hãy kiểm tra lại ngày, tháng, năm.")
            % {"typed": text, "latest": format_date(latest)}
        )
    if found.year < EARLIEST_YEAR:
        raise InvalidDateError(_("Năm “%(typed)s” quá xa. Hãy nhập năm từ 1900 trở đi.") % {"typed": text})
    return found


def parse_date(typed: str, *, latest: dt.date) -> dt.date:
    """Read a typed date with day, month and year; InvalidDateError as `parse_partial_date`, and when day or month is missing."""
    found = parse_partial_date(typed, latest=latest)
    if found.date is None:
        raise InvalidDateError(
            _("“%(typed)s” thiếu ngày hoặc tháng. Hãy nhập đủ ngày/tháng/năm.") % {"typed": typed.strip()}
        )
    return found.date
