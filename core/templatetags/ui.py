"""Building blocks of pages: `{% load ui %}`. Each is shown at /styleguide/ and in templates/components/README.md."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms, template
from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.badges import badge_of
from core.charts import progress_bar
from core.dates import format_date
from core.page_parts import BulkAction, Chip, Crumb, Step, Tab, Tile, Tone
from core.queries.calendar import working_calendar
from core.wording import Text

register = template.Library()

NOTE_ICONS: Final = {"info": "info", "ok": "check", "warn": "alert", "bad": "x", "dup": "copy"}
TICK_CLASSES: Final = {"met": "", "not_met": "x", "review": "w", "unknown": "u"}
DUE_SOON_DAYS: Final = 2
_COMING: Final = dt.timedelta(days=30)


@register.simple_tag
def icon(name: str, large: bool = False) -> SafeString:
    """A drawing of the sprite in components/sprite.html; decoration only, the word stands beside it."""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="#i-{}"/></svg>', " i-lg" if large else "", name
    )


@register.simple_tag
def tag(tone: str, icon_name: str, label: Text) -> SafeString:
    """A small label of free wording."""
    return format_html('<span class="tag t-{}">{}{}</span>', tone, icon(icon_name), label)


@register.simple_tag
def status(kind: str, code: str) -> SafeString:
    """The badge of a state: `{% status "case" case.state %}`."""
    badge = badge_of(kind, code)
    return tag(badge.tone, badge.icon, badge.label)


@register.simple_tag
def deadline(
    days_left: int | None, due: object = "", is_stopped: bool = False, since: dt.date | None = None
) -> SafeString:
    """Working days left: amber from 2, red when late; None is "Chưa có". The exact date is its title.

    `is_stopped` says that the clock stands still while somebody else must act, `since` from when.
    """
    if is_stopped and since is not None:
        words = _("Chờ bổ sung từ %(day)s") % {"day": format_date(since)}
        return format_html('<span class="due">{}</span>', words)
    if is_stopped:
        return format_html('<span class="due">{}</span>', _("Chờ bổ sung"))
    if days_left is None:
        return format_html('<span class="due muted">{}</span>', _("Chưa có"))
    if days_left < 0:
        late = -days_left
        words = ngettext("Quá %(days)d ngày", "Quá %(days)d ngày", late) % {"days": late}
        return format_html('<span class="due late" title="{}">{}</span>', due, words)
    if days_left == 0:
        words = _("Hạn hôm nay")
    else:
        words = ngettext("Còn %(days)d ngày", "Còn %(days)d ngày", days_left) % {"days": days_left}
    return format_html(
        '<span class="due{}" title="{}">{}</span>', " soon" if days_left <= DUE_SOON_DAYS else "", due, words
    )


@register.simple_tag
def calendar_gap(*days: dt.date | None) -> SafeString | str:
    """A warning where the public holidays of this year, of the coming month's or of one of these days were never entered: due
    days in it may be too early. Nothing where the calendar is complete.
    """
    today = clock.today()
    asked = {today.year, (today + _COMING).year, *(day.year for day in days if day is not None)}
    calendar = working_calendar()
    missing = sorted(year for year in asked if not calendar.covers(year))
    if not missing:
        return ""
    words = _(
        "Lịch chưa có ngày nghỉ lễ năm %(years)s nên hạn xử lý trong năm đó có thể sai. Hãy báo quản trị nhập ngày nghỉ."
    ) % {"years": ", ".join(str(year) for year in missing)}
    return format_html('<div class="note n-warn">{}<div>{}</div></div>', icon(NOTE_ICONS["warn"]), words)


@register.simple_tag
def ticks(outcomes: Sequence[str]) -> SafeString:
    """One small mark per criterion and the count in figures; codes met, not_met, review, unknown."""
    marks = format_html(
        "".join(f'<i class="{TICK_CLASSES.get(code, "u")}"></i>' for code in outcomes) + "{}", ""
    )
    met, total = sum(code == "met" for code in outcomes), len(outcomes)
    words = _("đạt %(met)d trong %(total)d điều kiện") % {"met": met, "total": total}
    return format_html(
        '<span class="mini" title="{}"><span aria-hidden="true">{}</span> {}/{}<span class="sr">: {}</span></span>',
        words,
        marks,
        met,
        total,
        words,
    )


@register.simple_tag
def bar(part: float, whole: float, label: Text = "", tone: str = "1", is_thick: bool = False) -> SafeString:
    """A progress bar; write the figures beside it."""
    return progress_bar(part, whole, label=str(label) or f"{part} / {whole}", tone=tone, is_thick=is_thick)


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Mapping[str, Any], page: Page[Any], noun: Text) -> dict[str, Any]:
    """Pages of a list with the rest of the address kept: `{% pager page "hồ sơ" %}`."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "request": context["request"],
        "page": page,
        "noun": noun,
        "numbers": list(numbers),
        "gap": page.paginator.ELLIPSIS,
    }


@register.simple_tag(takes_context=True)
def sort_th(
    context: Mapping[str, Any], key: str, label: Text, is_number: bool = False, default: str = ""
) -> SafeString:
    """A column head that sorts: `?sort=key`, again for `?sort=-key`. `default` is the order without a parameter."""
    request: HttpRequest = context["request"]
    current = request.GET.get("sort") or default
    is_up, is_down = current == key, current == f"-{key}"
    address = request.GET.copy()
    address["sort"] = f"-{key}" if is_up else key
    address.pop("page", None)
    order = ' aria-sort="ascending"' if is_up else ' aria-sort="descending"' if is_down else ""
    sign = icon("down") if is_down else icon("up")
    return format_html(
        '<th scope="col"{}{}><a href="?{}">{}{}</a></th>',
        SafeString(' class="num"' if is_number else ""),
        SafeString(order),
        address.urlencode(),
        label,
        sign if is_up or is_down else icon("sort"),
    )


_BARE_WIDGETS: Final = (forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.RadioSelect)


@register.inclusion_tag("components/field.html")
def field(bound: forms.BoundField, width: str = "", placeholder: Text = "", rows: int = 0) -> dict[str, Any]:
    """Label, hint, error and control of a form field; width is "w-date", "w-id", "w-money" or nothing."""
    widget = bound.field.widget
    anchor = bound.id_for_label or bound.auto_id  # a group of boxes has no control of its own to be labelled
    described = [
        part
        for part, shown in (
            (f"{anchor}_hint", bound.help_text),
            (f"{anchor}_error", bound.errors),
        )
        if shown
    ]
    attributes: dict[str, Any] = {}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    if not isinstance(widget, _BARE_WIDGETS):
        attributes["class"] = " ".join(
            part for part in ("in", width, str(widget.attrs.get("class", ""))) if part
        )
    if placeholder:
        attributes["placeholder"] = str(placeholder)
    if rows:
        attributes["rows"] = rows
    is_group = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return {
        "bound": bound,
        "anchor": anchor,
        "control": bound.as_widget(attrs=attributes),
        "is_check": isinstance(widget, forms.CheckboxInput),
        "is_group": is_group,
        "is_password": isinstance(widget, forms.PasswordInput),
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm, is_doubt: bool = False) -> dict[str, Any]:
    """What has to be corrected, or only compared with the papers, each a link to its field, in the same words; nothing when
    the form is right.
    """
    problems = [(str(message), "") for message in form.non_field_errors()]
    for bound in form:
        target = bound.id_for_label or f"{bound.auto_id}_0"  # of a group the first box
        problems += [(str(message), target) for message in bound.errors]
    return {"problems": problems, "count": len(problems), "is_doubt": is_doubt}


@register.inclusion_tag("components/crumbs.html")
def crumbs(parts: Sequence[Crumb], neighbours: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The way back. `neighbours` may hold position, total, previous_url, next_url of a queue."""
    return {"parts": parts, "neighbours": neighbours}


@register.inclusion_tag("components/steps.html")
def steps(items: Sequence[Step], label: Text, is_slim: bool = False) -> dict[str, Any]:
    """Stepper of an approval chain, or slim of a wizard."""
    return {"items": items, "label": label, "is_slim": is_slim}


@register.inclusion_tag("components/tiles.html")
def tiles(items: Sequence[Tile]) -> dict[str, Any]:
    """Row of large figures."""
    return {"items": items}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Sequence[Tab], label: Text) -> dict[str, Any]:
    """Tabs in a page, each a link."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/queues.html")
def queues(items: Sequence[Tab], label: Text) -> dict[str, Any]:
    """Counters of the worklist, each a link to exactly that list."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/chips.html")
def chips(items: Sequence[Chip], clear_url: str = "?") -> dict[str, Any]:
    """Active filters, each removable."""
    return {"items": items, "clear_url": clear_url}


@register.inclusion_tag("components/bulk.html")
def bulk(actions: Sequence[BulkAction], total: int = 0, noun: Text = "") -> dict[str, Any]:
    """Bar under a table of checkboxes named "pick"; counts in the page. `total` offers the choice of every row of the filter."""
    return {"actions": actions, "total": total, "noun": noun}


@register.simple_block_tag
def note(content: str, tone: str = "info") -> SafeString:
    """A notice near the place of action: `{% note "warn" %}...{% endnote %}`; info, ok, warn, bad, dup."""
    return format_html(
        '<div class="note{}">{}<div>{}</div></div>',
        "" if tone == "info" else f" n-{tone}",
        icon(NOTE_ICONS[tone]),
        SafeString(content),
    )


@register.simple_block_tag
def card(content: str, title: Text, icon_name: str = "", anchor: str = "", aside: str = "") -> SafeString:
    """A titled surface; `aside` is markup at the right of the head. Paddings are the content's (`<div class="card-b">`)."""
    return format_html(
        '<section class="card"{}><header>{}<h2>{}</h2>{}</header>{}</section>',
        format_html(' id="{}"', anchor) if anchor else "",
        icon(icon_name) if icon_name else "",
        title,
        format_html('<span class="right">{}</span>', aside) if aside else "",
        SafeString(content),
    )


@register.simple_block_tag
def dialog(content: str, name: str, title: Text) -> SafeString:
    """A native dialog, opened by any `<button data-dialog="name">`; put a `<div class="dlg-b">` and a `<footer>` inside."""
    return format_html(
        '<dialog class="dlg" id="{0}" aria-labelledby="{0}-title"><header><h2 id="{0}-title">{1}</h2></header>{2}</dialog>',
        name,
        title,
        SafeString(content),
    )


@register.filter
def tone_class(tone: str) -> str:
    """The text colour of a figure: ok, bad, warn; nothing for the others."""
    return tone if tone in (Tone.OK, Tone.BAD, Tone.WARN) else ""
