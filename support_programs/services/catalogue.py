"""Brings the tables of programmes to what the catalogue files say."""

import datetime as dt
import hashlib
import json
import tomllib
from pathlib import Path
from typing import Final

from django.db import transaction

from beneficiaries.registers import REGISTERS
from support_programs.models import Programme, ProgrammeVersion
from support_programs.rules.checking import check_definition
from support_programs.rules.definition import Definition, read_definition
from support_programs.rules.reading import CatalogueError
from support_programs.rules.registers import CATEGORY, ENTRY, RegisterSource
from support_programs.rules.versions import check_versions

CATALOGUE: Final = Path(__file__).resolve().parent.parent / "catalogue"


def read_catalogue_file(path: Path) -> tuple[Definition, dict[str, object]]:
    """The rules of one file and its plain values; CatalogueError names file and key."""
    place = f"{path.parent.name}/{path.name}"
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{place}: {error}") from error
    definition = read_definition(values, place)
    if (definition.programme, definition.code) != (path.parent.name, path.stem):
        raise CatalogueError(f"{place}.programme, version: folder and file name say otherwise")
    return definition, json.loads(json.dumps(values, default=dt.date.isoformat))


def read_catalogue(folder: Path = CATALOGUE) -> dict[str, list[Definition]]:
    """All versions of all programmes by code, oldest first; CatalogueError names file and key.

    Refused beside wrong files: versions of a programme that overlap, leave a gap, or differ in kind.
    """
    found: dict[str, list[Definition]] = {}
    for path in sorted(folder.glob("*/*.toml")):
        definition, _values = read_catalogue_file(path)
        found.setdefault(definition.programme, []).append(definition)
    for versions in found.values():
        versions.sort(key=lambda version: version.valid_from)
        check_versions(versions)
        for version in versions:
            place = f"{version.programme}/{version.code}.toml"
            check_definition(version, place)
            for position, source in enumerate(version.registers):
                check_source(version, source, f"{place}.registers[{position}]")
    return found


def check_source(definition: Definition, source: RegisterSource, place: str) -> None:
    """CatalogueError for a category or a detail that the register doesn't know, or a detail of another type than the fact."""
    register = next(each for each in REGISTERS if each.code == source.register)
    if unknown := sorted(set(source.categories) - {code for code, _label in register.categories}):
        raise CatalogueError(f"{place}: the register {source.register} has no category {unknown[0]}")
    if source.read in (CATEGORY, ENTRY):
        return
    details = {each.code: each.kind for each in register.fields}
    if source.read not in details:
        raise CatalogueError(f"{place}.read: the register {source.register} has no detail {source.read}")
    kinds = {each.code: each.type for each in definition.fields}
    if not source.values and kinds.get(source.fact) != details[source.read]:
        raise CatalogueError(f"{place}.read: {source.read} is a {details[source.read]}, {source.fact} is not")


@transaction.atomic
def load_catalogue(folder: Path = CATALOGUE) -> str:
    """Load every file of the catalogue; a changed file becomes a new row, and what judged cases stays as it was."""
    read_catalogue(folder)
    files = sorted(folder.glob("*/*.toml"))
    fresh = sum(_load(path) for path in files)
    return f"{len(files)} versions of programmes, {fresh} new or changed"


def _load(path: Path) -> bool:
    definition, values = read_catalogue_file(path)
    Programme.objects.update_or_create(
        code=definition.programme, defaults={"name": definition.name, "short_name": definition.short_name}
    )
    digest = hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    versions = ProgrammeVersion.objects.filter(programme_id=definition.programme)
    if versions.filter(content_hash=digest, is_current=True).exists():
        return False
    versions.filter(code=definition.code, is_current=True).update(is_current=False)
    if not versions.filter(content_hash=digest).update(is_current=True):
        ProgrammeVersion.objects.create(
            programme_id=definition.programme,
            code=definition.code,
            valid_from=definition.valid_from,
            valid_to=definition.valid_to,
            content_hash=digest,
            definition=values,
        )
    return True
