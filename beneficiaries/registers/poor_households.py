"""Poor and near-poor households of a year, by the standard that was in force then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import RegisterCode
from beneficiaries.registers.base import Register, RegisterField, Shown
from beneficiaries.rules.poverty import FIRST_YEAR, LAST_YEAR, ND07, QD59, standard_of

STANDARDS: Final = (
    (QD59, _("Chuẩn nghèo QĐ 59/2015/QĐ-TTg (đến 31/12/2021)")),
    (ND07, _("Chuẩn nghèo NĐ 07/2021/NĐ-CP (từ 01/01/2022)")),
)


def _shown(_category: str, details: Mapping[str, Any], _on: dt.date) -> tuple[Shown, ...]:
    year = details.get("year")
    standard = details.get("standard") or (standard_of(int(year)) if year else "")
    return ((_("Chuẩn nghèo áp dụng"), str(dict(STANDARDS).get(standard, ""))),) if standard else ()


POOR_HOUSEHOLDS: Final = Register(
    code=RegisterCode.POOR_HOUSEHOLDS,
    title=_("Hộ nghèo, hộ cận nghèo"),
    singular=_("hộ nghèo, hộ cận nghèo"),
    subject="household",
    legal_basis="Quyết định 59/2015/QĐ-TTg (đến 31/12/2021); Nghị định 07/2021/NĐ-CP (từ 01/01/2022)",
    unsure=(
        _("Mức thu nhập và số chỉ số thiếu hụt của hai chuẩn là hiểu biết chung, cần đối chiếu toàn văn."),
        _("Chưa rõ mốc thu nhập đúng bằng ngưỡng thuộc mức nào khi hai khoảng giáp nhau."),
    ),
    category_label=_("Diện hộ"),
    category_patterns=("diện hộ", "loại hộ", "diện", "hộ nghèo cận nghèo", "phân loại hộ"),
    categories=(("poor", _("Hộ nghèo")), ("near_poor", _("Hộ cận nghèo"))),
    fields=(
        RegisterField(
            "year",
            _("Năm công nhận"),
            "integer",
            # not "năm" alone, which also heads a year of birth
            ("năm công nhận", "năm rà soát", "năm xét duyệt"),
            least=FIRST_YEAR,
            most=LAST_YEAR,
            is_required=True,
            help=_("Diện hộ có giá trị từ 01/01 đến 31/12 của năm này."),
            in_table=True,
            is_filter=True,
        ),
        RegisterField(
            "monthly_income",
            _("Thu nhập bình quân một người mỗi tháng"),
            "money",
            (
                "thu nhập bình quân đầu người",
                "thu nhập bình quân người tháng",
                "thu nhập bình quân",
                "thu nhập",
            ),
            most=100_000_000,
            article="QĐ 59/2015/QĐ-TTg; NĐ 07/2021/NĐ-CP",
            in_table=True,
        ),
        RegisterField(
            "deprivations",
            _("Số chỉ số thiếu hụt dịch vụ xã hội cơ bản"),
            "integer",
            ("số chỉ số thiếu hụt", "chỉ số thiếu hụt", "số thiếu hụt", "thiếu hụt"),
            most=12,
            article="QĐ 59/2015/QĐ-TTg; NĐ 07/2021/NĐ-CP",
            in_table=True,
        ),
    ),
    dated_by="year",
    needs_number=False,
    shown=_shown,
)
