from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField, ReferenceField
from core.querysets import FencedManager
from disbursements.enums import StockKind

K = StockKind


class Store(models.Model):
    """A place where goods are kept ("kho"): of a commune, a district or the province, as its area code says."""

    reference = ReferenceField()
    area_code = AreaCodeField()
    name = models.CharField(_("Tên kho"), max_length=150)
    address = models.CharField(_("Địa chỉ"), max_length=250, blank=True)
    keeper_name = models.CharField(_("Người giữ kho"), max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    created_by_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["area_code", "name"]
        verbose_name = _("kho")
        constraints = [models.UniqueConstraint(fields=["area_code", "name"], name="store_name_once")]

    def __str__(self) -> str:
        return self.name


class Goods(models.Model):
    """What is handed out instead of money: rice by the kilogram, others by name and unit. Quantities are whole."""

    code = models.CharField(_("Mã hàng"), max_length=20, unique=True, db_collation="C")
    name = models.CharField(_("Tên hàng"), max_length=100)
    unit = models.CharField(_("Đơn vị tính"), max_length=8)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "unit"]
        verbose_name = _("hàng cứu trợ")
        constraints = [
            models.UniqueConstraint(fields=["name", "unit"], name="goods_once"),
            models.CheckConstraint(condition=Q(unit__gt="") & ~Q(unit="VND"), name="goods_are_no_money"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})"


class StockBalance(models.Model):
    """What a store has of one kind of goods; written by the movements' trigger alone, never below 0 (I18)."""

    area_code = AreaCodeField()
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="balances", db_index=False)
    goods = models.ForeignKey(Goods, on_delete=models.PROTECT, related_name="+", db_index=False)
    on_hand = models.BigIntegerField(_("Tồn kho"), default=0, db_default=0)

    objects = FencedManager()

    class Meta:
        verbose_name = _("tồn kho")
        constraints = [
            models.UniqueConstraint(fields=["store", "goods"], name="stock_balance_once"),
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="stock_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.store_id} {self.goods_id}"


class StockMovement(models.Model):
    """One paper that moves goods ("phiếu kho"); `change` is signed, so that their sum is the stock. It never changes (I16).

    What was sent is on its way until its arrival is recorded; what did not come is `missing`, with the reason.
    """

    reference = ReferenceField()
    area_code = AreaCodeField()
    kind = models.CharField(_("Loại phiếu"), max_length=12, choices=StockKind)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="movements")
    goods = models.ForeignKey(Goods, on_delete=models.PROTECT, related_name="+")
    change = models.BigIntegerField(_("Số lượng"))
    missing = models.BigIntegerField(_("Thiếu hụt"), default=0, db_default=0)
    document_number = models.CharField(_("Số chứng từ"), max_length=60)
    moved_on = models.DateField(_("Ngày chứng từ"))
    # of a receipt: who gives it, and what it is estimated to be worth
    source = models.ForeignKey(
        "disbursements.FundingSource", null=True, on_delete=models.PROTECT, related_name="+"
    )
    estimated_value = models.BigIntegerField(_("Giá trị ước tính"), null=True)
    donation = models.ForeignKey(
        "disbursements.Donation", null=True, on_delete=models.PROTECT, related_name="receipts"
    )
    # of a transfer: the other store; of an arrival: what had been sent
    other_store = models.ForeignKey(Store, null=True, on_delete=models.PROTECT, related_name="+")
    sending = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="arrival")
    handout = models.ForeignKey(
        "disbursements.Handout", null=True, on_delete=models.PROTECT, related_name="movements"
    )
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="correction")
    reason = models.CharField(_("Lý do"), max_length=500, blank=True)
    recorded_by_id = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("phiếu kho")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=StockKind.values), name="stock_kind_known"),
            models.CheckConstraint(
                condition=(Q(kind__in=K.incoming()) & Q(change__gt=0))
                | (Q(kind__in=K.outgoing()) & Q(change__lt=0))
                | (Q(kind=K.ARRIVAL) & Q(change__gte=0))
                | (Q(kind=K.CORRECTION) & ~Q(change=0)),
                name="stock_change_has_its_sign",
            ),
            models.CheckConstraint(
                condition=Q(missing=0) | (Q(kind=K.ARRIVAL, missing__gt=0) & Q(reason__gt="")),
                name="missing_goods_have_reason",
            ),
            models.CheckConstraint(
                condition=(Q(kind=K.RECEIPT) & Q(source__isnull=False))
                | (~Q(kind=K.RECEIPT) & Q(source__isnull=True, donation__isnull=True)),
                name="receipt_names_its_source",
            ),
            models.CheckConstraint(
                condition=Q(estimated_value__isnull=True) | Q(kind=K.RECEIPT, estimated_value__gte=0),
                name="only_receipts_have_value",
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=[K.SENDING, K.ARRIVAL], other_store__isnull=False))
                & ~Q(other_store=F("store"))
                | (~Q(kind__in=[K.SENDING, K.ARRIVAL]) & Q(other_store__isnull=True)),
                name="transfer_has_two_stores",
            ),
            models.CheckConstraint(
                condition=Q(kind=K.ARRIVAL, sending__isnull=False)
                | (~Q(kind=K.ARRIVAL) & Q(sending__isnull=True)),
                name="arrival_names_its_sending",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[K.ISSUE, K.LEFTOVER], handout__isnull=False)
                | (~Q(kind__in=[K.ISSUE, K.LEFTOVER]) & Q(handout__isnull=True)),
                name="issue_names_its_handout",
            ),
            models.CheckConstraint(
                condition=Q(kind=K.CORRECTION, corrects__isnull=False)
                | (~Q(kind=K.CORRECTION) & Q(corrects__isnull=True)),
                name="stock_correction_names_its_paper",
            ),
            models.CheckConstraint(
                condition=Q(document_number__gt="")
                & (~Q(kind__in=[K.LOSS, K.CORRECTION]) | Q(reason__gt="")),
                name="stock_movement_has_paper",
            ),
            models.UniqueConstraint(
                fields=["handout", "kind"], condition=Q(handout__isnull=False), name="handout_moves_once"
            ),
        ]
        indexes = [models.Index(fields=["store", "goods", "id"], name="stock_of_store")]

    def __str__(self) -> str:
        return self.reference

    @property
    def quantity(self) -> int:
        """How much the paper is about, without its sign."""
        return abs(self.change)
