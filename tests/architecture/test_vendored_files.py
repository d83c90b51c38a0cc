"""What was taken over from elsewhere is listed with its origin, and is byte for byte what was listed."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
STATIC: Final = ROOT / "static"
LICENCE_PREFIXES: Final = ("LICENSE", "OFL")
FONT_SUFFIXES: Final = {".woff2", ".woff", ".ttf", ".otf"}


def listed() -> list[dict[str, Any]]:
    return list(tomllib.loads((STATIC / "vendor" / "VENDOR.toml").read_text())["file"])


def test_every_listed_file_is_unchanged() -> None:
    entries = listed()
    assert entries
    sums = {
        entry["path"]: hashlib.sha256((STATIC / entry["path"]).read_bytes()).hexdigest() for entry in entries
    }
    assert sums == {entry["path"]: entry["sha256"] for entry in entries}


def test_every_listed_file_has_version_origin_and_its_licence_text() -> None:
    for entry in listed():
        assert entry["name"], entry["path"]
        assert entry["version"], entry["path"]
        assert entry["source"], entry["path"]
        assert entry["licence"], entry["path"]
        assert (STATIC / entry["licence_file"]).read_text().strip(), entry["path"]


def test_nothing_foreign_is_unlisted() -> None:
    foreign = {
        path for path in (STATIC / "vendor").rglob("*") if path.is_file() and path.name != "VENDOR.toml"
    }
    foreign |= {path for path in STATIC.rglob("*") if path.suffix in FONT_SUFFIXES}
    unlisted = {
        str(path.relative_to(STATIC)) for path in foreign if not path.name.startswith(LICENCE_PREFIXES)
    } - {entry["path"] for entry in listed()}
    assert unlisted == set()


def test_pages_load_nothing_from_other_hosts() -> None:
    """A content policy of our own, and no officer's address handed to anybody else."""
    marks = (
        'src="http', "src='http", 'src="//', "url(http", "url('http", 'url("http', "@import url(", 'rel="stylesheet" href="http',
    )  # fmt: skip
    for path in [*(ROOT / "templates").rglob("*.html"), *(STATIC / "css").rglob("*.css")]:
        text = path.read_text()
        assert [mark for mark in marks if mark in text] == [], path.relative_to(ROOT)
