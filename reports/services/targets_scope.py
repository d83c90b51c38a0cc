"""What the services of the targets ask first, and how a figure that can't be taken is refused."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from reports.models import TargetIndicator
from reports.rules.targets import WrongFigure, format_figure, read_figure

NOT_DEPARTMENT: Final = lazy("Việc này do chuyên viên Sở làm.")


def figure_of(one: TargetIndicator, typed: str | float) -> Decimal:
    """The figure that was typed for an indicator. ValueError with the sentence for the officer where it can't be one."""
    try:
        return read_figure(typed, one.bounds)
    except WrongFigure as error:
        raise ValueError(refusal_of(one, error.code)) from error


def refusal_of(one: TargetIndicator, code: str) -> str:
    """Why a figure isn't taken, and what would be."""
    known = {
        "number": _("Đây không phải là số. Hãy ghi số, ví dụ %(example)s."),
        "whole": _("Chỉ tiêu này là số nguyên (%(unit)s). Hãy ghi số, ví dụ %(example)s."),
        "decimals": _("Chỉ ghi nhiều nhất 2 chữ số sau dấu phẩy, ví dụ %(example)s."),
        "low": _("Số nhỏ hơn %(lowest)s. Hãy kiểm tra lại."),
        "high": _("Số lớn hơn %(highest)s. Hãy kiểm tra lại."),
    }
    example = "71,3" if one.decimals else "1.250"
    highest = Decimal(10) ** 11 if one.highest is None else one.highest
    return known[code] % {
        "example": example,
        "unit": one.unit,
        "lowest": format_figure(one.lowest, one.decimals),
        "highest": format_figure(highest, one.decimals),
    }
