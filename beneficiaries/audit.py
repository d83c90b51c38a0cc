"""Audit actions about people and imports."""

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction, register_actions


def register() -> None:
    register_actions(
        AuditAction("person.registered", _("Ghi người thụ hưởng"), _("{actor} ghi người thụ hưởng {ref}")),
        AuditAction("import.uploaded", _("Tải tệp lên"), _("{actor} tải lên danh sách {ref}")),
    )
