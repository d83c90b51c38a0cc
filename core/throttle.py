"""How often a stranger may ask: so many times in so many minutes from one address, or about one thing.

Counted in the cache by a keyed hash, so that neither an address nor what was typed lies there.
"""

import ipaddress
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

_SECONDS: Final = 60
_SUBSCRIBER: Final = 64  # bits of an IPv6 address that tell one connection from another


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
    digest = salted_hmac("core.throttle", f"{limit.name}\n{_asker(who)}", algorithm="sha256").hexdigest()
    key = f"throttle:{digest}"
    cache.add(key, 0, limit.minutes * _SECONDS)
    try:
        count = int(cache.incr(key))
    except ValueError:  # it ran out between the two
        return False
    return count > limit.most


def _asker(who: str) -> str:
    """Who is counted: of an IPv6 address the network of 64 bits that one subscriber has, everything else as it is."""
    try:
        address = ipaddress.ip_address(who)
    except ValueError:
        return who
    if address.version == 4 or address.ipv4_mapped:
        return who
    return str(ipaddress.ip_network((address, _SUBSCRIBER), strict=False))
