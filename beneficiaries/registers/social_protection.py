"""People who get the monthly social allowance: their group of Điều 5 NĐ 20/2021, with its coefficient."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import RegisterCode
from beneficiaries.registers.base import Register, RegisterField, Shown
from beneficiaries.rules.social_protection import COEFFICIENTS, PARAGRAPHS, allowance_of
from core.money import format_dong

# as in the catalogue of BTXH_THANG; tests/support_programs compares both
_CATEGORIES: Final = (
    ("k1_u4", _("Trẻ em dưới 4 tuổi không có người nuôi dưỡng")),
    ("k1_4plus", _("Trẻ em từ 4 đến dưới 16 tuổi không có người nuôi dưỡng")),
    ("k2", _("Người từ 16 đến 22 tuổi còn đi học (trước đó thuộc khoản 1)")),
    ("k3_u4", _("Trẻ em hộ nghèo nhiễm HIV, dưới 4 tuổi")),
    ("k3_4_16", _("Trẻ em hộ nghèo nhiễm HIV, từ 4 đến dưới 16 tuổi")),
    ("k4_per_child", _("Người đơn thân hộ nghèo, cận nghèo đang nuôi con (mỗi con)")),
    ("k5a_60_80", _("Người cao tuổi hộ nghèo không có người phụng dưỡng, 60 đến dưới 80 tuổi")),
    ("k5a_80plus", _("Người cao tuổi hộ nghèo không có người phụng dưỡng, từ 80 tuổi")),
    (
        "k5b",
        _(
            "Người 75 đến dưới 80 tuổi, hộ nghèo, cận nghèo ở vùng dân tộc thiểu số, miền núi đặc biệt khó khăn"
        ),
    ),
    ("k5c", _("Người từ 80 tuổi không có lương hưu, trợ cấp")),
    ("k5d", _("Người cao tuổi hộ nghèo đủ điều kiện vào cơ sở, được nhận chăm sóc tại cộng đồng")),
    ("k6_severe", _("Người khuyết tật nặng")),
    ("k6_severe_child_elder", _("Trẻ em, người cao tuổi khuyết tật nặng")),
    ("k6_special", _("Người khuyết tật đặc biệt nặng")),
    ("k6_special_child_elder", _("Trẻ em, người cao tuổi khuyết tật đặc biệt nặng")),
    ("k7", _("Trẻ em dưới 3 tuổi hộ nghèo, cận nghèo ở vùng đặc biệt khó khăn")),
    ("k8", _("Người lớn nhiễm HIV hộ nghèo, không có thu nhập ổn định")),
)


def coefficient_text(category: str) -> str:
    """ "1,5"; "" for a group that is not known."""
    coefficient = COEFFICIENTS.get(category)
    return "" if coefficient is None else shown_coefficient(coefficient)


def shown_coefficient(coefficient: Decimal) -> str:
    return str(coefficient).replace(".", ",")


def _shown(category: str, _details: Mapping[str, Any], on: dt.date) -> tuple[Shown, ...]:
    if category not in COEFFICIENTS:
        return ()
    allowance = allowance_of(category, on)
    lines: list[Shown] = [(_("Hệ số"), coefficient_text(category))]
    if allowance is not None:
        lines.append((_("Mức chuẩn nhân hệ số mỗi tháng"), f"{format_dong(allowance)} đ"))
    return tuple(lines)


SOCIAL_PROTECTION: Final = Register(
    code=RegisterCode.SOCIAL_PROTECTION,
    title=_("Đối tượng bảo trợ xã hội"),
    singular=_("đối tượng bảo trợ xã hội"),
    subject="person",
    legal_basis="Điều 5, Điều 6 Nghị định 20/2021/NĐ-CP",
    unsure=(
        _("Hệ số của khoản 4, khoản 7, khoản 8 Điều 5 là hiểu biết chung, cần đối chiếu toàn văn."),
        _("Tỉnh có thể quy định mức chuẩn cao hơn; chưa tìm thấy mức của An Giang."),
        _("Trước 01/07/2021 hệ số theo Nghị định 136/2013/NĐ-CP chưa có, hệ thống không tính mức."),
        _("Dạng khuyết tật lấy theo Luật Người khuyết tật (hiểu biết chung)."),
    ),
    category_label=_("Nhóm đối tượng"),
    category_patterns=("nhóm đối tượng", "loại đối tượng", "diện đối tượng", "đối tượng", "diện hưởng"),
    categories=_CATEGORIES,
    category_notes={
        code: format_lazy(
            "{paragraph} Điều 5 · {word} {coefficient}",
            paragraph=paragraph,
            word=_("hệ số"),
            coefficient=coefficient_text(code),
        )
        for code, paragraph in PARAGRAPHS.items()
    },
    fields=(
        RegisterField(
            "disability_kind",
            _("Dạng khuyết tật"),
            "choice",
            ("dạng khuyết tật", "dạng tật", "loại khuyết tật"),
            (
                ("movement", _("Vận động")),
                ("hearing_speech", _("Nghe, nói")),
                ("sight", _("Nhìn")),
                ("mental", _("Thần kinh, tâm thần")),
                ("intellectual", _("Trí tuệ")),
                ("other", _("Khuyết tật khác")),
            ),
            help=_("Chỉ ghi cho người khuyết tật (khoản 6)."),
            article="khoản 6 Điều 5",
            is_filter=True,
        ),
        RegisterField(
            "disability_degree",
            _("Mức độ khuyết tật"),
            "choice",
            ("mức độ khuyết tật", "mức khuyết tật", "mức độ"),
            (("severe", _("Nặng")), ("special_severe", _("Đặc biệt nặng"))),
            article="khoản 6 Điều 5",
            in_table=True,
            is_filter=True,
        ),
        RegisterField(
            "monthly_amount",
            _("Mức trợ cấp mỗi tháng theo quyết định"),
            "money",
            ("mức trợ cấp", "số tiền trợ cấp", "mức hưởng", "trợ cấp hàng tháng", "trợ cấp hằng tháng"),
            most=100_000_000,
            article="Điều 6",
            in_table=True,
        ),
    ),
    needs_number=False,
    shown=_shown,
)
