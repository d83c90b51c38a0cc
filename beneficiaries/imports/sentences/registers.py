"""The sentences of the findings about entries of the registers. What rests on figures that nobody confirmed says so."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from beneficiaries.imports.sentences.kinds import ERROR, WARN, FindingKind

REGISTERS: Final[dict[str, FindingKind]] = {
    "EXTRA_REQUIRED": FindingKind(
        ERROR,
        _("Thiếu ô bắt buộc"),
        _("Dòng %(row)s: cột “%(expected)s” để trống. Bạn hãy ghi theo hồ sơ."),
    ),
    "HOUSEHOLD_MISSING": FindingKind(
        ERROR,
        _("Không rõ hộ nào"),
        _("Dòng %(row)s: chưa có mã hộ và họ tên chủ hộ. Bạn hãy ghi một trong hai."),
    ),
    "DAYS_TURNED": FindingKind(
        ERROR,
        _("Kết thúc trước khi bắt đầu"),
        _(
            "Dòng %(row)s: đến ngày %(found)s trước từ ngày %(expected)s. Bạn hãy đối chiếu quyết định và sửa."
        ),
    ),
    "DAY_TO_COME": FindingKind(
        ERROR,
        _("Ngày chưa đến"),
        _(
            "Dòng %(row)s: cột “%(expected)s” ghi %(found)s, sau hôm nay. Bạn hãy đối chiếu quyết định và sửa."
        ),
    ),
    "ID_NONE_YET": FindingKind(
        WARN,
        _("Chưa có giấy tờ tùy thân"),
        _(
            "Dòng %(row)s: người này chưa có số CCCD, CMND. Bạn hãy hỏi lại; nếu chưa được cấp thì giữ nguyên, "
            "người này được ghi theo họ tên, ngày sinh và khóm ấp."
        ),
    ),
    "DUP_NO_NUMBER": FindingKind(
        WARN,
        _("Cùng người, đều chưa có số"),
        _(
            "Dòng %(row)s: họ tên, ngày sinh và khóm ấp trùng với dòng %(found)s, cả hai đều chưa có số CCCD, CMND. "
            "Bạn hãy bỏ dòng này nếu là cùng một người."
        ),
    ),
    "BIRTH_FOR_NO_ID": FindingKind(
        ERROR,
        _("Không số giấy tờ thì cần ngày sinh"),
        _(
            "Dòng %(row)s: không có số CCCD, CMND thì phải có đủ ngày, tháng, năm sinh và khóm ấp để nhận ra người này. "
            "Bạn hãy bổ sung."
        ),
    ),
    "REGISTER_OTHER_POVERTY": FindingKind(
        WARN,
        _("Diện hộ khác chuẩn nghèo"),
        _(
            "Dòng %(row)s: thu nhập và số chỉ số thiếu hụt ứng với “%(found)s” theo %(expected)s "
            "(mức chưa chắc chắn, cần đối chiếu). Bạn hãy xem lại, sửa hoặc giữ nguyên."
        ),
    ),
    "REGISTER_NOT_POOR": FindingKind(
        WARN,
        _("Thu nhập trên chuẩn nghèo"),
        _(
            "Dòng %(row)s: ghi “%(found)s” nhưng thu nhập trên mức cao nhất của %(expected)s "
            "(mức chưa chắc chắn, cần đối chiếu). Bạn hãy xem lại, sửa hoặc giữ nguyên."
        ),
    ),
    "REGISTER_OTHER_DEGREE": FindingKind(
        WARN,
        _("Mức độ khuyết tật khác nhóm"),
        _("Dòng %(row)s: mức độ khuyết tật không khớp nhóm “%(expected)s”. Bạn hãy sửa hoặc giữ nguyên."),
    ),
    "REGISTER_LOW_ALLOWANCE": FindingKind(
        WARN,
        _("Mức trợ cấp thấp hơn mức chuẩn nhân hệ số"),
        _(
            "Dòng %(row)s: mức %(found)s đồng thấp hơn mức chuẩn nhân hệ số %(expected)s đồng "
            "(mức của tỉnh chưa chắc chắn). Bạn hãy đối chiếu quyết định, sửa hoặc giữ nguyên."
        ),
    ),
    "REGISTER_OTHER_AGE": FindingKind(
        WARN,
        _("Tuổi không khớp nhóm"),
        _("Dòng %(row)s: sinh %(found)s không khớp nhóm “%(expected)s”. Bạn hãy sửa hoặc giữ nguyên."),
    ),
    "REGISTER_OTHER_COEFFICIENT": FindingKind(
        WARN,
        _("Hệ số khác nhóm"),
        _(
            "Dòng %(row)s: hệ số ghi %(found)s, nhóm này có hệ số %(expected)s. Bạn hãy đối chiếu quyết định, "
            "sửa nhóm hoặc giữ nguyên."
        ),
    ),
    "REGISTER_NO_KINSHIP": FindingKind(
        WARN,
        _("Thân nhân chưa rõ quan hệ"),
        _(
            "Dòng %(row)s: là thân nhân nhưng chưa ghi quan hệ với người có công. Bạn hãy ghi hoặc giữ nguyên."
        ),
    ),
    "REGISTER_ODD_KINSHIP": FindingKind(
        WARN,
        _("Ghi quan hệ cho người có công"),
        _(
            "Dòng %(row)s: có ghi quan hệ, nhưng diện này là của chính người có công. Bạn hãy chọn diện thân nhân, "
            "bỏ quan hệ hoặc giữ nguyên."
        ),
    ),
    "REGISTER_HAS_CONTRACT": FindingKind(
        WARN,
        _("Có hợp đồng lao động"),
        _(
            "Dòng %(row)s: ghi là có giao kết hợp đồng lao động, nên không phải lao động tự do. "
            "Bạn hãy xem lại, sửa hoặc giữ nguyên."
        ),
    ),
}
