"""A register of a million invented people: names of Kinh, Khmer and Cham, spread over the communes of An Giang.

Drawn from a seed in one statement, so that 1,000,000 rows stand in a minute. The weights are rough orders of magnitude and
prove nothing about the province.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any, Final

from django.db import connections

from accounts.models import AdministrativeUnit
from core import crypto
from core.text import search_key, sort_key
from reports.demo.names import WORDS

SLOTS: Final = 20_000  # places, each with its people: as many slots as a commune has of the population
NAMES: Final = 60_000  # drawn names of each people and sex; a common one stands many times
CHUNK: Final = 100_000
KHMER_SHARE: Final = {"89891": 0.38, "89890": 0.28, "89892": 0.04, "89894": 0.03}
CHAM_SHARE: Final = {"89886": 0.07, "89887": 0.06, "89889": 0.03, "89892": 0.02}
# shares with a full birth date, a telephone, a paper
_PEOPLE: Final = """
INSERT INTO beneficiaries_person (reference, area_code, full_name, name_key, name_sort, birth_date, birth_year, sex,
    permanent_address, temporary_address, hamlet, hamlet_key, phone, occupation, version, created_at, updated_at)
SELECT format('NT-2021-%%s', lpad((drawn.n + %(first)s)::text, 8, '0')), place.area_code, name.full_name, name.name_key,
       name.name_sort, CASE WHEN has_date THEN born END, extract(year FROM born)::int, drawn.sex, '', '', place.hamlet,
       place.hamlet_key, CASE WHEN has_phone THEN '09' || lpad((random() * 99999999)::int::text, 8, '0') ELSE '' END, '', 1,
       now(), now()
  FROM (SELECT n, (random() * %(slots)s)::int %% %(slots)s AS slot, (random() * %(names)s)::int %% %(names)s AS name,
               CASE WHEN random() < 0.495 THEN 'M' ELSE 'F' END AS sex, random() < 0.85 AS has_date, random() < 0.45 AS has_phone,
               date '2021-06-01' - (31000 * random() ^ 1.25)::int AS born
          FROM generate_series(1, %(number)s) AS n OFFSET 0) AS drawn
  JOIN bench_place AS place ON place.n = drawn.slot
  JOIN bench_name AS name ON name.people = place.people AND name.sex = drawn.sex AND name.n = drawn.name
 ORDER BY drawn.n
"""


def register_people(number: int, *, seed: int = 2021, with_papers: bool = True) -> None:
    """Fill the register with so many people, four of five with an identity paper, as the owner; then ANALYZE."""
    random = Random(seed)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'")
        cursor.execute("SELECT setseed(%s)", [seed % 1000 / 1000])
        cursor.execute("SELECT coalesce(max(id), 0) FROM beneficiaries_person")
        first = cursor.fetchone()[0]
        _write_places(cursor, random)
        _write_names(cursor, random)
        with _indexes_later(cursor, "beneficiaries_person"):
            cursor.execute(_PEOPLE, {"number": number, "slots": SLOTS, "names": NAMES, "first": first})
        if with_papers:
            with _indexes_later(cursor, "beneficiaries_identitydocument"):
                _write_papers(cursor, first)
        cursor.execute("VACUUM ANALYZE beneficiaries_person, beneficiaries_identitydocument")
        cursor.execute("DROP TABLE bench_place, bench_name; RESET work_mem; RESET maintenance_work_mem")


# --- places -----------------------------------------------------------------------------------------------------------


def _write_places(cursor: Any, random: Random) -> None:
    cursor.execute(
        "CREATE TEMP TABLE bench_place (n int PRIMARY KEY, area_code text, hamlet text, hamlet_key text, people text)"
    )
    communes = AdministrativeUnit.objects.communes().within("89").valid_on(dt.date(2021, 9, 27))
    areas = sorted(communes.values_list("area_code", flat=True))
    weights = [random.choice((2, 3, 4, 4, 5, 5, 6, 8)) for _ in areas]
    hamlets = {area: [_hamlet(random) for _ in range(random.randint(4, 9))] for area in areas}
    rows = []
    for n, area in enumerate(random.choices(areas, weights, k=SLOTS)):
        hamlet = random.choice(hamlets[area])
        rows.append((n, area, hamlet, search_key(hamlet), _people_of(random, area[:5])))
    _copy(cursor, "bench_place", rows)


def _hamlet(random: Random) -> str:
    return f"{random.choice(('Ấp', 'Ấp', 'Khóm'))} {random.choice(WORDS['hamlets'])}"


def _people_of(random: Random, district: str) -> str:
    chance = random.random()
    if chance < KHMER_SHARE.get(district, 0):
        return "khmer"
    return "cham" if chance > 1 - CHAM_SHARE.get(district, 0) else "kinh"


# --- names ------------------------------------------------------------------------------------------------------------


def _write_names(cursor: Any, random: Random) -> None:
    cursor.execute(
        "CREATE TEMP TABLE bench_name (people text, sex text, n int, full_name text, name_key text, name_sort text,"
        " PRIMARY KEY (people, sex, n))"
    )
    rows = []
    for people in ("kinh", "khmer", "cham"):
        for sex in ("M", "F"):
            drawn = (draw_name(random, people, sex) for _ in range(NAMES))
            rows += [(people, sex, n, name, search_key(name), sort_key(name)) for n, name in enumerate(drawn)]
    _copy(cursor, "bench_name", rows)


def draw_name(random: Random, people: str, sex: str) -> str:
    """A full name of one of the three peoples ("kinh", "khmer", "cham") and a sex ("M", "F")."""
    if people == "kinh":
        family = random.choice(WORDS["family"])
        return f"{family} {random.choice(WORDS['middle'][sex])} {random.choice(WORDS['given'][sex])}"
    known = WORDS[f"{people}_{'male' if sex == 'M' else 'female'}"]
    first, *others = random.choice(known).split()
    # words of two known names make a third one
    mixed = [random.choice(random.choice(known).split()[1:] or others or [first]) for _ in others or [first]]
    return " ".join((first, *mixed))


# --- papers -----------------------------------------------------------------------------------------------------------


def paper_number(place: int, sex: str, birth_year: int) -> str:
    """The number of the `place`-th paper, twelve digits, no two alike among a million."""
    century = 2 * (birth_year >= 2000) + (sex == "F")
    return f"089{century}{birth_year % 100:02d}{place * 777_767 % 1_000_000:06d}"


def _write_papers(cursor: Any, first: int) -> None:
    """A current card of everybody born before 2008 but one of fifteen."""
    place = 0
    while rows := _next_people(cursor, first):
        first = rows[-1][0]
        holders = [row for row in rows if row[0] % 15]
        numbers = [paper_number(place + n, sex, year) for n, (_pk, _area, sex, year) in enumerate(holders)]
        place += len(numbers)
        columns = (
            crypto.encrypt_many("number", numbers),
            crypto.blind_index_many("number", numbers),
            crypto.tail_index_many(numbers),
            numbers,
        )
        _copy(
            cursor,
            "beneficiaries_identitydocument (person_id, area_code, kind, number_encrypted, number_index, tail_index,"
            " number_last3, issued_by, is_current, created_at)",
            (
                (pk, area, "CCCD", _hex(sealed), _hex(index), _hex(tail), number[-3:], "", "t", "2021-09-27")
                for (pk, area, _sex, _year), sealed, index, tail, number in zip(
                    holders, *columns, strict=True
                )
            ),
        )


def _next_people(cursor: Any, after: int) -> list[tuple[int, str, str, int]]:
    cursor.execute(
        "SELECT id, area_code, sex, birth_year FROM beneficiaries_person WHERE id > %s AND birth_year < 2008"
        " ORDER BY id LIMIT %s",
        [after, CHUNK],
    )
    rows: list[tuple[int, str, str, int]] = cursor.fetchall()
    return rows


# --- tables -----------------------------------------------------------------------------------------------------------


def _copy(cursor: Any, target: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """COPY rows without tabs, line breaks or backslashes but those of bytes."""
    table, _space, columns = target.partition(" ")
    text = io.StringIO("".join("\t".join(map(str, row)) + "\n" for row in rows))
    cursor.copy_expert(f"COPY {table} {columns} FROM STDIN", text)


def _hex(value: bytes | None) -> str:
    return "\\N" if value is None else f"\\\\x{value.hex()}"


@contextmanager
def _indexes_later(cursor: Any, table: str) -> Iterator[None]:
    """Without the indexes that no constraint needs while rows go in: making them afterwards is several times quicker."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint) AND indexdef NOT LIKE 'CREATE UNIQUE%%'",
        [table],
    )
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    for _name, definition in indexes:
        cursor.execute(definition)
