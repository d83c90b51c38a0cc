from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import EmployerKind
from core.fields import AreaCodeField, ReferenceField, SortKeyField
from core.querysets import FencedManager


class Employer(models.Model):
    """Who employs: an enterprise, a cooperative, a school, a household business with its `owner`.

    `area_code` is where it is registered: its commune, else the district of its head office. The tax code (ten digits, or
    ten and three for a branch) names it in the whole province; a household business may have none. The account, if the
    money goes to the employer, is encrypted like those of people.
    """

    reference = ReferenceField()
    area_code = AreaCodeField()
    kind = models.CharField(_("Loại hình"), max_length=20, choices=EmployerKind)
    name = models.CharField(_("Tên đơn vị"), max_length=200)
    name_key = SortKeyField()
    tax_code = models.CharField(_("Mã số thuế"), max_length=14, blank=True)
    registration_number = models.CharField(_("Số đăng ký kinh doanh"), max_length=30, blank=True)
    address = models.CharField(_("Địa chỉ"), max_length=250, blank=True)
    business_lines = models.CharField(_("Ngành nghề kinh doanh"), max_length=250, blank=True)
    phone = models.CharField(_("Số điện thoại"), max_length=20, blank=True)
    owner = models.ForeignKey(
        "beneficiaries.Person",
        verbose_name=_("Chủ hộ kinh doanh"),
        null=True,
        on_delete=models.PROTECT,
        related_name="businesses",
    )
    bank_name = models.CharField(_("Ngân hàng"), max_length=100, blank=True)
    account_encrypted = models.BinaryField(null=True)
    account_index = models.BinaryField(max_length=16, null=True)
    account_last3 = models.CharField(max_length=3, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("đơn vị sử dụng lao động")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EmployerKind.values), name="employer_kind_known"),
            models.CheckConstraint(
                condition=Q(tax_code="") | Q(tax_code__regex=r"^[0-9]{10}(-[0-9]{3})?$"),
                name="employer_tax_code_form",
            ),
            models.UniqueConstraint(
                fields=["tax_code"], condition=~Q(tax_code=""), name="employer_tax_code_once"
            ),
        ]
        indexes = [
            # the employers of an area, by name
            models.Index(fields=["area_code", "name_key"], name="employer_area_name"),
        ]

    def __str__(self) -> str:
        return self.name
