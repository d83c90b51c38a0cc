"""The payment list as PDF: the paper that is signed (layout of Nghị định 30/2020/NĐ-CP, landscape)."""

from core.documents import render_pdf
from disbursements.payment_lists.content import PaymentList


def write_pdf(content: PaymentList) -> bytes:
    """The PDF of a payment list. RendererMissingError where the machine has no Pango."""
    return render_pdf("pdf/payment_list.html", {"list": content})
