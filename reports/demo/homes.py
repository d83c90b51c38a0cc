"""Invented people of the registers: families, elderly, people with merit, workers whom nobody has listed yet."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Final

from beneficiaries.enums import IdentityKind, Sex
from core.text import search_key, sort_key
from reports.demo.filing import Filed
from reports.demo.names import WORDS, invent_name
from reports.demo.people import Human, Numbers

# up to this year of birth somebody has a card of their own (from 14)
_LAST_WITH_CARD: Final = 2007
TODAY_YEAR: Final = 2021


@dataclass(slots=True)
class Home:
    """A household of the register: its head, the others with what they are to the head, and its group."""

    head: Human
    category: str
    others: list[tuple[Human, str]] = field(default_factory=list)


@dataclass(slots=True)
class Newcomers:
    """Whom the registers know beside the people of the lists; most have no case."""

    workers: list[Human] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    protected: list[tuple[Human, str]] = field(default_factory=list)
    merit: list[tuple[Human, str]] = field(default_factory=list)

    @property
    def humans(self) -> list[Human]:
        """Everybody who is new, each once: also the heads, where they have no case."""
        members = [human for home in self.homes for human, _relation in home.others]
        heads = [home.head for home in self.homes if not home.head.pk]
        return [*self.workers, *heads, *members, *(h for h, _ in self.protected), *(h for h, _ in self.merit)]


def invent_newcomers(filed: list[Filed], count: int, numbers: Numbers, random: Random) -> Newcomers:
    """About so many people, spread over the communes of the lists."""
    found = Newcomers()
    made = 0
    while made < count:
        item = random.choice(filed)
        kind = random.random()
        if kind < 0.45:
            home = _home(item, numbers, random)
            found.homes.append(home)
            made += len(home.others) + (not home.head.pk)
            continue
        made += 1
        if kind < 0.7:
            found.workers.append(_somebody(item, int(random.triangular(1950, 2002, 1978)), numbers, random))
        elif kind < 0.88:
            found.protected.append(_protected(item, numbers, random))
        else:
            found.merit.append(_merit(item, numbers, random))
    return found


def _home(item: Filed, numbers: Numbers, random: Random) -> Home:
    """Half of the households are those of people who have a case."""
    listed = random.choice(item.entries).human if item.entries and random.random() < 0.5 else None
    head = listed or _somebody(item, random.randint(1950, 1990), numbers, random)
    home = Home(head, "poor" if random.random() < 0.4 else "near_poor")
    others = random.sample(["Vợ hoặc chồng", "Con", "Con", "Cha hoặc mẹ"], random.randint(1, 3))
    for relation in others:
        year = {"Con": random.randint(2002, 2019), "Cha hoặc mẹ": random.randint(1930, 1948)}.get(
            relation, head.birth_year + random.randint(-4, 4)
        )
        member = _somebody(item, year, numbers, random)
        member.hamlet = head.hamlet
        home.others.append((member, relation))
    return home


def _protected(item: Filed, numbers: Numbers, random: Random) -> tuple[Human, str]:
    category = random.choice(["k5c", "k5c", "k6_severe", "k6_special", "k8", "k6_severe_child_elder"])
    year = (
        random.randint(1928, 1940)
        if category in ("k5c", "k6_severe_child_elder")
        else random.randint(1965, 1998)
    )
    return _somebody(item, year, numbers, random), category


def _merit(item: Filed, numbers: Numbers, random: Random) -> tuple[Human, str]:
    category = random.choice(
        ["war_invalid", "war_invalid", "relative", "relative", "sick_soldier", "imprisoned"]
    )
    return _somebody(item, random.randint(1932, 1956), numbers, random), category


def _somebody(item: Filed, year: int, numbers: Numbers, random: Random) -> Human:
    plan = item.plan
    sex = Sex.FEMALE if random.random() < 0.52 else Sex.MALE
    name = invent_name(random, sex, plan.district)
    has_card = year <= _LAST_WITH_CARD
    kind = IdentityKind.CCCD
    return Human(
        pk=0,
        area_code=plan.area_code,
        full_name=name,
        name_key=search_key(name),
        name_sort=sort_key(name),
        sex=sex,
        birth_date=dt.date(year, 1, 1) + dt.timedelta(days=random.randrange(365)),
        birth_year=year,
        kind=kind,
        number=numbers.invent(kind, sex, year) if has_card else "",
        number_encrypted=b"",
        hamlet=f"{'Khóm' if plan.district in ('89883', '89884') else 'Ấp'} {random.choice(WORDS['hamlets'])}",
        phone="",
        occupation=random.choice(WORDS["trades"]) if 1950 < year < 2004 else "",
    )
