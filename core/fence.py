"""The area fence: one transaction that knows for whom it works (docs: README, "The fence").

Row-level policies read these settings; `visible_to` filters by the same range. The block must be the outermost one:
a view has one, a chunk of a job has one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction

_SET: Final = """
SELECT set_config('app.user_id', %s, true), set_config('app.area_lo', %s, true), set_config('app.area_hi', %s, true)
"""


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
    """Run a block in one transaction within an area."""
    with transaction.atomic():
        set_scope(user_id, area_code)
        yield
