"""People who live by work without a labour contract: their trade, where they work, since when they have none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import RegisterCode
from beneficiaries.registers.base import Register, RegisterField

_readers: Final[list[Callable[[str], str]]] = []


def read_work_by(reader: Callable[[str], str]) -> None:
    """Let an upper app tell by its catalogue's words to which group a work belongs ("" where it can't)."""
    _readers[:] = [reader]


def group_of_work(work: str) -> str:
    """The code of the group that this work is of; "" where nobody can tell."""
    code = next((reader(work) for reader in _readers), "") if work else ""
    return code if code in dict(FREE_WORKERS.categories) else ""


FREE_WORKERS: Final = Register(
    code=RegisterCode.FREE_WORKERS,
    title=_("Lao động tự do"),
    singular=_("lao động tự do"),
    subject="person",
    legal_basis="Quyết định 1856/QĐ-UBND tỉnh An Giang; khoản 12 Mục II Nghị quyết 68/NQ-CP",
    unsure=(
        _("Chưa đọc được toàn văn Quyết định 1856/QĐ-UBND: danh mục công việc lấy theo báo chí, còn mở."),
        _("Ngưỡng thu nhập 1.500.000 đồng (nông thôn), 2.000.000 đồng (thành thị) lấy theo tỉnh khác."),
    ),
    category_label=_("Nhóm công việc"),
    category_patterns=("nhóm công việc", "nhóm nghề", "ngành nghề", "loại công việc"),
    # as in the catalogue of LD_TU_DO; tests/support_programs compares both
    categories=(
        ("ban_ve_so_luu_dong", _("Bán vé số lưu động")),
        (
            "ban_hang_rong_buon_ban_nho_le",
            _("Bán hàng rong, buôn bán nhỏ lẻ không có địa điểm cố định"),
        ),
        ("thu_gom_rac_phe_lieu", _("Thu gom rác, phế liệu không có địa điểm cố định")),
        ("boc_vac_van_chuyen_hang_hoa", _("Bốc vác, vận chuyển hàng hóa")),
        ("lai_xe_mo_to_xe_loi_cho_khach", _("Lái xe mô tô 2 bánh chở khách, xe lôi chở khách")),
        ("an_uong_giai_khat_luu_tru", _("Làm việc trong cơ sở ăn uống, giải khát, lưu trú")),
        ("cat_toc_uon_toc_lam_mong", _("Cắt tóc, uốn tóc, làm móng")),
        ("tho_ho_phu_ho", _("Thợ hồ, phụ hồ")),
        ("khac_theo_quyet_dinh", _("Công việc khác theo Quyết định")),
    ),
    fields=(
        RegisterField(
            "occupation",
            _("Công việc cụ thể"),
            "text",
            ("công việc cụ thể", "việc làm cụ thể"),
            help=_("Ghi như người đó nói, ví dụ: bán vé số dạo."),
            article="khoản 12 Mục II NQ 68",
            in_table=True,
        ),
        RegisterField(
            "workplace",
            _("Nơi làm việc"),
            "text",
            ("nơi làm việc", "địa điểm làm việc", "địa bàn làm việc"),
            in_table=True,
        ),
        RegisterField(
            "lost_work_on",
            _("Ngày mất việc, mất thu nhập"),
            "date",
            ("ngày mất việc", "mất việc từ ngày", "thời gian mất việc từ", "ngày nghỉ việc"),
            help=_("Để trống nếu vẫn còn việc."),
            in_table=True,
            is_filter=True,
        ),
        RegisterField(
            "monthly_income",
            _("Thu nhập hiện tại mỗi tháng"),
            "money",
            ("thu nhập hiện tại", "thu nhập hiện nay", "thu nhập bình quân", "thu nhập hàng tháng"),
            most=1_000_000_000,
            help=_("Không có thu nhập thì ghi 0."),
        ),
        RegisterField(
            "has_labour_contract",
            _("Có giao kết hợp đồng lao động"),
            "flag",
            ("có hợp đồng lao động", "giao kết hợp đồng lao động", "hđlđ"),
            article="khoản 12 Mục II NQ 68",
        ),
    ),
)
