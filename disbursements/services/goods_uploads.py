"""A hand-out list that came back as a file: checked first, row by row with a reason, then recorded. Twice is the same as once."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.enums import FileKind
from core.money import format_dong
from core.services.files import store_file
from core.spreadsheets.reading import SpreadsheetRefused, read_workbook
from core.text import has_number
from core.transitions import TransitionRefused, check_permission
from core.workflow import Actor
from disbursements.enums import HandoutLineStatus, HandoutRow, HandoutStatus
from disbursements.models import Handout, HandoutLine, HandoutUpload
from disbursements.rules.handout_list import HandedRow, NoListHeader, Told, read_handout_list
from disbursements.services.goods_results import HandoutReport, HandoutResults, record_handout_results
from disbursements.workflow import HANDOUT_LINE_WORKFLOW
from support_programs.services.scope import check_area


@dataclass(frozen=True, slots=True)
class CheckedHandout:
    """One row of the file: what is said of it (`HandoutRow`) and the sentence for the officer."""

    row: int
    reference: str
    name: str
    outcome: str
    message: str
    reason: str


@transaction.atomic
def check_handout_list(*, actor: Actor, handout: Handout, content: bytes, name: str) -> HandoutUpload:
    """Read an uploaded list and say of every row what recording it would do; nothing is recorded yet.

    Refused with a sentence: a file that is no list, the list of another round, a round that is not being handed out. The same
    file again is the same upload, checked against what is true now.
    """
    check_permission(HANDOUT_LINE_WORKFLOW.transition("handout_line.receive"), actor)
    check_area(actor, handout.area_code)
    if handout.status != HandoutStatus.HANDING:
        raise TransitionRefused(_("Chỉ nhập kết quả khi đợt đang cấp phát."))
    rows = [asdict(row) for row in _check_rows(handout, _read(content, name), actor)]
    stored = store_file(
        content, name=name, kind=FileKind.UPLOAD, area_code=handout.area_code, created_by_id=actor.pk
    )
    upload, _made = HandoutUpload.objects.update_or_create(
        handout=handout,
        sha256=stored.sha256,
        defaults={"rows": rows},
        create_defaults={
            "area_code": handout.area_code,
            "file": stored,
            "rows": rows,
            "uploaded_by_id": actor.pk,
            "uploaded_by_name": actor.full_name,
        },
    )
    return upload


@transaction.atomic
def record_handout_list(*, actor: Actor, upload: HandoutUpload) -> HandoutReport:
    """Record the rows of a checked list that change something; rows that need a look stay as they are.

    A list recorded before changes nothing and says so.
    """
    locked = HandoutUpload.objects.select_for_update(of=("self",)).select_related("handout").get(pk=upload.pk)
    rows = locked.rows
    results = HandoutResults(
        received=frozenset(row["reference"] for row in rows if row["outcome"] == HandoutRow.RECEIVED),
        missed={row["reference"]: row["reason"] for row in rows if row["outcome"] == HandoutRow.MISSED},
    )
    if not (results.received or results.missed):
        raise TransitionRefused(nothing_to_record(rows))
    report = record_handout_results(actor=actor, handout=locked.handout, results=results)
    if report.received + report.missed == 0:
        raise TransitionRefused(_("Danh sách này đã được ghi từ trước, không có gì thay đổi."))
    HandoutUpload.objects.filter(pk=locked.pk).update(
        recorded_at=clock.now(),
        received_count=locked.received_count + report.received,
        missed_count=locked.missed_count + report.missed,
    )
    return report


def nothing_to_record(rows: Iterable[Mapping[str, Any]]) -> str:
    """Why a list has nothing to record, in a sentence."""
    outcomes = {row["outcome"] for row in rows}
    if outcomes & {outcome.value for outcome in HandoutRow.refused()}:
        return _("Không có dòng nào ghi được. Hãy sửa các dòng có lỗi trong tệp rồi nhập lại.")
    if HandoutRow.SAME in outcomes:
        return _("Danh sách này đã được ghi từ trước, không có gì thay đổi.")
    return _("Cột kết quả của danh sách còn trống. Hãy ghi kết quả vào tệp rồi nhập lại.")


def _check_rows(handout: Handout, rows: list[HandedRow], actor: Actor) -> list[CheckedHandout]:
    """Say of every row what it means for this round; one query. TransitionRefused for the list of another round."""
    asked = {row.reference for row in rows if row.reference}
    found = {line.reference: line for line in HandoutLine.objects.filter(reference__in=asked)}
    lines = {reference: line for reference, line in found.items() if line.handout_id == handout.pk}
    if not lines:
        _refuse_foreign(handout, {line.handout_id for line in found.values()}, actor)
    seen: set[str] = set()
    checked = []
    for row in rows:
        outcome, message = _judge(row, lines.get(row.reference), is_repeated=row.reference in seen)
        if row.reference:
            seen.add(row.reference)
        checked.append(
            CheckedHandout(
                row.row, row.reference or row.typed_reference, row.name, outcome.value, message, row.reason
            )
        )
    return checked


def _refuse_foreign(handout: Handout, others: set[int], actor: Actor) -> None:
    other = Handout.objects.visible_to(actor).filter(pk__in=others).order_by("pk").first()
    if other is not None:
        raise TransitionRefused(
            _("Tệp này là danh sách của đợt %(other)s, không phải đợt %(ref)s. Hãy chọn đúng tệp.")
            % {"other": other.reference, "ref": handout.reference}
        )
    raise TransitionRefused(
        _("Tệp không có mã dòng cấp phát nào của đợt %(ref)s. Hãy dùng tệp Excel đã tải ở trang của đợt này.")
        % {"ref": handout.reference}
    )


def _judge(row: HandedRow, line: HandoutLine | None, *, is_repeated: bool) -> tuple[HandoutRow, str]:
    """Outcome and sentence of one row; what stands in the way comes first."""
    at = {"row": row.row, "ref": row.reference or row.typed_reference}
    if line is None:
        return HandoutRow.UNKNOWN_LINE, _("Dòng %(row)d: mã “%(ref)s” không có trong đợt này.") % at
    if is_repeated:
        return (
            HandoutRow.REPEATED,
            _("Dòng %(row)d: mã %(ref)s đã có ở dòng trên. Hãy xóa dòng thừa.") % at,
        )
    if row.quantity is not None and row.quantity != line.quantity:
        said = {**at, "quantity": format_dong(line.quantity), "unit": line.unit}
        return HandoutRow.OTHER_QUANTITY, _(
            "Dòng %(row)d: số lượng trong tệp khác %(quantity)s %(unit)s của đợt. "
            "Số lượng trong danh sách không được sửa."
        ) % said
    if row.told is Told.NOTHING:
        return HandoutRow.EMPTY, ""
    if row.told is Told.UNREADABLE:
        return HandoutRow.UNREADABLE, _(
            "Dòng %(row)d: chưa hiểu kết quả “%(typed)s”. Hãy ghi “x” nếu đã nhận, “Chưa nhận” nếu chưa."
        ) % {**at, "typed": row.typed_result}
    return _judge_result(row, line)


def _judge_result(row: HandedRow, line: HandoutLine) -> tuple[HandoutRow, str]:
    at = {"row": row.row}
    if line.status == HandoutLineStatus.WAITING:
        if row.told is Told.RECEIVED:
            return HandoutRow.RECEIVED, ""
        if not row.reason:
            sentence = _("Dòng %(row)d: cột Lý do chưa nhận còn trống. Hãy ghi lý do.")
            return HandoutRow.UNREADABLE, sentence % at
        if has_number(row.reason):
            sentence = _("Dòng %(row)d: lý do có số CCCD, CMND hoặc số tài khoản. Hãy bỏ số đó trong tệp.")
            return HandoutRow.UNREADABLE, sentence % at
        return HandoutRow.MISSED, ""
    is_received = line.status == HandoutLineStatus.RECEIVED
    if is_received == (row.told is Told.RECEIVED):
        return HandoutRow.SAME, ""
    sentence = _("Dòng %(row)d: đã được ghi «%(state)s»; kết quả đã ghi không sửa được.")
    return HandoutRow.CONTRADICTION, sentence % {**at, "state": HandoutLineStatus(line.status).label}


def _read(content: bytes, name: str) -> list[HandedRow]:
    try:
        return read_handout_list(read_workbook(content, name))
    except SpreadsheetRefused as error:
        raise TransitionRefused(error.message) from error
    except NoListHeader as error:
        raise TransitionRefused(
            _(
                "Không tìm thấy cột Mã dòng cấp phát và Kết quả nhận. Hãy dùng tệp Excel đã tải ở trang của đợt này."
            )
        ) from error
