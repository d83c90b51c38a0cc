"""What a list of one kind holds: its fields, the amount the rule gives, the age it is for, and what a commit makes of it.

`beneficiaries` reads, checks and stages; an upper app registers a profile per programme and supplies the part that makes
its own records from committed rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from django.utils.translation import gettext_lazy as _

from beneficiaries.imports.extra_columns import ExtraColumn
from beneficiaries.permissions import Desk, may_import_at, may_import_for
from beneficiaries.rules.findings import Finding
from core.wording import Text
from core.workflow import Actor

LABELS: Final[dict[str, Text]] = {
    "stt": _("Số thứ tự"),
    "full_name": _("Họ và tên"),
    "surname": _("Họ và chữ lót"),
    "given_name": _("Tên"),
    "dob": _("Ngày sinh"),
    "dob_m": _("Ngày sinh (nam)"),
    "dob_f": _("Ngày sinh (nữ)"),
    "dob_day": _("Ngày sinh: ngày"),
    "dob_month": _("Ngày sinh: tháng"),
    "dob_year": _("Ngày sinh: năm"),
    "sex": _("Giới tính"),
    "sex_m": _("Giới tính: nam"),
    "sex_f": _("Giới tính: nữ"),
    "id_number": _("Số CCCD, CMND"),
    "id_number_old": _("Số CMND cũ"),
    "id_issued": _("Ngày cấp"),
    "id_place": _("Nơi cấp"),
    "address": _("Khóm, ấp (nơi ở)"),
    "permanent_address": _("Thường trú"),
    "job": _("Công việc"),
    "days": _("Số ngày"),
    "phone": _("Số điện thoại"),
    "amount": _("Số tiền"),
    "bank": _("Ngân hàng"),
    "account": _("Số tài khoản"),
    "account_holder": _("Tên chủ tài khoản"),
    "sign": _("Ký nhận"),
    "note": _("Ghi chú"),
    "reasons": _("Lý do (của lần kiểm tra trước)"),
}
# columns that are recognised, but hold nothing to take in
NOT_TAKEN: Final = frozenset({"stt", "sign", "reasons"})
# the fields that a staged row shows and lets the officer correct
EDITABLE: Final = (
    "full_name",
    "dob",
    "sex",
    "id_number",
    "address",
    "job",
    "phone",
    "amount",
    "bank",
    "account",
    "note",
)


class Judge(Protocol):
    """What one kind of list asks of a row besides its cells: may complete `facts`, gives what speaks against it. Pure."""

    def __call__(
        self, values: Mapping[str, Any], facts: dict[str, Any], *, is_urban: bool | None, on: dt.date
    ) -> list[Finding]: ...


@dataclass(frozen=True, slots=True)
class ImportProfile:
    """`amount` is what each person of the list is owed in đồng, None where it differs; `min_age` in full years.

    `commit(list_import=, actor=, committed_at=)` makes the upper app's records for the rows committed at that moment, whose
    persons are in the register by then; it is set-based, runs inside the commit's transaction and may run again for later
    rows of the same list. It gives what the result page shows: counts, `list` (a reference), `url`.
    `stream_of(job)` says to which stream a person with this work belongs, "" when it can't tell.
    `claimed(person_ids)` tells for which of these people the programme has a live case, and in which area.
    `extra` are the further columns of the list's form; what they hold is staged as the row's facts. `levels` says which desks
    bring such lists in; lists with `needs_employer` are of one employer's people. `may_repeat`: a person in an earlier list of
    the programme is no repetition (a second spell of days). `of_register` is the code of the register that such a list fills,
    "" for a programme's list. Where `needs_number` is False a row without an identity number is asked about and may be kept,
    if full birth date and hamlet tell who it is. `judge` is asked about each row of a list.
    """

    code: str
    title: Text
    amount: int | None
    min_age: int
    commit: Callable[..., dict[str, Any]] | None = None
    claimed: Callable[[Sequence[int]], Mapping[int, str]] | None = None
    streams: tuple[tuple[str, Text], ...] = ()
    stream_of: Callable[[str], str] | None = None
    extra: tuple[ExtraColumn, ...] = ()
    levels: tuple[Desk, ...] = ("commune",)
    needs_employer: bool = False
    may_repeat: bool = False
    of_register: str = ""
    needs_number: bool = True
    judge: Judge | None = None


_profiles: Final[dict[str, ImportProfile]] = {}


def register_profile(profile: ImportProfile) -> None:
    """Make a kind of list known; the same code registered again takes the place of the first.

    ValueError for a further column under the code of a common one.
    """
    taken = [extra.code for extra in profile.extra if extra.code in LABELS]
    if taken:
        raise ValueError(f"{profile.code}: {', '.join(taken)} is a column of every list")
    _profiles[profile.code] = profile


def profile_of(code: str) -> ImportProfile:
    """The registered profile; KeyError when no app registered it."""
    return _profiles[code]


def profile_to_judge_by(code: str) -> ImportProfile:
    """The registered profile; for a programme without lists one that asks nothing but what every person is asked."""
    return _profiles.get(code) or ImportProfile(code=code, title=code, amount=None, min_age=0)


def registered_profiles() -> tuple[ImportProfile, ...]:
    return tuple(_profiles[code] for code in sorted(_profiles))


def profiles_for(actor: Actor) -> tuple[ImportProfile, ...]:
    """The kinds of list that this person brings in; empty for who brings none."""
    return tuple(profile for profile in registered_profiles() if may_import_at(actor, profile.levels))


def may_import_list(actor: Actor, area_code: str, profile: str) -> bool:
    """Whether this person brings in lists of this profile for this area, and works on them."""
    known = _profiles.get(profile)
    return known is not None and may_import_for(actor, area_code, known.levels)


def editable_fields(profile: ImportProfile) -> tuple[str, ...]:
    """What an officer corrects in a staged row of such a list."""
    return (*EDITABLE, *(extra.code for extra in profile.extra))


def labels_of(profile: ImportProfile) -> dict[str, Text]:
    """Field -> name of all columns that a list of this kind can have."""
    return {**LABELS, **{extra.code: extra.label for extra in profile.extra}}
