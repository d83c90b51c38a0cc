"""Model fields that several apps share."""

from typing import Any

from django.db import models


class AreaCodeField(models.CharField[str, str]):
    """Whose row it is: province `89`, district `89886`, commune `8988630337`; compared byte by byte, so that
    an area is a range.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("db_collation", "C")
        super().__init__(*args, **kwargs)


class ReferenceField(models.CharField[str, str]):
    """The public reference of a record, e.g. `HS-2021-00001236` (see core/references.py)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("db_collation", "C")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Migrations say `unique` always: what Django leaves out as its default is not the default here."""
        name, path, args, kwargs = super().deconstruct()
        kwargs["unique"] = self.unique
        return name, path, args, kwargs


class SortKeyField(models.CharField[str, str]):
    """A derived key (search or Vietnamese order) whose byte order is the order wanted (see core/text.py)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("db_collation", "C")
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)
