"""The register of donations: money, which becomes a source that can be allotted, and goods, which go into a store."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.money import format_dong
from core.queries.references import next_reference
from core.text import clean_text, search_key
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import DonationKind, DonorKind, FundingKind
from disbursements.models import Donation, DonationCorrection, FundingSource, Goods, StockMovement, Store
from disbursements.permissions import may_record_cash_donation, may_record_donation
from disbursements.queries.goods_donations import left_of_source
from disbursements.services.goods_stock import StockPaper, correct_movement, receive_goods
from support_programs.services.scope import check_area, check_no_number, check_past, check_role


@dataclass(frozen=True, slots=True)
class DonationPaper:
    """What the receipt says. Money: `amount`. Goods: what, how much, into which store; `amount` is then what they are worth."""

    donor_name: str
    donor_kind: DonorKind
    receipt_number: str
    received_on: dt.date
    amount: int | None = None
    goods: Goods | None = None
    quantity: int | None = None
    store: Store | None = None
    purpose: str = ""


@transaction.atomic
def record_donation(*, actor: Actor, paper: DonationPaper) -> Donation:
    """Enter a donation in the register; money makes its giver a funding source, goods go into the store by the same receipt.

    Refused: whoever keeps no register (money: whoever is no accountant), the same receipt again, neither money nor goods, a day
    in the future, another's store.
    """
    is_money = paper.goods is None
    _check_recorder(actor, is_money=is_money)
    name, receipt = clean_text(paper.donor_name), paper.receipt_number.strip()
    if not name or not receipt:
        raise TransitionRefused(_("Hãy ghi tên người ủng hộ và số phiếu thu."))
    if (is_money and not paper.amount) or (not is_money and not (paper.quantity and paper.store)):
        raise TransitionRefused(_("Hãy ghi số tiền, hoặc loại hàng, số lượng và kho nhận."))
    check_past(paper.received_on, _("Ngày nhận"))
    check_no_number(name, paper.purpose)
    area = paper.store.area_code if paper.store else actor.area_code
    check_area(actor, area)
    _lock(f"receipt:{area}")
    _check_receipt(area, receipt)
    donation = Donation.objects.create(
        reference=next_reference("UH"),
        area_code=area,
        kind=DonationKind.CASH if is_money else DonationKind.GOODS,
        donor_name=name,
        donor_key=search_key(name),
        donor_kind=paper.donor_kind,
        receipt_number=receipt,
        received_on=paper.received_on,
        amount=paper.amount,
        goods=paper.goods,
        quantity=paper.quantity if not is_money else None,
        source=_source_of(name),
        purpose=clean_text(paper.purpose),
        recorded_by_id=actor.pk,
        recorded_by_name=actor.full_name,
    )
    if paper.goods is not None and paper.store is not None and paper.quantity is not None:
        receive_goods(
            actor=actor,
            store=paper.store,
            paper=StockPaper(paper.goods, paper.quantity, receipt, paper.received_on),
            source=donation.source,
            estimated_value=paper.amount,
            donation=donation,
        )
    change = {
        "kind": donation.kind,
        "amount": paper.amount,
        "quantity": donation.quantity,
        "receipt": receipt,
    }
    record_event("donation.recorded", donation, actor=actor, change=change)
    return donation


@transaction.atomic
def correct_donation(*, actor: Actor, donation: Donation, reason: str) -> DonationCorrection:
    """A donation that was recorded wrongly is taken back whole, with its stock paper (I16).

    Refused: no reason, one taken back before, goods that have left the store, money that was allotted already.
    """
    _check_recorder(actor, is_money=donation.kind == DonationKind.CASH)
    check_area(actor, donation.area_code)
    words = reason.strip()
    if not words:
        raise TransitionRefused(_("Hãy ghi lý do hủy."))
    check_no_number(words)
    _lock(f"donation:{donation.source_id}")
    if DonationCorrection.objects.filter(donation=donation).exists():
        raise TransitionRefused(_("Khoản ủng hộ %(ref)s đã được hủy ghi.") % {"ref": donation.reference})
    if donation.kind == DonationKind.CASH:
        left = left_of_source(donation.source)
        if left < (donation.amount or 0):
            raise TransitionRefused(
                _(
                    "Nguồn «%(source)s» chỉ còn %(left)s đồng chưa phân bổ nên không hủy ghi được khoản này. "
                    "Hãy hủy phân bổ trước."
                )
                % {"source": donation.source.name, "left": format_dong(max(left, 0))}
            )
    for movement in StockMovement.objects.filter(donation=donation).select_related("store", "goods"):
        correct_movement(
            actor=actor,
            movement=movement,
            document_number=donation.receipt_number,
            moved_on=clock.today(),
            reason=words[:500],
        )
    correction = DonationCorrection.objects.create(
        area_code=donation.area_code,
        donation=donation,
        reason=words[:500],
        corrected_on=clock.today(),
        recorded_by_id=actor.pk,
        recorded_by_name=actor.full_name,
    )
    record_event("donation.corrected", donation, actor=actor, reason=words)
    return correction


def _source_of(donor: str) -> FundingSource:
    """The funding source of a donor, made with the first donation; a budget never takes a donor's name."""
    _lock("sources")
    known = FundingSource.objects.filter(name__iexact=donor).first()
    if known is not None and known.kind != FundingKind.DONOR:
        raise TransitionRefused(
            _("«%(name)s» là tên của một nguồn ngân sách. Hãy ghi rõ tên người ủng hộ.") % {"name": donor}
        )
    return known or FundingSource.objects.create(
        code=next_reference("UH"), name=donor, kind=FundingKind.DONOR, note="Từ sổ ủng hộ"
    )


def _check_recorder(actor: Actor, *, is_money: bool) -> None:
    if is_money:
        check_role(actor, may_record_cash_donation, _("Khoản ủng hộ bằng tiền do kế toán ghi."))
    check_role(actor, may_record_donation, _("Việc này do kế toán hoặc cán bộ cấp xã làm."))


def _check_receipt(area: str, receipt: str) -> None:
    same = Donation.objects.filter(area_code=area, receipt_number=receipt)
    known = same.filter(correction__isnull=True).first()
    if known is not None:
        raise TransitionRefused(
            _("Phiếu thu %(number)s đã được ghi ở khoản %(ref)s. Nếu ghi sai, hãy hủy khoản đó rồi ghi lại.")
            % {"number": receipt, "ref": known.reference}
        )


def _lock(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('goods'), hashtext(%s))", [name])
