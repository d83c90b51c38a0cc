"""The area fence: one transaction that knows for whom it works (docs: README, "The fence").

Row-level policies read these settings; `visible_to` filters by the same range. The block must be the outermost one:
a view has one, a chunk of a job has one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from django.db import connection, transaction

_SET: Final = """
SELECT set_config('app.user_id', %s, true), set_config('app.area_lo', %s, true), set_config('app.area_hi', %s, true)
"""
Act = Callable[[], None]
_put_off: ContextVar[list[Act] | None] = ContextVar("put_off", default=None)


def area_bounds(area_code: str) -> tuple[str, str]:
    """Lower (inclusive) and upper (exclusive) bound of an area's codes; ':' follows '9' in byte order.

    An empty code gives an empty range: without an area nothing is visible.
    """
    return (area_code, area_code + ":") if area_code else ("", "")


def set_scope(user_id: int | None, area_code: str) -> None:
    """Tell the running transaction for whom it works; one round trip, gone at its end."""
    low, high = area_bounds(area_code)
    with connection.cursor() as cursor:
        cursor.execute(_SET, [str(user_id or ""), low, high])


@contextmanager
def fenced(user_id: int | None, area_code: str) -> Iterator[None]:
    """Run a block in one transaction within an area, then what it put off until `afterwards`."""
    with put_off() as acts, transaction.atomic():
        set_scope(user_id, area_code)
        yield
    do_afterwards(acts, user_id, area_code)


def afterwards(act: Act) -> None:
    """Do this once the fenced block has ended, also when a refused form rolls it back: that somebody was told stays in the log.

    At once where there is no such block.
    """
    acts = _put_off.get()
    if acts is None:
        act()
    else:
        acts.append(act)


@contextmanager
def put_off() -> Iterator[list[Act]]:
    """Gather what a block does `afterwards`."""
    acts: list[Act] = []
    token = _put_off.set(acts)
    try:
        yield acts
    finally:
        _put_off.reset(token)


def do_afterwards(acts: list[Act], user_id: int | None, area_code: str) -> None:
    """In a transaction of its own, when the block's has ended."""
    if acts:
        with transaction.atomic():
            set_scope(user_id, area_code)
            for act in acts:
                act()
