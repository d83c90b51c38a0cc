"""Words for the codes of a programme's rules: who acts, who gets it, when a part applies, how a question is answered."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from core.wording import Text
from support_programs.enums import Step
from support_programs.rules.conditions import When
from support_programs.rules.definition import Definition
from support_programs.rules.form import FormField
from support_programs.rules.parts import ChainStep

ACTOR_NAMES: Final[dict[str, Text]] = {
    "ubnd_xa": lazy("UBND cấp xã"),
    "ubnd_huyen": lazy("UBND cấp huyện"),
    "so_ldtbxh": lazy("Sở LĐ-TBXH"),
    "bhxh": lazy("Cơ quan BHXH"),
    "chi_cuc_thue": lazy("Chi cục Thuế"),
    "so_vhttdl": lazy("Sở Văn hóa, Thể thao và Du lịch"),
    "trung_tam_dvvl": lazy("Trung tâm Dịch vụ việc làm và Sở LĐ-TBXH"),
    "co_so_y_te": lazy("Cơ sở y tế"),
    "ngan_hang_csxh": lazy("Ngân hàng Chính sách xã hội"),
    "nguoi_su_dung_lao_dong": lazy("Người sử dụng lao động"),
    "so_ldtbxh_va_so_tai_chinh": lazy("Sở LĐ-TBXH và Sở Tài chính"),
    "ubnd_tinh": lazy("UBND tỉnh"),
}
KIND_NAMES: Final[dict[str, Text]] = {
    "person": lazy("Cá nhân"),
    "person_via_employer": lazy("Người lao động (đơn vị nộp hồ sơ)"),
    "person_via_unit": lazy("Cá nhân (đơn vị nộp hồ sơ)"),
    "household_business": lazy("Hộ kinh doanh"),
    "employer": lazy("Người sử dụng lao động"),
}
SECTION_NAMES: Final[dict[str, Text]] = {
    "employer": lazy("Đơn vị sử dụng lao động"),
    "business": lazy("Hộ kinh doanh"),
    "event": lazy("Sự việc và thời gian"),
    "conditions": lazy("Điều kiện"),
    "plan": lazy("Phương án"),
    "supplements": lazy("Hỗ trợ thêm"),
    "extra": lazy("Thông tin khác theo mẫu"),
}
LEVEL_NAMES: Final[dict[str, Text]] = {
    "commune": lazy("cấp xã"),
    "district": lazy("cấp huyện"),
    "department": lazy("Sở LĐ-TBXH"),
}
PERIOD_NAMES: Final[dict[str, Text]] = {
    "once": lazy("Một lần"),
    "spell": lazy("Mỗi đợt điều trị, cách ly"),
    "wave": lazy("Mỗi đợt cấp"),
    "month": lazy("Hằng tháng"),
}
# what must lie inside a version's dates for it to be the one that judges
COUNTED_BY: Final[dict[str, Text]] = {
    "received": lazy("hồ sơ tiếp nhận"),
    "decided": lazy("hồ sơ quyết định"),
    "event": lazy("sự việc, tháng hưởng"),
}
_ANSWERS: Final[dict[str, Text]] = {
    "text": lazy("Ghi chữ"),
    "long_text": lazy("Ghi chữ"),
    "date": lazy("Ngày"),
    "month": lazy("Tháng"),
    "integer": lazy("Số"),
    "money": lazy("Số tiền"),
    "flag": lazy("Có hoặc không"),
    "children": lazy("Từng trẻ em: họ tên, ngày sinh"),
}


def only_when(rules: Definition, when: When | None) -> str:
    """The sentence of a part that counts in some cases only; "" for one that always does."""
    if when is None:
        return ""
    asked = {field.code: field for field in rules.fields}
    field = asked.get(when.field)
    labels = dict(field.choices) if field else {}
    labels |= {"true": _("có"), "false": _("không")}
    values = "; ".join(labels.get(value, value) for value in when.values)
    return _("Chỉ khi «%(question)s»: %(values)s.") % {
        "question": field.label if field else when.field,
        "values": values,
    }


def answer_words(field: FormField) -> str:
    """How a question is answered."""
    if field.type == "choice":
        labels = "; ".join(label for _code, label in field.choices)
        return _("Chọn một: %(labels)s") % {"labels": labels}
    return str(_ANSWERS[field.type])


def step_name(rules: Definition, step: ChainStep) -> Text:
    """What a step of the way is called. Who decides differs: the province on list and money, or another agency alone."""
    if step.step == Step.MONEY_APPROVAL:
        if step.actor != "ubnd_tinh":
            return _("Quyết định")
        if not rules.has_step(Step.MONEY_APPRAISAL):
            return _("UBND tỉnh quyết định danh sách và kinh phí")
    if step.step == Step.COMMUNE_REVIEW and step.actor != "ubnd_xa":
        return _("Rà soát, lập danh sách")
    return Step(step.step).label
