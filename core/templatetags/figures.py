"""How figures, dates and identity numbers are written on screen: `{% load figures %}`."""

import datetime as dt
from typing import Final

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from core.charts import percent_text, share_of
from core.dates import format_date, format_long_date
from core.money import amount_in_words, format_dong

register = template.Library()

_BILLION: Final = 1_000_000_000


@register.filter
def money(amount: int | None) -> str:
    """1500000 gives "1.500.000 đ"; None gives "Chưa có"."""
    return _("Chưa có") if amount is None else f"{format_dong(amount)} đ"


@register.filter
def money_words(amount: int) -> str:
    """The amount in words, as documents write it."""
    return amount_in_words(amount)


@register.filter
def billions(amount: int) -> str:
    """78402000000 gives "78,402 tỷ đồng"; three places, trailing zeros left out."""
    whole, rest = divmod(abs(amount), _BILLION)
    places = f"{rest // 1_000_000:03d}".rstrip("0")
    sign = "-" if amount < 0 else ""
    written = f"{sign}{format_dong(whole)}{',' + places if places else ''}"
    return _("%(figure)s tỷ đồng") % {"figure": written}


@register.filter
def figure(value: int | None) -> str:
    """1160 gives "1.160"."""
    return _("Chưa có") if value is None else format_dong(value)


@register.filter
def percent_of(part: int, whole: int) -> str:
    """The share with one decimal: "83,6%"; of nothing "0,0%"."""
    return percent_text(share_of(part, whole))


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """dd/mm/yyyy; a moment is shown in the day of Vietnam; None gives "Chưa có"."""
    if value is None:
        return _("Chưa có")
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value)
    return format_date(value)


@register.filter
def moment(value: dt.datetime | None) -> str:
    """27/09/2021, 08:12 in Vietnam's time."""
    return _("Chưa có") if value is None else f"{timezone.localtime(value):%d/%m/%Y, %H:%M}"


@register.filter
def day_in_words(value: dt.date) -> str:
    """ngày 04 tháng 10 năm 2021, as documents write it: a leading zero for days under 10 and months 1 and 2."""
    return format_long_date(value)


@register.filter
def masked(number: str) -> str:
    """All but the last three digits hidden, in groups of three: "••• ••• ••• 412"."""
    if not number:
        return _("Chưa có")
    shown = "•" * max(len(number) - 3, 0) + number[-3:]
    first = len(shown) % 3
    groups = [shown[:first]] if first else []
    groups += [shown[start : start + 3] for start in range(first, len(shown), 3)]
    return " ".join(groups)


@register.filter
def grouped(number: str) -> str:
    """An identity number in groups of three: 089 193 000 412."""
    first = len(number) % 3
    groups = [number[:first]] if first else []
    return " ".join(groups + [number[start : start + 3] for start in range(first, len(number), 3)])


@register.filter
def masked_account(number: str) -> str:
    """The last four digits of an account: ••••0927."""
    return f"••••{number[-4:]}" if number else _("Chưa có")


@register.filter
def initials(name: str) -> str:
    """The last two words' first letters: Trần Thị Mỹ Duyên gives "MD"."""
    return "".join(word[0] for word in name.split()[-2:]).upper()
