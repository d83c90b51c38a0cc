"""The help: a topic per area of work, and which pages it belongs to. The texts are templates/help/<language>/<code>.html."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.navigation import HelpTopic

# the first whose address begins a page's is that page's help; the last one is everybody's
TOPICS: Final = (
    HelpTopic("worklist", _("Việc của tôi"), "list", (r"/$", r"/cases/$", r"/cases/bulk/", r"/saved-views/")),
    HelpTopic("entry", _("Nhập hồ sơ giấy"), "edit", (r"/cases/new/",)),
    HelpTopic("papers", _("Giấy tờ của hồ sơ"), "doc", (r"/cases/[^/]+/papers/", r"/lists/[^/]+/facts/")),
    HelpTopic("case", _("Trang hồ sơ và quyết định"), "check", (r"/cases/", r"/duplicates/", r"/employers/")),
    HelpTopic("posting", _("Niêm yết công khai"), "users", (r"/lists/[^/]+/(post|close-posting)/",)),
    HelpTopic("lists", _("Danh sách đề nghị"), "list", (r"/lists/", r"/left-behind/")),
    HelpTopic("import", _("Nhập từ Excel"), "upload", (r"/imports/",)),
    HelpTopic(
        "deadlines", _("Thời hạn, đôn đốc, bản tin"), "clock", (r"/reminders/", r"/settings/calendar/")
    ),
    HelpTopic("documents", _("Văn bản, mẫu in"), "print", (r"/documents/",)),
    HelpTopic("grievances", _("Khiếu nại, phản ánh"), "alert", (r"/grievances/",)),
    HelpTopic("applications", _("Đơn người dân tự gửi"), "send", (r"/applications/",)),
    HelpTopic(
        "budget", _("Kinh phí, sổ cái"), "money", (r"/budget/", r"/allocations/", r"/ledger/", r"/donations/")
    ),
    HelpTopic(
        "results",
        _("Sao kê, kết quả chi"),
        "upload",
        (r"/batches/[^/]+/(statement|results|close)/", r"/payments/unknown/"),
    ),
    HelpTopic("payments", _("Đợt chi trả"), "bank", (r"/batches/", r"/payer-accounts/", r"/signatures/")),
    HelpTopic(
        "after", _("Sau khi chi: chi lại, thu hồi"), "back", (r"/payments/", r"/recoveries/", r"/callbacks/")
    ),
    HelpTopic("goods", _("Gạo và hiện vật"), "list", (r"/goods/",)),
    HelpTopic(
        "publicity", _("Công khai, số liệu mở"), "users", (r"/decisions/", r"/reports/donors/", r"/public/")
    ),
    HelpTopic("schedule", _("Lịch báo cáo, báo cáo định kỳ"), "clock", (r"/reports/schedule",)),
    HelpTopic("overview", _("Tổng quan, kế hoạch chi"), "chart", (r"/reports/overview/", r"/reports/plan/")),
    HelpTopic("reports", _("Báo cáo, mẫu của Sở"), "doc", (r"/reports/",)),
    HelpTopic("emulation", _("Thi đua, khen thưởng"), "check", (r"/emulation/",)),
    HelpTopic("targets", _("Chỉ tiêu của ngành"), "chart", (r"/targets/",)),
    HelpTopic("keyboard", _("Bàn phím"), "info", (r"/help/keyboard/",)),
    HelpTopic("start", _("Bắt đầu, ai làm việc gì"), "help", (r"/",)),
)
