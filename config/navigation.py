"""The entries of the navigation bar in their order, and who sees each."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.permissions import has_any, is_administrator, is_auditor, reads_figures, reads_records
from core.navigation import NavEntry
from core.workflow import Actor

_leads = has_any(Role.LEADER)
_has_work = has_any(*(role for role in Role if role not in (Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR)))


def _takes_part_only(actor: Actor) -> bool:
    return reads_records(actor) and not reads_figures(actor)


ENTRIES: Final = (
    NavEntry(_("Việc của tôi"), "home", "list", _has_work),
    NavEntry(_("Tổng quan"), "reports:overview", "chart", reads_figures, ("/reports/overview/",)),
    NavEntry(
        _("Hồ sơ"),
        "support_programs:case_list",
        "doc",
        reads_records,
        (
            "/cases/",
            "/employers/",
            "/left-behind/",
            "/applications/",
            "/grievances/",
            "/documents/",
            "/reminders/",
        ),
    ),
    NavEntry(
        _("Danh sách"), "support_programs:list_list", "users", reads_records, ("/lists/", "/decisions/")
    ),
    NavEntry(
        _("Người dân"),
        "beneficiaries:person_list",
        "user",
        reads_records,
        ("/people/", "/registers/", "/households/", "/duplicates/", "/data-requests/"),
    ),
    NavEntry(
        _("Nhập từ Excel"),
        "beneficiaries:import_list",
        "upload",
        has_any(Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.PROVINCIAL_REVIEWER),
        ("/imports/",),
    ),
    NavEntry(
        _("Đợt chi trả"),
        "disbursements:batch_list",
        "money",
        reads_records,
        (
            "/batches/",
            "/allocations/",
            "/budget/",
            "/ledger/",
            "/payments/",
            "/recoveries/",
            "/payer-accounts/",
            "/callbacks/",
            "/goods/",
            "/donations/",
        ),
    ),
    NavEntry(_("Tôi được hỗ trợ gì?"), "support_programs:calculator", "help", reads_records),
    NavEntry(
        _("Báo cáo"),
        "reports:report_list",
        "download",
        reads_figures,
        ("/reports/", "/targets/", "/emulation/"),
    ),
    # who reads no figures takes part in the movement all the same
    NavEntry(_("Thi đua"), "reports:movement_list", "stamp", _takes_part_only, ("/emulation/",)),
    NavEntry(_("Quản trị"), "accounts:user_list", "gear", is_administrator, ("/settings/", "/admin/")),
    NavEntry(_("Nhật ký"), "accounts:audit_log", "clock", is_auditor, ("/settings/audit/",)),
)
