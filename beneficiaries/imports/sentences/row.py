"""The sentences of the findings about the other fields of a row."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from beneficiaries.imports.sentences.kinds import ERROR, FIX, INFO, WARN, FindingKind

ROW: Final[dict[str, FindingKind]] = {
    "DOB_MISSING": FindingKind(
        ERROR,
        _("Thiếu ngày sinh"),
        _("Dòng %(row)s: chưa có ngày sinh. Bạn hãy ghi ngày sinh hoặc năm sinh theo giấy tờ."),
    ),
    "DOB_INVALID": FindingKind(
        ERROR,
        _("Ngày sinh sai"),
        _(
            "Dòng %(row)s: ngày sinh “%(found)s” không có thật. Bạn hãy sửa theo giấy tờ, dạng "
            "ngày/tháng/năm."
        ),
    ),
    "DOB_YEAR_ONLY": FindingKind(
        WARN,
        _("Chỉ có năm sinh"),
        _("Dòng %(row)s: chỉ có năm sinh. Bạn giữ nguyên nếu giấy tờ chỉ ghi năm, hoặc ghi đủ ngày sinh."),
    ),
    "DOB_OTHER_FORMAT": FindingKind(
        FIX,
        _("Ngày sinh viết dạng khác"),
        _("Dòng %(row)s: đã đọc ngày sinh “%(found)s” theo dạng ngày/tháng/năm. Bạn xem lại nếu cần."),
    ),
    "DOB_MONTH_FIRST": FindingKind(
        WARN,
        _("Có thể đảo ngày và tháng"),
        _(
            "Dòng %(row)s: đã đọc ngày sinh là %(found)s, nhưng danh sách có vẻ ghi tháng trước nên có thể là %(expected)s. "
            "Bạn hãy đối chiếu giấy tờ, sửa hoặc giữ nguyên."
        ),
    ),
    "UNDER_AGE": FindingKind(
        WARN,
        _("Chưa đủ tuổi"),
        _(
            "Dòng %(row)s: ngày sinh cho thấy mới %(found)s tuổi, chính sách hỗ trợ người từ đủ "
            "%(expected)s tuổi. Bạn hãy xem lại ngày sinh."
        ),
    ),
    "SEX_MISSING": FindingKind(
        WARN,
        _("Thiếu giới tính"),
        _(
            "Dòng %(row)s: giới tính chưa ghi Nam hay Nữ. Bạn hãy ghi giới tính, hoặc giữ nguyên để "
            "bổ sung sau."
        ),
    ),
    "DUP_IN_FILE": FindingKind(
        ERROR,
        _("Trùng trong danh sách"),
        _("Dòng %(row)s: số CCCD/CMND trùng với dòng %(found)s. Bạn hãy bỏ dòng này hoặc sửa số."),
    ),
    "DUP_IN_FILE_OTHER_ID": FindingKind(
        WARN,
        _("Cùng người, khác số"),
        _(
            "Dòng %(row)s: họ tên và ngày sinh trùng với dòng %(found)s, khác số CCCD/CMND. Bạn hãy "
            "bỏ dòng này nếu là cùng một người."
        ),
    ),
    "DUP_CROSS_COMMUNE": FindingKind(
        ERROR,
        _("Trùng với xã khác"),
        _(
            "Dòng %(row)s: số CCCD/CMND đã có trong danh sách của %(found)s. Bạn hãy hỏi xã đó rồi bỏ"
            " dòng này hoặc sửa số."
        ),
    ),
    "AMOUNT_MISSING": FindingKind(
        ERROR,
        _("Thiếu số tiền"),
        _("Dòng %(row)s: chưa có số tiền. Bạn hãy ghi số tiền hỗ trợ."),
    ),
    "AMOUNT_WRONG": FindingKind(
        ERROR,
        _("Số tiền sai mức"),
        _("Dòng %(row)s: số tiền ghi %(found)s, mức hỗ trợ là %(expected)s đồng. Bạn hãy sửa số tiền."),
    ),
    "AMOUNT_TEXT": FindingKind(
        FIX,
        _("Số tiền gõ dạng văn bản"),
        _("Dòng %(row)s: đã đọc số tiền từ “%(found)s”. Bạn xem lại nếu cần."),
    ),
    "WRONG_COMMUNE": FindingKind(
        ERROR,
        _("Địa chỉ ở xã khác"),
        _(
            "Dòng %(row)s: địa chỉ ghi %(expected)s, không thuộc xã của danh sách. Bạn hãy sửa địa "
            "chỉ hoặc bỏ dòng này."
        ),
    ),
    "ADDRESS_ABBREVIATED": FindingKind(
        FIX,
        _("Địa chỉ viết tắt"),
        _("Dòng %(row)s: đã viết đủ địa chỉ “%(found)s” thành “%(expected)s”. Bạn xem lại nếu cần."),
    ),
    "NOTE_AGAINST": FindingKind(
        WARN,
        _("Ghi chú đáng ngờ"),
        _(
            "Dòng %(row)s: cột ghi chú ghi “%(found)s”. Bạn hãy bỏ dòng này nếu người này không được chi, hoặc giữ nguyên."
        ),
    ),
    "SECTION_AGAINST": FindingKind(
        WARN,
        _("Thuộc phần không đề nghị chi"),
        _(
            "Dòng %(row)s: dòng này nằm dưới tiêu đề “%(found)s”. Bạn hãy bỏ dòng này nếu người này không được chi, "
            "hoặc giữ nguyên."
        ),
    ),
    "ADDRESS_DITTO": FindingKind(
        FIX,
        _("Địa chỉ ghi như trên"),
        _("Dòng %(row)s: địa chỉ ghi “%(found)s”, đã lấy “%(expected)s” của dòng trên. Bạn xem lại nếu cần."),
    ),
    "ADDRESS_ELSEWHERE": FindingKind(
        WARN,
        _("Địa chỉ ở huyện, tỉnh khác"),
        _(
            "Dòng %(row)s: địa chỉ ghi “%(expected)s”, không phải huyện, tỉnh của danh sách. Bạn hãy sửa địa chỉ, "
            "giữ nguyên hoặc bỏ dòng này."
        ),
    ),
    "TEXT_DECODED": FindingKind(
        INFO,
        _("Chữ gõ phông cũ"),
        _("Dòng %(row)s: đã đổi chữ “%(found)s” từ bảng mã %(expected)s. Bạn xem lại nếu cần."),
    ),
    "PHONE_LOST_ZERO": FindingKind(
        FIX,
        _("Điện thoại thiếu số 0"),
        _("Dòng %(row)s: đã thêm số 0 ở đầu số điện thoại. Bạn xem lại nếu cần."),
    ),
    "PHONE_OLD_PREFIX": FindingKind(
        FIX,
        _("Điện thoại đầu số cũ"),
        _("Dòng %(row)s: đã đổi số điện thoại 11 số sang đầu số mới. Bạn xem lại nếu cần."),
    ),
    "PHONE_UNUSUAL": FindingKind(
        INFO,
        _("Điện thoại lạ"),
        _("Dòng %(row)s: số điện thoại “%(found)s” không đúng dạng. Bạn hãy xem lại số điện thoại."),
    ),
    "PHONE_SEVERAL": FindingKind(
        INFO,
        _("Nhiều số điện thoại"),
        _("Dòng %(row)s: ô điện thoại có nhiều số, đã lấy số đầu. Bạn xem lại nếu cần."),
    ),
    "ACCOUNT_UNUSUAL": FindingKind(
        INFO,
        _("Số tài khoản lạ"),
        _("Dòng %(row)s: số tài khoản có ký tự lạ hoặc sai độ dài (6 đến 19). Bạn hãy xem lại số tài khoản."),
    ),
    "VALUE_TOO_LONG": FindingKind(
        INFO,
        _("Ô quá dài"),
        _("Dòng %(row)s: ô %(expected)s dài quá mức, đã cắt bớt. Bạn hãy xem lại ô này."),
    ),
    "ALREADY_LISTED": FindingKind(
        INFO,
        _("Đã có trong danh sách trước"),
        _("Dòng %(row)s: xã đã nhập người này trước đó nên không lập hồ sơ lần hai. Bạn không cần sửa."),
    ),
}
