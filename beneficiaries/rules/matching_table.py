"""What speaks for two entries being one human, and what against: every rule with its points and its sentence.

The score of a pair is the sum of the points, at least 0 and at most 100. `number`, `name`, `birth` and `contact` are
independent families: two of them must agree. A place alone never does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from django.utils.translation import gettext_lazy as _

from core.wording import Text

Family = Literal["number", "name", "birth", "contact", "place", "sex"]
INDEPENDENT: Final[frozenset[Family]] = frozenset({"number", "name", "birth", "contact"})
# the least score that is worth an officer's look
LEAST_SCORE: Final = 50


@dataclass(frozen=True, slots=True)
class Rule:
    """`points` above 0 speak for one human, below 0 against. `label` is what the officer reads."""

    code: str
    family: Family
    points: int
    label: Text


_ALL: Final = (
    # numbers
    Rule("SAME_NUMBER", "number", 60, _("Số CMND, CCCD cũ của cùng người")),
    Rule("NUMBER_ONE_DIGIT", "number", 45, _("Số CCCD, CMND lệch một chữ số")),
    Rule("NUMBER_TRANSPOSED", "number", 45, _("Số CCCD, CMND đảo hai chữ số cạnh nhau")),
    Rule("NUMBER_TWO_DIGITS", "number", 15, _("Số CCCD, CMND lệch hai chữ số")),
    # names
    Rule("SAME_NAME", "name", 30, _("Cùng họ tên")),
    Rule("NAME_SPACING", "name", 28, _("Cùng họ tên, viết liền hoặc viết rời")),
    Rule("NAME_SWAPPED", "name", 28, _("Tên viết đảo")),
    Rule("SURNAME_VARIANT", "name", 22, _("Họ viết khác (Huỳnh, Hoàng; Võ, Vũ)")),
    Rule("NAME_WORD_MISSING", "name", 18, _("Thiếu một chữ trong họ tên")),
    Rule("NAME_ONE_LETTER", "name", 18, _("Họ tên lệch một chữ cái")),
    Rule("NAME_TWO_LETTERS", "name", 14, _("Họ tên lệch hai chữ cái")),
    Rule("GIVEN_NAME_ONE_LETTER", "name", 12, _("Tên gọi lệch một chữ cái")),
    # births
    Rule("SAME_BIRTH_DATE", "birth", 30, _("Cùng ngày sinh")),
    Rule("BIRTH_SWAPPED", "birth", 22, _("Ngày, tháng sinh đảo")),
    Rule("BIRTH_NEAR", "birth", 14, _("Ngày hoặc tháng sinh lệch")),
    Rule("BIRTH_YEAR_NEAR", "birth", 12, _("Cùng ngày, tháng sinh, năm lệch một chữ số")),
    Rule("SAME_BIRTH_YEAR", "birth", 12, _("Cùng năm sinh")),
    # where they are reached and paid
    Rule("SAME_ACCOUNT", "contact", 30, _("Cùng tài khoản")),
    Rule("SAME_PHONE", "contact", 20, _("Cùng số điện thoại")),
    # where they live
    Rule("SAME_HAMLET", "place", 20, _("Cùng khóm, ấp")),
    Rule("SAME_COMMUNE", "place", 10, _("Cùng xã, phường, thị trấn")),
    Rule("SAME_DISTRICT", "place", 3, _("Cùng huyện, thị xã, thành phố")),
    # against
    Rule("OTHER_SEX", "sex", -20, _("Khác giới tính")),
    Rule("OTHER_BIRTH_DATE", "birth", -25, _("Khác ngày sinh")),
    Rule("OTHER_BIRTH_YEAR", "birth", -25, _("Khác năm sinh")),
    Rule("OTHER_NAME", "name", -40, _("Khác họ tên")),
    Rule("OTHER_MARKS", "name", -8, _("Họ tên khác dấu")),
    Rule("OTHER_CCCD", "number", -30, _("Hai số CCCD khác hẳn nhau")),
    Rule("OTHER_CMND", "number", -15, _("Hai số CMND khác hẳn nhau")),
)
RULES: Final[dict[str, Rule]] = {rule.code: rule for rule in _ALL}


def reason_of(code: str) -> Text:
    """The sentence of a rule; a code that is no longer known stays as it is."""
    rule = RULES.get(code)
    return rule.label if rule else code
