import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import IdentityKind, Sex
from core.fields import AreaCodeField, ReferenceField, SortKeyField
from core.querysets import FencedManager


class Person(models.Model):
    """A human being known to the province, in the commune where they live.

    `words` is what the search looks into (name, hamlet, year of birth, area), kept by the database (migration 0005).

    `birth_date` is empty when only the year is known. Names are NFC, as written; two derived keys serve search and Vietnamese
    order. `joined_to` links a person found to be the same human; nothing is deleted.
    """

    reference = ReferenceField()
    area_code = AreaCodeField()
    full_name = models.CharField(_("Họ và tên"), max_length=150)
    name_key = SortKeyField()
    name_sort = SortKeyField()
    birth_date = models.DateField(_("Ngày sinh"), null=True)
    birth_year = models.PositiveSmallIntegerField(_("Năm sinh"), null=True)
    sex = models.CharField(_("Giới tính"), max_length=1, choices=Sex, blank=True)
    permanent_address = models.CharField(_("Thường trú"), max_length=250, blank=True)
    temporary_address = models.CharField(_("Tạm trú"), max_length=250, blank=True)
    hamlet = models.CharField(_("Khóm, ấp"), max_length=100, blank=True)
    hamlet_key = SortKeyField(blank=True, default="", db_default="")
    phone = models.CharField(_("Số điện thoại"), max_length=20, blank=True)
    occupation = models.CharField(_("Công việc"), max_length=150, blank=True)
    joined_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="joined")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("người thụ hưởng")
        constraints = [
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="person_sex_known"),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True) | Q(birth_year=models.F("birth_date__year")),
                name="birth_year_fits_date",
            ),
        ]
        indexes = [
            # the same human under another number: name with birth year, province-wide
            models.Index(fields=["name_key", "birth_year"], name="person_name_year"),
            # the register of an area in Vietnamese order
            models.Index(fields=["area_code", "name_sort"], name="person_area_name"),
            # one telephone of two people, and the search for it
            models.Index(fields=["phone"], name="person_phone", condition=Q(phone__gt="")),
            # the same birth date in one place, whatever the name
            models.Index(fields=["birth_date", "area_code"], name="person_birth_area"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def birth(self) -> dt.date | int | None:
        """The birth date, or the year where only that is known."""
        return self.birth_date or self.birth_year


class IdentityDocument(models.Model):
    """An identity paper. The number is encrypted, found through its keyed index, shown by its last three digits.

    Old and new papers of a person stand side by side: the number of either finds them.
    """

    area_code = AreaCodeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identity_documents")
    kind = models.CharField(_("Loại giấy tờ"), max_length=4, choices=IdentityKind)
    number_encrypted = models.BinaryField()
    number_index = models.BinaryField(max_length=16, unique=True)
    # the same for its last six digits, cut to eight bytes: what two numbers share when a digit before them was mistyped
    tail_index = models.BinaryField(max_length=8, null=True)
    number_last3 = models.CharField(max_length=3)
    issued_on = models.DateField(_("Ngày cấp"), null=True)
    issued_by = models.CharField(_("Nơi cấp"), max_length=150, blank=True)
    is_current = models.BooleanField(default=True)
    # why a later paper took the place of an earlier one, or an earlier one came back
    change_reason = models.CharField(
        _("Lý do thay đổi"), max_length=500, blank=True, default="", db_default=""
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("giấy tờ tùy thân")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=IdentityKind.values), name="identity_kind_known"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_current=True), name="one_current_identity_per_person"
            ),
        ]
        indexes = [
            # a number with one wrong digit (tail), and a name with the last three digits (search)
            models.Index(fields=["tail_index"], name="identity_tail", condition=Q(tail_index__isnull=False)),
            models.Index(fields=["number_last3", "area_code"], name="identity_last3"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} …{self.number_last3}"


class PayoutAccount(models.Model):
    """A bank account to pay a person into; a change is a new row, the old one ends."""

    area_code = AreaCodeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="payout_accounts")
    bank_name = models.CharField(_("Ngân hàng"), max_length=100)
    holder_name = models.CharField(_("Tên chủ tài khoản"), max_length=150)
    account_encrypted = models.BinaryField()
    account_index = models.BinaryField(max_length=16, db_index=True)
    account_last3 = models.CharField(max_length=3)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    # why it took the place of an earlier one; empty for the first
    change_reason = models.CharField(
        _("Lý do thay đổi"), max_length=500, blank=True, default="", db_default=""
    )
    recorded_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("tài khoản nhận tiền")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_to__isnull=True), name="one_current_account_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_name} …{self.account_last3}"
