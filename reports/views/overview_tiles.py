"""The large figures of the overview, its way up, and its words."""

from typing import Final

from django.utils.translation import gettext as _

from accounts.models import User
from core.charts import percent_text, segment_bar, share_of, sparkline
from core.dates import format_date
from core.money import format_dong
from core.page_parts import Crumb, Tile, Tone
from core.templatetags.figures import billions
from core.text import inside_sentence
from reports.queries.areas import AreaChoice
from reports.queries.overview import Overview
from reports.queries.people import Stage
from reports.queries.periods import PeriodKind
from reports.queries.progress import StageFigures
from reports.views.overview_asked import Filters

_MOST_LATE_NAMED: Final = 3


def share_text(figures: StageFigures) -> str:
    """The share of the approved people who were paid."""
    return percent_text(share_of(figures.paid.people, figures.approved.people))


def in_period(asked: Filters) -> str:
    """The period inside a sentence; "" for the cumulative one."""
    kind, period = asked.period.kind, asked.period
    if kind is PeriodKind.FREE:
        return _("từ %(first)s đến %(last)s") % {
            "first": format_date(period.first),
            "last": format_date(period.last),
        }
    words = {
        PeriodKind.DAY: _("hôm nay"),
        PeriodKind.WEEK: _("trong tuần này"),
        PeriodKind.MONTH: _("trong tháng này"),
        PeriodKind.QUARTER: _("trong quý này"),
    }
    return words.get(kind, "")


def overview_crumbs(user: User, choice: AreaChoice, asked: Filters) -> list[Crumb]:
    """The way up, as far as the user's area reaches."""
    code = choice.unit.area_code
    above = [code[:length] for length in (2, 5) if len(user.area_code) <= length < len(code)]
    if not above:
        return []
    labels = {2: _("Toàn tỉnh"), 5: _("Toàn huyện")}
    ups = [Crumb(labels[len(part)], asked.overview(area=part)) for part in above]
    return [*ups, Crumb(choice.unit.name)]


def overview_tiles(found: Overview, asked: Filters) -> list[Tile]:
    """Approved, paid, the share beside the plan, late: the four large figures with people and đồng of each."""
    now, period = found.total.cumulative, in_period(asked)
    fresh = f" · {_('thêm')} {format_dong(found.total.period.paid.people)} {period}" if period else ""
    paid_so_far: list[float] = []
    for week in found.weeks:
        paid_so_far.append((paid_so_far[-1] if paid_so_far else 0) + week.paid.people)
    return [
        Tile(
            _("Đã phê duyệt"),
            format_dong(now.approved.people),
            _("người"),
            _("%(money)s · đã đề nghị %(proposed)s người")
            % {"money": billions(now.approved.amount), "proposed": format_dong(now.proposed.people)},
            asked.people(Stage.APPROVED),
        ),
        Tile(
            _("Đã chi"),
            format_dong(now.paid.people),
            _("người"),
            f"{billions(now.paid.amount)}{fresh}",
            asked.people(Stage.PAID),
            Tone.OK,
            sparkline(paid_so_far, tone="3"),
        ),
        _share_tile(found, asked),
        _late_tile(found, asked),
    ]


def _share_tile(found: Overview, asked: Filters) -> Tile:
    now = found.total.cumulative
    share = share_of(now.paid.people, now.approved.people)
    words = _("%(paid)s trong %(approved)s người") % {
        "paid": format_dong(now.paid.people),
        "approved": format_dong(now.approved.people),
    }
    planned = found.plan.to_date or found.plan.whole
    return Tile(
        _("Tỷ lệ đã chi"),
        f"{share:.1f}".replace(".", ","),
        "%",
        _("Còn phải chi: %(people)s người, %(money)s")
        % {"people": format_dong(now.remaining.people), "money": billions(now.remaining.amount)},
        asked.people(Stage.REMAINING),
        graphic=segment_bar(
            [(now.paid.people, "3")],
            now.approved.people,
            label=words,
            is_thick=True,
            target=planned.people if planned and planned.people <= now.approved.people else None,
        ),
    )


def _late_tile(found: Overview, asked: Filters) -> Tile:
    note = _("%(people)s người chờ, %(money)s · chi chưa được %(returned)s người") % {
        "people": format_dong(found.waiting.people),
        "money": billions(found.waiting.amount),
        "returned": format_dong(found.returned.people),
    }
    tone = Tone.BAD if found.late else Tone.OK
    return Tile(_("Danh sách quá hạn"), format_dong(found.late), _("danh sách"), note, asked.late(), tone)


def summary_of(found: Overview, choice: AreaChoice, asked: Filters) -> str:
    """The figures as a paragraph that can be read out in a meeting."""
    now = found.total.cumulative
    sentences = [
        _(
            "Đến ngày %(day)s, %(area)s đã đề nghị %(proposed)s người, được phê duyệt %(approved)s người "
            "(%(approved_money)s), đã chi %(paid)s người (%(paid_money)s), đạt %(share)s."
        )
        % {
            "day": format_date(asked.period.last),
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
    return " ".join(
        [*sentences, *_period_sentence(found, asked), *_plan_sentences(found), *_late_sentence(found)]
    )


def _period_sentence(found: Overview, asked: Filters) -> list[str]:
    words, period = in_period(asked), found.total.period
    if not words:
        return []
    sentence = _(
        "%(period)s: đề nghị %(proposed)s người, phê duyệt %(approved)s người, chi %(paid)s người (%(money)s)."
    ) % {
        "period": words[0].upper() + words[1:],
        "proposed": format_dong(period.proposed.people),
        "approved": format_dong(period.approved.people),
        "paid": format_dong(period.paid.people),
        "money": billions(period.paid.amount),
    }
    return [sentence]


def _plan_sentences(found: Overview) -> list[str]:
    """What was planned until the end of the running week, and for the whole, beside what was paid."""
    paid, plan, sentences = found.total.cumulative.paid, found.plan, []
    for planned, words in (
        (
            plan.to_date,
            _(
                "Kế hoạch các tuần đến hết ngày %(day)s: %(people)s người, %(money)s; đã đạt %(share)s số tiền."
            ),
        ),
        (plan.whole, _("Kế hoạch cả đợt: %(people)s người, %(money)s; đã đạt %(share)s số tiền.")),
    ):
        if planned is not None:
            sentences.append(
                words
                % {
                    "day": format_date(plan.until) if plan.until else "",
                    "people": format_dong(planned.people),
                    "money": billions(planned.amount),
                    "share": _reached(paid.amount, planned.amount),
                }
            )
    return sentences


def _reached(part: int, whole: int) -> str:
    """Percent of a plan, which may be more than 100."""
    return percent_text(100 * part / whole) if whole else "0,0%"


def _late_sentence(found: Overview) -> list[str]:
    if not found.late:
        return []
    names = {row.unit.area_code: row.unit.short_name for row in found.units}
    most = sorted(found.late_by_unit.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_LATE_NAMED]
    named = ", ".join(f"{names.get(code, code)} ({count})" for code, count in most)
    count = {"count": format_dong(found.late), "named": named}
    if len(found.units) < 2:
        return [_("Có %(count)s danh sách quá hạn.") % count]
    return [_("Có %(count)s danh sách quá hạn, nhiều nhất: %(named)s.") % count]
