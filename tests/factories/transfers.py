"""A batch of transfers to several banks, put together by hand: which bank an account is with is chosen by the test."""

from core import crypto
from disbursements.models import Batch
from disbursements.services.payer_accounts import PayerEntry, record_payer_account
from support_programs.models import Entitlement
from tests.factories.payments import AMOUNT, ApprovedList, bare_line

ACCOUNT = "6700205100927"


def transfer_batch(made: ApprovedList, banks: list[str], *, has_payer: bool = True) -> Batch:
    """A prepared batch of transfers, a line for each BIN; put together by hand."""
    maker = made.staff.accountant
    entry = PayerEntry("970405", "Phòng LĐ-TBXH huyện Phú Tân", "670020112233")
    batch = Batch.objects.create(
        reference=f"DC-2021-8{made.case_list.pk:07d}",
        area_code="89888",
        programme_id="LD_TU_DO",
        title="Đợt chuyển khoản",
        channel="bank",
        status="preparing",
        payer_account=record_payer_account(actor=maker, entry=entry) if has_payer else None,
        idempotency_key=f"transfers{made.case_list.pk}",
        request_hash="h",
        line_count=len(banks),
        total_amount=len(banks) * AMOUNT,
        created_by_id=maker.pk,
        created_by_name=maker.full_name,
    )
    for place, (bank_bin, entitlement) in enumerate(zip(banks, made.entitlements, strict=True), start=1):
        account = {
            "account_encrypted": crypto.encrypt("account", ACCOUNT),
            "account_last3": "927",
            "account_holder": "NGUYEN VAN A",
        }
        bare_line(batch, entitlement, position=place, bank_bin=bank_bin, bank_name="Ngân hàng", **account)
    Entitlement.objects.filter(instructions__batch=batch).update(status="committed")
    Batch.objects.filter(pk=batch.pk).update(status="prepared", version=2)
    batch.refresh_from_db()
    return batch
