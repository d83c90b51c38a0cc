"""The words that a person is found by (column `words`, kept by the database) and questions to them.

Words of the name stand as they are, of the hamlet behind `~`, the area's codes behind `@`, the year of birth behind `#`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Value
from django.db.models.sql.compiler import SQLCompiler

from beneficiaries.rules.name_closeness import HAMLET_KINDS


class HasWords(Func):
    """True for people whose words answer a question such as `'lan' & '@8988830406'`; usable in `filter()`.

    `by_index=False` keeps the planner from the index of the words, where another one leads to few enough people.
    """

    output_field = BooleanField()

    def __init__(self, question: str, *, by_index: bool = True) -> None:
        super().__init__(F("pk"), Value(question))
        self.by_index = by_index

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any) -> Any:
        """The column is the database's own, so no field names it: it is taken from the table that the key is of."""
        key, question = self.source_expressions
        column, _no_parameters = compiler.compile(key)
        asked, parameters = compiler.compile(question)
        table = column.rpartition(".")[0]
        words = f'{table}."words"' if self.by_index else f"""coalesce({table}."words", '')"""
        return f"{words} @@ {asked}::tsquery", parameters


def word(text: str, *, mark: str = "", is_beginning: bool = False) -> str:
    """One word of a question; with a `mark` (~ @ #) of the hamlet, the area or the birth; as a beginning of longer ones."""
    quoted = (mark + text).replace("\\", "").replace("'", "''")
    return f"'{quoted}'" + (":*" if is_beginning else "")


def all_of(parts: Iterable[str]) -> str:
    return " & ".join(filter(None, parts))


def any_of(parts: Iterable[str]) -> str:
    found = list(filter(None, parts))
    return f"({' | '.join(found)})" if len(found) > 1 else "".join(found)


def whole_words(words: Iterable[str]) -> str:
    """Every word is one of the name, in any order."""
    return all_of(word(each) for each in words)


def begun_words(words: tuple[str, ...], beginnings: Iterable[str]) -> str:
    """Every word is one of the name; the last one may be unfinished."""
    return all_of([*map(word, words[:-1]), any_of(word(each, is_beginning=True) for each in beginnings)])


def all_begun_words(words: tuple[str, ...], beginnings: Iterable[str]) -> str:
    """Every word begins one of the name."""
    return all_of(
        [
            *(word(each, is_beginning=True) for each in words[:-1]),
            any_of(word(each, is_beginning=True) for each in beginnings),
        ]
    )


def name_or_hamlet_words(
    words: tuple[str, ...], beginnings: tuple[str, ...], *, is_whole: bool = False
) -> str:
    """Every word is of the name or of the hamlet, at least one of the name; the last one may be unfinished.

    `is_whole`: the last one is finished. "ấp" and "khóm" ask for nothing where other words do.
    """
    last = len(words) - 1
    telling = [place for place, each in enumerate(words) if each not in HAMLET_KINDS] or list(
        range(len(words))
    )
    asked = [(words[place],) if place < last else beginnings for place in telling]
    named = [
        any_of(word(each, is_beginning=place == last and not is_whole) for each in options)
        for place, options in zip(telling, asked, strict=True)
    ]
    placed = [
        any_of(word(each, mark="~", is_beginning=place == last and not is_whole) for each in options)
        for place, options in zip(telling, asked, strict=True)
    ]
    return all_of([*(any_of(pair) for pair in zip(named, placed, strict=True)), any_of(named)])
