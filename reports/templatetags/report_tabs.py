"""The pages of reports, targets and emulation side by side: what stands on top of each of their first pages."""

from collections.abc import Callable
from typing import Any, Final

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import reads_figures, reads_records
from core.page_parts import Tab
from core.wording import Text
from core.workflow import Actor
from reports.permissions import keeps_reports

register = template.Library()

# label, page, beginnings of the addresses that belong to it, who sees it; the longest beginning wins
_PAGES: Final[tuple[tuple[Text, str, tuple[str, ...], Callable[[Actor], bool]], ...]] = (
    (_("Mẫu báo cáo"), "report_list", ("/reports/",), reads_figures),
    (_("Đã phát hành"), "run_list", ("/reports/runs/",), reads_figures),
    (_("Định kỳ"), "schedule_list", ("/reports/schedules/", "/reports/scheduled/"), reads_figures),
    (_("Mẫu của Sở"), "own_list", ("/reports/own/",), keeps_reports),
    (_("Trình bày"), "layout_list", ("/reports/layouts/",), keeps_reports),
    (_("Kế hoạch chi"), "plan", ("/reports/plan/",), reads_figures),
    (_("Nêu tên nhà tài trợ"), "donor_list", ("/reports/donors/",), keeps_reports),
    (_("Chỉ tiêu"), "target_progress", ("/targets/",), reads_figures),
    (_("Thi đua"), "movement_list", ("/emulation/",), reads_records),
)


@register.inclusion_tag("components/tabs.html", takes_context=True)
def report_tabs(context: template.Context) -> dict[str, Any]:
    """Those that this person opens; the one that the page is in is marked."""
    request = context["request"]
    shown = [page for page in _PAGES if page[3](request.user)]
    begun = [start for page in shown for start in page[2] if request.path.startswith(start)]
    current = max(begun, key=len, default=None)
    return {
        "label": _("Báo cáo, chỉ tiêu, thi đua"),
        "items": [
            Tab(label, reverse(f"reports:{name}"), is_current=current in starts)
            for label, name, starts, _who in shown
        ],
    }
