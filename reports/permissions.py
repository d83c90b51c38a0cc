"""Who may do what with reports, plans, the emulation movement and the targets."""

from accounts.enums import Role
from accounts.permissions import has_any

# the department's officers shape reports, plans, movements and indicators; they work in area 89 (accounts.enums.ROLE_LEVELS)
keeps_reports = has_any(Role.PROVINCIAL_REVIEWER)

# figures of the sector's targets: typed by the district's and the department's officers, approved by their heads
enters_targets = has_any(Role.DISTRICT_OFFICER, Role.PROVINCIAL_REVIEWER)
approves_targets = has_any(Role.DISTRICT_HEAD, Role.PROVINCIAL_APPROVER)

# the emulation movement: officers register their own unit's people and achievements and propose; the department keeps criteria,
# confirms, scores and writes the council's minutes; who records a decision is the province's approver
registers_emulation = has_any(Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.PROVINCIAL_REVIEWER)
decides_awards = has_any(Role.PROVINCIAL_APPROVER)
