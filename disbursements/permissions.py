"""Who may do what with payouts (the transitions' own rules stand in `workflow`)."""

from typing import Final

from accounts.enums import Role
from accounts.permissions import has_any, is_accountant, is_provincial_approver, reads_records

may_request_batch: Final = is_accountant
may_record_allocation: Final = is_accountant
may_record_results: Final = is_accountant
may_approve_batch: Final = is_provincial_approver
may_render_files: Final = has_any(Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER)
may_read_batches: Final = reads_records
# full identity numbers stand in the payment list: those who pay out and those who check it
may_download_payment_list: Final = has_any(
    Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER, Role.COMMUNE_OFFICER, Role.AUDITOR
)
