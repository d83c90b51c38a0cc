"""The style guide: every component on one page, with invented figures."""

import datetime as dt
import re
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core import charts
from core.badges import BADGES
from core.page_parts import BulkAction, Chip, Crumb, Step, StepState, Tab, Tile, Tone
from core.views.styleguide_forms import SampleForm

_SWATCHES: Final = (
    ("s-son-700", "--son-700", "10,6:1"),
    ("s-son-800", "--son-800", "11,3:1"),
    ("s-gold-400", "--gold-400", "6,3:1"),
    ("s-song-700", "--song-700", "8,4:1"),
    ("s-song-800", "--song-800", "11,6:1"),
    ("s-song-100", "--song-100", "6,9:1"),
    ("s-paper", "--paper", "14,6:1"),
    ("s-surface", "--surface", "9,0:1"),
    ("s-surface-2", "--surface-2", "5,5:1"),
    ("t-ok", "--ok-100", "6,6:1"),
    ("t-warn", "--warn-100", "6,7:1"),
    ("t-bad", "--bad-100", "6,3:1"),
    ("t-info", "--info-100", "7,1:1"),
    ("t-dup", "--dup-100", "8,1:1"),
    ("t-mute", "--mute-100", "6,7:1"),
)
_SHARES: Final = (
    ("89893", "Chợ Mới", 16880, 17962),
    ("89892", "Châu Thành", 14204, 16328),
    ("89888", "Phú Tân", 9870, 10071),
    ("89889", "Châu Phú", 8283, 9412),
    ("89887", "Tân Châu", 6490, 8106),
    ("89894", "Thoại Sơn", 5489, 7730),
    ("89883", "Long Xuyên", 4586, 4727),
    ("89886", "An Phú", 3894, 6955),
    ("89891", "Tri Tôn", 3072, 5208),
    ("89884", "Châu Đốc", 3728, 3966),
    ("89890", "Tịnh Biên", 1781, 3180),
)
_SPRITE: Final = settings.BASE_DIR / "templates" / "components" / "sprite.html"


@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Open to everybody in the demo and while developing, else to signed-in staff."""
    if not (settings.DEBUG or settings.DEMO or request.user.is_authenticated):
        raise Http404
    return render(request, "core/styleguide.html", {**_controls(), **_rows(), **_figures()})


def _controls() -> dict[str, Any]:
    return {
        "swatches": _SWATCHES,
        "icons": re.findall(r'id="i-([a-z]+)"', _SPRITE.read_text(encoding="utf-8")),
        "badges": BADGES,
        "crumb_parts": [Crumb(_("Việc của tôi"), "#"), Crumb("HS-2021-00001236")],
        "neighbours": {"position": 4, "total": 38, "previous_url": "#", "next_url": "#"},
        "form": SampleForm(
            {"full_name": "Néang Sóc Kha", "number": "89190002217", "channel": "bank", "is_pregnant": "on"}
        ),
        "page_tabs": [
            Tab(_("Thẩm định"), "#", is_current=True),
            Tab(_("Giấy tờ"), "#", 5),
            Tab(_("Trùng lặp"), "#", 1, is_hot=True),
        ],
        "queue_tabs": [
            Tab(_("Cần thẩm định"), "#", 38, is_current=True),
            Tab(_("Sắp quá hạn"), "#", 7, is_hot=True),
            Tab(_("Chờ bổ sung"), "#", 12),
            Tab(_("Nghi trùng"), "#", 5),
        ],
        "chips": [Chip(_("Xã Bình Mỹ"), "#"), Chip(_("Cần xem"), "#")],
        "wizard_steps": [
            Step(_("Chọn tệp"), StepState.DONE),
            Step(_("Ghép cột"), StepState.DONE),
            Step(_("Kiểm tra dòng"), StepState.CURRENT),
            Step(_("Nhập vào hệ thống")),
        ],
        "chain": [
            Step(_("Xã lập, niêm yết"), StepState.DONE, "15/09"),
            Step(_("Huyện duyệt danh sách"), StepState.DONE, "17/09"),
            Step(_("Sở rà soát kinh phí"), StepState.CURRENT, _("Quá 2 ngày"), is_late=True),
            Step(_("Tỉnh duyệt kinh phí")),
            Step(_("Chi trả")),
        ],
    }


def _rows() -> dict[str, Any]:
    rows = [
        (
            "Nguyễn Văn Phước",
            1978,
            "Bán vé số lưu động",
            "HS-2021-00001236",
            ["met"] * 6,
            1_500_000,
            "appraising",
            1,
        ),
        (
            "Neáng Sóc Kha",
            1990,
            "Bốc vác",
            "HS-2021-00001244",
            ["met"] * 5 + ["review"],
            1_500_000,
            "needs_supplement",
            None,
        ),
        (
            "Mách Sa Lés",
            1982,
            "Bán hàng rong",
            "HS-2021-00001251",
            ["met"] * 4 + ["not_met", "unknown"],
            1_500_000,
            "duplicate",
            -2,
        ),
    ]
    keys = ("name", "year", "work", "reference", "outcomes", "amount", "state", "days_left")
    return {
        "page": Paginator([dict(zip(keys, row, strict=True)) for row in rows] * 40, 3).get_page(1),
        "bulk_actions": [
            BulkAction("find_eligible", _("Xác nhận đủ điều kiện"), "check", is_primary=True),
            BulkAction("send_back", _("Trả bổ sung"), "back"),
        ],
        "checks": [
            {
                "outcome": "met",
                "statement": _("Cư trú hợp pháp tại An Giang"),
                "facts": _("Thường trú tại xã Bình Mỹ."),
                "article": "QĐ 1856",
            },
            {
                "outcome": "review",
                "statement": _("Chưa hưởng hỗ trợ khác cùng loại"),
                "facts": _("Có một hồ sơ giống họ tên."),
                "article": "NQ 68",
            },
            {
                "outcome": "not_met",
                "statement": _("Nghề thuộc danh mục"),
                "facts": _("“Làm ruộng” không có trong danh mục của tỉnh."),
                "remedy": _("Nếu người này còn làm nghề khác, hãy ghi nghề đó và giấy xác nhận."),
                "article": "QĐ 1856",
            },
            {
                "outcome": "unknown",
                "statement": _("Mất việc do phòng, chống dịch"),
                "facts": _("Xã chưa xác nhận."),
                "article": "QĐ 1856",
            },
        ],
        "events": [
            {
                "actor": "Trần Thị Mỹ Duyên",
                "sentence": _("nhận thẩm định"),
                "at": dt.datetime(2021, 9, 27, 1, 10, tzinfo=dt.UTC),
            },
            {
                "actor": "Lê Tấn Đạt",
                "sentence": _("trả bổ sung"),
                "reason": _("Thiếu giấy xác nhận của khóm."),
                "at": dt.datetime(2021, 9, 22, 3, 31, tzinfo=dt.UTC),
                "is_warning": True,
            },
        ],
    }


def _figures() -> dict[str, Any]:
    approved, paid = sum(row[3] for row in _SHARES), sum(row[2] for row in _SHARES)
    weeks = (
        (32, 0.9, 2),
        (33, 3.1, 4),
        (34, 7.2, 9),
        (35, 12.6, 14),
        (36, 17.8, 19),
        (37, 21.4, 24),
        (38, 26.8, 28),
        (39, 27.6, 28),
    )
    return {
        "tiles": [
            Tile(
                _("Đã phê duyệt"),
                "93.645",
                _("người"),
                _("140,47 tỷ đồng"),
                url="#",
                graphic=charts.sparkline([2, 5, 11, 18, 24, 30]),
            ),
            Tile(
                _("Đã chi"),
                "78.277",
                _("người"),
                tone=Tone.OK,
                graphic=charts.sparkline([1, 2, 6, 12, 20, 30], tone="3"),
            ),
            Tile(
                _("Tỷ lệ đã chi"),
                "83,6",
                "%",
                _("Kế hoạch: 85%"),
                graphic=charts.segment_bar(
                    [(paid, "1")], approved, label="83,6%", is_thick=True, target=approved * 0.85
                ),
            ),
            Tile(_("Hồ sơ quá hạn"), "436", note=_("Giảm 121 so với tuần trước"), tone=Tone.BAD),
        ],
        "bars": charts.bar_list(
            [
                charts.Bar(
                    name, part, whole, charts.percent_text(charts.share_of(part, whole)), f"{part} / {whole}"
                )
                for _c, name, part, whole in _SHARES[:4]
            ]
        ),
        "columns": charts.column_chart(
            [
                charts.Column(f"T{week}", value, f"{value}".replace(".", ","), plan)
                for week, value, plan in weeks
            ],
            title=_("Số tiền chi mỗi tuần, tỷ đồng"),
        ),
        "map": charts.district_map(
            [
                charts.MapTile(
                    code,
                    name,
                    f"{100 * part // whole}%",
                    charts.share_of(part, whole),
                    "#",
                    f"{name}: {part} / {whole}",
                )
                for code, name, part, whole in _SHARES
            ],
            title=_("Tỷ lệ đã chi theo huyện"),
        ),
        "legend": charts.map_legend(),
        "sheet_bar": charts.segment_bar(
            [(197, "3"), (8, "2"), (9, "bad")],
            214,
            label=_("197 dòng hợp lệ, 8 cảnh báo, 9 lỗi"),
            is_thick=True,
        ),
    }
