"""What an officer reads of each rule that two entries of the register met."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.wording import Text

LABELS: Final[dict[str, Text]] = {
    "SAME_NUMBER": _("Số CMND, CCCD cũ của cùng người"),
    "NUMBER_ONE_DIGIT": _("Số CCCD, CMND lệch một chữ số"),
    "NUMBER_TRANSPOSED": _("Số CCCD, CMND đảo hai chữ số cạnh nhau"),
    "NUMBER_TWO_DIGITS": _("Số CCCD, CMND lệch hai chữ số"),
    "SAME_NAME": _("Cùng họ tên"),
    "NAME_SPACING": _("Cùng họ tên, viết liền hoặc viết rời"),
    "NAME_SWAPPED": _("Tên viết đảo"),
    "SURNAME_VARIANT": _("Họ viết khác (Huỳnh, Hoàng; Võ, Vũ)"),
    "NAME_WORD_MISSING": _("Thiếu một chữ trong họ tên"),
    "NAME_ONE_LETTER": _("Họ tên lệch một chữ cái"),
    "NAME_TWO_LETTERS": _("Họ tên lệch hai chữ cái"),
    "GIVEN_NAME_ONE_LETTER": _("Tên gọi lệch một chữ cái"),
    "SAME_BIRTH_DATE": _("Cùng ngày sinh"),
    "BIRTH_SWAPPED": _("Ngày, tháng sinh đảo"),
    "BIRTH_NEAR": _("Ngày hoặc tháng sinh lệch"),
    "BIRTH_YEAR_NEAR": _("Cùng ngày, tháng sinh, năm lệch một chữ số"),
    "SAME_BIRTH_YEAR": _("Cùng năm sinh"),
    "SAME_ACCOUNT": _("Cùng tài khoản"),
    "SAME_PHONE": _("Cùng số điện thoại"),
    "SAME_HAMLET": _("Cùng khóm, ấp"),
    "SAME_COMMUNE": _("Cùng xã, phường, thị trấn"),
    "SAME_DISTRICT": _("Cùng huyện, thị xã, thành phố"),
    "OTHER_SEX": _("Khác giới tính"),
    "OTHER_BIRTH_DATE": _("Khác ngày sinh"),
    "OTHER_BIRTH_YEAR": _("Khác năm sinh"),
    "OTHER_NAME": _("Khác họ tên"),
    "OTHER_MARKS": _("Họ tên khác dấu"),
    "OTHER_CCCD": _("Hai số CCCD khác hẳn nhau"),
    "OTHER_CMND": _("Hai số CMND khác hẳn nhau"),
}


def reason_of(code: str) -> Text:
    """The sentence of a rule; a code that is no longer known stays as it is."""
    return LABELS.get(code, code)
