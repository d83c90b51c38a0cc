"""What the import's views share."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from beneficiaries.imports.profile import may_import_list
from beneficiaries.models import ListImport
from beneficiaries.permissions import may_read_imports
from core.page_parts import Step, StepState
from core.requests import actor_of
from core.shortcuts import get_visible


def import_of(request: HttpRequest, reference: str, *, to_write: bool = False) -> ListImport:
    """The import of a page: 404 outside the person's area, 403 for who may not read it, or not work on it."""
    actor = actor_of(request)
    list_import: ListImport = get_visible(
        ListImport.objects.visible_to(actor).select_related("file", "job", "employer"),
        actor,
        reference=reference,
    )
    if not may_read_imports(actor) or (
        to_write and not may_import_list(actor, list_import.area_code, list_import.profile)
    ):
        raise PermissionDenied(_("Chỉ cán bộ nhập danh sách của đơn vị này làm việc ở trang này."))
    return list_import


def wizard_steps(current: int) -> list[Step]:
    """The four steps of the wizard, the current one marked."""
    labels = (_("Chọn tệp"), _("Ghép cột"), _("Kiểm tra dòng"), _("Nhập vào hệ thống"))
    states = (StepState.DONE, StepState.CURRENT, StepState.TODO)
    return [
        Step(label, states[(number >= current) + (number > current)]) for number, label in enumerate(labels)
    ]
