"""Role predicates, for the workflow tables and the pages."""

from collections.abc import Callable

from accounts.enums import Role
from core.workflow import Actor


def has_any(*roles: Role) -> Callable[[Actor], bool]:
    """A predicate: the actor holds one of these roles."""
    codes = tuple(role.value for role in roles)
    return lambda actor: actor.has_role(*codes)


is_commune_officer = has_any(Role.COMMUNE_OFFICER)
is_district_officer = has_any(Role.DISTRICT_OFFICER)
is_district_head = has_any(Role.DISTRICT_HEAD)
is_provincial_reviewer = has_any(Role.PROVINCIAL_REVIEWER)
is_provincial_approver = has_any(Role.PROVINCIAL_APPROVER)
is_accountant = has_any(Role.ACCOUNTANT)
is_auditor = has_any(Role.AUDITOR)
is_administrator = has_any(Role.ADMINISTRATOR)
reads_figures = has_any(*Role.readers_of_figures())
reads_records = has_any(*Role.readers_of_records())
