"""The sentence of a row that came back: what is wrong, in which row and field, and what to do about it."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from core.dates import format_date
from core.money import format_dong
from disbursements.enums import InstructionStatus, LineSaid, StatementFormat, StatementRow
from disbursements.models import StatementImport, StatementLine


def sentence_of(statement: StatementImport, line: StatementLine, *, may_name: bool = False) -> str:
    """What is wrong with a row and what to do; else how it was settled, the reason of what came back, or nothing.

    `may_name`: another batch that the row belongs to may be named to this reader.
    """
    if line.resolved_by_id is not None:
        return f"{line.resolved_by_name}: {line.resolution}"
    if line.outcome == StatementRow.OTHER_BATCH:
        return _other_batch(line, may_name=may_name)
    telling = _SENTENCES.get(line.outcome)
    return telling(statement, line) if telling else line.reason


def _other_batch(line: StatementLine, *, may_name: bool) -> str:
    if line.instruction is None or not may_name:
        return _("Dòng %(row)d: mã %(ref)s thuộc đợt chi khác nên không ghi ở đợt này.") % {
            "row": line.row,
            "ref": line.reference,
        }
    return _("Dòng %(row)d: mã %(ref)s thuộc đợt chi %(batch)s nên không ghi ở đợt này.") % {
        "row": line.row,
        "ref": line.reference,
        "batch": line.instruction.batch_reference,
    }


def _unknown(statement: StatementImport, line: StatementLine) -> str:
    if line.reference or statement.format == StatementFormat.LIST:
        return _("Dòng %(row)d: mã lệnh chi “%(ref)s” không có trong đợt này. Hãy kiểm tra lại mã.") % {
            "row": line.row,
            "ref": line.typed_reference or line.reference,
        }
    if line.amount is not None and line.amount == statement.batch.total_amount:
        return _(
            "Dòng %(row)d: số tiền bằng tổng của đợt chi. Hãy nhập tệp kết quả từng người của ngân hàng, "
            "rồi để dòng này ngoài đợt chi."
        ) % {"row": line.row}
    return _(
        "Dòng %(row)d không có mã lệnh chi; số tài khoản và số tiền không khớp người nào. Hãy đối soát tay, "
        "hoặc để ngoài đợt chi nếu không phải tiền của đợt này."
    ) % {"row": line.row}


def _ambiguous(_statement: StatementImport, line: StatementLine) -> str:
    return _("Dòng %(row)d khớp nhiều lệnh chi. Hãy đối soát tay, chọn đúng người nhận.") % {"row": line.row}


def _other_amount(statement: StatementImport, line: StatementLine) -> str:
    typed = format_dong(line.amount) if line.amount is not None else f"“{line.typed_amount}”"
    values = {
        "row": line.row,
        "typed": typed,
        "amount": format_dong(line.instruction.amount) if line.instruction else "",
    }
    if statement.format == StatementFormat.LIST:
        return (
            _(
                "Dòng %(row)d: tệp ghi %(typed)s đồng, lệnh chi là %(amount)s đồng. Số tiền trong danh sách không được sửa."
            )
            % values
        )
    return (
        _(
            "Dòng %(row)d: tệp ghi %(typed)s đồng, lệnh chi là %(amount)s đồng. Hãy hỏi ngân hàng đã chuyển bao nhiêu, "
            "rồi để dòng này ngoài đợt chi và ghi kết quả của người này ở trang đợt chi."
        )
        % values
    )


def _other_account(_statement: StatementImport, line: StatementLine) -> str:
    return _(
        "Dòng %(row)d: số tài khoản •••%(typed)s khác tài khoản •••%(ours)s của lệnh chi. Hãy hỏi ngân hàng "
        "tiền đã vào tài khoản nào rồi đối soát tay."
    ) % {
        "row": line.row,
        "typed": line.account_last3,
        "ours": line.instruction.account_last3 if line.instruction else "",
    }


def _other_name(_statement: StatementImport, line: StatementLine) -> str:
    ours = "" if line.instruction is None else line.instruction.account_holder or line.instruction.payee_name
    return _(
        "Dòng %(row)d: tên “%(typed)s” khác người nhận “%(ours)s”. Hãy kiểm tra tệp có bị lệch dòng không, "
        "hoặc đối soát tay nếu đúng là người này."
    ) % {"row": line.row, "typed": line.payee_name, "ours": ours}


def _repeated(statement: StatementImport, line: StatementLine) -> str:
    if line.direction:
        return _(
            "Dòng %(row)d: lệnh chi này đã có ở %(where)s. Hãy hỏi ngân hàng có chuyển tiền hai lần không, "
            "rồi ghi rõ khi xử lý."
        ) % {"row": line.row, "where": _where(statement, line)}
    values = {"row": line.row, "ref": line.reference}
    if statement.format == StatementFormat.LIST:
        return _("Dòng %(row)d: mã %(ref)s đã có ở dòng trên. Hãy xóa dòng thừa.") % values
    return (
        _(
            "Dòng %(row)d: mã %(ref)s đã có ở dòng trên. Hãy hỏi ngân hàng có chuyển tiền hai lần không; "
            "nếu chỉ in trùng thì để dòng này ngoài đợt chi."
        )
        % values
    )


def _contradiction(_statement: StatementImport, line: StatementLine) -> str:
    status = line.instruction.status if line.instruction else InstructionStatus.CANCELLED
    values = {"row": line.row, "state": InstructionStatus(status).label}
    if status == InstructionStatus.PAID and line.direction:
        return (
            _(
                "Dòng %(row)d: ngân hàng trả lại tiền nhưng lệnh chi đã được ghi «%(state)s»; kết quả đã ghi không sửa được. "
                "Hãy mở khoản thu hồi cho số tiền này, rồi ghi rõ khi xử lý."
            )
            % values
        )
    return _("Dòng %(row)d: lệnh chi đã được ghi «%(state)s»; kết quả đã ghi không sửa được.") % values


def _unreadable(statement: StatementImport, line: StatementLine) -> str:
    if statement.format != StatementFormat.LIST:
        return _unreadable_of_bank(line)
    if line.said in (LineSaid.UNPAID, LineSaid.FAILED):
        return _("Dòng %(row)d: cột Lý do chưa nhận còn trống. Hãy ghi lý do.") % {"row": line.row}
    return _(
        "Dòng %(row)d: chưa hiểu kết quả “%(typed)s”. Hãy ghi “x” nếu đã nhận, “Chưa nhận” nếu chưa."
    ) % {"row": line.row, "typed": line.typed_result}


def _unreadable_of_bank(line: StatementLine) -> str:
    if line.said in (LineSaid.UNPAID, LineSaid.FAILED):
        return _(
            "Dòng %(row)d: tiền bị trả lại hoặc không chi được nhưng tệp không nêu lý do. Hãy hỏi ngân hàng rồi ghi "
            "kết quả, lý do ở trang đợt chi."
        ) % {"row": line.row}
    if not line.typed_result:
        return _(
            "Dòng %(row)d không cho biết tiền đã chi hay bị trả lại. Hãy hỏi ngân hàng rồi ghi kết quả của người này ở trang "
            "đợt chi."
        ) % {"row": line.row}
    return _(
        "Dòng %(row)d: chưa hiểu kết quả “%(typed)s” của ngân hàng nên không ghi là đã chi. Hãy hỏi ngân hàng rồi ghi kết quả "
        "của người này ở trang đợt chi."
    ) % {"row": line.row, "typed": line.typed_result}


def _reversed(statement: StatementImport, line: StatementLine) -> str:
    return _("Tiền ra ở dòng này được trả lại ở %(where)s nên ghi là chưa nhận.") % {
        "where": _where(statement, line)
    }


def _same(statement: StatementImport, line: StatementLine) -> str:
    if line.twin is None:
        return ""
    return _("Đã có ở %(where)s.") % {"where": _where(statement, line)}


def _where(statement: StatementImport, line: StatementLine) -> str:
    twin = line.twin
    if twin is None:
        return ""
    if twin.statement_id == statement.pk:
        return _("dòng %(row)d") % {"row": twin.row}
    return _("dòng %(row)d của tệp %(name)s, nhập ngày %(day)s") % {
        "row": twin.row,
        "name": twin.statement.file.name,
        "day": format_date(twin.statement.uploaded_at.date()),
    }


_SENTENCES: Final[Mapping[str, Callable[[StatementImport, StatementLine], str]]] = {
    StatementRow.UNKNOWN_LINE: _unknown,
    StatementRow.AMBIGUOUS: _ambiguous,
    StatementRow.OTHER_AMOUNT: _other_amount,
    StatementRow.OTHER_ACCOUNT: _other_account,
    StatementRow.OTHER_NAME: _other_name,
    StatementRow.REPEATED: _repeated,
    StatementRow.CONTRADICTION: _contradiction,
    StatementRow.UNREADABLE: _unreadable,
    StatementRow.REVERSED: _reversed,
    StatementRow.SAME: _same,
}
