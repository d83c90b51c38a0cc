"""People with merit for the revolution, and their relatives: the categories of Điều 3 Pháp lệnh 02/2020/UBTVQH14."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import RegisterCode
from beneficiaries.registers.base import Register, RegisterField

RELATIVE: Final = "relative"
_ARTICLE: Final = "khoản 2 Điều 3"
_LETTERS: Final = ("a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m")
_CATEGORIES: Final = (
    ("revolution_before_1945", _("Người hoạt động cách mạng trước ngày 01/01/1945")),
    (
        "revolution_1945",
        _("Người hoạt động cách mạng từ ngày 01/01/1945 đến ngày khởi nghĩa tháng Tám năm 1945"),
    ),
    ("martyr", _("Liệt sĩ")),
    ("heroic_mother", _("Bà mẹ Việt Nam anh hùng")),
    ("armed_forces_hero", _("Anh hùng Lực lượng vũ trang nhân dân")),
    ("labour_hero", _("Anh hùng Lao động trong thời kỳ kháng chiến")),
    ("war_invalid", _("Thương binh, thương binh loại B, người hưởng chính sách như thương binh")),
    ("sick_soldier", _("Bệnh binh")),
    ("chemical_victim", _("Người hoạt động kháng chiến bị nhiễm chất độc hóa học")),
    (
        "imprisoned",
        _("Người hoạt động cách mạng, kháng chiến, bảo vệ Tổ quốc, làm nghĩa vụ quốc tế bị địch bắt tù, đày"),
    ),
    (
        "resistance",
        _("Người hoạt động kháng chiến giải phóng dân tộc, bảo vệ Tổ quốc, làm nghĩa vụ quốc tế"),
    ),
    ("helped_revolution", _("Người có công giúp đỡ cách mạng")),
    (RELATIVE, _("Thân nhân của người có công với cách mạng")),
)

MERIT: Final = Register(
    code=RegisterCode.MERIT,
    title=_("Người có công với cách mạng"),
    singular=_("người có công với cách mạng"),
    subject="person",
    legal_basis="Điều 3 Pháp lệnh 02/2020/UBTVQH14; Nghị định 75/2021/NĐ-CP (từ 15/09/2021)",
    unsure=(
        _("Danh mục 12 diện của Điều 3 là hiểu biết chung, cần đối chiếu toàn văn Pháp lệnh."),
        _("Bảng mức trợ cấp chưa đủ: mức ghi theo quyết định của từng người, hệ thống không tính."),
        _("Mức của thân nhân liệt sĩ (1, 2, 3 lần mức chuẩn) là hiểu biết chung."),
    ),
    category_label=_("Diện người có công"),
    category_patterns=(
        "diện người có công",
        "loại đối tượng",
        "đối tượng người có công",
        "diện đối tượng",
        "diện",
    ),
    categories=_CATEGORIES,
    category_notes={
        **{
            code: f"Điểm {letter} khoản 1 Điều 3"
            for letter, (code, _label) in zip(_LETTERS, _CATEGORIES[:-1], strict=True)
        },
        RELATIVE: "Khoản 2 Điều 3",
    },
    fields=(
        RegisterField(
            "kinship",
            _("Quan hệ với người có công"),
            "choice",
            ("quan hệ với người có công", "quan hệ với liệt sĩ", "quan hệ với liệt sỹ", "quan hệ"),
            (
                ("father", _("Cha đẻ")),
                ("mother", _("Mẹ đẻ")),
                ("spouse", _("Vợ hoặc chồng")),
                ("child", _("Con")),
                ("fosterer", _("Người có công nuôi liệt sĩ")),
            ),
            help=_("Chỉ ghi cho thân nhân."),
            article=_ARTICLE,
            in_table=True,
            is_filter=True,
        ),
        RegisterField(
            "merit_person",
            _("Là thân nhân của ai"),
            "text",
            ("họ tên người có công", "họ tên liệt sĩ", "họ tên liệt sỹ", "thân nhân của", "tên liệt sĩ"),
            help=_("Họ tên người có công hoặc liệt sĩ."),
            article=_ARTICLE,
        ),
        RegisterField(
            "injury_rate",
            _("Tỷ lệ tổn thương cơ thể (%)"),
            "integer",
            ("tỷ lệ tổn thương", "tỉ lệ tổn thương", "tỷ lệ thương tật", "tỉ lệ thương tật", "tỷ lệ %"),
            least=1,
            most=100,
            help=_("Thương binh, bệnh binh, người nhiễm chất độc hóa học."),
            in_table=True,
        ),
        RegisterField(
            "martyrs",
            _("Số liệt sĩ"),
            "integer",
            ("số liệt sĩ", "số liệt sỹ"),
            least=1,
            most=20,
            help=_("Thân nhân của mấy liệt sĩ."),
        ),
        RegisterField(
            "allowance",
            _("Mức trợ cấp mỗi tháng theo quyết định"),
            "money",
            ("mức trợ cấp", "trợ cấp hàng tháng", "trợ cấp hằng tháng", "mức hưởng", "số tiền trợ cấp"),
            most=100_000_000,
            article="Phụ lục NĐ 75/2021/NĐ-CP",
            in_table=True,
        ),
    ),
)
