"""The content of one person's receipt, and its paper."""

from dataclasses import dataclass

from django.utils import translation

from core import crypto
from core.documents import render_pdf
from core.money import amount_in_words
from core.text import inside_sentence
from disbursements.models import PaymentInstruction
from disbursements.payment_lists.content import area_names, bodies


@dataclass(frozen=True, slots=True)
class Receipt:
    """One payee, one amount, and who receives it instead, if somebody does."""

    line: PaymentInstruction
    parent_body: str
    body: str
    programme: str
    address: str
    number: str
    proxy_name: str
    proxy_relation: str
    proxy_number: str
    proxy_paper: str

    @property
    def amount_words(self) -> str:
        return amount_in_words(self.line.amount)

    @property
    def signers(self) -> tuple[dict[str, str], ...]:
        return ({"office": "Người chi tiền"}, {"office": "Người nhận tiền"})


def receipt_of(line: PaymentInstruction) -> Receipt:
    """Read what the receipt of a line says."""
    names = area_names(line.area_code)
    # the paper is Vietnamese whatever language its maker reads
    with translation.override("vi"):
        return _receipt_of(line, names)


def _receipt_of(line: PaymentInstruction, names: dict[str, str]) -> Receipt:
    parent, body = bodies(line.area_code, names)
    place = inside_sentence(names.get(line.area_code, "")) if len(line.area_code) > len("89") else ""
    proxy = line.proxies.order_by("-ordinal").first()
    return Receipt(
        line=line,
        parent_body=parent,
        body=body,
        programme=line.batch.programme.name,
        address=", ".join(filter(None, (line.hamlet, place))),
        number=crypto.decrypt("number", line.payee_number_encrypted),
        proxy_name=proxy.full_name if proxy else "",
        proxy_relation=inside_sentence(str(proxy.get_relation_display())) if proxy else "",
        proxy_number=crypto.decrypt("number", proxy.number_encrypted) if proxy else "",
        proxy_paper=f"{proxy.paper_number} ngày {proxy.paper_date:%d/%m/%Y}" if proxy else "",
    )


def write_receipt(receipt: Receipt) -> bytes:
    """The PDF; RendererMissingError where the machine has no Pango."""
    return render_pdf("pdf/cash_receipt.html", {"receipt": receipt, "line": receipt.line})
