"""Invented humans of An Giang for the labelled set: names by `vn_names.json`, papers, telephones, accounts, homes.

The shares of `vn_names.json` are the project's own estimates, shifted from public shares of surnames to the usage of the South;
middle and given names, Khmer and Cham names and their shares by district are estimates too, no statistics. Whoever is drawn
is nobody: numbers are random in the range of An Giang.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Final

_SHARES: Final[dict[str, Any]] = json.loads(Path(__file__).with_name("vn_names.json").read_text("utf-8"))
_FIRST_BIRTH, _DAYS = dt.date(1941, 1, 1), 365 * 63
# people of their districts, 2021; the rest of the province shares what is left
HAMLETS_OF_COMMUNE: Final = 7
ELDERS_WITHOUT_DATE: Final = 0.35  # born before 1960, only the year is known
OTHERS_WITHOUT_DATE: Final = 0.08


@dataclass(frozen=True, slots=True)
class Human:
    """Somebody as they are; what is written of them may differ (`entries.py`)."""

    key: int
    name: str
    sex: str
    born: dt.date
    commune: str
    hamlet: str
    cccd: str
    cmnd: str
    phone: str
    account: str


class Drawing:
    """A list of names or codes with weights, drawn quickly."""

    __slots__ = ("_totals", "_words")

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._words = list(weights)
        self._totals = list(accumulate(weights.values()))

    def draw(self, random: Random) -> str:
        return random.choices(self._words, cum_weights=self._totals)[0]


_SURNAMES: Final = Drawing(_SHARES["surnames"])
_MIDDLE: Final = {"M": Drawing(_SHARES["middle_male"]), "F": Drawing(_SHARES["middle_female"])}
_GIVEN: Final = {"M": _SHARES["given_male"], "F": _SHARES["given_female"]}
_NEANG: Final = Drawing(_SHARES["khmer_female"]["surnames"])


def draw_name(random: Random, sex: str, district: str) -> str:
    """A name in the manner of the district's peoples; `district` is the national code, e.g. "891"."""
    chance = random.random()
    khmer = _SHARES["khmer_share_by_district"].get(district, 0)
    if chance < khmer:
        table = _SHARES["khmer_male" if sex == "M" else "khmer_female"]
        first = table["surname"] if sex == "M" else _NEANG.draw(random)
        return f"{first} {random.choice(table['names'])}"
    if chance < khmer + _SHARES["cham_share_by_district"].get(district, 0):
        known = _SHARES["cham_male" if sex == "M" else "cham_female"]
        # Cham names have no surname: the father's name stands behind one's own
        return f"{random.choice(known)} {random.choice(_SHARES['cham_male']).split()[-1]}"
    words = (_SURNAMES.draw(random), _MIDDLE[sex].draw(random), random.choice(_GIVEN[sex]))
    return " ".join(filter(None, words))


class Province:
    """Draws humans; communes differ in size by four."""

    def __init__(self, random: Random, communes: Sequence[str]) -> None:
        self.random = random
        self._homes = Drawing({area: random.choice((2, 3, 4, 5, 5, 6, 8)) for area in communes})
        self.communes = list(communes)
        self._next = 0

    def human(self, *, like: Human | None = None, **same: Any) -> Human:
        """Somebody new; `like` lends their home, `same` sets single fields."""
        random = self.random
        self._next += 1
        sex = same.get("sex") or random.choice("MF")
        commune = same.get("commune") or (like.commune if like else self._homes.draw(random))
        born = same.get("born") or _FIRST_BIRTH + dt.timedelta(days=int(random.random() * _DAYS))
        values: dict[str, Any] = {
            "key": self._next,
            "name": draw_name(random, sex, commune[2:5]),
            "sex": sex,
            "born": born,
            "commune": commune,
            "hamlet": like.hamlet if like else self.hamlet(),
            "cccd": cccd_of(random, sex, born),
            "cmnd": f"35{random.randrange(10**7):07d}",
            "phone": f"09{random.randrange(10**8):08d}" if random.random() < 0.6 else "",
            "account": f"6700205{random.randrange(10**6):06d}{random.randrange(10)}"
            if random.random() < 0.3
            else "",
        }
        return Human(**{**values, **same})

    def hamlet(self) -> str:
        return f"Ấp {self.random.randint(1, HAMLETS_OF_COMMUNE)}"


def cccd_of(random: Random, sex: str, born: dt.date) -> str:
    """Twelve digits: An Giang mostly, century and sex, year, six at random."""
    province = "089" if random.random() < 0.9 else random.choice(("087", "091", "092", "079"))
    century = (2 if born.year >= 2000 else 0) + (sex == "F")
    return f"{province}{century}{born.year % 100:02d}{random.randrange(10**6):06d}"
