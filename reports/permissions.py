"""Who may do what with reports, plans, the emulation movement and the targets."""

from accounts.enums import Role
from accounts.permissions import has_any

# the department's officers shape reports, plans, movements and indicators; they work in area 89 (accounts.enums.ROLE_LEVELS)
keeps_reports = has_any(Role.PROVINCIAL_REVIEWER)
