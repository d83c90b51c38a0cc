"""Role predicates, for the workflow tables and the pages."""

from collections.abc import Callable, Collection

from django.utils.translation import gettext as _

from accounts.enums import ROLE_LEVELS, AreaLevel, Role
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


def staffing_problems(roles: Collection[Role], area_code: str) -> list[str]:
    """Why nobody can hold these roles in this area, each as a sentence for the administrator; empty when they fit.

    A commune's officer works in a commune, the district's in a district, and so on (`ROLE_LEVELS`). Who keeps the accounts
    sees no case, list or batch, and so holds no other role.
    """
    if not roles:
        return [_("Hãy chọn ít nhất một vai trò.")]
    problems = []
    if Role.ADMINISTRATOR in roles and len(roles) > 1:
        problems.append(_("Người quản trị không xem hồ sơ, nên không kiêm vai trò khác."))
    level = AreaLevel.of(area_code)
    for role in Role:
        if role in roles and level not in ROLE_LEVELS[role]:
            levels = _(" hoặc ").join(str(fitting.label) for fitting in ROLE_LEVELS[role])
            problems.append(
                _("Vai trò «%(role)s» chỉ dành cho %(levels)s; đơn vị đã chọn là %(level)s.")
                % {"role": role.label, "levels": levels, "level": level.label}
            )
    return problems
