"""What the lists of each programme hold, told to the import: columns, amount, age, streams and desks come from the catalogue."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Final

from beneficiaries.imports.extra_columns import ExtraColumn, Kind
from beneficiaries.imports.profile import ImportProfile, register_profile
from beneficiaries.registers.free_workers import read_work_by
from support_programs.rules.definition import Definition
from support_programs.rules.form import FieldType, FormField
from support_programs.rules.occupations import OccupationGroup, group_of
from support_programs.services.catalogue import CATALOGUE, read_catalogue
from support_programs.services.intake import claimed, create_cases_from_rows

_OF_EMPLOYER: Final = ("person_via_employer", "person_via_unit")
_KINDS: Final[dict[FieldType, Kind]] = {
    "text": "text",
    "long_text": "text",
    "date": "date",
    "month": "month",
    "integer": "integer",
    "money": "money",
    "flag": "flag",
    "choice": "choice",
    "children": "text",
}


def register_profiles(folder: Path = CATALOGUE) -> None:
    """One profile per programme whose dossiers come as lists.

    CatalogueError, naming file and key, keeps the system from starting.
    """
    for versions in read_catalogue(folder).values():
        if versions[-1].list_form:
            register_profile(_profile(versions))
        if groups := versions[-1].occupation_groups:
            # the register of free workers tells a work's group by the same words
            read_work_by(partial(_group_of, groups=groups))


def _profile(versions: list[Definition]) -> ImportProfile:
    newest = versions[-1]
    return ImportProfile(
        code=newest.programme,
        title=newest.short_name,
        amount=newest.fixed_amount,
        min_age=newest.min_age,
        commit=create_cases_from_rows,
        # a second spell of days is no second claim: the commit compares periods
        claimed=None if newest.period == "spell" else partial(claimed, programme=newest.programme),
        may_repeat=newest.period == "spell",
        stream_of=partial(_stream_of, groups=newest.occupation_groups),
        streams=tuple((stream.code, stream.name) for stream in newest.streams),
        extra=_columns(versions),
        levels=newest.receives,
        needs_employer=newest.beneficiary_kind in _OF_EMPLOYER,
    )


def _columns(versions: Iterable[Definition]) -> tuple[ExtraColumn, ...]:
    """The list's further columns: the fields with header texts of all versions, the newest's wording."""
    fields: dict[str, FormField] = {}
    for version in versions:
        fields.update({field.code: field for field in version.fields if field.columns})
    return tuple(
        ExtraColumn(
            code=field.code,
            label=field.label,
            kind=_KINDS[field.type],
            patterns=field.columns,
            choices=field.choices,
            least=field.least,
            most=field.most,
        )
        for field in fields.values()
    )


def _group_of(work: str, groups: tuple[OccupationGroup, ...]) -> str:
    return group_of(work, groups)


def _stream_of(job: str, groups: tuple[OccupationGroup, ...]) -> str:
    code = group_of(job, groups)
    return next((group.stream for group in groups if group.code == code), "")
