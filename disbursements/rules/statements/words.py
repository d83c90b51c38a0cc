"""The words by which headings, results and reasons are told (`data/result_words.toml`), as `core.text.search_key` gives them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).resolve().parents[2] / "data" / "result_words.toml"
Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ResultWords:
    """Groups in the order of the file: where several could be met, the first decides."""

    table: Words
    list: Words
    list_results: Words
    bank_results: Words
    reasons: Words


@cache
def result_words() -> ResultWords:
    """The words, read once."""
    groups = tomllib.loads(_FILE.read_text("utf-8"))
    return ResultWords(
        **{name: {key: tuple(words) for key, words in group.items()} for name, group in groups.items()}
    )
