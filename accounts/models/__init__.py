"""Users, their roles, and the administrative units."""

from accounts.models.area import AdministrativeUnit, Succession
from accounts.models.user import RoleAssignment, User

__all__ = ["AdministrativeUnit", "RoleAssignment", "Succession", "User"]
