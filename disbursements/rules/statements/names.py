"""Is a name on a bank's paper the name that we wrote?"""

from typing import Final

from core.text import search_key

# banks cut names to fields of 35 or 70 signs; below this length a beginning is no name
_CUT_FROM: Final = 20
# words that stand before a name on papers
_TITLES: Final = frozenset({"ong", "ba", "anh", "chi"})


def is_same_name(typed: str, *ours: str) -> bool:
    """Do marks, capitals, order of words and a field that was cut explain every difference to one of our names?"""
    key = search_key(typed)
    return any(_is_same(key, search_key(name)) for name in ours if name)


def _is_same(first: str, second: str) -> bool:
    if first == second:
        return True
    words, others = first.split(), second.split()
    if len(words) > 2 and words[0] in _TITLES and words[0] != others[0]:
        words = words[1:]
    if sorted(words) == sorted(others) or "".join(words) == "".join(others):
        return True
    short, long = sorted(("".join(words), "".join(others)), key=len)
    return len(short) >= _CUT_FROM and long.startswith(short)
