"""The form of a programme: typed fields, and the reading of what was typed or sent, with a sentence for each mistake."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

from core.date_texts import find_day, format_date
from core.money import format_dong
from support_programs.rules.reading import Table

FieldType = Literal["text", "long_text", "date", "month", "integer", "money", "flag", "choice", "children"]
TYPES: Final[tuple[FieldType, ...]] = (
    "text",
    "long_text",
    "date",
    "month",
    "integer",
    "money",
    "flag",
    "choice",
    "children",
)
# in the order of the form
SECTIONS: Final = ("employer", "business", "event", "conditions", "plan", "supplements", "extra")
LONGEST_SPELL: Final = 400
EARLIEST: Final = dt.date(2020, 1, 1)
_LATEST: Final = dt.date(2099, 12, 31)
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})|(\d{1,2})/(\d{4})")
_YES: Final = frozenset({"true", "yes", "1", "có", "co", "x", "đúng"})
_NO: Final = frozenset({"false", "no", "0", "không", "khong", "sai"})


class WrongValue(Exception):
    """What was given is not a value of the field; `str()` is the sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of the form; the answer is the fact of the same code.

    `columns` are the header texts of the list form that mean it. `least`, `most` bound numbers (0 in `most`: no bound).
    """

    code: str
    type: FieldType
    label: str
    help: str
    section: str
    is_required: bool
    article: str
    columns: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]
    least: int
    most: int
    confidence: str
    verify: str

    def read(self, given: Any) -> Any:
        """The typed value of a text or JSON value; None for nothing given. WrongValue with a sentence otherwise."""
        if given is None or (isinstance(given, str) and not given.strip()):
            return None
        return _READERS[self.type](self, given)


def _text(field: FormField, given: Any) -> str:
    if not isinstance(given, str):
        raise WrongValue("Hãy ghi bằng chữ.")
    if len(given) > 1000:
        raise WrongValue("Nội dung dài hơn 1.000 ký tự. Hãy viết ngắn lại.")
    return " ".join(given.split()) if field.type == "text" else given.strip()


def _day(field: FormField, given: Any) -> dt.date:
    if isinstance(given, dt.date):
        return given
    found = find_day(str(given), _LATEST)
    if found is None:
        raise WrongValue(f"Không đọc được ngày «{given}». Hãy ghi ngày/tháng/năm, ví dụ 27/09/2021.")
    return found


def _month_of(field: FormField, given: Any) -> str:
    match = _MONTH.fullmatch(str(given).strip())
    year, month = (match[1] or match[4], match[2] or match[3]) if match else ("", "0")
    if not 1 <= int(month) <= 12:
        raise WrongValue(f"Không đọc được tháng «{given}». Hãy ghi tháng/năm, ví dụ 04/2021.")
    return f"{year}-{int(month):02d}"


def _whole(field: FormField, given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise WrongValue("Hãy ghi một số nguyên.")
    text = str(given).strip()
    if isinstance(given, str):
        text = re.sub(
            r"(?<=\d)[.\s](?=\d{3}(?:\D|$))", "", text.removesuffix("đồng").removesuffix("đ").strip()
        )
    if not re.fullmatch(r"-?\d{1,15}", text):
        raise WrongValue(f"Không đọc được số «{given}». Hãy ghi số nguyên, ví dụ 1.500.000.")
    value = int(text)
    if value < field.least:
        raise WrongValue(f"Số nhỏ nhất được ghi là {format_dong(field.least)}.")
    if field.most and value > field.most:
        raise WrongValue(f"Số lớn nhất được ghi là {format_dong(field.most)}.")
    return value


def _flag(field: FormField, given: Any) -> bool:
    if isinstance(given, bool):
        return given
    word = str(given).strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise WrongValue("Hãy chọn Có hoặc Không; để trống nếu chưa rõ.")


def _choice(field: FormField, given: Any) -> str:
    if given in {code for code, _label in field.choices}:
        return str(given)
    raise WrongValue(f"Hãy chọn một trong: {'; '.join(label for _code, label in field.choices)}.")


def _children(field: FormField, given: Any) -> list[dict[str, Any]]:
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise WrongValue("Hãy ghi từng trẻ em với ngày sinh.")
    read = []
    for number, child in enumerate(given, start=1):
        if not isinstance(child, Mapping) or not child.get("birth_date"):
            raise WrongValue(f"Con thứ {number}: hãy ghi ngày sinh.")
        read.append(
            {"name": str(child.get("name", "")).strip(), "birth_date": _day(field, child["birth_date"])}
        )
    if len(read) > 20:
        raise WrongValue("Nhiều hơn 20 trẻ em. Hãy kiểm tra lại.")
    return read


_READERS: Final = {
    "text": _text,
    "long_text": _text,
    "date": _day,
    "month": _month_of,
    "integer": _whole,
    "money": _whole,
    "flag": _flag,
    "choice": _choice,
    "children": _children,
}


def read_answers(
    fields: Sequence[FormField], given: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Typed facts of a form, and a sentence for each field that can't be read; what was left empty is in neither."""
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for field in fields:
        try:
            value = field.read(given.get(field.code))
        except WrongValue as problem:
            problems[field.code] = str(problem)
        else:
            if value is not None:
                values[field.code] = value
    return values, problems


def impossible_days(values: Mapping[str, Any], *, on: dt.date) -> dict[str, str]:
    """Sentences for days that can't be, by field: an end before the start, 400 days, an unborn child, a spell of another time.

    `on` is the business date. Days after it are possible for an event that was agreed on; births are not.
    """
    problems: dict[str, str] = {}
    start, end = values.get("event_start"), values.get("event_end")
    latest = on + dt.timedelta(366)
    for code, day in (("event_start", start), ("event_end", end)):
        if day is not None and not EARLIEST <= day <= latest:
            problems[code] = (
                f"Ngày {format_date(day)} nằm ngoài khoảng {format_date(EARLIEST)} đến {format_date(latest)}. Hãy kiểm tra lại."
            )
    if start and end and not problems:
        if end < start:
            problems["event_end"] = (
                f"Ngày kết thúc {format_date(end)} trước ngày bắt đầu {format_date(start)}. Hãy sửa một trong hai ngày."
            )
        elif (days := (end - start).days + 1) > LONGEST_SPELL:
            problems["event_end"] = (
                f"Khoảng thời gian dài {days} ngày, hơn {LONGEST_SPELL} ngày. Hãy kiểm tra lại hai ngày."
            )
    born = values.get("birth_date")
    if born is not None and born > on:
        problems["birth_date"] = f"Ngày sinh {format_date(born)} sau ngày hôm nay {format_date(on)}."
    for number, child in enumerate(values.get("children") or [], start=1):
        if child["birth_date"] > on:
            problems["children"] = (
                f"Con thứ {number}: ngày sinh {format_date(child['birth_date'])} sau ngày hôm nay; trẻ chưa sinh không được tính."
            )
    return problems


def read_field(table: Table, confidence: str) -> FormField:
    """One entry of `[[fields]]`."""
    choices = []
    for choice in table.tables("choices"):
        choices.append((choice.text("code"), choice.text("label")))
        choice.end()
    field = FormField(
        code=table.code("code"),
        type=cast("FieldType", table.one_of("type", TYPES)),
        label=table.text("label"),
        help=table.text("help", default=""),
        section=table.one_of("section", SECTIONS, default="extra"),
        is_required=table.flag("required", default=False),
        article=table.text("article", default=""),
        columns=table.texts("columns"),
        choices=tuple(choices),
        least=table.number("least", default=0),
        most=table.number("most", default=0),
        confidence=confidence,
        verify=table.text("verify", default=""),
    )
    table.end()
    if (field.type == "choice") is not bool(choices):
        raise table.error("choices", "a choice field has choices, another has none")
    return field
