"""Groups of occupations, found in the free text of a list; what fits none is unknown until an officer picks a group."""

from dataclasses import dataclass

from core.text import search_key
from support_programs.rules.reading import Table


@dataclass(frozen=True, slots=True)
class OccupationGroup:
    """A group that the decision names. `keywords` are search keys, found as whole words; `stream` is where its people belong."""

    code: str
    label: str
    stream: str
    keywords: tuple[str, ...]


def read_group(table: Table) -> OccupationGroup:
    group = OccupationGroup(
        code=table.text("code"),
        label=table.text("label"),
        stream=table.text("stream", default=""),
        keywords=tuple(search_key(word) for word in table.texts("keywords")),
    )
    table.end()
    return group


def group_of(text: str, groups: tuple[OccupationGroup, ...]) -> str:
    """The code of the group whose keyword fits best (the longest, then the first listed); "" when none fits."""
    key = f" {search_key(text)} "
    found = [
        (len(word), -position, group.code)
        for position, group in enumerate(groups)
        for word in group.keywords
        if f" {word} " in key
    ]
    return max(found)[2] if found else ""
