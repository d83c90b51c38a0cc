"""What the lists of each programme hold, told to the import: amount, age and streams come from the catalogue."""

from functools import partial

from beneficiaries.imports.profile import ImportProfile, register_profile
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
                streams=tuple((stream.code, stream.name) for stream in definition.streams),
            )
        )
