"""Answers that say the same to everybody may be kept for a minute, and are not sent again while they are the same."""

import hashlib
from typing import Final, cast

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

SECONDS: Final = 60


def for_a_minute(response: HttpResponse) -> HttpResponse:
    """A page that may be kept for a minute by the browser of who opened it: its language is theirs."""
    response.headers["Cache-Control"] = f"private, max-age={SECONDS}"
    return response


def unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A file for everybody with the ETag of its content: 304 for who has it already."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    # what it answers with is the response itself, or one of Django's without content
    return cast("HttpResponse", get_conditional_response(request, etag=etag, response=response))
