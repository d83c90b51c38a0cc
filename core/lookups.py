"""Sets of rows by their primary keys, for statements over tens of thousands of them."""

from collections.abc import Iterable

from django.db.models import BooleanField, F, Func, TextField, Value


class Among(Func):
    """A condition: rows with these primary keys, as one array parameter where `pk__in` would write out each number."""

    template = "(%(expressions)s::bigint[]))"
    arg_joiner = " = ANY("
    output_field = BooleanField()
    conditional = True

    @classmethod
    def of(cls, ids: Iterable[int]) -> "Among":
        """Rows with these primary keys."""
        array = "{" + ",".join(map(str, ids)) + "}"
        return cls(F("pk"), Value(array, output_field=TextField()))
