"""Which column is which field: by header first, then by cells."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Final

from beneficiaries.imports.extra_columns import ExtraColumn
from beneficiaries.imports.headers import (
    content_shares,
    extra_of,
    field_of,
    header_key,
    is_of_another,
    is_of_household,
)
from core.spreadsheets.reading import Cell, Sheet, is_blank

_SAMPLE: Final = 60
_BY_CONTENT: Final = ("id_number", "full_name", "dob", "sex", "amount", "phone")
_CONTENT_ENOUGH: Final = 0.6


def columns_of(paths: Mapping[int, list[str]], extras: Sequence[ExtraColumn] = ()) -> dict[str, int]:
    """Field -> column number by the headers alone; further columns of the programme first."""
    if not extras:
        return _common_columns(paths)
    further, rest = _further_columns(paths, extras)
    return {**_common_columns(rest), **further}


def _further_columns(
    paths: Mapping[int, list[str]], extras: Sequence[ExtraColumn]
) -> tuple[dict[str, int], dict[int, list[str]]]:
    """The best column for each further one (the left of two equal ones), and the columns that mean none of them."""
    best: dict[str, tuple[tuple[bool, int], int]] = {}
    rest: dict[int, list[str]] = {}
    for number, path in sorted(paths.items()):
        further = extra_of(path, extras)
        if further is None:
            rest[number] = path
            continue
        code, rank = further
        if code not in best or rank > best[code][0]:
            best[code] = rank, number
    return {code: number for code, (_rank, number) in best.items()}, rest


def _common_columns(paths: Mapping[int, list[str]]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for number, path, field in _own_columns(paths):
        if field == "amount" and _is_sum(path) and not _is_sum(paths.get(columns.get(field, 0), path)):
            columns[field] = number
        if field == "id_number" and field in columns:
            new, old = header_key(" ".join(path)), header_key(" ".join(paths[columns[field]]))
            if "cccd" in new and "cccd" not in old:
                columns["id_number_old"], columns[field] = columns[field], number
            else:
                columns.setdefault("id_number_old", number)
        elif field == "permanent_address" or field:
            columns.setdefault(field, number)
    if "address" not in columns and "permanent_address" in columns:
        columns["address"] = columns.pop("permanent_address")
    if "surname" in columns and "given_name" not in columns and "full_name" not in columns:
        columns["full_name"] = columns.pop("surname")
    if "full_name" in columns:
        # "Họ và tên" over two columns: the surname stands in the first, the name beside it
        columns.pop("surname", None)
    _split_by_day(columns, paths)
    if "dob_m" in columns and "dob_f" not in columns:
        columns.setdefault("dob", columns.pop("dob_m"))
    return columns


def _own_columns(paths: Mapping[int, list[str]]) -> list[tuple[int, list[str], str]]:
    """The columns about the row's person with their fields; those of a household's head only where nobody else is named.

    A second table beside the first is left out: its people are no part of these rows.
    """
    own = [
        (number, path, field_of(path)) for number, path in sorted(paths.items()) if not is_of_another(path)
    ]
    names = [number for number, path, field in own if field == "full_name" and not is_of_household(path)]
    second = next((right for left, right in itertools.pairwise(names) if right > left + 1), None)
    if second is not None:
        fields = {field for number, _path, field in own if number < second}
        if {"id_number", "dob"} & fields & {field for number, _path, field in own if number > second}:
            own = [column for column in own if column[0] < second]
    persons = {field for _number, path, field in own if not is_of_household(path)}
    return [column for column in own if not (is_of_household(column[1]) and column[2] in persons)]


def _is_sum(path: Sequence[str]) -> bool:
    """True for the column that is paid ("Thành tiền", "Số tiền"), beside one that gives the rate ("Mức hỗ trợ")."""
    return not header_key(" ".join(path)).startswith("muc")


def _split_by_day(columns: dict[str, int], paths: Mapping[int, list[str]]) -> None:
    """ "Ngày", "Tháng" and "Năm" side by side without a group above them."""
    for number in paths:
        keys = [header_key(" ".join(paths.get(number + step, []))) for step in range(3)]
        if keys == ["ngay", "thang", "nam"] and not {number, number + 1, number + 2} & set(columns.values()):
            columns.update({"dob_day": number, "dob_month": number + 1, "dob_year": number + 2})
            return


def sample_of(sheet: Sheet, first: int) -> list[Sequence[Cell]]:
    return [
        row for row in sheet.rows[first : first + 3 * _SAMPLE] if sum(not is_blank(cell) for cell in row) >= 3
    ][:_SAMPLE]


def complete(
    columns: dict[str, int],
    paths: Mapping[int, list[str]],
    sample: Sequence[Sequence[Cell]],
    first_column: int,
    extras: Sequence[ExtraColumn] = (),
) -> set[str]:
    """Find by their cells the fields that no header named, in columns that are still free. Gives what was found.

    In lists with further columns a headed column of days is no birth: it may be the day of a contract.
    """
    guessed: set[str] = set()
    if not sample:
        return guessed
    guessed |= _split_by_sex(columns, paths, sample, first_column)
    taken = set(columns.values())
    width = max(len(row) for row in sample)
    shares = {
        first_column + offset: content_shares(row[offset] if offset < len(row) else None for row in sample)
        for offset in range(width)
        if first_column + offset not in taken and not is_of_another(paths.get(first_column + offset, []))
    }
    for field in _BY_CONTENT:
        if (
            field in columns
            or (field == "full_name" and "surname" in columns)
            or (field == "dob" and ({"dob_m", "dob_year"} & set(columns)))
        ):
            continue
        if field == "sex" and ({"dob_m", "sex_m"} & set(columns)):
            continue
        ranked = sorted(
            (
                (share.get(field, 0.0), -number)
                for number, share in shares.items()
                # a header that means something else is believed
                if number not in taken
                and field_of(paths.get(number, []), extras) in ("", field)
                and not (extras and field == "dob" and number in paths)
            ),
            reverse=True,
        )
        if ranked and ranked[0][0] >= _CONTENT_ENOUGH:
            number = -ranked[0][1]
            columns[field] = number
            taken.add(number)
            guessed.add(field)
    if "given_name" not in columns and "full_name" in columns:
        _join_split_name(columns, paths, sample, first_column, taken)
    return guessed


def _join_split_name(
    columns: dict[str, int],
    paths: Mapping[int, list[str]],
    sample: Sequence[Sequence[Cell]],
    first_column: int,
    taken: set[int],
) -> None:
    """ "Họ và tên" merged over two columns: the right one holds single words, the given names."""
    number = columns["full_name"]
    beside = number + 1
    same_header = paths.get(beside) == paths.get(number) and beside in paths
    if not same_header or beside in taken - {beside}:
        return
    offset = beside - first_column
    words = [
        str(row[offset]).split()
        for row in sample
        if offset < len(row) and isinstance(row[offset], str) and row[offset]
    ]
    if len(words) >= 0.8 * len(sample) and all(len(word) == 1 for word in words):
        columns["surname"], columns["given_name"] = columns.pop("full_name"), beside


def _split_by_sex(
    columns: dict[str, int],
    paths: Mapping[int, list[str]],
    sample: Sequence[Sequence[Cell]],
    first_column: int,
) -> set[str]:
    """Columns headed only "Nam" and "Nữ": births when they hold digits, else ticks of the sex."""
    places = {
        header_key(path[-1]): number
        for number, path in paths.items()
        if header_key(path[-1]) in ("nam", "nu")
    }
    if len(places) < 2 or set(places.values()) & set(columns.values()):
        return set()
    cells = [
        str(row[number - first_column])
        for row in sample
        for number in places.values()
        if number - first_column < len(row) and not is_blank(row[number - first_column])
    ]
    is_birth = sum(any(letter.isdigit() for letter in cell) for cell in cells) > len(cells) / 2
    names = ("dob_m", "dob_f") if is_birth else ("sex_m", "sex_f")
    if (is_birth and "dob" in columns) or (not is_birth and "sex" in columns):
        return set()
    columns[names[0]], columns[names[1]] = places["nam"], places["nu"]
    return set(names)


def guess_address(columns: dict[str, int], sample: Sequence[Sequence[Cell]], first_column: int) -> None:
    for offset in range(max(len(row) for row in sample)):
        cells = [
            header_key(str(row[offset]))
            for row in sample
            if offset < len(row) and isinstance(row[offset], str) and row[offset]
        ]
        if (
            cells
            and first_column + offset not in columns.values()
            and sum(cell.startswith(("ap ", "khom ", "a ", "k ")) for cell in cells) > len(cells) / 2
        ):
            columns["address"] = first_column + offset
            return
