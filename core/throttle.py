"""How often a stranger may ask: so many times in so many minutes from one address, or about one thing.

Counted in the cache by a hash, so that neither an address nor what was typed lies there.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.cache import cache

_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Limit:
    """`tries` within `minutes` of the first of them. `name` tells the counts of different pages apart."""

    name: str
    tries: int
    minutes: int = 5

    @property
    def most(self) -> int:
        """With the factor of the installation (`THROTTLE_FACTOR`: many people may share one address)."""
        return self.tries * int(settings.THROTTLE_FACTOR)


def is_too_often(limit: Limit, who: str) -> bool:
    """Count one more try of this address (or of another key, such as a reference that is asked for) and tell whether it is one
    too many.
    """
    digest = hashlib.sha256(f"{limit.name}\n{who}".encode()).hexdigest()
    key = f"throttle:{digest}"
    cache.add(key, 0, limit.minutes * _SECONDS)
    try:
        count = int(cache.incr(key))
    except ValueError:  # it ran out between the two
        return False
    return count > limit.most
