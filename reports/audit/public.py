"""Audit actions of what the public pages say of donors."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: Final = (
    AuditAction(
        "donor.unnamed",
        _("Không nêu tên nhà tài trợ"),
        _("{actor} ghi nhà tài trợ của khoản ủng hộ {ref} đề nghị không nêu tên trên trang công khai"),
    ),
    AuditAction(
        "donor.named_again",
        _("Nêu tên lại nhà tài trợ"),
        _("{actor} ghi tên nhà tài trợ của khoản ủng hộ {ref} được nêu lại trên trang công khai"),
    ),
)
