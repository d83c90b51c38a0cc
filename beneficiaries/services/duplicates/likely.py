"""Somebody who is being typed: who in the province may be the same human, told before they are registered twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from beneficiaries.imports.checking import CheckRules, RowChecker
from beneficiaries.imports.profile import profile_to_judge_by
from beneficiaries.models import Person
from beneficiaries.queries.communes import communes_seen_from
from beneficiaries.queries.match_reasons import reason_of
from beneficiaries.queries.matching import Digits, Known, candidate_pairs, facts_of
from beneficiaries.rules.matching import Match, MatchFacts
from beneficiaries.rules.matching_numbers import neighbours_of
from beneficiaries.services.duplicates.finding import compare_known
from core import crypto
from core.text import search_key

FIELDS: Final = ("full_name", "dob", "sex", "id_number", "address", "phone", "account")
MOST_SHOWN: Final = 3
_TYPED: Final = -1  # no person has this number


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody registered who may be the one being typed. `person` only of the asker's own area."""

    match: Match
    person_id: int
    person: Person | None

    @property
    def reasons(self) -> list[str]:
        """What agrees and what differs, strongest first."""
        return [str(reason_of(code)) for code in (*self.match.agreements, *self.match.differences)]


def likely_same(typed: Mapping[str, str], *, area_code: str, on: dt.date, seen_from: str) -> list[Likely]:
    """Who may be the person of what was typed (`FIELDS`, half-typed values count as empty), best first, at most three.

    People outside `seen_from` come without their record. Who has the very number is found by it and not meant here.
    """
    rules = CheckRules(profile_to_judge_by(""), communes_seen_from(area_code, on), on)
    cells = {field: typed.get(field, "").strip() for field in FIELDS}
    return likely_of(
        RowChecker(rules, frozenset(FIELDS)).check(0, cells, typed=FIELDS).values, area_code, seen_from
    )


def likely_of(values: Mapping[str, Any], area_code: str, seen_from: str) -> list[Likely]:
    """The same for values that were judged already."""
    asked = known_of(values, area_code)
    if not asked.facts.name_key:
        return []
    others = facts_of({other for _asked, other in candidate_pairs([asked])})
    digits = Digits([asked, *others.values()])
    found = [
        (match, other.facts)
        for other in others.values()
        if not _has_number(other, values) and (match := compare_known(asked, other, digits))
    ]
    found.sort(key=lambda pair: (-pair[0].score, pair[1].person_id))
    # of the entries of one human the nearest
    nearest: dict[int, tuple[Match, MatchFacts]] = {}
    for match, facts in found:
        nearest.setdefault(facts.root_id, (match, facts))
    best = list(nearest.values())[:MOST_SHOWN]
    own = [facts.person_id for _match, facts in best if facts.area_code.startswith(seen_from)]
    people = Person.objects.in_bulk(own)
    return [Likely(match, facts.person_id, people.get(facts.person_id)) for match, facts in best]


def warning_of(likely: list[Likely]) -> str:
    """The sentence at the name, "" for nobody."""
    if not likely:
        return ""
    best = likely[0]
    reasons = "; ".join(reason[:1].lower() + reason[1:] for reason in best.reasons)
    if best.person is None:
        return _("Có thể đã ghi ở xã khác (%(reasons)s). Hãy đối chiếu giấy tờ trước khi ghi.") % {
            "reasons": reasons
        }
    return _(
        "Có thể đã ghi rồi: %(name)s, %(reference)s (%(reasons)s). Hãy đối chiếu giấy tờ trước khi ghi."
    ) % {"name": best.person.full_name, "reference": best.person.reference, "reasons": reasons}


def known_of(values: Mapping[str, Any], area_code: str) -> Known:
    """Judged values as the comparison wants them; the indexes of the number's neighbours go with the search."""
    birth, account = values["dob"] or "", values.get("account") or ""
    numbers = [values["id_number"]] if values.get("id_type") else []
    if values.get("id_number_old"):
        numbers.append(values["id_number_old"])
    indexes = _present(crypto.blind_index_many("number", numbers))
    facts = MatchFacts(
        person_id=_TYPED,
        root_id=_TYPED,
        name=values["full_name"] or "",
        name_key=search_key(values["full_name"] or "")[:200],
        birth_date=dt.date.fromisoformat(birth) if len(birth) == 10 else None,
        birth_year=int(birth[:4]) if birth else None,
        sex=values["sex"] or "",
        area_code=area_code,
        hamlet_key=search_key(values["address"] or "")[:200],
        phone=values["phone"] or "",
        accounts=_present(crypto.blind_index_many("account", [account])),
        numbers=indexes,
    )
    near = [neighbour for number in numbers for neighbour in neighbours_of(number)]
    return Known(
        facts,
        tails=_present(crypto.tail_index_many(numbers)),
        sealed=tuple(filter(None, crypto.encrypt_many("number", numbers))),
        sought=frozenset((*indexes, *_present(crypto.blind_index_many("number", near)))),
    )


def _has_number(other: Known, values: Mapping[str, Any]) -> bool:
    """Who has the number itself is linked to and asked about elsewhere."""
    return (
        bool(values.get("id_type"))
        and crypto.blind_index("number", values["id_number"]) in other.facts.numbers
    )


def _present(indexes: list[bytes | None]) -> frozenset[bytes]:
    return frozenset(index for index in indexes if index is not None)
