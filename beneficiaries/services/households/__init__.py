"""Households and who belongs to them: registered, joined by a member, left with a reason."""

from beneficiaries.services.households.base import FIELDS, HouseholdRefused
from beneficiaries.services.households.members import add_member, change_head, end_membership, members_of
from beneficiaries.services.households.registering import correct_household, register_household

__all__ = [
    "FIELDS",
    "HouseholdRefused",
    "add_member",
    "change_head",
    "correct_household",
    "end_membership",
    "members_of",
    "register_household",
]
