"""Statements of an account as SWIFT MT940 (fields 61 and 86), read with the library mt-940."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import mt940
from mt940.models import Amount, Balance

from core.text import clean_text
from disbursements.rules.statements.amounts import whole_dong
from disbursements.rules.statements.lines import Direction, ReadLine, ReadStatement, Said, Unreadable
from disbursements.rules.statements.reasons import bank_reason
from disbursements.rules.statements.references import instruction_references

_FORMAT: Final = "mt940"
_CURRENCY: Final = "VND"
_MESSAGE: Final = re.compile(r"(?m)^(?=:20:)")
# the SWIFT envelope around a message, and the dash that ends it
_ENVELOPE: Final = re.compile(r"(?m)^(?:\{1:.*|-\}?.*)$\n?")
_ACCOUNT: Final = re.compile(
    r"(?:STK|SO TK|TK|SO TAI KHOAN|TAI KHOAN|ACCOUNT|ACC|A/C)[ .:]{0,3}([0-9]{6,19})(?![0-9])", re.IGNORECASE
)
_NAME: Final = re.compile(r"(?:/BENM//?NAME/|/NAME/)([^/\n]{2,70})", re.IGNORECASE)
# a reversed debit brings money back, a reversed credit takes it away again
_DIRECTIONS: Final = {
    "D": Direction.DEBIT,
    "RC": Direction.DEBIT,
    "C": Direction.CREDIT,
    "RD": Direction.CREDIT,
}


def read_mt940(text: str) -> ReadStatement:
    """Every movement of the messages in a file, numbered from 1 in their order.

    Money out is a payment, money in with our reference one that came back. Unreadable: no message, a message that was cut off
    (no closing balance, or movements that don't lead from the opening to the closing balance), another currency, two accounts.
    """
    messages = [
        part for part in _MESSAGE.split(_ENVELOPE.sub("", text.replace("\r\n", "\n"))) if part.strip()
    ]
    parsed = [_parsed(part) for part in messages if part.startswith(":20:")]
    if not parsed:
        raise Unreadable("NOT_A_STATEMENT")
    accounts = {str(message.data.get("account_identification", "")) for message in parsed}
    if len(accounts) > 1:
        raise Unreadable("TWO_ACCOUNTS")
    lines = [line for message in parsed for line in message.transactions]
    bank, account = _bank_and_account(accounts.pop())
    days = [line.data["date"] for line in lines if isinstance(line.data.get("date"), dt.date)]
    opening, closing = _balance(parsed[0], "opening"), _balance(parsed[-1], "closing")
    return ReadStatement(
        format=_FORMAT,
        lines=tuple(_lines(lines)),
        account=account,
        bank=bank,
        period_from=_day(opening[1]) or min(days, default=None),
        period_to=_day(closing[1]) or max(days, default=None),
        opening=opening[0],
        closing=closing[0],
    )


def _parsed(message: str) -> Any:
    try:
        found = mt940.parse(message)
    except (RuntimeError, ValueError, ArithmeticError, KeyError) as error:
        raise Unreadable("STATEMENT_BROKEN") from error
    _check(found)
    return found


def _check(message: Any) -> None:
    """The closing balance is there and follows from the opening one, in đồng."""
    opening, closing = _balance(message, "opening"), _balance(message, "closing")
    if opening[0] is None or closing[0] is None:
        raise Unreadable("TRUNCATED")
    moved = 0
    for line in message.transactions:
        if line.data["currency"] != _CURRENCY:
            raise Unreadable("OTHER_CURRENCY", currency=line.data["currency"])
        amount = abs(line.data["amount"].amount)
        moved += -amount if _direction(line.data) is Direction.DEBIT else amount
    if opening[0] + moved != closing[0]:
        raise Unreadable("SUM_DIFFERS", opening=opening[0], closing=closing[0], moved=int(moved))


def _balance(message: Any, end: str) -> tuple[int | None, object]:
    """The first balance of that name as (đồng, day); final ones before intermediate ones."""
    for kind in ("final", "intermediate"):
        found = message.data.get(f"{kind}_{end}_balance")
        if isinstance(found, Balance) and isinstance(found.amount, Amount):
            if found.amount.currency != _CURRENCY:
                raise Unreadable("OTHER_CURRENCY", currency=found.amount.currency)
            return whole_dong(str(found.amount.amount)), found.date
    return None, None


def _bank_and_account(named: str) -> tuple[str, str]:
    """ "VCB/0151000123456" and "BFTVVNVX/015…" name bank and account; else the account alone."""
    bank, slash, account = named.strip().rpartition("/")
    return (bank if slash else "", re.sub(r"[^0-9A-Za-z]", "", account))


def _lines(movements: list[Any]) -> Iterator[ReadLine]:
    for number, movement in enumerate(movements, 1):
        data: Mapping[str, Any] = movement.data
        given = str(data.get("customer_reference") or "").strip()
        details = " ".join(
            str(data.get(key) or "")
            for key in ("extra_details", "transaction_details", "purpose", "end_to_end_reference")
        )
        text = clean_text(details)
        direction = _direction(data)
        coded = bank_reason(text) if direction is Direction.CREDIT else None
        account, name = _ACCOUNT.search(text), _NAME.search(details)
        amount = whole_dong(str(abs(data["amount"].amount)))
        yield ReadLine(
            row=number,
            references=instruction_references(given, text),
            typed_reference="" if given == "NONREF" else given,
            name=clean_text(str(data.get("applicant_name") or (name[1] if name else ""))),
            account=str(data.get("applicant_iban") or (account[1] if account else "")),
            amount=amount,
            typed_amount="" if amount is not None else str(data["amount"].amount),
            direction=direction,
            booked_on=_day(data.get("entry_date")) or _day(data.get("date")),
            text=text,
            bank_reference=str(data.get("bank_reference") or ""),
            said=Said.PAID if direction is Direction.DEBIT else Said.UNPAID,
            reason=coded.words if coded else (text if direction is Direction.CREDIT else ""),
            bank_code=coded.code if coded else "",
        )


def _direction(data: Mapping[str, Any]) -> Direction:
    return _DIRECTIONS.get(str(data.get("status") or "").upper(), Direction.NONE)


def _day(value: object) -> dt.date | None:
    return dt.date(value.year, value.month, value.day) if isinstance(value, dt.date) else None
