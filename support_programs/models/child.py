from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField, SortKeyField
from core.querysets import FencedManager
from support_programs.enums import ChildIdentity, Relation


class CaseChild(models.Model):
    """A child for whom a case asks a supplement: once per child, whichever parent, whichever programme (NQ 68, II.7).

    The number is encrypted, found through its keyed index. `is_live` follows the case: a refused or withdrawn one gives the
    child free, and takes it back when it is opened again, unless another case has it by then. A removal keeps the row.
    """

    area_code = AreaCodeField()
    case = models.ForeignKey("support_programs.Case", on_delete=models.PROTECT, related_name="children")
    full_name = models.CharField(_("Họ và tên"), max_length=150)
    name_key = SortKeyField()
    birth_date = models.DateField(_("Ngày sinh"))
    relation = models.CharField(_("Quan hệ với trẻ"), max_length=8, choices=Relation)
    identity_kind = models.CharField(_("Loại giấy tờ"), max_length=20, choices=ChildIdentity)
    number_encrypted = models.BinaryField()
    number_index = models.BinaryField(max_length=16)
    number_last3 = models.CharField(max_length=3)
    # kind and number of the paper that proves the relation
    proof = models.CharField(_("Giấy tờ chứng minh"), max_length=250, blank=True)
    added_by_id = models.BigIntegerField()
    added_on = models.DateField()
    is_live = models.BooleanField(default=True)
    removed_on = models.DateField(null=True)
    removed_reason = models.CharField(_("Lý do bỏ"), max_length=500, blank=True)

    objects = FencedManager()

    class Meta:
        ordering = ["birth_date", "id"]
        verbose_name = _("trẻ em được hỗ trợ thêm")
        constraints = [
            models.CheckConstraint(condition=Q(relation__in=Relation.values), name="child_relation_known"),
            models.CheckConstraint(
                condition=Q(identity_kind__in=ChildIdentity.values), name="child_identity_known"
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True) | Q(is_live=False, removed_reason__gt=""),
                name="removed_child_has_reason",
            ),
            models.UniqueConstraint(
                fields=["number_index"], condition=Q(is_live=True), name="child_supplement_once"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name
