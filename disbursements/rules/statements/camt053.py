"""Statements of an account as ISO 20022 camt.053, whatever its version: read element by element, so that length costs no memory.

Names of elements are compared without their namespace. Document types and entities are refused before the parser sees them.
"""

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from core.text import clean_text
from disbursements.rules.statements.amounts import whole_dong
from disbursements.rules.statements.lines import Direction, ReadLine, ReadStatement, Said, Unreadable
from disbursements.rules.statements.reasons import BankReason, bank_reason
from disbursements.rules.statements.references import instruction_references

_FORMAT: Final = "camt053"
_CURRENCY: Final = "VND"
_UNSAFE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_END: Final = b"Document>"
_DETAIL: Final = "TxDtls"
_OUT: Final = "DBIT"
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
Texts = dict[str, list[str]]


@dataclass(slots=True)
class _File:
    """What has been read so far."""

    account: str = ""
    bank: str = ""
    opening: int | None = None
    closing: int | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    moved: int = 0
    is_whole: bool = True
    is_ended: bool = False
    lines: list[ReadLine] = field(default_factory=list)


def read_camt053(content: bytes) -> ReadStatement:
    """Every movement of a statement, one row per transaction of an entry, numbered from 1.

    An entry that the bank has not booked yet says that the result is awaited. Unreadable: broken or cut XML, document types, no
    statement, two accounts, another currency, movements that don't lead from the opening to the closing balance.
    """
    if _UNSAFE.search(content.replace(b"\0", b"")):
        raise Unreadable("ENTITIES")
    read = _File()
    try:
        for _event, element in etree.iterparse(
            io.BytesIO(content),
            events=("end",),
            tag=("{*}Acct", "{*}Bal", "{*}Ntry", "{*}Stmt"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        ):
            _take(read, element)
    except etree.XMLSyntaxError as error:
        is_cut = not content.replace(b"\0", b"").rstrip().endswith(_END)
        raise Unreadable("TRUNCATED" if is_cut else "BROKEN_XML") from error
    if not read.is_ended:
        raise Unreadable("NOT_A_STATEMENT")
    _check_sum(read)
    return ReadStatement(
        _FORMAT, tuple(read.lines), read.account, read.bank, read.first, read.last, read.opening, read.closing
    )


def _take(read: _File, element: Any) -> None:
    name = _name(element)
    if name == "Stmt":
        read.is_ended = True
    elif name == "Acct" and _name(element.getparent()) == "Stmt":
        _take_account(read, _texts(element))
    elif name == "Bal" and _name(element.getparent()) == "Stmt":
        _take_balance(read, _texts(element), element)
    elif name == "Ntry":
        _take_entry(read, element)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _take_account(read: _File, texts: Texts) -> None:
    account = re.sub(r"[^0-9A-Za-z]", "", _first(texts, "Id/IBAN", "Id/Othr/Id"))
    if read.account and account != read.account:
        raise Unreadable("TWO_ACCOUNTS")
    currency = _first(texts, "Ccy")
    if currency and currency != _CURRENCY:
        raise Unreadable("OTHER_CURRENCY", currency=currency)
    read.account = account
    read.bank = _first(
        texts,
        "Svcr/FinInstnId/BICFI",
        "Svcr/FinInstnId/BIC",
        "Svcr/FinInstnId/ClrSysMmbId/MmbId",
        "Svcr/FinInstnId/Nm",
    )


def _take_balance(read: _File, texts: Texts, element: Any) -> None:
    kind = _first(texts, "Tp/CdOrPrtry/Cd")
    amount = _amount(element, texts)
    if amount is None or kind not in (*_OPENING, *_CLOSING):
        return
    signed = -amount if _first(texts, "CdtDbtInd") == _OUT else amount
    day = _day(_first(texts, "Dt/Dt", "Dt/DtTm"))
    if kind in _OPENING and read.opening is None:
        read.opening, read.first = signed, day
    elif kind in _CLOSING:
        read.closing, read.last = signed, day


def _check_sum(read: _File) -> None:
    if read.opening is None or read.closing is None:
        raise Unreadable("TRUNCATED")
    if read.is_whole and read.opening + read.moved != read.closing:
        raise Unreadable("SUM_DIFFERS", opening=read.opening, closing=read.closing, moved=read.moved)


def _take_entry(read: _File, entry: Any) -> None:
    texts = _texts(entry)
    amount = _amount(entry, texts)
    direction = Direction.DEBIT if _first(texts, "CdtDbtInd") == _OUT else Direction.CREDIT
    is_booked = _first(texts, "Sts/Cd", "Sts", "Sts/Prtry") in ("BOOK", "")
    if is_booked and amount is not None:
        read.moved += -amount if direction is Direction.DEBIT else amount
    read.is_whole = read.is_whole and (amount is not None or not is_booked)
    details = [child for part in _children(entry, "NtryDtls") for child in _children(part, "TxDtls")]
    booked_on = _day(_first(texts, "BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"))
    for line in _lines(texts, amount, direction, details, len(read.lines), read.account):
        said = (
            (Said.PAID if line.direction is Direction.DEBIT else Said.UNPAID) if is_booked else Said.PENDING
        )
        read.lines.append(_said(line, said, booked_on))


def _said(line: ReadLine, said: Said, booked_on: dt.date | None) -> ReadLine:
    """The row with what it says; the reason of what came back: the bank's code before its words."""
    is_back = said is Said.UNPAID
    coded = _coded(line) if is_back else None
    return ReadLine(
        row=line.row,
        references=line.references,
        typed_reference=line.typed_reference,
        name=line.name,
        account=line.account,
        amount=line.amount,
        typed_amount=line.typed_amount,
        direction=line.direction,
        booked_on=booked_on,
        text=line.text,
        bank_reference=line.bank_reference,
        said=said,
        reason=(coded.words if coded else line.reason or line.text) if is_back else "",
        bank_code=(coded.code if coded else line.bank_code) if is_back else "",
    )


def _coded(line: ReadLine) -> BankReason | None:
    return bank_reason(line.bank_code) or bank_reason(line.reason) or bank_reason(line.text)


def _lines(
    entry: Texts, amount: int | None, direction: Direction, details: list[Any], before: int, own: str
) -> Iterator[ReadLine]:
    """One row per transaction; an entry without details is a row itself."""
    if not details:
        yield _line(before + 1, entry, {}, amount, direction, own)
        return
    for number, detail in enumerate(details, before + 1):
        texts = _texts(detail)
        own_amount = _amount(detail, texts)
        if own_amount is None and len(details) == 1:
            own_amount = amount
        way = _first(texts, "CdtDbtInd")
        turned = direction if not way else Direction.DEBIT if way == _OUT else Direction.CREDIT
        yield _line(number, entry, texts, own_amount, turned, own)


def _line(
    number: int, entry: Texts, detail: Texts, amount: int | None, direction: Direction, own: str
) -> ReadLine:
    given = _first(detail, "Refs/EndToEndId")
    remarks = [*detail.get("RmtInf/Ustrd", ()), *detail.get("AddtlTxInf", ()), *entry.get("AddtlNtryInf", ())]
    text = clean_text(" ".join(remarks))
    references = instruction_references(
        given, *detail.get("Refs/InstrId", ()), *detail.get("Refs/TxId", ()), *detail.get("RmtInf/Strd/CdtrRefInf/Ref", ()), text
    )  # fmt: skip
    parties = (("Cdtr", "CdtrAcct"), ("Dbtr", "DbtrAcct"))
    account = name = ""
    for party, key in parties:
        found = _first(detail, f"RltdPties/{key}/Id/Othr/Id", f"RltdPties/{key}/Id/IBAN")
        if found and re.sub(r"[^0-9A-Za-z]", "", found) == own:
            continue
        account = account or found
        name = name or _first(detail, f"RltdPties/{party}/Nm", f"RltdPties/{party}/Pty/Nm")
    return ReadLine(
        row=number,
        references=references,
        typed_reference="" if given == "NOTPROVIDED" else given,
        name=clean_text(name),
        account=account,
        amount=amount,
        typed_amount="" if amount is not None else _first(detail, "Amt") or _first(entry, "Amt"),
        direction=direction,
        text=text,
        bank_reference=_first(detail, "Refs/AcctSvcrRef") or _first(entry, "AcctSvcrRef", "NtryRef"),
        reason=clean_text(" ".join(detail.get("RtrInf/AddtlInf", ()))),
        bank_code=_first(detail, "RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry")[:10],
    )


def _amount(element: Any, texts: Texts) -> int | None:
    """Whole đồng of the element's own amount; Unreadable in another currency."""
    for path in (("Amt",), ("AmtDtls", "TxAmt", "Amt"), ("AmtDtls", "InstdAmt", "Amt")):
        found = element
        for name in path:
            found = next(iter(_children(found, name)), None) if found is not None else None
        if found is not None:
            currency = found.get("Ccy", _CURRENCY)
            if currency != _CURRENCY:
                raise Unreadable("OTHER_CURRENCY", currency=currency)
            return whole_dong(found.text or "")
    return None


def _texts(element: Any) -> Texts:
    """Every text below an element by its path of names, in order."""
    found: Texts = {}

    def walk(node: Any, path: str) -> None:
        for child in node:
            name = _local(child.tag)
            if name == _DETAIL or not name:
                continue
            below = path + name
            if len(child):
                walk(child, f"{below}/")
            elif text := (child.text or "").strip():
                found.setdefault(below, []).append(text)

    walk(element, "")
    return found


def _first(texts: Texts, *paths: str) -> str:
    for path in paths:
        if path in texts:
            return texts[path][0]
    return ""


def _children(element: Any, name: str) -> list[Any]:
    return [child for child in element if _local(child.tag) == name]


def _name(element: Any) -> str:
    return _local(element.tag) if element is not None else ""


@lru_cache(maxsize=1024)
def _local(tag: object) -> str:
    """The name without its namespace; comments and the like have none."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
