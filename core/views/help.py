"""The help: a page for each area of work, searched without marks, to be printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from textwrap import shorten
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from core.navigation import HelpTopic
from core.requests import open_to_readers
from core.text import search_key
from core.wording import Text

_SECTION: Final = re.compile(
    r'<section class="card" id="([a-z-]+)"><header><h2>(.*?)</h2></header>(.*?)</section>', re.S
)
_SHOWN: Final = 160


@dataclass(frozen=True, slots=True)
class Found:
    """A section of the help in which every word that was looked for stands."""

    topic: Text
    title: str
    url: str
    beginning: str


@open_to_readers
@require_GET
def help_index(request: HttpRequest) -> HttpResponse:
    """Every topic, or the sections in which the typed words stand."""
    typed = request.GET.get("q", "").strip()[:100]
    words = search_key(typed).split()
    context = {"topics": _topics(), "q": typed, "found": _search(words) if words else []}
    return render(request, "core/help.html", context)


@open_to_readers
@require_GET
def help_page(request: HttpRequest, topic: str) -> HttpResponse:
    """One topic: what to do, what stops, whom to ask; 404 for one that there isn't."""
    chosen = next((each for each in _topics() if each.code == topic), None)
    if chosen is None:
        raise Http404
    context = {"topics": _topics(), "topic": chosen, "text": SafeString(_text(chosen.code, _language()))}
    return render(request, "core/help.html", context)


def _topics() -> Sequence[HelpTopic]:
    """As the pages are listed; who begins comes first."""
    topics: Sequence[HelpTopic] = import_string(settings.HELP_TOPICS)
    return [*topics[-1:], *topics[:-1]]


def _language() -> str:
    return "en" if get_language() == "en" else "vi"


@lru_cache(maxsize=64)
def _text(code: str, language: str) -> str:
    return render_to_string(f"help/{language}/{code}.html")


def _search(words: Sequence[str]) -> list[Found]:
    found = []
    for topic in _topics():
        address = reverse("help_page", args=[topic.code])
        for anchor, title, body in _SECTION.findall(_text(topic.code, _language())):
            said = " ".join(strip_tags(body).split())
            key = search_key(f"{topic.title} {title} {said}")
            if all(word in key for word in words):
                found.append(
                    Found(topic.title, title, f"{address}#{anchor}", shorten(said, _SHOWN, placeholder=" …"))
                )
    return found
