"""What was not written here is listed with its licence and has the bytes that were taken over."""

import hashlib
import tomllib
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
ENTRIES = tomllib.loads((STATIC / "vendor" / "VENDOR.toml").read_text(encoding="utf-8"))["file"]


def test_vendored_files_have_the_listed_sums_and_licences() -> None:
    for entry in ENTRIES:
        assert hashlib.sha256((STATIC / entry["path"]).read_bytes()).hexdigest() == entry["sha256"], entry[
            "path"
        ]
        assert (STATIC / entry["licence_file"]).is_file(), entry["path"]


def test_every_font_and_foreign_script_is_listed() -> None:
    foreign = {*STATIC.rglob("*.woff2"), *STATIC.rglob("*.ttf"), *(STATIC / "vendor").glob("*.js")}
    assert {path.relative_to(STATIC).as_posix() for path in foreign} == {entry["path"] for entry in ENTRIES}


def test_own_script_and_style_keep_within_the_budget() -> None:
    import gzip

    def packed(name: str) -> int:
        return len(gzip.compress((STATIC / name).read_bytes(), 6, mtime=0))

    assert packed("js/app.js") <= 5 * 1024
    assert packed("css/app.css") + packed("css/tokens.css") <= 14 * 1024
