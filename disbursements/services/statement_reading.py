"""From the bytes that were uploaded to rows in the table: read whole, looked at as a whole, written in chunks, never twice."""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.db import connection

from core import crypto
from core.dates import format_date
from core.spreadsheets.reading import SpreadsheetRefused, read_workbook
from core.spreadsheets.reading.plain import decode
from core.workflow import Actor
from disbursements.enums import StatementFormat
from disbursements.models import Batch, PaymentInstruction, StatementImport, StatementLine
from disbursements.rules.statements import (
    ReadLine,
    ReadStatement,
    Unreadable,
    kind_of_file,
    read_camt053,
    read_mt940,
    read_result_table,
    read_returned_list,
    reason_code_of,
)
from disbursements.rules.statements.lines import Said
from disbursements.rules.statements.references import masked_text
from disbursements.services.statement_words import StatementRefused, refusal_of

CHUNK: Final = 20_000
_LOOKED_UP: Final = 10_000
# a sign that no text here holds: cleaned texts have lost it
_NULL: Final = "\x1f"
_COLUMNS: Final = (
    "statement_id",
    "area_code",
    "row",
    "booked_on",
    "direction",
    "amount",
    "typed_amount",
    "typed_reference",
    "reference",
    "bank_reference",
    "text",
    "account_encrypted",
    "account_index",
    "account_last3",
    "payee_name",
    "said",
    "typed_result",
    "reason",
    "bank_code",
    "result_code",
    "digest",
)
_SAID_WHY: Final = (Said.UNPAID, Said.FAILED)
_SHORTEST_ACCOUNT: Final = 4
# amounts above this are no payment: a bigint would not hold them
_LARGEST: Final = 10**15


def read_statement(content: bytes, name: str) -> ReadStatement:
    """What the file says, whatever its kind. StatementRefused with a sentence when it can't be read as a whole."""
    try:
        read = _read(content, name)
    except SpreadsheetRefused as error:
        raise StatementRefused(error.message) from error
    except Unreadable as error:
        raise refusal_of(error) from error
    if not read.lines:
        raise refusal_of(Unreadable("NO_ROWS"))
    return read


def _read(content: bytes, name: str) -> ReadStatement:
    kind = kind_of_file(content)
    if kind == "camt053":
        return read_camt053(content)
    if kind == "mt940":
        return read_mt940(decode(content)[0].replace("\0", "").replace(_NULL, " "))
    if kind == "xml":
        raise Unreadable("NOT_A_STATEMENT")
    workbook = read_workbook(content, name)
    found = read_returned_list(workbook) or read_result_table(workbook)
    if found is None:
        raise Unreadable("NO_HEADER")
    return found


def refuse_foreign(batch: Batch, read: ReadStatement, actor: Actor) -> None:
    """Refuse the list of another batch, the statement of another account or of an earlier time, and a file without us.

    A batch outside the actor's area is not named.
    """
    payer = batch.payer_account
    if payer is not None and read.account:
        wanted = crypto.normalise_number(payer.account_number)
        if crypto.normalise_number(read.account) != wanted:
            raise refusal_of(
                Unreadable("OTHER_ACCOUNT", found=f"•••{read.account[-3:]}", wanted=f"•••{wanted[-3:]}")
            )
    ends, begins = read.period_to, batch.released_on
    if read.format in StatementFormat.of_account() and ends and begins and ends < begins:
        raise refusal_of(Unreadable("OTHER_PERIOD", last=format_date(ends), released=format_date(begins)))
    _refuse_other_batch(batch, read, actor)


def _refuse_other_batch(batch: Batch, read: ReadStatement, actor: Actor) -> None:
    references = sorted({line.reference for line in read.lines if line.reference})
    batches: set[int] = set()
    for start in range(0, len(references), _LOOKED_UP):
        part = references[start : start + _LOOKED_UP]
        batches |= set(
            PaymentInstruction.objects.filter(reference__in=part).values_list("batch", flat=True).distinct()
        )
        if batch.pk in batches:
            return
    other = Batch.objects.visible_to(actor).filter(pk__in=batches).order_by("pk").first()
    if other is not None:
        raise refusal_of(Unreadable("OTHER_BATCH", other=other.reference, ref=batch.reference))
    if read.format == StatementFormat.LIST or not any(line.account for line in read.lines):
        raise refusal_of(Unreadable("NOTHING_OURS", ref=batch.reference))


def describe(statement: StatementImport, read: ReadStatement) -> None:
    """Write down what the file says of itself."""
    StatementImport.objects.filter(pk=statement.pk).update(
        format=read.format,
        bank_name=read.bank[:100],
        account_last3=read.account[-3:],
        period_from=read.period_from,
        period_to=read.period_to,
        opening=read.opening,
        closing=read.closing,
        line_count=len(read.lines),
    )


def chunks_left(statement: StatementImport, read: ReadStatement) -> Iterator[Sequence[ReadLine]]:
    """The rows that are not in the table yet, chunk by chunk: a second run goes on where the first one was stopped."""
    written = StatementLine.objects.filter(statement=statement).count()
    for start in range(written, len(read.lines), CHUNK):
        yield read.lines[start : start + CHUNK]


def write_lines(statement: StatementImport, lines: Iterable[ReadLine], seen: Counter[bytes]) -> None:
    """Write rows in one COPY. Accounts are encrypted; `seen` counts equal rows of the file, so that each has its own digest."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows(_values(statement, line, seen) for line in lines)
    buffer.seek(0)
    columns = ", ".join(f'"{name}"' for name in _COLUMNS)
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(
            f"COPY disbursements_statementline ({columns}) FROM STDIN WITH (FORMAT csv, NULL '{_NULL}')",
            buffer,
        )


def _values(statement: StatementImport, line: ReadLine, seen: Counter[bytes]) -> tuple[object, ...]:
    account = crypto.normalise_number(line.account)
    has_account = len(account) >= _SHORTEST_ACCOUNT
    index = crypto.blind_index("account", account) if has_account else b""
    is_amount = line.amount is not None and line.amount < _LARGEST
    named = ", ".join(dict.fromkeys(line.references))
    return (
        statement.pk,
        statement.area_code,
        line.row,
        line.booked_on or _NULL,
        line.direction.value,
        line.amount if is_amount else _NULL,
        (line.typed_amount or ("" if is_amount or line.amount is None else str(line.amount)))[:60],
        (named if named and not line.reference else masked_text(line.typed_reference))[:100],
        line.reference,
        masked_text(line.bank_reference)[:40],
        masked_text(line.text)[:500],
        _hexadecimal(crypto.encrypt("account", account)) if has_account else _NULL,
        _hexadecimal(index) if has_account else _NULL,
        account[-3:] if has_account else "",
        line.name[:150],
        line.said.value,
        line.typed_result[:100],
        masked_text(line.reason)[:300],
        line.bank_code[:10],
        reason_code_of(line.reason, line.bank_code) if line.said in _SAID_WHY else "",
        _hexadecimal(_digest(line, index, seen)),
    )


def count_row(line: ReadLine, seen: Counter[bytes]) -> None:
    """Count a row that is in the table already."""
    account = crypto.normalise_number(line.account)
    _digest(line, crypto.blind_index("account", account) if len(account) >= _SHORTEST_ACCOUNT else b"", seen)


def _hexadecimal(content: bytes) -> str:
    return "\\x" + content.hex()


def _digest(line: ReadLine, index: bytes, seen: Counter[bytes]) -> bytes:
    """What tells this movement from every other in any file: its content, and which of several equal ones it is."""
    said = "\x1f".join(
        (
            *(str(line.booked_on), line.direction.value, str(line.amount), line.typed_amount, line.reference),
            *(line.typed_reference, line.bank_reference, line.text, line.name, line.said.value, index.hex()),
        )
    )
    key = hashlib.sha256(said.encode("utf-8", "replace")).digest()[:16]
    seen[key] += 1
    return hashlib.sha256(key + seen[key].to_bytes(4)).digest()[:16]
