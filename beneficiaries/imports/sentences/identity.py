"""The sentences of the findings about names and identity numbers."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from beneficiaries.imports.sentences.kinds import ERROR, FIX, INFO, WARN, FindingKind

IDENTITY: Final[dict[str, FindingKind]] = {
    "ID_MISSING": FindingKind(
        ERROR,
        _("Thiếu giấy tờ tùy thân"),
        _("Dòng %(row)s: chưa có số CCCD hoặc CMND. Bạn hãy ghi số trên giấy tờ của người này."),
    ),
    "ID_BAD_LENGTH": FindingKind(
        ERROR,
        _("Số CCCD, CMND sai độ dài"),
        _(
            "Dòng %(row)s: số CCCD/CMND có %(expected)s chữ số; CCCD cần 12, CMND cần 9. Bạn hãy đối "
            "chiếu giấy tờ và sửa số."
        ),
    ),
    "ID_NOT_DIGITS": FindingKind(
        ERROR,
        _("Số CCCD, CMND có chữ"),
        _(
            "Dòng %(row)s: số CCCD/CMND có ký tự không phải chữ số (có thể gõ nhầm chữ O, l thay cho "
            "0, 1). Bạn hãy đối chiếu giấy tờ và sửa số."
        ),
    ),
    "ID_BAD_PROVINCE": FindingKind(
        ERROR,
        _("Mã tỉnh trong CCCD không có"),
        _(
            "Dòng %(row)s: ba chữ số đầu %(expected)s của số CCCD không phải mã tỉnh nào. Bạn hãy đối"
            " chiếu giấy tờ và sửa số."
        ),
    ),
    "ID_SEX_MISMATCH": FindingKind(
        ERROR,
        _("CCCD khác giới tính"),
        _(
            "Dòng %(row)s: chữ số thứ tư của số CCCD cho biết giới tính %(expected)s, cột giới tính "
            "ghi khác. Bạn hãy sửa giới tính hoặc sửa số."
        ),
    ),
    "ID_YEAR_MISMATCH": FindingKind(
        ERROR,
        _("CCCD khác năm sinh"),
        _(
            "Dòng %(row)s: số CCCD cho biết năm sinh %(found)s, cột ngày sinh ghi năm %(expected)s. "
            "Bạn hãy sửa ngày sinh hoặc sửa số."
        ),
    ),
    "ID_OTHER_PERSON": FindingKind(
        ERROR,
        _("Số đã đăng ký cho người khác"),
        _(
            "Dòng %(row)s: số CCCD/CMND này đã đăng ký cho người có họ tên khác. Bạn hãy đối chiếu "
            "giấy tờ rồi sửa số hoặc họ tên."
        ),
    ),
    "ID_LOST_ZERO": FindingKind(
        FIX,
        _("CCCD thiếu số 0"),
        _("Dòng %(row)s: đã thêm số 0 ở đầu số CCCD mà Excel làm mất. Bạn xem lại nếu cần."),
    ),
    "ID_SEPARATORS": FindingKind(
        FIX,
        _("CCCD, CMND có dấu cách, dấu chấm"),
        _("Dòng %(row)s: đã bỏ dấu và chữ thừa quanh số CCCD/CMND. Bạn xem lại nếu cần."),
    ),
    "ID_APOSTROPHE": FindingKind(
        FIX,
        _("CCCD, CMND có dấu nháy"),
        _("Dòng %(row)s: đã bỏ dấu nháy ở đầu số CCCD/CMND. Bạn xem lại nếu cần."),
    ),
    "ID_SEVERAL": FindingKind(
        FIX,
        _("Ô có cả CCCD và CMND"),
        _("Dòng %(row)s: ô có hai số, đã lấy số CCCD và ghi CMND là số cũ. Bạn xem lại nếu cần."),
    ),
    "ID_TWO_NUMBERS": FindingKind(
        WARN,
        _("Hai số cùng loại"),
        _(
            "Dòng %(row)s: hai cột ghi hai số CCCD/CMND khác nhau cùng loại, chỉ lấy số đầu. Bạn hãy đối chiếu giấy tờ, "
            "sửa số hoặc giữ nguyên."
        ),
    ),
    "ID_UNUSUAL": FindingKind(
        WARN,
        _("Số CCCD, CMND đáng ngờ"),
        _(
            "Dòng %(row)s: số CCCD/CMND giống số ghi tạm hoặc bị Excel làm tròn. Bạn hãy đối chiếu giấy tờ, "
            "sửa số hoặc giữ nguyên."
        ),
    ),
    "ID_FOREIGN_BIRTH": FindingKind(
        WARN,
        _("CCCD đăng ký khai sinh ở nước ngoài"),
        _(
            "Dòng %(row)s: số CCCD bắt đầu bằng %(expected)s, có thể là mã nước nơi đăng ký khai "
            "sinh. Bạn hãy xem giấy tờ."
        ),
    ),
    "NAME_MISSING": FindingKind(
        ERROR,
        _("Thiếu họ tên"),
        _("Dòng %(row)s: chưa có họ và tên. Bạn hãy ghi họ tên theo giấy tờ."),
    ),
    "NAME_NO_MARKS": FindingKind(
        WARN,
        _("Họ tên không dấu"),
        _(
            "Dòng %(row)s: họ tên “%(found)s” không có dấu. Bạn hãy ghi lại có dấu, hoặc giữ nguyên "
            "nếu giấy tờ ghi như vậy."
        ),
    ),
    "NAME_UPPER": FindingKind(
        FIX,
        _("Họ tên chữ hoa"),
        _("Dòng %(row)s: đã đổi họ tên từ chữ hoa “%(found)s”. Bạn xem lại nếu cần."),
    ),
    "NAME_LOWER": FindingKind(
        FIX,
        _("Họ tên chữ thường"),
        _("Dòng %(row)s: đã viết hoa chữ đầu của họ tên “%(found)s”. Bạn xem lại nếu cần."),
    ),
    "NAME_SPACES": FindingKind(
        FIX,
        _("Họ tên thừa dấu cách"),
        _("Dòng %(row)s: đã bỏ dấu cách, dấu xuống dòng thừa trong họ tên. Bạn xem lại nếu cần."),
    ),
    "NAME_NFD": FindingKind(
        FIX,
        _("Họ tên gõ Unicode tổ hợp"),
        _("Dòng %(row)s: đã đổi họ tên từ Unicode tổ hợp sang dựng sẵn. Bạn xem lại nếu cần."),
    ),
    "NAME_TCVN3": FindingKind(
        FIX,
        _("Họ tên gõ phông .VnTime"),
        _("Dòng %(row)s: đã đổi họ tên từ bảng mã TCVN3 (ABC) “%(found)s”. Bạn xem lại nếu cần."),
    ),
    "NAME_VNI": FindingKind(
        FIX,
        _("Họ tên gõ phông VNI"),
        _("Dòng %(row)s: đã đổi họ tên từ bảng mã VNI “%(found)s”. Bạn xem lại nếu cần."),
    ),
    "NAME_BROKEN_UTF8": FindingKind(
        INFO,
        _("Họ tên bị vỡ mã"),
        _("Dòng %(row)s: đã đọc lại họ tên bị vỡ mã “%(found)s”. Bạn xem lại họ tên."),
    ),
    "NAME_CAPITALS": FindingKind(
        INFO,
        _("Họ tên viết hoa lộn xộn"),
        _("Dòng %(row)s: đã viết hoa lại họ tên “%(found)s”. Bạn xem lại nếu cần."),
    ),
    "NAME_TONE_STYLE": FindingKind(
        INFO,
        _("Cách đặt dấu"),
        _("Dòng %(row)s: “%(found)s” được ghi theo một cách đặt dấu chung (hòa, thúy). Bạn không cần sửa."),
    ),
    "NAME_ODD_SIGNS": FindingKind(
        WARN,
        _("Họ tên có ký tự lạ"),
        _("Dòng %(row)s: họ tên “%(found)s” có ký tự lạ. Bạn hãy sửa họ tên theo giấy tờ, hoặc giữ nguyên."),
    ),
    "NAME_WITH_NOTE": FindingKind(
        WARN,
        _("Họ tên kèm chữ khác"),
        _(
            "Dòng %(row)s: ô họ tên “%(found)s” có thể không chỉ là họ tên của một người. Bạn hãy sửa theo giấy tờ, "
            "giữ nguyên hoặc bỏ dòng này."
        ),
    ),
    "LIKELY_SAME_PERSON": FindingKind(
        INFO,
        _("Có thể đã có trong hệ thống"),
        _(
            "Dòng %(row)s: có thể là %(found)s, đã có trong hệ thống dưới số khác (%(expected)s). Dòng vẫn nhập được; bạn hãy "
            "đối chiếu giấy tờ, và sau khi nhập, huyện được hỏi đó là một hay hai người."
        ),
    ),
}
