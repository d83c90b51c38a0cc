"""One row copied from Excel, read into the fields of a programme's form: what went where, and what found no place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from beneficiaries.imports.cell_texts import plain_text, shown_day
from beneficiaries.imports.checking import CheckRules, RowChecker
from beneficiaries.imports.columns import complete, guess_address
from beneficiaries.imports.layout import layout_of
from beneficiaries.imports.profile import NOT_TAKEN, ImportProfile, labels_of, profile_to_judge_by
from beneficiaries.queries.communes import communes_seen_from
from core import clock
from core.spreadsheets.reading import Cell, Sheet, SpreadsheetRefused, column_letter, is_blank, read_pasted
from core.wording import Text
from support_programs.queries.claims import shown_value
from support_programs.rules.definition import Definition
from support_programs.rules.form import FormField
from support_programs.rules.occupations import group_of

LONGEST: Final = 20_000
# field of a list -> field of the applicant that it fills
_FORM: Final = {
    "full_name": "full_name", "surname": "full_name", "given_name": "full_name",
    "dob": "dob", "dob_m": "dob", "dob_f": "dob", "dob_day": "dob", "dob_month": "dob", "dob_year": "dob",
    "sex": "sex", "sex_m": "sex", "sex_f": "sex",
    "id_number": "id_number", "address": "address", "permanent_address": "permanent_address", "job": "job",
    "phone": "phone", "bank": "bank", "account": "account", "account_holder": "account_holder",
}  # fmt: skip
_SEXES: Final = {"M": "Nam", "F": "Nữ"}


@dataclass(frozen=True, slots=True)
class PastedCell:
    """One cell: its letter, its header ("" without one), what stands in it, the list's field that it is taken for ("" for
    none), and the form's field that it goes to ("" where the form has no place for it).
    """

    number: int
    letter: str
    header: str
    text: str
    column: str
    target: str


@dataclass(frozen=True, slots=True)
class PastedRow:
    """What was pasted says. `values` are texts for the form's fields by name. `more` rows were pasted besides and are not
    read. `problem` is the sentence where nothing could be read.
    """

    cells: tuple[PastedCell, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    more: int = 0
    problem: str = ""

    @property
    def width(self) -> int:
        return len(self.cells)

    @property
    def unplaced(self) -> list[PastedCell]:
        """Cells that say something and fill nothing; numbering and signatures are no loss."""
        return [cell for cell in self.cells if cell.text and not cell.target and cell.column not in NOT_TAKEN]


def can_paste(definition: Definition) -> bool:
    """Whether a row of people fits the form: an employer's own claim has no such list."""
    return definition.beneficiary_kind != "employer"


def columns_to_choose(definition: Definition) -> list[tuple[str, Text]]:
    """What an officer may say that a cell is: the columns of the programme's list that the form has a place for."""
    known = labels_of(profile_to_judge_by(definition.programme))
    targets = _targets(definition)
    return [(code, label) for code, label in known.items() if code in targets]


def read_row(
    text: str, definition: Definition, area_code: str, chosen: Mapping[int, str] | None = None
) -> PastedRow:
    """Read the first row of people in a pasted text; a header above it may be pasted along.

    What each cell is, `chosen` says first (number of the column -> the list's field, "" for none), then the header, then the
    cell itself, by the rules of the import. Values are as the import would write them; what it can't read goes to the form
    as it stands, so that the officer sees it there.
    """
    if len(text) > LONGEST:
        return PastedRow(
            problem=str(_("Nội dung dán quá dài cho một dòng. Danh sách nhiều dòng thì nhập từ Excel."))
        )
    try:
        sheet = read_pasted(text).sheets[0]
    except SpreadsheetRefused:
        return PastedRow(problem=str(_("Chưa có gì để điền. Hãy chép một dòng trong Excel rồi dán vào ô.")))
    profile = profile_to_judge_by(definition.programme)
    layout = layout_of(sheet, profile.extra)
    first = layout.first_data if layout and layout.header_rows else 0
    rows = [row for row in sheet.rows[first:] if any(not is_blank(cell) for cell in row)]
    if not rows:
        return PastedRow(problem=str(_("Chỉ thấy dòng tiêu đề. Hãy chép cả dòng của người đề nghị.")))
    headers = dict(layout.headers) if layout and layout.header_rows else {}
    columns = dict(layout.columns) if headers and layout else _guessed(rows[0], sheet, definition)
    for number, code in (chosen or {}).items():
        columns = {known: place for known, place in columns.items() if place != number}
        if code in _targets(definition):
            columns[code] = number
    return _read(rows[0], len(rows) - 1, columns, headers, definition, profile, area_code)


def _guessed(row: Sequence[Cell], sheet: Sheet, definition: Definition) -> dict[str, int]:
    """What the cells themselves say: number, name, birth, sex, phone, hamlet, and work that the programme names."""
    columns: dict[str, int] = {}
    complete(columns, {}, [row], sheet.first_column)
    columns.pop("amount", None)
    guess_address(columns, [row], sheet.first_column)
    taken = set(columns.values())
    for number, cell in enumerate(row, start=sheet.first_column):
        text = plain_text(cell)
        if number not in taken and text and group_of(text, definition.occupation_groups):
            columns.setdefault("job", number)
    if (
        sheet.first_column not in taken
        and plain_text(row[0] if row else "").isdigit()
        and len(str(row[0])) < 5
    ):
        columns["stt"] = sheet.first_column
    return columns


def _read(
    row: Sequence[Cell],
    more: int,
    columns: Mapping[str, int],
    headers: Mapping[int, str],
    definition: Definition,
    profile: ImportProfile,
    area_code: str,
) -> PastedRow:
    at = {number: code for code, number in columns.items()}
    texts = {number: plain_text(cell) for number, cell in enumerate(row, start=1)}
    written = {code: texts.get(number, "") for code, number in columns.items()}
    today = clock.today()
    rules = CheckRules(
        profile, communes_seen_from(area_code, today), today, is_typed=False, business_date=today
    )
    judged = RowChecker(rules, frozenset(columns)).check(0, written).values
    values = _values(written, judged, definition)
    targets = _targets(definition)
    cells = []
    for number, text in texts.items():
        code = at.get(number, "")
        target = targets.get(code, "")
        is_placed = target in values and bool(text)
        cells.append(
            PastedCell(
                number,
                column_letter(number),
                headers.get(number, ""),
                text,
                code,
                target if is_placed else "",
            )
        )
    return PastedRow(tuple(cells), values, more)


def _targets(definition: Definition) -> dict[str, str]:
    """The list's field -> the name of the form's field."""
    answers = {each.code: f"answers-{each.code}" for each in definition.fields if each.columns}
    return {**{code: f"applicant-{name}" for code, name in _FORM.items()}, **answers}


def _values(written: Mapping[str, str], judged: Mapping[str, Any], definition: Definition) -> dict[str, str]:
    """Texts for the form: as the import reads them, else as they were written."""
    told: dict[str, str] = {}
    birth = str(judged.get("dob") or "")
    clean = {
        **{name: str(judged.get(name) or "") for name in set(_FORM.values())},
        "dob": shown_day(birth) if len(birth) == 10 else birth,
        "sex": _SEXES.get(str(judged.get("sex") or ""), ""),
    }
    for code, text in written.items():
        name = _FORM.get(code)
        if name and text:
            # a sex that is no choice of the form is asked again
            told[f"applicant-{name}"] = clean[name] or ("" if name == "sex" else text)
    facts = judged.get("facts", {})
    for asked in definition.fields:
        if written.get(asked.code) and asked.columns:
            told[f"answers-{asked.code}"] = _answer(asked, facts.get(asked.code), written[asked.code])
    return {name: text for name, text in told.items() if text}


def _answer(asked: FormField, fact: Any, text: str) -> str:
    """The answer as its control takes it; what can't be read stays as written where the control takes any text."""
    if asked.type == "flag":
        return {True: "true", False: "false"}.get(fact, "") if isinstance(fact, bool) else ""
    if asked.type == "choice":
        return str(fact or "")
    return shown_value(asked, fact).removesuffix(" đ") if fact is not None else text
