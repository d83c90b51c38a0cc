"""The payment list as PDF: the paper that is signed (layout of Nghị định 30/2020/NĐ-CP, landscape).

A short list is one tagged document. A long one is put together of a summary by commune and one list per commune, each with
its own total, page numbers and signatures, as communes hand the money out. Its parts are laid out by several processes and joined
in their order, so the bytes are the same however many there are.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import ceil
from typing import Final

from django.template.loader import render_to_string
from pypdf import PdfWriter

from core.document_pool import render_many
from core.documents import render_pdf
from disbursements.payment_lists.content import ListGroup, PaymentList
from disbursements.payment_lists.lines import in_chunks

WHOLE_LIST: Final = 400
LINES_OF_A_PART: Final = 400

Tick = Callable[[], None]


def write_pdf(content: PaymentList, tick: Tick = lambda: None) -> bytes:
    """The PDF of a payment list; `tick` is called between its parts. RendererMissingError where the machine has no Pango."""
    if content.people <= WHOLE_LIST:
        return render_pdf("pdf/payment_list.html", {"list": content})
    target = PdfWriter()
    for part in render_many(_pages(content)):
        tick()
        target.append(io.BytesIO(part))
    target.add_metadata({"/Title": f"{content.kind} {content.batch_reference}"})
    written = io.BytesIO()
    target.write(written)
    return written.getvalue()


def _pages(content: PaymentList) -> Iterator[str]:
    yield render_to_string("pdf/payment_summary.html", {"list": content})
    for part in _parts(content):
        yield render_to_string("pdf/payment_list.html", {"list": part})


def _parts(content: PaymentList) -> Iterator[PaymentList]:
    """A list per commune; that of a large one in several sheets."""
    for group in content.groups:
        sheets = ceil(group.people / LINES_OF_A_PART)
        for number, lines in enumerate(in_chunks(group.each_line(), LINES_OF_A_PART), start=1):
            label = group.area_name if sheets == 1 else f"{group.area_name} (tờ {number}/{sheets})"
            yield replace(content, groups=(ListGroup(group.area_name, lines),), part_label=label)
