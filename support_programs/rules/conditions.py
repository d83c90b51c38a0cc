"""When a part of a rule applies: a fact has one of some values."""

from dataclasses import dataclass

from support_programs.rules.criteria.base import array_sql, value_of, value_sql
from support_programs.rules.facts import Facts
from support_programs.rules.reading import Table


@dataclass(frozen=True, slots=True)
class When:
    """A part applies where the fact is among `values` (codes; "true" and "false" for flags)."""

    field: str
    values: tuple[str, ...]

    def applies(self, facts: Facts) -> bool | None:
        """None while the fact is unknown."""
        value = value_of(facts, self.field)
        if value is None:
            return None
        return (str(value).lower() if isinstance(value, bool) else str(value)) in self.values

    def condition(self) -> str:
        return f"{value_sql(self.field)} = ANY({array_sql(self.values)})"


def read_when(table: Table) -> When | None:
    """The key `when = { field, any }`; None where the part always applies."""
    if not table.has("when"):
        return None
    inner = table.table("when")
    when = When(inner.code("field"), inner.texts("any"))
    if not when.values:
        raise inner.error("any", "at least one value is expected")
    inner.end()
    return when
