"""The payment list as PDF: the paper that is signed (layout of Nghị định 30/2020/NĐ-CP, landscape).

A short list is one tagged document. A long one is put together of a summary by commune and one list per commune, each with
its own total, page numbers and signatures, as communes hand the money out: laying out twenty thousand rows at once would take
gigabytes.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from pypdf import PdfWriter

from core.documents import render_pdf
from disbursements.payment_lists.content import ListGroup, PaymentList

WHOLE_LIST: Final = 400
LINES_OF_A_PART: Final = 400

Tick = Callable[[], None]


def write_pdf(content: PaymentList, tick: Tick = lambda: None) -> bytes:
    """The PDF of a payment list; `tick` is called between its parts. RendererMissingError where the machine has no Pango."""
    if content.people <= WHOLE_LIST:
        return render_pdf("pdf/payment_list.html", {"list": content})
    target = PdfWriter()
    target.append(io.BytesIO(render_pdf("pdf/payment_summary.html", {"list": content})))
    for part in _parts(content):
        tick()
        target.append(io.BytesIO(render_pdf("pdf/payment_list.html", {"list": part})))
    target.add_metadata({"/Title": f"Danh sách chi trả {content.batch_reference}"})
    written = io.BytesIO()
    target.write(written)
    return written.getvalue()


def _parts(content: PaymentList) -> Iterator[PaymentList]:
    """A list per commune; that of a large one in several sheets."""
    for group in content.groups:
        starts = range(0, len(group.lines), LINES_OF_A_PART)
        for number, start in enumerate(starts, start=1):
            label = group.area_name if len(starts) == 1 else f"{group.area_name} (tờ {number}/{len(starts)})"
            lines = group.lines[start : start + LINES_OF_A_PART]
            yield replace(content, groups=(ListGroup(group.area_name, lines),), part_label=label)
