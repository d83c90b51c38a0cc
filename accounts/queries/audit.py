"""What of the audit log somebody reads, and by what they can filter it."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.permissions import is_auditor
from accounts.queries.staff import StaffFilter, staff_ids
from core.audit import action_of, registered_codes
from core.queries.events import EventFilter
from core.wording import Text
from core.workflow import Actor

# what an administrator reads: nothing about people, cases and money
TECHNICAL: Final = frozenset({"user", "calendar", "job", "access", "audit"})
_SUBJECTS: Final[Mapping[str, Text]] = {
    "user": _("Tài khoản"),
    "calendar": _("Ngày nghỉ"),
    "job": _("Việc nền"),
    "access": _("Truy cập"),
    "audit": _("Nhật ký hệ thống"),
    "file": _("Tệp"),
    "person": _("Người thụ hưởng"),
    "employer": _("Đơn vị sử dụng lao động"),
    "import": _("Nhập từ Excel"),
    "case": _("Hồ sơ"),
    "outreach": _("Rà soát người chưa có hồ sơ"),
    "list": _("Danh sách đề nghị"),
    "entitlement": _("Mức hỗ trợ"),
    "decision": _("Quyết định phê duyệt"),
    "allocation": _("Kinh phí được phân bổ"),
    "batch": _("Đợt chi trả"),
    "instruction": _("Lệnh chi"),
    "report": _("Báo cáo"),
}


def readable_codes(reader: Actor) -> frozenset[str]:
    """The actions whose lines this person reads: all for an auditor, the technical ones for an administrator."""
    codes = registered_codes()
    return codes if is_auditor(reader) else frozenset(code for code in codes if _subject(code) in TECHNICAL)


def action_choices(reader: Actor) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """The actions by what they are about; a whole subject can be chosen too (its code ends with a dot)."""
    groups: dict[str, list[tuple[str, Text]]] = {}
    for code in sorted(readable_codes(reader)):
        groups.setdefault(_subject(code), []).append((code, action_of(code).label))
    order = [*_SUBJECTS, *sorted(set(groups) - set(_SUBJECTS))]
    return [
        (
            _SUBJECTS.get(subject, subject),
            [
                (f"{subject}.", _("Mọi việc: %(what)s") % {"what": _SUBJECTS.get(subject, subject)}),
                *groups[subject],
            ],
        )
        for subject in order
        if subject in groups
    ]


def event_filter(reader: Actor, chosen: Mapping[str, Any]) -> EventFilter:
    """The filter of a valid form, kept inside the reader's area and actions. Names are found without marks."""
    codes, what, who = readable_codes(reader), chosen.get("what") or "", chosen.get("who") or ""
    if what.endswith("."):
        codes = frozenset(code for code in codes if code.startswith(what))
    elif what:
        codes &= {what}
    return EventFilter(
        area_code=chosen.get("area") or reader.area_code,
        actions=None if codes == registered_codes() else codes,
        actor_ids=staff_ids(reader.area_code, StaffFilter(text=who)) if who else None,
        first=chosen.get("first"),
        last=chosen.get("last"),
        reference=chosen.get("ref") or "",
    )


def _subject(code: str) -> str:
    return code.split(".")[0]
