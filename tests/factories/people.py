"""Staff of the tests: one of each role where a test needs them, and an outsider from another district."""

from itertools import count

from accounts.enums import Role
from accounts.models import RoleAssignment, User

PROVINCE = "89"
DISTRICT = "89888"  # Huyện Phú Tân
COMMUNE = "8988830406"  # Thị trấn Phú Mỹ
OTHER_COMMUNE = "8988830409"
OUTSIDE_DISTRICT = "89889"  # Huyện Châu Phú
OUTSIDE_COMMUNE = "8988930463"

_AREAS = {
    Role.COMMUNE_OFFICER: COMMUNE,
    Role.DISTRICT_OFFICER: DISTRICT,
    Role.DISTRICT_HEAD: DISTRICT,
    Role.ACCOUNTANT: DISTRICT,
}
_number = count(1)


def user(*roles: Role, area: str | None = None, name: str = "") -> User:
    """A user with these roles, in their role's usual area unless another is given."""
    number = next(_number)
    made = User.objects.create(
        username=f"nguoi{number}",
        full_name=name or f"Cán bộ {number}",
        area_code=area or (_AREAS.get(roles[0], PROVINCE) if roles else PROVINCE),
    )
    RoleAssignment.objects.bulk_create(RoleAssignment(user=made, role=role) for role in roles)
    return made


def promoted(person: User, *roles: Role, area: str) -> User:
    """The same person, later: these roles besides the old ones, and another area."""
    RoleAssignment.objects.bulk_create(RoleAssignment(user=person, role=role) for role in roles)
    User.objects.filter(pk=person.pk).update(area_code=area)
    return User.objects.get(pk=person.pk)
