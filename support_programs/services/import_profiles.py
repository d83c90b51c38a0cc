"""What the lists of each programme hold, told to the import: amount, age and streams come from the catalogue."""

from functools import partial

from beneficiaries.imports.profile import ImportProfile, register_profile
from support_programs.rules.occupations import OccupationGroup, group_of
from support_programs.services.catalogue import CATALOGUE, read_catalogue_file
from support_programs.services.intake import claimed, create_cases_from_rows


def register_profiles() -> None:
    """One profile per programme, from its newest catalogue file."""
    for folder in sorted(path for path in CATALOGUE.iterdir() if path.is_dir()):
        definition, _values = read_catalogue_file(max(folder.glob("*.toml")))
        register_profile(
            ImportProfile(
                code=definition.programme,
                title=definition.short_name,
                amount=definition.amount.value,
                min_age=definition.min_age,
                commit=create_cases_from_rows,
                claimed=partial(claimed, programme=definition.programme),
                stream_of=partial(_stream_of, groups=definition.occupation_groups),
                streams=tuple((stream.code, stream.name) for stream in definition.streams),
            )
        )


def _stream_of(job: str, groups: tuple[OccupationGroup, ...]) -> str:
    code = group_of(job, groups)
    return next((group.stream for group in groups if group.code == code), "")
