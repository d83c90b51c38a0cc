"""The check of a list's rows: cells in, clean values and findings out. Pure: no database, no clock.

One checker serves a whole file and the single row that an officer corrects.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from beneficiaries.imports.cell_texts import plain_text, shown_amount, shown_day, whole_text
from beneficiaries.imports.facts import fact_reader
from beneficiaries.imports.findings import outcome_of
from beneficiaries.imports.profile import ImportProfile
from beneficiaries.rules import accounts, amounts, dates, doubts, identity, names, phones, sexes
from beneficiaries.rules.addresses import Communes, is_ditto
from beneficiaries.rules.findings import Finding, Findings
from core.spreadsheets.reading import Cell, is_blank
from core.text import clean_spaces

Cells = Mapping[str, Cell]
LENGTHS: Final = {
    "full_name": 150, "address": 100, "permanent_address": 250, "job": 150, "phone": 20, "bank": 100,
    "account": 30, "account_holder": 150, "note": 250, "id_place": 150, "id_number": 20,
}  # fmt: skip
SECTION_END: Final = "\n"
_OTHER_PLACE: Final = ("WRONG_COMMUNE", "ADDRESS_ELSEWHERE")
_TEXTS: Final = ("permanent_address", "job", "bank", "account_holder", "note", "id_place")


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """`values` holds what would be taken in, by field; dates as ISO text or the year, amounts in đồng, sex as M or F.

    What the further columns of the programme say stands under `facts`, by code.
    """

    row_number: int
    outcome: str
    findings: Findings
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CheckRules:
    """What the rows of one list are judged by. `on` is the day of the list, or the business date when it names none.

    `units` are the đồng that the headers of further columns count in, by code. Of a person typed by hand (no `is_of_list`) the
    profile's own questions are not asked.
    """

    profile: ImportProfile
    communes: Communes
    on: dt.date
    is_typed: bool = True
    amount_unit: int = 1
    name_hint: str = ""
    is_month_first: bool = False
    business_date: dt.date | None = None
    units: Mapping[str, int] | None = None
    is_of_list: bool = False


class RowChecker:
    """Judges rows of one list with the columns that it has."""

    def __init__(self, rules: CheckRules, fields: frozenset[str]) -> None:
        self._rules = rules
        self._fields = fields
        self._on = rules.on
        # who was born before this year is old enough whatever the day
        self._youngest = rules.on.year - rules.profile.min_age
        self._splits_sex = bool(fields & {"dob_m", "dob_f"})
        self._has_sex = bool(fields & {"sex", "sex_m", "sex_f"}) or self._splits_sex
        self._texts = tuple(field for field in _TEXTS if field in fields)
        self._splits_dob = bool(fields & {"dob_day", "dob_month"})
        known = {"full_name", "address", "id_number", *self._texts} | (fields & {"phone", "account"})
        self._lengths = tuple((name, length) for name, length in LENGTHS.items() if name in known)
        self._extra = [
            check
            for fields_, check in ((("phone",), self._phone), (("account",), self._account))
            if set(fields_) & fields
        ]
        self._facts = fact_reader(
            [extra for extra in rules.profile.extra if extra.code in fields],
            rules.business_date or rules.on,
            rules.units or {},
            is_month_first=rules.is_month_first,
        )

    def check(
        self,
        row_number: int,
        cells: Cells,
        fonts: Mapping[str, str] | None = None,
        hamlet: str = "",
        typed: Collection[str] = (),
    ) -> CheckedRow:
        """The row with its findings. `fonts` names old encodings by field; `hamlet` is the heading above the row, behind
        SECTION_END when a heading above that says that nobody below it is to be paid.

        `typed` are fields that an officer typed here: their capitals and wording are not repaired.
        """
        values: dict[str, Any] = {}
        found: list[Finding] = []
        hints = fonts or {}
        sex = self._sex(cells, hints, values, found)
        if "full_name" in typed:
            values["full_name"], findings = names.read_typed_name(str(cells["full_name"]), sex)
            found.extend(findings)
        else:
            self._name(cells, hints, sex, values, found)
        self._number_and_birth(cells, sex, values, found)
        if self._rules.is_month_first and "dob" not in typed and (turned := dates.turned(values["dob"])):
            found.append(
                Finding(
                    "DOB_MONTH_FIRST", "dob", shown_day(values["dob"]), shown_day(turned), shown_day(turned)
                )
            )
        self._address(cells, hints, hamlet, values, found)
        if "address" in typed:
            values["address"] = clean_spaces(str(cells["address"]))
            found = [finding for finding in found if finding.code != "ADDRESS_ABBREVIATED"]
        self._amount(cells, values, found)
        for check in self._extra:
            check(cells, values, found)
        for field in self._texts:
            values[field] = plain_text(cells.get(field), hints.get(field, ""))
        if values.get("note") and doubts.speaks_against(values["note"]):
            found.append(Finding("NOTE_AGAINST", "note", values["note"]))
        if "id_issued" in self._fields:
            values["id_issued"] = dates.read_day(cells.get("id_issued"), self._rules.on)
        self._cut(values, found)
        if not self._rules.profile.needs_number and not values["id_number"]:
            found = _without_number(values, found)
        if facts := self._read_facts(cells, hints, typed, values, found):
            values["facts"] = facts
        judged = tuple(found)
        return CheckedRow(row_number, outcome_of(judged) if judged else "ok", judged, values)

    def _read_facts(
        self,
        cells: Cells,
        hints: Mapping[str, str],
        typed: Collection[str],
        values: Mapping[str, Any],
        found: list[Finding],
    ) -> dict[str, Any]:
        facts: dict[str, Any] = self._facts.read(cells, hints, typed, found) if self._facts else {}
        if self._rules.is_of_list and (judge := self._rules.profile.judge):
            known = {finding.field for finding in found}
            judged = judge(values, facts, is_urban=self._rules.communes.is_urban, on=self._on)
            # a cell that can't be read is not missing as well
            found.extend(one for one in judged if one.code != "EXTRA_REQUIRED" or one.field not in known)
        return facts

    def _sex(
        self, cells: Cells, hints: Mapping[str, str], values: dict[str, Any], found: list[Finding]
    ) -> str:
        sex = ""
        if self._splits_sex:
            male, female = not is_blank(cells.get("dob_m")), not is_blank(cells.get("dob_f"))
            if male != female:
                sex = "M" if male else "F"
            else:
                found.append(Finding("SEX_MISSING", "sex"))
        elif "sex" in self._fields:
            sex, findings = sexes.read_sex(cells.get("sex"), hints.get("sex", ""))
            found.extend(findings)
        elif self._has_sex:
            male, female = not is_blank(cells.get("sex_m")), not is_blank(cells.get("sex_f"))
            if male != female:
                sex = "M" if male else "F"
            else:
                found.append(Finding("SEX_MISSING", "sex"))
        values["sex"] = sex
        return sex

    def _name(
        self, cells: Cells, hints: Mapping[str, str], sex: str, values: dict[str, Any], found: list[Finding]
    ) -> None:
        cell = cells.get("full_name")
        if "given_name" in self._fields:
            parts = [cells.get("surname", cell), cells.get("given_name")]
            cell = " ".join(str(part).strip() for part in parts if not is_blank(part))
        name, findings = names.read_name(cell, hints.get("full_name") or self._rules.name_hint, sex)
        values["full_name"] = name
        found.extend(findings)

    def _number_and_birth(self, cells: Cells, sex: str, values: dict[str, Any], found: list[Finding]) -> None:
        cell = cells.get("id_number")
        other = cells.get("id_number_old")
        if is_blank(cell) and not is_blank(other):
            cell, other = other, None
        number, number_findings = identity.read_number(cell)
        length = len(number)
        is_sound = not number_findings or (number.isascii() and number.isdigit() and length in (9, 12))
        hint = identity.birth_year_of(number) if is_sound else 0
        birth, birth_findings = dates.read_birth(self._birth_cell(cells), self._on, hint)
        if number_findings:
            found.extend(number_findings)
        if birth_findings:
            found.extend(birth_findings)
        if is_sound and length == 12:
            if contradictions := identity.check_number(number, sex, birth):
                found.extend(contradictions)
            if not self._has_sex:
                values["sex"] = identity.sex_of(number)
        values["dob"] = birth
        values["id_number"] = number
        values["id_type"] = identity.kind_of(number) if is_sound else ""
        if birth and int(birth[:4]) >= self._youngest:
            self._age(birth, found)
        self._other_number(cell, other, number, values, found)

    def _age(self, birth: str, found: list[Finding]) -> None:
        age = dates.age_on(birth, self._on)
        if age is not None and age < self._rules.profile.min_age:
            found.append(Finding("UNDER_AGE", "dob", str(age), str(self._rules.profile.min_age)))

    def _other_number(
        self, cell: Cell, other: Cell, number: str, values: dict[str, Any], found: list[Finding]
    ) -> None:
        """The old number of a person who has both, from a column of its own or from the same cell."""
        several = identity.read_several(cell) if isinstance(cell, str) and len(cell) > 17 else ()
        if several and several[0] == number:
            values["id_number_old"] = several[1]
        elif not is_blank(other):
            old, problems = identity.read_number(other)
            values["id_number_old"] = old if not problems and len(old) < len(number) else ""
            if not problems and len(old) == len(number) and old != number:
                # two cards of one kind: one of them may be somebody else's
                found.append(Finding("ID_TWO_NUMBERS", "id_number", old))

    def _birth_cell(self, cells: Cells) -> Cell:
        if self._splits_sex:
            return cells.get("dob_f") if is_blank(cells.get("dob_m")) else cells.get("dob_m")
        if self._splits_dob:
            parts = [cells.get("dob_day"), cells.get("dob_month"), cells.get("dob_year")]
            written = [whole_text(part) for part in parts if not is_blank(part)]
            return "/".join(part.zfill(2) for part in written)
        return cells.get("dob", cells.get("dob_year"))

    def _address(
        self,
        cells: Cells,
        hints: Mapping[str, str],
        hamlet: str,
        values: dict[str, Any],
        found: list[Finding],
    ) -> None:
        cell = cells.get("address")
        section, _mark, hamlet = hamlet.rpartition(SECTION_END)
        if section:
            found.append(Finding("SECTION_AGAINST", "", section))
        if hamlet and (is_blank(cell) or is_ditto(cell)):
            values["address"], findings = self._rules.communes.read(hamlet)
            found.extend(finding for finding in findings if finding.code in _OTHER_PLACE)
            if is_ditto(cell):
                found.append(Finding("ADDRESS_DITTO", "address", str(cell), values["address"]))
            return
        address, findings = self._rules.communes.read(cell, hints.get("address") or self._rules.name_hint)
        values["address"] = address
        found.extend(findings)

    def _amount(self, cells: Cells, values: dict[str, Any], found: list[Finding]) -> None:
        owed = self._rules.profile.amount
        if "amount" not in self._fields:
            values["amount"] = owed
            return
        amount, findings = amounts.read_amount(
            cells.get("amount"), is_typed=self._rules.is_typed, unit=self._rules.amount_unit
        )
        values["amount"] = amount
        if owed is None:
            # what is owed is computed from the facts; the list's figure is only noted
            found.extend(finding for finding in findings if finding.code == "AMOUNT_TEXT")
            return
        for finding in findings:
            if finding.code in ("AMOUNT_WRONG", "AMOUNT_MISSING"):
                finding = Finding(finding.code, finding.field, finding.found, shown_amount(owed))
            found.append(finding)
        if amount is not None and amount != owed:
            found.append(Finding("AMOUNT_WRONG", "amount", shown_amount(amount), shown_amount(owed)))

    def _phone(self, cells: Cells, values: dict[str, Any], found: list[Finding]) -> None:
        values["phone"], findings = phones.read_phone(cells.get("phone"))
        found.extend(findings)

    def _account(self, cells: Cells, values: dict[str, Any], found: list[Finding]) -> None:
        values["account"] = account = accounts.account_text(cells.get("account"))
        if account and not accounts.is_usual_account(account):
            found.append(Finding("ACCOUNT_UNUSUAL", "account"))

    def _cut(self, values: dict[str, Any], found: list[Finding]) -> None:
        for field, length in self._lengths:
            if len(values[field]) > length:
                text = values[field]
                values[field] = text[:length]
                found.append(Finding("VALUE_TOO_LONG", field, expected=field))


def _without_number(values: Mapping[str, Any], found: list[Finding]) -> list[Finding]:
    """Somebody without a paper can be told by name, full birth date and hamlet; else the row waits for them."""
    is_known = values["full_name"] and len(values["dob"]) == 10 and values["address"]
    instead = Finding("ID_NONE_YET" if is_known else "BIRTH_FOR_NO_ID", "id_number" if is_known else "dob")
    return [instead if finding.code == "ID_MISSING" else finding for finding in found]


Check = Callable[[Cells, dict[str, Any], list[Finding]], None]
