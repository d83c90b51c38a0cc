"""The registers of the demo: free workers of the lists and others, poor households, social protection, merit, carers.

Counts are small and prove nothing; their decisions are marked as invented.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from accounts.enums import Role
from beneficiaries.enums import CareRelation, RecordSource, RegisterCode, Sex
from beneficiaries.models import Care, Household, HouseholdMember, Status
from beneficiaries.rules.social_protection import allowance_of
from core.references import format_reference
from reports.demo.copying import copy_rows, next_id
from reports.demo.filing import Filed, moment
from reports.demo.homes import TODAY_YEAR, Home, Newcomers, invent_newcomers
from reports.demo.people import Human, Numbers, register_people
from reports.demo.reaching import write_outreach
from reports.demo.staff import Staff
from support_programs.enums import CaseStatus
from support_programs.rules.definition import Definition
from support_programs.rules.occupations import group_of

NEW_OF: Final = 16  # one newcomer for so many people of the lists
_REGISTERED: Final = 0.7  # share of the listed workers who are in the register of free workers
_SINCE: Final = dt.date(2021, 8, 1)
_RECORDED: Final = dt.date(2021, 8, 3)
_YEAR: Final = (dt.date(TODAY_YEAR, 1, 1), dt.date(TODAY_YEAR, 12, 31))
_SEED: Final = 59_2015
Row = dict[str, Any]


class Registers:
    """Writes the registers after the lists, drawn by a seed of their own, so that the rest of the demo stays as it is."""

    def __init__(
        self, cursor: CursorWrapper, filed: Sequence[Filed], staff: Staff, definition: Definition, seed: int
    ) -> None:
        self.cursor = cursor
        self.filed = [item for item in filed if item.entries]
        self.staff = staff
        self.definition = definition
        self.random = Random(seed + _SEED)

    def write(self, people: int, numbers: Numbers, names: Mapping[str, str], first: Mapping[str, int]) -> int:
        """All registers; `first` are the next running numbers by prefix. Gives how many people are new."""
        new = invent_newcomers(self.filed, people // NEW_OF, numbers, self.random)
        humans, at = new.humans, moment(_RECORDED, 0)
        register_people(self.cursor, humans, dict(names), at, first["NT"])
        households = self._write_homes(new.homes, first["HG"])
        entries = [
            *self._worked(new.workers),
            *self._poor(households),
            *self._protected(new),
            *self._merit(new),
        ]
        start = next_id(self.cursor, Status)
        rows = [
            {
                **entry,
                "id": start + place,
                "reference": format_reference("DT", TODAY_YEAR, first["DT"] + place),
            }
            for place, entry in enumerate(entries)
        ]
        copy_rows(self.cursor, Status, rows)
        write_outreach(self.cursor, new.workers, self.staff, self.definition, self.random)
        return len(humans)

    def _dated(self, area_code: str, days: tuple[dt.date, dt.date | None], **more: Any) -> Row:
        officer = self.staff.pick(area_code, Role.COMMUNE_OFFICER, 0)
        return {
            "area_code": area_code,
            "valid_from": days[0],
            "valid_to": days[1],
            "decision_number": "",
            "decided_on": None,
            "decided_by": "",
            "source": RecordSource.TYPED.value,
            "recorded_by_id": officer.pk,
            "recorded_by_name": officer.full_name,
            "recorded_on": _RECORDED,
            "created_at": moment(_RECORDED, 30),
            **more,
        }

    def _status(self, register: RegisterCode, category: str, details: Row, **more: Any) -> Row:
        """An entry of a person, or of a household, with an invented decision."""
        days = more.pop("days", (_SINCE, None))
        human: Human = more.pop("human")
        number = f"DEMO-{self.random.randint(100, 999)}/QĐ-UBND"
        decided = {"decision_number": number, "decided_on": days[0], "decided_by": "UBND huyện (dùng thử)"}
        if register is RegisterCode.FREE_WORKERS:
            decided = {}
        return {
            "register": register.value,
            "category": category,
            "details": details,
            "person_id": human.pk,
            "household_id": None,
            **more,
            **self._dated(human.area_code, days, **decided),
        }

    # --- who is in which ------------------------------------------------------------------------------------------------

    def _worked(self, workers: Sequence[Human]) -> Iterator[Row]:
        """Most workers of the lists, telling what their cases tell, and some whom no list names."""
        for item in self.filed:
            for entry in item.entries:
                is_out = entry.status in (CaseStatus.INELIGIBLE, CaseStatus.WITHDRAWN)
                if not is_out and self.random.random() < _REGISTERED:
                    lost = (
                        dt.date(2021, 6, 20) + dt.timedelta(days=entry.pk % 40)
                        if item.plan.turn % 3
                        else None
                    )
                    yield from self._worker(entry.human, lost)
        for human in workers:
            yield from self._worker(human, dt.date(2021, 7, 1) + dt.timedelta(self.random.randrange(30)))

    def _worker(self, human: Human, lost: dt.date | None) -> Iterator[Row]:
        group = group_of(human.occupation, self.definition.occupation_groups)
        if not group:
            return
        details: Row = {"occupation": human.occupation, "monthly_income": 0, "has_labour_contract": False}
        if lost:
            details["lost_work_on"] = lost.isoformat()
        yield self._status(RegisterCode.FREE_WORKERS, group, details, human=human)

    def _poor(self, households: Mapping[int, Home]) -> Iterator[Row]:
        for pk, home in households.items():
            income = (
                self.random.randrange(500, 700)
                if home.category == "poor"
                else self.random.randrange(750, 990)
            )
            details = {
                "year": TODAY_YEAR,
                "standard": "qd59_2015",
                "monthly_income": income * 1000,
                "deprivations": self.random.randint(0, 2),
            }
            more = {"person_id": None, "household_id": pk}
            yield self._status(
                RegisterCode.POOR_HOUSEHOLDS, home.category, details, human=home.head, days=_YEAR, **more
            )

    def _protected(self, new: Newcomers) -> Iterator[Row]:
        for human, category in new.protected:
            details: Row = {"monthly_amount": allowance_of(category, _SINCE)}
            if category.startswith("k6"):
                degree = "special_severe" if "special" in category else "severe"
                details |= {
                    "disability_kind": self.random.choice(["movement", "sight"]),
                    "disability_degree": degree,
                }
            days = (dt.date(2021, 7, 1), None)
            yield self._status(RegisterCode.SOCIAL_PROTECTION, category, details, human=human, days=days)

    def _merit(self, new: Newcomers) -> Iterator[Row]:
        for human, category in new.merit:
            details: Row = {}
            if category in ("war_invalid", "sick_soldier"):
                details = {"injury_rate": self.random.choice([41, 51, 61, 71])}
            if category == "relative":
                details = {"kinship": self.random.choice(["father", "mother", "spouse"]), "martyrs": 1}
                if details["kinship"] != "spouse":
                    details["kinship"] = "father" if human.sex == Sex.MALE else "mother"
            days = (dt.date(2019, 1, 1), None)
            yield self._status(RegisterCode.MERIT, category, details, human=human, days=days)

    # --- households -----------------------------------------------------------------------------------------------------

    def _write_homes(self, homes: Sequence[Home], first_number: int) -> dict[int, Home]:
        """Households with their members and the carers of their children; somebody is the head of one only."""
        once = list({home.head.pk: home for home in homes}.values())
        start, at = next_id(self.cursor, Household), moment(_RECORDED, 0)
        by_pk = {start + place: home for place, home in enumerate(once)}
        rows = [
            {
                "id": pk,
                "reference": format_reference("HG", TODAY_YEAR, first_number + place),
                "area_code": home.head.area_code,
                "code": f"HN-{pk:05d}",
                "head_name": home.head.full_name,
                "head_name_sort": home.head.name_sort,
                "hamlet": home.head.hamlet,
                "created_at": at,
                "updated_at": at,
            }
            for place, (pk, home) in enumerate(by_pk.items())
        ]
        copy_rows(self.cursor, Household, rows)
        self._copy(HouseholdMember, [row for pk, home in by_pk.items() for row in self._members(pk, home)])
        self._copy(Care, [row for home in once for row in self._cares(home)])
        return by_pk

    def _copy(self, model: Any, rows: Sequence[Row]) -> None:
        start = next_id(self.cursor, model)
        copy_rows(self.cursor, model, [{**row, "id": start + place} for place, row in enumerate(rows)])

    def _members(self, pk: int, home: Home) -> Iterator[Row]:
        for human, relation in [(home.head, "Chủ hộ"), *home.others]:
            since = (max(_YEAR[0], human.birth_date or _YEAR[0]), None)
            more = {
                "household_id": pk,
                "person_id": human.pk,
                "relation": relation,
                "is_head": human is home.head,
            }
            yield self._dated(home.head.area_code, since, **more)

    def _cares(self, home: Home) -> Iterator[Row]:
        relation = CareRelation.FATHER if home.head.sex == Sex.MALE else CareRelation.MOTHER
        for human, said in home.others:
            if said == "Con" and human.birth_year > TODAY_YEAR - 16:
                more = {"person_id": human.pk, "carer_id": home.head.pk, "relation": relation.value}
                yield self._dated(human.area_code, _YEAR_OPEN, **more)


_YEAR_OPEN: Final = (_YEAR[0], None)
