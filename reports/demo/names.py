"""Invented names of the people of An Giang: Kinh, Khmer (Tri Tôn, Tịnh Biên) and Cham (An Phú, Tân Châu, Châu Phú)."""

import tomllib
from pathlib import Path
from random import Random
from typing import Any, Final

from beneficiaries.enums import Sex

WORDS: Final[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
# shares of the rows of a district, by its code: rough orders of magnitude
_KHMER_SHARE: Final = {"89891": 0.38, "89890": 0.28, "89892": 0.04, "89894": 0.03}
_CHAM_SHARE: Final = {"89886": 0.07, "89887": 0.06, "89889": 0.03, "89892": 0.02}


def invent_name(random: Random, sex: Sex, district: str) -> str:
    """A full name in the manner of the district's peoples."""
    chance = random.random()
    which = "male" if sex == Sex.MALE else "female"
    if chance < _KHMER_SHARE.get(district, 0):
        return str(random.choice(WORDS[f"khmer_{which}"]))
    if chance > 1 - _CHAM_SHARE.get(district, 0):
        return str(random.choice(WORDS[f"cham_{which}"]))
    given, middle = random.choice(WORDS["given"][sex.value]), random.choice(WORDS["middle"][sex.value])
    return f"{random.choice(WORDS['family'])} {middle} {given}"


def invent_officer(random: Random) -> str:
    """The name of a member of staff."""
    return invent_name(random, random.choice((Sex.MALE, Sex.FEMALE)), "")
