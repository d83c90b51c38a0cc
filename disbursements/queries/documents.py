"""The papers of a payout batch: the request to pay and the minutes of its reconciliation. Their sums come from the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.queries import area_name
from core.date_texts import format_date, format_long_date
from core.money import amount_in_words, format_dong
from core.text import inside_sentence
from core.wording import Text
from core.workflow import Actor
from disbursements.enums import BatchStatus, InstructionStatus, LedgerAccount, LedgerKind, PayoutChannel
from disbursements.models import Batch, BudgetLine, LedgerPosting, PaymentInstruction
from disbursements.queries.ledger import BatchMoney, Key, Tally, batch_money, flows
from support_programs.enums import DocumentKind
from support_programs.models import OfficialDocument
from support_programs.queries.documents.bodies import Body, area_in_sentence
from support_programs.queries.documents.records import RecordKind, register_record_kind
from support_programs.queries.documents.sheet import Details, Signer, lines, paragraphs

_HOW: Final = "(Ký, ghi rõ họ tên)"
_ACCOUNTANT: Final = Signer(("Kế toán",), how=_HOW)
_ASKS: Final = frozenset({BatchStatus.PREPARED, BatchStatus.APPROVED, BatchStatus.RELEASED})
_NOT_ASKED: Final = _("Chỉ soạn khi đợt chi đã lập xong và chưa khóa.")
_NOT_CLOSED: Final = _("Chỉ lập khi đợt chi đã khóa: trước đó số liệu còn thay đổi.")


@dataclass(frozen=True, slots=True)
class Share:
    """People and đồng of one row of a table; `line` is the budget line that pays them."""

    label: str
    tally: Tally
    line: BudgetLine | None = None


@dataclass(frozen=True, slots=True)
class LineResult:
    """What became of the money that a batch took from one budget line."""

    line: BudgetLine
    taken: Tally
    paid: Tally
    back: Tally


@dataclass(frozen=True, slots=True)
class Reason:
    """Why people were not paid, in the words that were recorded."""

    words: str
    people: int
    amount: int


def register() -> None:
    """Papers can be about batches from now on."""
    kind = RecordKind(
        rows=lambda: Batch.objects.select_related("programme", "payer_account"),
        makers={DocumentKind.PAYOUT_REQUEST: payout_request, DocumentKind.RECONCILIATION: reconciliation},
        initial=_initial,
        refusal=_refusal,
    )
    register_record_kind("batch", kind)


def _initial(kind: str, batch: Batch, actor: Actor) -> dict[str, Any]:
    if kind == DocumentKind.PAYOUT_REQUEST:
        return {"bases": "\n".join(_bases(batch))}
    return {}


def _refusal(kind: str, batch: Batch) -> Text:
    if kind == DocumentKind.PAYOUT_REQUEST:
        return "" if batch.status in _ASKS else _NOT_ASKED
    return "" if batch.status == BatchStatus.CLOSED else _NOT_CLOSED


def batch_of(document: OfficialDocument) -> Batch:
    """The batch that a paper is about."""
    rows = Batch.objects.select_related("programme", "payer_account")
    return rows.get(reference=document.about_refs[0])


def payout_request(document: OfficialDocument, body: Body) -> Details:
    """Who asks to pay how much to how many, from which money and through which channel; the payees are in the payment list."""
    batch, content = batch_of(document), document.content
    moved = _moved(batch, "line", "area")
    taken = _taken(moved)
    return Details(
        title="Giấy đề nghị chi",
        subject=f"Chi trả {inside_sentence(batch.programme.name)}, đợt {batch.reference}",
        addressees=lines(content.get("addressee", "")) or ("………………………………………………",),
        beside=(_ACCOUNTANT,),
        values={
            **_about(batch, body),
            "bases": lines(content.get("bases", "")) or tuple(_bases(batch)),
            "sources": _by_line(taken),
            "communes": _by_commune(taken),
            "sums": _total(taken.values()),
            "words": amount_in_words(_total(taken.values()).amount),
            "payer": batch.payer_account,
            "paragraphs": paragraphs(content.get("text", "")),
        },
    )


def reconciliation(document: OfficialDocument, body: Body) -> Details:
    """What was approved, paid and not paid, as the ledger says when the batch is locked; by budget line and by reason."""
    batch, content = batch_of(document), document.content
    money = batch_money([batch])[batch.pk]
    payer = content.get("payer") or _payer_words(batch)
    return Details(
        title="Biên bản",
        subject=f"Về việc đối chiếu kết quả chi trả đợt {batch.reference}",
        beside=(Signer(("Đại diện bên chi trả",), how=_HOW), _ACCOUNTANT),
        values={
            **_about(batch, body),
            "hour": content.get("hour", ""),
            "place": content.get("place") or body.full_name,
            "day": format_long_date(batch.closed_on) if batch.closed_on else "",
            "present": lines(content.get("present", "")),
            "payer": payer,
            "money": money,
            "difference": _difference(batch, money),
            "paid_words": amount_in_words(money.paid.amount),
            "unpaid_words": amount_in_words(money.unpaid.amount),
            "results": _results(_moved(batch, "line")),
            "reasons": _reasons(batch),
            "paragraphs": paragraphs(content.get("text", "")),
        },
    )


def _about(batch: Batch, body: Body) -> dict[str, Any]:
    return {
        "batch": batch,
        "body": body,
        "area": area_in_sentence(batch.area_code),
        "programme": inside_sentence(batch.programme.name),
        "channel": inside_sentence(str(PayoutChannel(batch.channel).label)),
        "decisions": _decisions(batch),
        "made_on": format_date(batch.made_on) if batch.made_on else "",
        "released_on": format_date(batch.released_on) if batch.released_on else "",
    }


def _moved(batch: Batch, *by: str) -> dict[Key, dict[tuple[str, str], Tally]]:
    return flows(LedgerPosting.objects.filter(batch=batch), *by)


def _taken(moved: Mapping[Key, Mapping[tuple[str, str], Tally]]) -> dict[Key, Tally]:
    """What the batch took from each line (and commune): the entries that brought it in."""
    taken = {
        key: found.get((LedgerKind.COMMITMENT, LedgerAccount.COMMITTED), Tally())
        for key, found in moved.items()
    }
    return {key: tally for key, tally in taken.items() if tally.people}


def _total(tallies: Any) -> Tally:
    return sum(tallies, Tally())


def _by_line(taken: Mapping[Key, Tally]) -> list[Share]:
    """By budget line, with decision and source; one query."""
    sums: dict[int, Tally] = {}
    for (line, _area), tally in taken.items():
        sums[line] = sums.get(line, Tally()) + tally
    found = _lines(list(sums))
    return [Share(line.reference, sums[line.pk], line) for line in found]


def _by_commune(taken: Mapping[Key, Tally]) -> list[Share]:
    sums: dict[str, Tally] = {}
    for (_line, area), tally in taken.items():
        sums[area] = sums.get(area, Tally()) + tally
    return [Share(area_name(area), sums[area]) for area in sorted(sums)]


def _lines(keys: Sequence[int]) -> list[BudgetLine]:
    rows = BudgetLine.objects.filter(pk__in=keys).select_related("decision", "source")
    return list(rows.order_by("decision__signed_on", "reference"))


def _results(moved: Mapping[Key, Mapping[tuple[str, str], Tally]]) -> list[LineResult]:
    """Each budget line of the batch with what it gave, what was paid of it and what went back to it; one query."""
    found = []
    for line in _lines([key[0] for key in moved]):
        kinds = moved[line.pk,]
        available = LedgerAccount.AVAILABLE
        back = _total(
            kinds.get((kind, available), Tally()) for kind in (LedgerKind.FAILURE, LedgerKind.RETURN)
        )
        paid = _total(tally for (_kind, account), tally in kinds.items() if account == LedgerAccount.PAID)
        taken = kinds.get((LedgerKind.COMMITMENT, LedgerAccount.COMMITTED), Tally())
        found.append(LineResult(line, taken, paid, back))
    return found


def _reasons(batch: Batch) -> list[Reason]:
    """Those who were not paid by the words of the reason, the most people first; one query."""
    rows = PaymentInstruction.objects.filter(
        batch=batch, status__in=InstructionStatus.final_without_payment()
    ).values_list("result_reason", "amount")
    sums: dict[str, tuple[int, int]] = {}
    for words, amount in rows:
        people, dong = sums.get(words, (0, 0))
        sums[words] = people + 1, dong + amount
    found = [Reason(words, people, dong) for words, (people, dong) in sums.items()]
    return sorted(found, key=lambda reason: (-reason.people, reason.words))


def _difference(batch: Batch, money: BatchMoney) -> int:
    return batch.total_amount - money.paid.amount - money.unpaid.amount - money.awaited.amount


def _decisions(batch: Batch) -> list[str]:
    """The decisions that approved the money: "số 2208/QĐ-UBND ngày 20 tháng 9 năm 2021"; one query."""
    rows = PaymentInstruction.objects.filter(batch=batch).order_by("entitlement__decision__signed_on")
    found = rows.values_list("decision_number", "entitlement__decision__signed_on").distinct()
    return [f"số {number} {format_long_date(day)}" for number, day in found]


def _bases(batch: Batch) -> list[str]:
    """What the request rests on: the decisions, and the batch's own list."""
    return [f"Quyết định {words} của Ủy ban nhân dân tỉnh An Giang" for words in _decisions(batch)] + [
        f"danh sách chi trả của đợt {batch.reference} gồm {format_dong(batch.line_count)} người"
    ]


def _payer_words(batch: Batch) -> str:
    if batch.payer_account is not None:
        return batch.payer_account.bank_name
    return "………………………………………………"
