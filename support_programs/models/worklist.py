from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import AreaCodeField


class SavedView(models.Model):
    """Filters of a page under a name that somebody gave them; `query` is the address's query string."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    page = models.CharField(max_length=20)
    name = models.CharField(_("Tên"), max_length=60)
    query = models.CharField(max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("bộ lọc đã lưu")
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "name"], name="saved_view_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ClaimDraft(models.Model):
    """A form of a new dossier as far as somebody has typed it: kept by itself, seen by who types it, gone when it is taken in.

    What was typed lies encrypted (`raw`): there are identity numbers in it.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    area_code = AreaCodeField()
    programme = models.ForeignKey(
        "support_programs.Programme", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    raw_encrypted = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at"]
        verbose_name = _("bản đang nhập")

    def __str__(self) -> str:
        return f"{self.programme_id} {self.pk}"


class Digest(models.Model):
    """What waits for one officer, or for the desks of one head, on the morning of a working day.

    `lines` are `{"label": "Quá hạn", "count": 12, "url": "/?queue=overdue", "is_hot": true}`.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    on = models.DateField(_("Ngày"))
    lines: models.JSONField[list[dict[str, object]], list[dict[str, object]]] = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-on"]
        verbose_name = _("bản tin việc trong ngày")
        constraints = [models.UniqueConstraint(fields=["user", "on"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.on}"
