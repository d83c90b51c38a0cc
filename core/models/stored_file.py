from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import FileKind
from core.fields import AreaCodeField
from core.querysets import FencedManager


class StoredFile(models.Model):
    """A private file: the name people gave it, its sha256 and size (of the plain content), and where its encrypted bytes are."""

    area_code = AreaCodeField()
    kind = models.CharField(max_length=12, choices=FileKind)
    name = models.CharField(_("Tên tệp"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("Dung lượng"))
    sha256 = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=100, unique=True)
    created_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager()

    class Meta:
        verbose_name = _("tệp lưu")

    def __str__(self) -> str:
        return self.name
