"""Invented people with valid identity numbers, encrypted as everywhere, and for some a bank account."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from django.db.backends.utils import CursorWrapper

from beneficiaries.enums import IdentityKind, Sex
from beneficiaries.models import IdentityDocument, PayoutAccount, Person
from core import crypto
from core.references import format_reference
from core.text import search_key, sort_key
from reports.demo.copying import copy_rows, next_id
from reports.demo.names import WORDS, invent_name
from reports.demo.plan import VE_SO, ListPlan

_LOTTERY: Final = "Bán vé số lưu động"
_BANKS: Final = ("Agribank", "LienVietPostBank", "Sacombank", "VietinBank", "Kienlongbank", "BIDV")
_PHONES: Final = ("086", "096", "097", "098", "032", "038", "091", "094", "070", "077", "090", "093")
_WITH_ACCOUNT: Final = 0.22
_OLD_CARD: Final = 0.3
_YEAR_ONLY: Final = 0.06


@dataclass(slots=True)
class Human:
    """One person of the demo with what their case and payment copy from them."""

    pk: int
    area_code: str
    full_name: str
    name_key: str
    name_sort: str
    sex: Sex
    birth_date: dt.date | None
    birth_year: int
    kind: IdentityKind
    number: str
    number_encrypted: bytes
    hamlet: str
    phone: str
    occupation: str
    bank_name: str = ""
    account: str = ""
    account_encrypted: bytes | None = None
    account_index: bytes | None = None

    @property
    def last3(self) -> str:
        return self.number[-3:]


class Numbers:
    """Identity numbers that occur once: CCCD with its sex, century and year, CMND of the province."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._given: set[str] = set()

    def invent(self, kind: IdentityKind, sex: Sex, year: int) -> str:
        while True:
            number = self._draw(kind, sex, year)
            if number not in self._given:
                self._given.add(number)
                return number

    def _draw(self, kind: IdentityKind, sex: Sex, year: int) -> str:
        if kind is IdentityKind.CMND:
            return f"35{self._random.randrange(10_000_000):07d}"
        century = 2 * (year // 100 - 19) + (1 if sex == Sex.FEMALE else 0)
        return f"089{century}{year % 100:02d}{self._random.randrange(30_000):06d}"


def people_of(plan: ListPlan, count: int, numbers: Numbers, random: Random) -> list[Human]:
    """People for one list, living in its commune; ids and ciphertexts come with `register_people`."""
    return [_human(plan, numbers, random) for _ in range(count)]


def _human(plan: ListPlan, numbers: Numbers, random: Random) -> Human:
    sex = Sex.FEMALE if random.random() < 0.54 else Sex.MALE
    year = int(random.triangular(1946, 2003, 1974))
    is_old = year < 2000 and random.random() < _OLD_CARD
    kind = IdentityKind.CMND if is_old else IdentityKind.CCCD
    name = invent_name(random, sex, plan.district)
    born = dt.date(year, 1, 1) + dt.timedelta(days=random.randrange(365))
    has_account = random.random() < _WITH_ACCOUNT
    return Human(
        pk=0,
        area_code=plan.area_code,
        full_name=name,
        name_key=search_key(name),
        name_sort=sort_key(name),
        sex=sex,
        birth_date=None if random.random() < _YEAR_ONLY else born,
        birth_year=year,
        kind=kind,
        number=numbers.invent(kind, sex, year),
        number_encrypted=b"",
        hamlet=f"{'Khóm' if plan.district in ('89883', '89884') else 'Ấp'} {random.choice(WORDS['hamlets'])}",
        phone=f"{random.choice(_PHONES)}{random.randrange(10_000_000):07d}" if random.random() < 0.7 else "",
        occupation=_LOTTERY if plan.stream == VE_SO else random.choice(WORDS["trades"]),
        bank_name=random.choice(_BANKS) if has_account else "",
        account=f"{random.randrange(10**12, 10**13)}" if has_account else "",
    )


def register_people(
    cursor: CursorWrapper, humans: Sequence[Human], places: dict[str, str], at: dt.datetime, first_number: int
) -> None:
    """Give ids, encrypt in bulk, and write people, papers and accounts; `places` names each commune in words."""
    first = next_id(cursor, Person)
    for place, (human, blob) in enumerate(
        zip(humans, crypto.encrypt_many("number", [human.number or None for human in humans]), strict=True)
    ):
        human.pk, human.number_encrypted = first + place, blob or b""
    accounts = crypto.encrypt_many("account", [human.account or None for human in humans])
    for human, blob in zip(humans, accounts, strict=True):
        human.account_encrypted = blob
    copy_rows(
        cursor,
        Person,
        [
            _person(human, places[human.area_code], at, first_number + place)
            for place, human in enumerate(humans)
        ],
    )
    _write_papers(cursor, [human for human in humans if human.number], at)
    _write_accounts(cursor, [human for human in humans if human.account], at)


def _person(human: Human, commune: str, at: dt.datetime, number: int) -> dict[str, object]:
    return {
        "id": human.pk,
        "reference": format_reference("NT", at.year, number),
        "area_code": human.area_code,
        "full_name": human.full_name,
        "name_key": human.name_key,
        "name_sort": human.name_sort,
        "birth_date": human.birth_date,
        "birth_year": human.birth_year,
        "sex": human.sex.value,
        "permanent_address": f"{human.hamlet}, {commune}",
        "hamlet": human.hamlet,
        "hamlet_key": search_key(human.hamlet),
        "phone": human.phone,
        "occupation": human.occupation,
        "created_at": at,
        "updated_at": at,
    }


def _write_papers(cursor: CursorWrapper, humans: Sequence[Human], at: dt.datetime) -> None:
    first = next_id(cursor, IdentityDocument)
    numbers = [human.number for human in humans]
    indexes, tails = crypto.blind_index_many("number", numbers), crypto.tail_index_many(numbers)
    copy_rows(
        cursor,
        IdentityDocument,
        [
            {
                "id": first + place,
                "area_code": human.area_code,
                "person_id": human.pk,
                "kind": human.kind.value,
                "number_encrypted": human.number_encrypted,
                "number_index": index,
                "tail_index": tail,
                "number_last3": human.last3,
                "created_at": at,
            }
            for place, (human, index, tail) in enumerate(zip(humans, indexes, tails, strict=True))
        ],
    )


def _write_accounts(cursor: CursorWrapper, humans: Sequence[Human], at: dt.datetime) -> None:
    first = next_id(cursor, PayoutAccount)
    for human, index in zip(
        humans, crypto.blind_index_many("account", [human.account for human in humans]), strict=True
    ):
        human.account_index = index
    copy_rows(
        cursor,
        PayoutAccount,
        [
            {
                "id": first + place,
                "area_code": human.area_code,
                "person_id": human.pk,
                "bank_name": human.bank_name,
                "holder_name": human.full_name,
                "account_encrypted": human.account_encrypted,
                "account_index": human.account_index,
                "account_last3": human.account[-3:],
                "valid_from": at.date(),
                "created_at": at,
            }
            for place, human in enumerate(humans)
        ],
    )
