"""The strip of tabs between the pages about cases: the cases, applications, complaints, official papers, what is late."""

from collections.abc import Callable
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import reads_records
from core.page_parts import Tab
from core.wording import Text
from core.workflow import Actor
from support_programs.permissions import DEPARTMENT_DIGITS
from support_programs.queries.reminders import may_see_late_work


def _only_receives(actor: Actor) -> bool:
    """Communes have nobody below to urge."""
    return reads_records(actor) and not may_see_late_work(actor) and len(actor.area_code) > DEPARTMENT_DIGITS


_TABS: Final[tuple[tuple[str, Text, Callable[[Actor], bool]], ...]] = (
    ("case_list", _("Hồ sơ"), reads_records),
    ("application_list", _("Đơn đăng ký"), reads_records),
    ("grievance_list", _("Khiếu nại, phản ánh"), reads_records),
    ("document_list", _("Văn bản"), reads_records),
    ("reminder_list", _("Đôn đốc"), may_see_late_work),
    ("reminders_received", _("Đôn đốc đã nhận"), _only_receives),
)


def case_tabs(actor: Actor, current: str) -> list[Tab]:
    """The tabs that this person may open, the one of this address's name marked."""
    return [
        Tab(label, reverse(f"support_programs:{name}"), is_current=name == current)
        for name, label, is_open in _TABS
        if is_open(actor)
    ]
