"""Who may do what with payouts (the transitions' own rules stand in `workflow`)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.enums import AreaLevel, Role
from accounts.permissions import has_any, is_accountant, is_provincial_approver, reads_records
from core.workflow import Actor
from disbursements.enums import PaymentFileKind

may_request_batch: Final = is_accountant
may_record_allocation: Final = is_accountant
may_move_budget: Final = is_accountant
may_read_budget: Final = reads_records
may_record_results: Final = is_accountant
may_approve_batch: Final = is_provincial_approver
may_render_files: Final = has_any(Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER)
may_read_batches: Final = reads_records
may_read_signature_rules: Final = has_any(Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER, Role.AUDITOR)
# full identity numbers stand in the payment list: those who pay out and those who check it
may_download_payment_list: Final = has_any(
    Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER, Role.COMMUNE_OFFICER, Role.AUDITOR
)
# what follows a payment: money that is to come back or that nobody took, and who calls payees back
may_manage_recoveries: Final = is_accountant
may_return_unclaimed: Final = is_accountant
may_call_back: Final = has_any(Role.PROVINCIAL_REVIEWER)
NOT_ACCOUNTANT: Final = _("Việc này do kế toán làm.")
NOT_CALLER: Final = _("Việc gọi kiểm tra do chuyên viên Sở làm.")
# goods: a commune has no accountant, so that its officer keeps its store; rounds are made and answered as batches are
may_keep_stores: Final = has_any(Role.ACCOUNTANT, Role.COMMUNE_OFFICER)
may_make_handout: Final = is_accountant
may_approve_handout: Final = is_provincial_approver
may_render_handout: Final = has_any(Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER)
may_read_goods: Final = reads_records
may_record_donation: Final = has_any(Role.ACCOUNTANT, Role.COMMUNE_OFFICER)
may_record_cash_donation: Final = is_accountant
# accounts stand in the files for banks; who hands out cash at the commune needs none
_may_download_bank_file: Final = has_any(Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER, Role.AUDITOR)
_BANK_FILES: Final = frozenset(
    {
        PaymentFileKind.BANK_XLSX,
        PaymentFileKind.BANK_CSV,
        PaymentFileKind.PAIN_001,
        PaymentFileKind.SCHEDULE_PDF,
    }
)
may_keep_payer_accounts: Final = is_accountant


def may_download_file(actor: Actor, kind: str) -> bool:
    """May this person take files of this kind?"""
    return _may_download_bank_file(actor) if kind in _BANK_FILES else may_download_payment_list(actor)


def may_add_goods(actor: Actor) -> bool:
    """The catalogue of goods is the whole province's: the department's accountant keeps it."""
    return is_accountant(actor) and AreaLevel.of(actor.area_code) == AreaLevel.PROVINCE
