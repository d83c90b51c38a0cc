"""What registers hold of a human: a first entry, a second one that somebody else wrote with errors, and people who look alike."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from beneficiaries.rules.name_variants import variants_of
from core.text import search_key
from tests.beneficiaries.matching.humans import ELDERS_WITHOUT_DATE, OTHERS_WITHOUT_DATE, Human, Province


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the register; `human` tells whose it is, and nobody but the measurement reads it."""

    human: int
    name: str
    birth_date: dt.date | None
    birth_year: int
    sex: str
    area: str
    hamlet: str
    number: str
    phone: str
    account: str
    dirt: tuple[str, ...] = ()


def first_entry(random: Random, who: Human) -> Entry:
    """As a careful officer writes it: old people of whom only the year is known, two papers in use, gaps."""
    share = ELDERS_WITHOUT_DATE if who.born.year < 1960 else OTHERS_WITHOUT_DATE
    return Entry(
        human=who.key,
        name=who.name,
        birth_date=None if random.random() < share else who.born,
        birth_year=who.born.year,
        sex=who.sex if random.random() < 0.97 else "",
        area=who.commune,
        hamlet=who.hamlet if random.random() < 0.95 else "",
        number=who.cccd if random.random() < 0.62 else who.cmnd,
        phone=who.phone,
        account=who.account,
    )


# --- the same human, written again ------------------------------------------------------------------------------------

# kinds of dirt and how often each comes; what can't happen to somebody (a surname without variants) leaves the field clean
NUMBER_DIRT: Final = {"other_paper": 50, "one_digit": 28, "transposed": 17, "no_number": 5}
NAME_DIRT: Final = {
    "": 42, "no_marks": 22, "hoi_nga": 11, "i_for_y": 4, "letter": 9, "swapped": 5, "surname": 4, "run_together": 1,
    "word_left_out": 2,
}  # fmt: skip
BIRTH_DIRT: Final = {"": 82, "year_only": 10, "turned": 4, "day_digit": 2, "year_digit": 2}
HOME_DIRT: Final = {"": 74, "no_hamlet": 7, "other_hamlet": 7, "other_commune": 8, "other_district": 4}
PHONE_DIRT: Final = {"": 75, "none": 15, "new": 10}


def second_entry(random: Random, who: Human, first: Entry, province: Province) -> Entry:
    """The same human in a later list, under another number than the first entry has, and with what else goes wrong."""
    entry = replace(first_entry(random, who), dirt=())
    for table, kinds in ((_NUMBERS, NUMBER_DIRT), (_NAMES, NAME_DIRT), (_BIRTHS, BIRTH_DIRT)):
        kind = random.choices(list(kinds), weights=list(kinds.values()))[0]
        if kind:
            changed = table[kind](random, who, entry, first)
            entry = replace(changed, dirt=(*entry.dirt, kind)) if changed != entry else entry
    entry = _moved(random, entry, province)
    phone = random.choices(list(PHONE_DIRT), weights=list(PHONE_DIRT.values()))[0]
    if phone and entry.phone:
        entry = replace(entry, phone="" if phone == "none" else f"08{random.randrange(10**8):08d}")
    if random.random() < 0.3:
        entry = replace(entry, account="")
    if random.random() < 0.01 and entry.sex:
        entry = replace(entry, sex="M" if entry.sex == "F" else "F", dirt=(*entry.dirt, "sex"))
    return entry


Change = Callable[[Random, Human, Entry, Entry], Entry]


def _other_paper(_random: Random, who: Human, entry: Entry, first: Entry) -> Entry:
    return replace(entry, number=who.cmnd if first.number == who.cccd else who.cccd)


def _one_digit(random: Random, _who: Human, entry: Entry, first: Entry) -> Entry:
    place = random.randrange(len(first.number))
    digit = random.choice([sign for sign in "0123456789" if sign != first.number[place]])
    return replace(entry, number=f"{first.number[:place]}{digit}{first.number[place + 1 :]}")


def _transposed(random: Random, _who: Human, entry: Entry, first: Entry) -> Entry:
    digits = first.number
    places = [place for place in range(len(digits) - 1) if digits[place] != digits[place + 1]]
    place = random.choice(places)
    turned = f"{digits[:place]}{digits[place + 1]}{digits[place]}{digits[place + 2 :]}"
    return replace(entry, number=turned)


def _no_marks(_random: Random, _who: Human, entry: Entry, _first: Entry) -> Entry:
    plain = unicodedata.normalize("NFD", entry.name.replace("đ", "d").replace("Đ", "D"))
    return replace(entry, name="".join(sign for sign in plain if not unicodedata.combining(sign)))


def _hoi_nga(_random: Random, _who: Human, entry: Entry, _first: Entry) -> Entry:
    swapped = unicodedata.normalize("NFD", entry.name).translate({0x309: 0x303, 0x303: 0x309})
    return replace(entry, name=unicodedata.normalize("NFC", swapped))


def _i_for_y(_random: Random, _who: Human, entry: Entry, _first: Entry) -> Entry:
    return replace(entry, name=entry.name.replace("ý", "í").replace("ỹ", "ĩ"))


def _letter(random: Random, _who: Human, entry: Entry, _first: Entry) -> Entry:
    """One letter left out, doubled, turned with the next, or its neighbour on the keyboard."""
    name = entry.name
    places = [place for place, sign in enumerate(name[:-1]) if sign.isalpha() and name[place + 1].isalpha()]
    place = random.choice(places or [0])
    before, sign, after = name[:place], name[place], name[place + 1 :]
    beside = {
        "a": "s",
        "n": "m",
        "i": "o",
        "h": "g",
        "t": "r",
        "e": "w",
        "u": "y",
        "o": "p",
        "g": "h",
        "c": "v",
    }
    wrong = random.choice(
        (after, sign + sign + after, after[:1] + sign + after[1:], beside.get(sign, "n") + after)
    )
    return replace(entry, name=(before + wrong).strip().title() if place == 0 else before + wrong)


def _swapped(random: Random, _who: Human, entry: Entry, _first: Entry) -> Entry:
    words = entry.name.split()
    turned = random.choice((words[-1:] + words[:-1], words[1:] + words[:1], words[::-1]))
    return replace(entry, name=" ".join(turned))


_SPELLINGS: Final = {
    "huynh": "Huỳnh", "hoang": "Hoàng", "vo": "Võ", "vu": "Vũ", "chau": "Châu", "chu": "Chu", "mohamad": "Mohamad",
    "mohamath": "Mohamath", "mohamach": "Mohamach",
}  # fmt: skip


def _surname(random: Random, _who: Human, entry: Entry, _first: Entry) -> Entry:
    head, _space, rest = entry.name.partition(" ")
    others = sorted(variants_of(search_key(head)) & _SPELLINGS.keys())
    # Chau is the surname of Khmer men, no spelling of Châu
    if not others or head == "Chau":
        return entry
    return replace(entry, name=f"{_SPELLINGS[random.choice(others)]} {rest}")


def _run_together(_random: Random, _who: Human, entry: Entry, _first: Entry) -> Entry:
    words = entry.name.split()
    return (
        entry
        if len(words) < 3
        else replace(entry, name=" ".join((*words[:-2], words[-2] + words[-1].lower())))
    )


def _word_left_out(_random: Random, _who: Human, entry: Entry, _first: Entry) -> Entry:
    words = entry.name.split()
    return entry if len(words) < 3 else replace(entry, name=" ".join((words[0], *words[2:])))


def _turned(_random: Random, _who: Human, entry: Entry, _first: Entry) -> Entry:
    born = entry.birth_date
    if born is None or born.day > 12 or born.day == born.month:
        return entry
    return replace(entry, birth_date=dt.date(born.year, born.day, born.month))


def _day_digit(random: Random, _who: Human, entry: Entry, _first: Entry) -> Entry:
    born = entry.birth_date
    others = [day for day in range(1, 29) if born and day != born.day and _is_one_digit(day, born.day)]
    return replace(entry, birth_date=born.replace(day=random.choice(others))) if born and others else entry


def _year_digit(random: Random, _who: Human, entry: Entry, _first: Entry) -> Entry:
    year = entry.birth_year + random.choice((-10, -1, 1, 10))
    born = entry.birth_date and entry.birth_date.replace(year=year, day=min(entry.birth_date.day, 28))
    return replace(entry, birth_year=year, birth_date=born)


def _is_one_digit(a: int, b: int) -> bool:
    return sum(ours != theirs for ours, theirs in zip(f"{a:02d}", f"{b:02d}", strict=True)) == 1


_NUMBERS: Final[dict[str, Change]] = {
    "other_paper": _other_paper,
    "one_digit": _one_digit,
    "transposed": _transposed,
    "no_number": lambda _random, _who, entry, _first: replace(entry, number=""),
}
_NAMES: Final[dict[str, Change]] = {
    "no_marks": _no_marks,
    "hoi_nga": _hoi_nga,
    "i_for_y": _i_for_y,
    "letter": _letter,
    "swapped": _swapped,
    "surname": _surname,
    "run_together": _run_together,
    "word_left_out": _word_left_out,
}
_BIRTHS: Final[dict[str, Change]] = {
    "year_only": lambda _random, _who, entry, _first: replace(entry, birth_date=None),
    "turned": _turned,
    "day_digit": _day_digit,
    "year_digit": _year_digit,
}


def _moved(random: Random, entry: Entry, province: Province) -> Entry:
    kind = random.choices(list(HOME_DIRT), weights=list(HOME_DIRT.values()))[0]
    if kind == "no_hamlet":
        return replace(entry, hamlet="", dirt=(*entry.dirt, kind))
    if kind == "other_hamlet":
        return replace(entry, hamlet=province.hamlet(), dirt=(*entry.dirt, kind))
    if kind in ("other_commune", "other_district"):
        is_near = kind == "other_commune"
        others = [
            area
            for area in province.communes
            if area != entry.area and (area[:5] == entry.area[:5]) == is_near
        ]
        area = random.choice(others or province.communes)
        return replace(entry, area=area, hamlet=province.hamlet(), dirt=(*entry.dirt, kind))
    return entry
