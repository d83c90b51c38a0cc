"""Building blocks of pages."""

from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from core.badges import badge_of
from core.page_parts import Tone
from core.templatetags import ui
from core.views.styleguide_forms import SampleForm


def _render(source: str, context: dict[str, object], address: str = "/") -> str:
    template = engines["django"].from_string("{% load ui figures %}" + source)
    return template.render(context, RequestFactory().get(address))


def test_a_state_is_shown_by_colour_icon_and_word() -> None:
    html = ui.status("case", "needs_supplement")
    assert (
        html
        == '<span class="tag t-warn"><svg class="i" aria-hidden="true"><use href="#i-back"/></svg>Cần bổ sung</span>'
    )


def test_an_unknown_state_is_grey_and_escaped() -> None:
    assert badge_of("case", "new").tone is Tone.MUTE
    assert "&lt;b&gt;" in ui.status("case", "<b>")


def test_deadlines_say_days_left_in_words() -> None:
    assert ">Còn 3 ngày<" in ui.deadline(3)
    assert "soon" not in ui.deadline(3)
    assert 'class="due soon"' in ui.deadline(2)
    assert "Hạn hôm nay" in ui.deadline(0)
    assert 'class="due late"' in ui.deadline(-2)
    assert "Quá 2 ngày" in ui.deadline(-2)
    assert "Chờ bổ sung" in ui.deadline(5, is_stopped=True)
    assert "Chưa có" in ui.deadline(None)


def test_ticks_say_how_many_are_met() -> None:
    html = ui.ticks(["met", "not_met", "review", "unknown"])
    assert html.count("<i ") == 4
    assert "1/4" in html
    assert "đạt 1 trong 4 điều kiện" in html


def test_the_pager_keeps_the_filters() -> None:
    page = Paginator(range(120), 25).get_page(2)
    html = _render('{% pager page "hồ sơ" %}', {"page": page}, "/cases/?state=eligible&page=2")
    assert "26–50 trong 120 hồ sơ" in html
    assert 'href="?state=eligible&amp;page=3"' in html
    assert '<span aria-current="page">2</span>' in html


def test_one_page_has_no_page_links() -> None:
    html = _render('{% pager page "hồ sơ" %}', {"page": Paginator(range(3), 25).get_page(1)})
    assert "1–3 trong 3 hồ sơ" in html
    assert "<nav" not in html


def test_a_head_sorts_and_turns_round() -> None:
    source = '{% sort_th "amount" "Mức hỗ trợ" is_number=True %}'
    fresh = _render(source, {}, "/?q=an&page=3")
    assert "aria-sort" not in fresh
    assert 'href="?q=an&amp;sort=amount"' in fresh
    assert 'class="num"' in fresh
    up = _render(source, {}, "/?sort=amount")
    assert 'aria-sort="ascending"' in up
    assert "sort=-amount" in up
    assert 'aria-sort="descending"' in _render(source, {}, "/?sort=-amount")


def test_a_refused_field_ties_its_message_to_the_control() -> None:
    form = SampleForm({"full_name": "An", "number": "8919", "channel": "bank"})
    html = _render("{% field form.number %}", {"form": form})
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_number_hint id_number_error"' in html
    assert 'id="id_number_error"' in html
    assert "Số CCCD phải có 12 chữ số" in html


def test_the_summary_links_to_each_field_in_the_same_words() -> None:
    form = SampleForm({"full_name": "An", "number": "8919", "channel": "bank"})
    html = _render("{% error_summary form %}", {"form": form})
    assert '<a href="#id_number">Số CCCD phải có 12 chữ số</a>' in html
    assert "Có 1 chỗ cần sửa" in html
    right = SampleForm({"full_name": "An", "number": "089193000412", "channel": "bank"})
    assert _render("{% error_summary form %}", {"form": right}).strip() == ""


def test_block_tags_escape_their_titles() -> None:
    html = _render("{% card title %}<p>{{ inside }}</p>{% endcard %}", {"title": "<b>", "inside": "<i>"})
    assert "<h2>&lt;b&gt;</h2>" in html
    assert "<p>&lt;i&gt;</p>" in html
    assert 'class="note n-warn"' in _render('{% note "warn" %}x{% endnote %}', {})
    assert 'aria-labelledby="ask-title"' in _render('{% dialog "ask" "Hỏi" %}x{% enddialog %}', {})
