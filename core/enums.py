"""States and kinds of the core's own records."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    QUEUED = "queued", _("Đang chờ")
    RUNNING = "running", _("Đang chạy")
    DONE = "done", _("Đã xong")
    FAILED = "failed", _("Gặp lỗi")
    CANCELLED = "cancelled", _("Đã hủy")

    @classmethod
    def unfinished(cls) -> tuple["JobState", ...]:
        """Work that a worker still has to bring to an end."""
        return (cls.QUEUED, cls.RUNNING)


class FileKind(models.TextChoices):
    UPLOAD = "upload", _("Tệp tải lên")
    EXPORT = "export", _("Tệp xuất ra")
    PAYMENT = "payment", _("Tệp chi")
    REPORT = "report", _("Báo cáo")
    SCAN = "scan", _("Bản chụp")
    DOCUMENT = "document", _("Văn bản")
