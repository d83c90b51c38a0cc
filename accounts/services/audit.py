"""The audit log as a file."""

from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import area_name, area_names
from core.audit import record_export
from core.dates import format_date
from core.money import format_dong
from core.queries.events import EventFilter, event_lines
from core.spreadsheets.tables import Column, Heading, Kind, Table
from core.spreadsheets.writing import write_table

MOST_EXPORTED: Final = 20_000


@transaction.atomic
def export_log(*, actor: User, wanted: EventFilter) -> bytes:
    """The filtered log as a workbook, newest first, and an event that says who took it. At most 20,000 lines; the heading
    says so when there are more.
    """
    lines = event_lines(wanted, limit=MOST_EXPORTED + 1)
    is_cut = len(lines) > MOST_EXPORTED
    lines = lines[:MOST_EXPORTED]
    names = area_names(line.area_code for line in lines)
    words = filter_words(wanted)
    table = Table(
        columns=(
            Column("number", _("Dòng"), Kind.INTEGER),
            Column("at", _("Lúc"), width=19),
            Column("business_date", _("Ngày nghiệp vụ"), Kind.DATE),
            Column("actor", _("Người làm"), width=26),
            Column("label", _("Việc"), width=24),
            Column("sentence", _("Nội dung"), width=60),
            Column("reference", _("Mã"), Kind.CODE, width=20),
            Column("area", _("Đơn vị"), width=24),
            Column("reason", _("Lý do"), width=40),
        ),
        rows=[
            {
                "number": line.number,
                "at": f"{timezone.localtime(line.at):%d/%m/%Y %H:%M:%S}",
                "business_date": line.business_date,
                "actor": line.actor_name,
                "label": line.label,
                "sentence": line.sentence,
                "reference": line.reference,
                "area": names[line.area_code],
                "reason": line.reason,
            }
            for line in lines
        ],
        heading=Heading(
            title=_("NHẬT KÝ HỆ THỐNG"),
            subtitles=(
                words,
                *(
                    (_("Chỉ gồm 20.000 dòng mới nhất; hãy thu hẹp bộ lọc để lấy phần còn lại."),)
                    if is_cut
                    else ()
                ),
            ),
        ),
        sheet_name=_("Nhật ký"),
        numbered=True,
    )
    record_export("audit.exported", actor=actor, change={"rows": format_dong(len(lines)), "filters": words})
    return write_table(table)


def filter_words(wanted: EventFilter) -> str:
    """What was asked for, as one line for the heading and the log."""
    parts = [area_name(wanted.area_code)]
    if wanted.first:
        parts.append(_("từ ngày %(day)s") % {"day": format_date(wanted.first)})
    if wanted.last:
        parts.append(_("đến ngày %(day)s") % {"day": format_date(wanted.last)})
    if wanted.reference:
        parts.append(_("mã %(ref)s") % {"ref": wanted.reference})
    if wanted.actions is not None:
        parts.append(_("%(count)s loại việc") % {"count": len(wanted.actions)})
    if wanted.actor_ids is not None:
        parts.append(_("%(count)s người làm") % {"count": len(wanted.actor_ids)})
    return ", ".join(parts)
