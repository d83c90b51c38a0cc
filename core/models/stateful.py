from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField, ReferenceField


class StatefulModel(models.Model):
    """A record that goes through the states of a workflow table, changed by `core.transitions` only.

    `version` rises with each change, so that a form opened earlier is noticed; the database refuses jumps that the table lacks.
    """

    reference = ReferenceField()
    area_code = AreaCodeField()
    status = models.CharField(_("Trạng thái"), max_length=24)
    status_changed_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("Lập lúc"), auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference
