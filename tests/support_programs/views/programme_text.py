"""How the tests of the programme pages read a page, and correct a file of the catalogue."""

import html
import re
import tomllib
from pathlib import Path

from django.test import Client

import support_programs
from support_programs.rules.definition import Definition, read_definition
from support_programs.services.catalogue import load_catalogue

CATALOGUE = Path(support_programs.__file__).parent / "catalogue"
FILES = sorted(CATALOGUE.glob("*/*.toml"))
PAGE = "/programmes/LD_TU_DO/"


def rules_of(file: Path) -> Definition:
    return read_definition(tomllib.loads(file.read_text("utf-8")), file.name)


def words_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def text_of(page: str) -> str:
    """What is read on a page: without tags, in single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def part_of(page: str, anchor: str) -> str:
    """The section of one version, or the comparison, as text."""
    _before, _id, rest = page.partition(f'<section class="version mb-3" id="{anchor}"')
    assert rest, anchor
    return text_of("<section " + rest.partition('<section class="version mb-3"')[0])


def corrected_file(folder: Path, old: str, new: str) -> None:
    """The catalogue with one text changed, loaded beside the old one."""
    text = (CATALOGUE / "LD_TU_DO" / "v1.toml").read_text("utf-8")
    assert old in text
    (folder / "LD_TU_DO").mkdir()
    (folder / "LD_TU_DO" / "v1.toml").write_text(text.replace(old, new), "utf-8")
    load_catalogue(folder)
