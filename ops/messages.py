"""`make messages`: collect the texts of the interface, keep their English, write locale/en/LC_MESSAGES/django.po and .mo.

Source texts are Vietnamese; English is the second catalogue. No gettext program is needed: Python is read by its syntax tree,
templates by Django's own reader, the catalogue by polib. Prints how many texts still lack their English.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).resolve().parent.parent
CATALOGUE: Final = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
APPS: Final = ("config", "core", "accounts", "beneficiaries", "support_programs", "disbursements", "reports")
SINGULAR: Final = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL: Final = {"ngettext", "ngettext_lazy"}
METADATA: Final = {
    "Project-Id-Version": "chi-tra-ho-tro",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
_CALL: Final = re.compile(r"\b(gettext|ngettext|_)\(")

Text = tuple[str, str]
"""A text and its plural form, which is empty for most."""


def texts_of_python(source: str) -> Iterator[Text]:
    """Every literal text that the module marks for translation, also under a name of its own (`gettext_lazy as lazy`)."""
    tree = ast.parse(source)
    singular, plural = _marking_names(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        words = [argument.value for argument in node.args[:2] if isinstance(argument, ast.Constant)]
        if name in singular and words and isinstance(words[0], str):
            yield words[0], ""
        elif name in plural and len(words) == 2:
            yield str(words[0]), str(words[1])


def _marking_names(tree: ast.Module) -> tuple[set[str], set[str]]:
    renamed = [
        (alias.name, alias.asname)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.asname
    ]
    return (
        SINGULAR | {new for old, new in renamed if old in SINGULAR},
        PLURAL | {new for old, new in renamed if old in PLURAL},
    )


def texts_of_template(source: str) -> Iterator[Text]:
    """Every text that the template marks for translation."""
    prepared = templatize(source)
    for match in _CALL.finditer(prepared):
        expression = prepared[match.start() :]
        call = _first_call(expression)
        if call is not None:
            yield from texts_of_python(call)


def _first_call(expression: str) -> str | None:
    """The shortest beginning that closes the bracket and is Python."""
    for end in (found.end() for found in re.finditer(r"\)", expression)):
        try:
            ast.parse(expression[:end], mode="eval")
        except SyntaxError:
            continue
        return expression[:end]
    return None


def collect_texts() -> dict[Text, list[str]]:
    """All texts of the project with the files that hold them, in the order of the files."""
    found: dict[Text, list[str]] = {}
    for path in _sources():
        source = path.read_text(encoding="utf-8")
        reader = texts_of_python if path.suffix == ".py" else texts_of_template
        place = path.relative_to(ROOT).as_posix()
        for text in reader(source):
            places = found.setdefault(text, [])
            if text[0] and place not in places:
                places.append(place)
    return {text: places for text, places in found.items() if text[0]}


def _sources() -> Iterator[Path]:
    for app in APPS:
        yield from sorted(path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)
        yield from sorted((ROOT / app).rglob("templates/**/*.html"))
    yield from sorted((ROOT / "templates").rglob("*.html"))


def write_catalogue() -> polib.POFile:
    """Write the catalogue anew from the sources with the English that it had, and compile it."""
    known = (
        {(entry.msgid, entry.msgid_plural): entry for entry in polib.pofile(str(CATALOGUE))}
        if CATALOGUE.exists()
        else {}
    )
    catalogue = polib.POFile(wrapwidth=120)
    catalogue.metadata = METADATA
    for (singular, plural), places in sorted(collect_texts().items(), key=lambda item: (item[1][0], item[0])):
        entry = polib.POEntry(
            msgid=singular, msgid_plural=plural, occurrences=[(place, "") for place in places]
        )
        old = known.get((singular, plural))
        if plural:
            entry.msgstr_plural = old.msgstr_plural if old else {0: "", 1: ""}
        else:
            entry.msgstr = old.msgstr if old else ""
        if "%(" in singular:
            entry.flags.append("python-format")
        catalogue.append(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    return catalogue


def main() -> None:
    if not settings.configured:
        settings.configure(USE_I18N=True)
    catalogue = write_catalogue()
    missing = catalogue.untranslated_entries()
    print(f"{len(catalogue)} texts, {len(missing)} without English")
    for entry in missing:
        print(f"  {entry.occurrences[0][0]}: {entry.msgid}")


if __name__ == "__main__":
    main()
