"""The lists of the registers, told to the import: columns, judgement and what a commit makes of the rows."""

from __future__ import annotations

from functools import partial
from typing import cast

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from beneficiaries.imports.profile import ImportProfile, register_profile
from beneficiaries.imports.register_rows import columns_of, judge_of
from beneficiaries.permissions import Desk
from beneficiaries.registers import REGISTERS, Register
from beneficiaries.services.registers.household_intake import enter_households
from beneficiaries.services.registers.intake import enter_people


def register_register_lists() -> None:
    """One kind of list per register, under the register's own code."""
    for register in REGISTERS:
        register_profile(_profile(register))


def _profile(register: Register) -> ImportProfile:
    enter = enter_households if register.subject == "household" else enter_people
    return ImportProfile(
        code=register.code.value,
        title=format_lazy("{word}: {register}", word=_("Sổ"), register=register.title),
        amount=None,
        min_age=0,
        commit=partial(enter, register=register),
        extra=columns_of(register),
        levels=cast("tuple[Desk, ...]", register.desks),
        # the list of a later year names the same people
        may_repeat=True,
        of_register=register.code.value,
        needs_number=register.needs_number,
        judge=judge_of(register),
    )
