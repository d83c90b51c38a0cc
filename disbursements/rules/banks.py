"""Which bank a typed name means: banks of 2021 with their BIN, and the ways in which people write them.

Pure: the list is read once from `data/banks_vn_2021.csv` and `data/bank_aliases.csv`. Its BINs are not compared with a second
full list (`data/SOURCES.md`), so pages that show them say «Chưa chắc chắn».
"""

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from core.text import search_key

BINS_ARE_VERIFIED: Final = False

_DATA: Final = Path(__file__).resolve().parent.parent / "data"
# words that every name of a bank may have or lack
_NOISE: Final = frozenset(
    [
        "ngan",
        "hang",
        "nh",
        "tmcp",
        "tm",
        "cp",
        "tnhh",
        "mtv",
        "thuongmai",
        "cophan",
        "motthanhvien",
        "vietnam",
        "vn",
        "va",
    ]
)
_NOISE_PAIRS: Final = (("thuong", "mai"), ("co", "phan"), ("mot", "thanh", "vien"), ("viet", "nam"))
# from here on the branch is named
_BRANCH: Final = (
    ("chi", "nhanh"),
    ("phong", "giao", "dich"),
    ("thi", "xa"),
    ("thi", "tran"),
    ("thanh", "pho"),
    ("cn",),
    ("pgd",),
    ("huyen",),
    ("tinh",),
    ("tp",),
    ("tx",),
    ("h",),
)


@dataclass(frozen=True, slots=True)
class Bank:
    """One bank: its number at Napas, names as of 2021, SWIFT code (empty where unknown), does it take VietQR transfers?"""

    bin: str
    short_name: str
    name: str
    swift: str
    vietqr: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Names:
    """Keys without spaces: `exact` must be the whole name, a `brand` may have its branch behind it."""

    exact: dict[str, Bank]
    brands: dict[str, Bank]


@cache
def all_banks() -> tuple[Bank, ...]:
    """Every bank of the list, in the order of the short names."""
    with (_DATA / "banks_vn_2021.csv").open(encoding="utf-8", newline="") as file:
        banks = [
            Bank(
                row["napas_bin"],
                row["short_name"],
                row["name_vi"],
                row["swift"],
                row["vietqr_transfer"] == "1",
                row["note"],
            )
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(banks, key=lambda bank: search_key(bank.short_name)))


def bank_by_bin(number: str) -> Bank | None:
    """The bank with this BIN, 6 digits."""
    return _by_bin().get(number)


@lru_cache(maxsize=4096)
def bank_of(typed: str) -> Bank | None:
    """The one bank that this text names, or None: "NH Nông nghiệp", "VCB", "Vietcombank CN An Giang", a BIN or SWIFT code.

    Marks, capitals, spaces, "Ngân hàng", "TMCP" and the branch make no difference. A brand may have a place behind it. A text
    that names two banks, or words that several banks share, names none: an account must never go to a guessed bank.
    """
    words = tuple(search_key(typed.replace("&", " ")).split())
    if not words:
        return None
    code = "".join(words).upper()
    for bank in all_banks():
        if code == bank.bin or (bank.swift and code in (bank.swift, f"{bank.swift}XXX")):
            return bank
    names, core = _names(), _without_noise(words)
    for candidate in (core, _without_noise(_before_branch(words))):
        found = names.exact.get("".join(candidate)) or names.brands.get("".join(candidate))
        if found is not None:
            return found
    return _brand_with_place(core, names)


def _brand_with_place(words: tuple[str, ...], names: _Names) -> Bank | None:
    """The brand at the beginning, unless another bank's brand stands behind it."""
    for length in range(len(words) - 1, 0, -1):
        found = names.brands.get("".join(words[:length]))
        if found is not None:
            rest = words[length:]
            return None if _names_another(rest, found, names) else found
    return None


def _names_another(words: tuple[str, ...], bank: Bank, names: _Names) -> bool:
    parts = (
        "".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)
    )
    return any(names.brands.get(part, bank) is not bank for part in parts)


def _before_branch(words: tuple[str, ...]) -> tuple[str, ...]:
    for place in range(1, len(words)):
        if any(words[place : place + len(mark)] == mark for mark in _BRANCH):
            return words[:place]
    return words


def _without_noise(words: tuple[str, ...]) -> tuple[str, ...]:
    kept: list[str] = []
    place = 0
    while place < len(words):
        pair = next((p for p in _NOISE_PAIRS if words[place : place + len(p)] == p), None)
        if pair is not None:
            place += len(pair)
            continue
        if words[place] not in _NOISE:
            kept.append(words[place])
        place += 1
    return tuple(kept)


def _key(name: str) -> str:
    return "".join(_without_noise(tuple(search_key(name.replace("&", " ")).split())))


@cache
def _by_bin() -> dict[str, Bank]:
    return {bank.bin: bank for bank in all_banks()}


@cache
def _names() -> _Names:
    """All keys; ValueError where the data give one key to two banks."""
    exact: dict[str, Bank] = {}
    brands: dict[str, Bank] = {}
    for bank in all_banks():
        _add(exact, _key(bank.name), bank)
        _add(exact, _key(bank.short_name), bank)
    with (_DATA / "bank_aliases.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            bank = _by_bin()[row["napas_bin"]]
            _add(exact, _key(row["alias"]), bank)
            if row["is_brand"] == "1":
                _add(brands, _key(row["alias"]), bank)
    return _Names(exact, brands)


def _add(keys: dict[str, Bank], key: str, bank: Bank) -> None:
    if keys.setdefault(key, bank) is not bank:
        raise ValueError(f"bank name {key!r} means both {keys[key].short_name} and {bank.short_name}")
