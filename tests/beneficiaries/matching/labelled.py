"""The labelled set: a register, newcomers of whom some are registered already under another number, and who is who.

Of the newcomers one in five is a dirty duplicate (`entries.second_entry`). The others are new people; of these some look like
somebody of the register on purpose: a namesake of the same year in the same commune, a namesake born on the same day in
another district, a twin, a father or son, a neighbour. Everything comes from a seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from tests.beneficiaries.matching.entries import Entry, first_entry, second_entry
from tests.beneficiaries.matching.humans import Human, Province, draw_name

DUPLICATES: Final = 0.2
# of a thousand new people
LOOKALIKES: Final = {
    "namesake_of_year": 15,
    "namesake_of_day": 5,
    "twin": 8,
    "father_or_son": 10,
    "neighbour": 15,
}


@dataclass(slots=True)
class Labelled:
    """`register` and `newcomers` in the order of their entries; a newcomer's `human` tells whose duplicate it is."""

    register: list[Entry]
    newcomers: list[Entry]

    def true_pairs(self, ids: Sequence[int], new_ids: Sequence[int]) -> dict[tuple[int, int], Entry]:
        """Every pair of entries of one human, given the ids that they got, with the dirty entry."""
        of_human: dict[int, list[int]] = {}
        for pk, entry in zip(ids, self.register, strict=True):
            of_human.setdefault(entry.human, []).append(pk)
        pairs: dict[tuple[int, int], Entry] = {}
        for pk, entry in zip(new_ids, self.newcomers, strict=True):
            for known in of_human.get(entry.human, ()):
                pairs[(known, pk)] = entry
            of_human.setdefault(entry.human, []).append(pk)
        return pairs


def make_labelled(*, seed: int, people: int, newcomers: int, communes: Sequence[str]) -> Labelled:
    """A register of that many people and that many newcomers."""
    random = Random(seed)
    province = Province(random, communes)
    humans = [province.human() for _ in range(people)]
    register = [first_entry(random, who) for who in humans]
    again = random.sample(range(people), round(newcomers * DUPLICATES))
    entries = [second_entry(random, humans[place], register[place], province) for place in again]
    entries += _new_people(random, province, humans, newcomers - len(entries))
    random.shuffle(entries)
    return Labelled(register, entries)


def _new_people(random: Random, province: Province, humans: list[Human], number: int) -> Iterator[Entry]:
    kinds = [*LOOKALIKES, ""]
    weights = [*LOOKALIKES.values(), 1000 - sum(LOOKALIKES.values())]
    for kind in random.choices(kinds, weights=weights, k=number):
        who = _LOOKALIKE[kind](random, province, random.choice(humans)) if kind else province.human()
        yield first_entry(random, who)


def _namesake_of_year(random: Random, province: Province, known: Human) -> Human:
    born = known.born.replace(month=random.randint(1, 12), day=random.randint(1, 28))
    return province.human(like=known, name=known.name, sex=known.sex, born=born, hamlet=province.hamlet())


def _namesake_of_day(_random: Random, province: Province, known: Human) -> Human:
    return province.human(name=known.name, sex=known.sex, born=known.born)


def _twin(random: Random, province: Province, known: Human) -> Human:
    sex = random.choice("MF")
    family = known.name.split()[0]
    own = draw_name(random, sex, "")
    name = f"{family} {own.partition(' ')[2] or own}"
    return province.human(like=known, name=name, sex=sex, born=known.born, phone=known.phone)


def _father_or_son(random: Random, province: Province, known: Human) -> Human:
    """The same surname and middle name in one house, with one telephone."""
    words = known.name.split()
    given = draw_name(random, known.sex, "").split()[-1]
    born = known.born.replace(year=known.born.year + random.choice((-25, 25)), day=min(known.born.day, 28))
    return province.human(
        like=known,
        name=" ".join((*words[:-1], given)),
        sex=known.sex,
        born=born,
        phone=known.phone,
        account=known.account,
    )


def _neighbour(_random: Random, province: Province, known: Human) -> Human:
    return province.human(like=known, born=known.born)


_LOOKALIKE: Final[dict[str, Callable[[Random, Province, Human], Human]]] = {
    "namesake_of_year": _namesake_of_year,
    "namesake_of_day": _namesake_of_day,
    "twin": _twin,
    "father_or_son": _father_or_son,
    "neighbour": _neighbour,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """How well pairs were found: true ones of all, and false ones shown."""

    true: int
    found: int
    false: int
    missed: dict[str, Any]

    @property
    def recall(self) -> float:
        return self.found / self.true if self.true else 1.0

    @property
    def false_per_true(self) -> float:
        return self.false / self.found if self.found else 0.0

    def __str__(self) -> str:
        return (
            f"{self.found} of {self.true} true pairs found ({self.recall:.2%}), {self.false} false pairs shown "
            f"({self.false_per_true:.2f} per true pair; precision {self.found / max(1, self.found + self.false):.2%})"
        )


def measure(found: set[tuple[int, int]], truth: dict[tuple[int, int], Entry]) -> Measured:
    """Compare what was found with who is who; `missed` counts the dirt of the pairs that were not found."""
    missed = Counter("+".join(entry.dirt) for pair, entry in truth.items() if pair not in found)
    return Measured(
        len(truth), len(found & truth.keys()), len(found - truth.keys()), dict(missed.most_common())
    )
