"""Files as banks send them, about given payment references: MT940, camt.053 (02 and 08), result tables."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from lxml import etree

SCHEMAS: Final = Path(__file__).resolve().parents[1] / "data" / "statements"
ACCOUNT: Final = "0151000999888"


@dataclass(frozen=True, slots=True)
class Moved:
    """One movement: `reference` as the bank passes it on (at most 16 signs), `is_out`: money left the account."""

    amount: int
    reference: str = "NONREF"
    is_out: bool = True
    text: str = ""
    account: str = ""
    name: str = ""
    day: str = "2021-09-28"
    code: str = ""
    bank_reference: str = "FT1"
    is_pending: bool = False


def _closing(opening: int, moved: list[Moved]) -> int:
    booked = [each for each in moved if not each.is_pending]
    return opening + sum(-each.amount if each.is_out else each.amount for each in booked)


def mt940(
    moved: list[Moved], *, account: str = ACCOUNT, opening: int = 10**9, currency: str = "VND", **other: Any
) -> bytes:
    """A message as SWIFT writes it; `closing` says another closing balance, `is_cut` leaves it out."""
    closing = other.get("closing", _closing(opening, moved))
    lines = [":20:SAOKE0928", f":25:BFTVVNVX/{account}", ":28C:1/1", f":60F:C210927{currency}{opening},"]
    for each in moved:
        day = each.day[2:].replace("-", "")
        mark = "D" if each.is_out else "C"
        lines.append(
            f":61:{day}{day[2:]}{mark}{each.amount},NTRF{each.reference[:16]}//{each.bank_reference}"
        )
        about = [each.text, each.code, f"STK {each.account}" if each.account else ""]
        about.append(f"/BENM//NAME/{each.name}" if each.name else "")
        lines.append(":86:" + " ".join(part for part in about if part))
    if not other.get("is_cut"):
        lines += [f":62F:C210928{currency}{closing},", "-"]
    return "\r\n".join(lines).encode()


def camt053(
    moved: list[Moved], *, version: str = "08", account: str = ACCOUNT, opening: int = 10**9
) -> bytes:
    """A statement in version 02 or 08, valid against its schema."""
    is_new = version == "08"
    entries = "".join(_entry(each, is_new=is_new) for each in moved)
    balances = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='VND'>{amount}</Amt>"
        f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
        for code, amount, day in (
            ("OPBD", opening, "2021-09-27"),
            ("CLBD", _closing(opening, moved), "2021-09-28"),
        )
    )
    bic = "BICFI" if is_new else "BIC"
    text = (
        f"<?xml version='1.0' encoding='UTF-8'?><Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}'>"
        "<BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2021-09-28T18:00:00</CreDtTm></GrpHdr><Stmt><Id>S1</Id>"
        "<CreDtTm>2021-09-28T18:00:00</CreDtTm>"
        f"<Acct><Id><Othr><Id>{account}</Id></Othr></Id><Ccy>VND</Ccy>"
        f"<Svcr><FinInstnId><{bic}>BFTVVNVX</{bic}></FinInstnId></Svcr></Acct>"
        f"{balances}{entries}</Stmt></BkToCstmrStmt></Document>"
    )
    return text.encode()


def _entry(each: Moved, *, is_new: bool) -> str:
    status = "PDNG" if each.is_pending else "BOOK"
    way = "DBIT" if each.is_out else "CRDT"
    name = f"<Nm>{escape(each.name)}</Nm>" if each.name else ""
    party = (f"<Cdtr><Pty>{name}</Pty></Cdtr>" if is_new else f"<Cdtr>{name}</Cdtr>") if name else ""
    account = f"<CdtrAcct><Id><Othr><Id>{each.account}</Id></Othr></Id></CdtrAcct>" if each.account else ""
    parties = f"<RltdPties>{party}{account}</RltdPties>" if party or account else ""
    remark = f"<RmtInf><Ustrd>{escape(each.text)}</Ustrd></RmtInf>" if each.text else ""
    back = f"<RtrInf><Rsn><Cd>{each.code}</Cd></Rsn></RtrInf>" if each.code else ""
    given = "NOTPROVIDED" if each.reference == "NONREF" else each.reference
    amount = f"<Amt Ccy='VND'>{each.amount}</Amt><CdtDbtInd>{way}</CdtDbtInd>"
    own = amount if is_new else f"<AmtDtls><TxAmt><Amt Ccy='VND'>{each.amount}</Amt></TxAmt></AmtDtls>"
    return (
        f"<Ntry><Amt Ccy='VND'>{each.amount}</Amt><CdtDbtInd>{way}</CdtDbtInd>"
        f"<Sts>{f'<Cd>{status}</Cd>' if is_new else status}</Sts><BookgDt><Dt>{each.day}</Dt></BookgDt>"
        f"<AcctSvcrRef>{each.bank_reference}</AcctSvcrRef><BkTxCd><Prtry><Cd>TRF</Cd></Prtry></BkTxCd>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{escape(given)}</EndToEndId></Refs>{own}{parties}{remark}{back}</TxDtls></NtryDtls></Ntry>"
    )


def check_schema(content: bytes, version: str) -> None:
    """AssertionError where the file does not follow the official schema."""
    schema = etree.XMLSchema(etree.parse(SCHEMAS / f"camt.053.001.{version}.xsd"))
    assert schema.validate(etree.fromstring(content)), schema.error_log


def table(
    rows: list[list[object]], heading: list[str], *, delimiter: str = ";", encoding: str = "utf-8"
) -> bytes:
    """A bank's result file as CSV."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter)
    writer.writerows([["KẾT QUẢ CHUYỂN TIỀN"], [], heading, *rows])
    return target.getvalue().encode(encoding)
