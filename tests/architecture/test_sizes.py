"""A module that nears 300 lines (make lint names those that passed it) becomes a package, split by use-case."""

import subprocess
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
LIMIT: Final = 400

# path -> why it may be longer than the limit
EXCEPTIONS: Final = {
    "tests/generator/make_commune_lists.py": "a tool taken over whole, so that it can be compared with where it came from",
}
# One state of the schema in one file, made by makemigrations.
EXEMPT_FOLDERS: Final = ("migrations",)


def python_files() -> dict[str, int]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    paths = listed.stdout.split() if listed.returncode == 0 else _walk()
    return {
        path: len((ROOT / path).read_text().splitlines())
        for path in paths
        if (ROOT / path).is_file() and not set(EXEMPT_FOLDERS) & set(Path(path).parts)
    }


def _walk() -> list[str]:
    """Where the project was unpacked without git."""
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*.py"))
    return [str(path) for path in found if not {".venv", "var"} & set(path.parts)]


def test_no_module_is_longer_than_the_limit():
    sizes = python_files()
    assert len(sizes) > 50, "the search for Python files found next to nothing"
    too_long = {path: lines for path, lines in sizes.items() if lines > LIMIT and path not in EXCEPTIONS}
    assert too_long == {}, f"split these into a package by use-case (limit {LIMIT} lines)"


def test_every_exception_is_still_needed():
    sizes = python_files()
    assert [path for path in EXCEPTIONS if sizes.get(path, 0) <= LIMIT] == []
