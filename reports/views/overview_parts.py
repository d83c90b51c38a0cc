"""The parts of the overview page, made of its figures."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.enums import AreaLevel
from accounts.models import User
from core.charts import Bar, MapTile, bar_list, district_map, percent_text, segment_bar, share_of, sparkline
from core.dates import format_date
from core.money import format_dong
from core.page_parts import Crumb, Tile, Tone
from core.templatetags.figures import billions
from core.text import inside_sentence
from core.wording import Text
from reports.definitions.free_workers import STREAMS
from reports.links import LISTS, late_link, link, overview_link, people_link
from reports.queries.areas import AreaChoice
from reports.queries.overview import LateList, Overview
from reports.queries.people import Stage
from reports.queries.progress import Measure, Progress, StageFigures, UnitProgress

_MOST_LATE_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of the table: figures with the addresses of the lists behind them."""

    name: str
    url: str
    figures: StageFigures
    in_period: Measure
    share: str
    late: int
    late_url: str
    returned: Measure
    returned_url: str
    cases_url: str
    approved_url: str
    paid_url: str


@dataclass(frozen=True, slots=True)
class LateRow:
    """A late list with its address."""

    item: LateList
    url: str


def share_text(figures: StageFigures) -> str:
    """The share of the approved people who were paid."""
    return percent_text(share_of(figures.paid.people, figures.approved.people))


def overview_crumbs(user: User, choice: AreaChoice, period: str) -> list[Crumb]:
    """The way up, as far as the user's area reaches."""
    code = choice.unit.area_code
    above = [code[:length] for length in (2, 5) if len(user.area_code) <= length < len(code)]
    if not above:
        return []
    labels = {2: _("Toàn tỉnh"), 5: _("Toàn huyện")}
    ups = [Crumb(labels[len(part)], overview_link(part, period)) for part in above]
    return [*ups, Crumb(choice.unit.name)]


def overview_tiles(found: Overview, choice: AreaChoice, period: Text | None) -> list[Tile]:
    """Approved, paid, share, late: the four large figures; `period` names the time in which «thêm» was paid, if any."""
    area, total = choice.unit.area_code, found.total
    now = total.cumulative
    fresh = f" · {_('thêm')} {format_dong(total.period.paid.people)} {period}" if period else ""
    share = share_of(now.paid.people, now.approved.people)
    paid_so_far: list[float] = []
    for week in found.weeks:
        paid_so_far.append((paid_so_far[-1] if paid_so_far else 0) + week.paid.people)
    words = _("%(paid)s trong %(approved)s người") % {
        "paid": format_dong(now.paid.people),
        "approved": format_dong(now.approved.people),
    }
    return [
        Tile(
            _("Đã phê duyệt"),
            format_dong(now.approved.people),
            _("người"),
            _("%(money)s · đã đề nghị %(proposed)s người")
            % {"money": billions(now.approved.amount), "proposed": format_dong(now.proposed.people)},
            people_link(area, Stage.APPROVED),
        ),
        Tile(
            _("Đã chi"),
            format_dong(now.paid.people),
            _("người"),
            f"{billions(now.paid.amount)}{fresh}",
            people_link(area, Stage.PAID),
            Tone.OK,
            sparkline(paid_so_far, tone="3"),
        ),
        Tile(
            _("Tỷ lệ đã chi"),
            f"{share:.1f}".replace(".", ","),
            "%",
            _("Còn phải chi: %(people)s người, %(money)s")
            % {"people": format_dong(now.remaining.people), "money": billions(now.remaining.amount)},
            people_link(area, Stage.REMAINING),
            graphic=segment_bar([(now.paid.people, "3")], now.approved.people, label=words, is_thick=True),
        ),
        Tile(
            _("Danh sách quá hạn"),
            format_dong(found.late),
            _("danh sách"),
            _("Chi chưa được: %(people)s người") % {"people": format_dong(found.returned.people)},
            late_link(area),
            Tone.BAD if found.late else Tone.OK,
        ),
    ]


def unit_rows(found: Overview, choice: AreaChoice, period: str) -> list[UnitRow]:
    """The units in the order of their approved people, as leaders read them."""
    by_size = sorted(found.units, key=lambda row: -row.total.cumulative.approved.people)
    return [_unit_row(found, row, choice, period) for row in by_size]


def _unit_row(found: Overview, row: UnitProgress, choice: AreaChoice, period: str) -> UnitRow:
    code, total = row.unit.area_code, row.total
    is_leaf = choice.level == AreaLevel.COMMUNE
    return UnitRow(
        name=row.unit.short_name,
        url="" if is_leaf else overview_link(code, period),
        figures=total.cumulative,
        in_period=total.period.paid,
        share=share_text(total.cumulative),
        late=found.late_by_unit.get(code, 0),
        late_url=late_link(code),
        returned=found.returned_by_unit.get(code, Measure()),
        returned_url=people_link(code, Stage.RETURNED),
        cases_url=people_link(code, Stage.PROPOSED),
        approved_url=people_link(code, Stage.APPROVED),
        paid_url=people_link(code, Stage.PAID),
    )


def map_of(found: Overview, period: str) -> SafeString:
    """The districts coloured by the share that was paid."""
    return district_map([_tile(row, period) for row in found.units], title=_("Tỷ lệ đã chi theo huyện"))


def _tile(row: UnitProgress, period: str) -> MapTile:
    now = row.total.cumulative
    share = share_of(now.paid.people, now.approved.people) if now.approved.people else None
    summary = _("%(name)s %(share)s, đã chi %(paid)s trong %(approved)s người") % {
        "name": row.unit.short_name,
        "share": share_text(now),
        "paid": format_dong(now.paid.people),
        "approved": format_dong(now.approved.people),
    }
    value = _("Chưa có") if share is None else f"{share:.0f}%"
    return MapTile(
        row.unit.area_code,
        row.unit.short_name,
        value,
        share,
        overview_link(row.unit.area_code, period),
        summary,
    )


def stream_bars(found: Overview) -> SafeString:
    """Paid of approved for each stream."""
    bars = []
    for code, label in STREAMS:
        now = sum((row.by_stream.get(code, Progress()) for row in found.units), Progress()).cumulative
        note = _("%(paid)s trong %(approved)s người") % {
            "paid": format_dong(now.paid.people),
            "approved": format_dong(now.approved.people),
        }
        bars.append(Bar(label, now.paid.people, now.approved.people, share_text(now), note))
    return bar_list(bars)


def late_rows(found: Overview) -> list[LateRow]:
    """The latest lists first, each with its page."""
    return [LateRow(item, _list_url(item.reference)) for item in found.late_lists]


def _list_url(reference: str) -> str:
    address = link(LISTS)
    return f"{address}{reference}/" if address else ""


def summary_of(found: Overview, choice: AreaChoice, today: dt.date) -> str:
    """The figures as a paragraph that can be read out in a meeting."""
    now = found.total.cumulative
    sentences = [
        _(
            "Đến ngày %(day)s, %(area)s đã đề nghị %(proposed)s người, được phê duyệt %(approved)s người "
            "(%(approved_money)s), đã chi %(paid)s người (%(paid_money)s), đạt %(share)s."
        )
        % {
            "day": format_date(today),
            "area": inside_sentence(choice.unit.name),
            "proposed": format_dong(now.proposed.people),
            "approved": format_dong(now.approved.people),
            "approved_money": billions(now.approved.amount),
            "paid": format_dong(now.paid.people),
            "paid_money": billions(now.paid.amount),
            "share": share_text(now),
        },
        _("Còn phải chi %(people)s người (%(money)s).")
        % {"people": format_dong(now.remaining.people), "money": billions(now.remaining.amount)},
    ]
    if found.late:
        sentences.append(_late_sentence(found))
    return " ".join(sentences)


def _late_sentence(found: Overview) -> str:
    names = {row.unit.area_code: row.unit.short_name for row in found.units}
    most = sorted(found.late_by_unit.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_LATE_NAMED]
    named = ", ".join(f"{names.get(code, code)} ({count})" for code, count in most)
    counted = _("Có %(count)s danh sách quá hạn.") % {"count": format_dong(found.late)}
    if len(found.units) < 2:
        return counted
    return _("Có %(count)s danh sách quá hạn, nhiều nhất: %(named)s.") % {
        "count": format_dong(found.late),
        "named": named,
    }
