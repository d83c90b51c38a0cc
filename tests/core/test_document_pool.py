"""Documents laid out by several processes come back in their order, with the same bytes as from one."""

import pytest

from core.document_pool import render_many
from core.documents import DocumentError, render_html

PAGES = [f"<html lang='vi'><title>{n}</title><p>Trang {n}</p></html>" for n in range(5)]


def test_in_their_order_with_the_bytes_of_one_process() -> None:
    assert list(render_many(PAGES, processes=2)) == [render_html(page, is_tagged=False) for page in PAGES]


def test_what_is_wrong_with_a_document_is_said() -> None:
    broken = "<html><title>x</title><img src='https://elsewhere.example/x.png'></html>"
    made = render_many([PAGES[0], broken], processes=2)
    assert next(made) == render_html(PAGES[0], is_tagged=False)
    with pytest.raises(DocumentError, match=r"elsewhere\.example"):
        next(made)
