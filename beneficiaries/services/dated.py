"""What every dated record has in common when an officer writes it: its days and decision read, its end, its refusals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from beneficiaries.enums import RecordSource
from beneficiaries.models.dated import DatedRecord
from beneficiaries.permissions import may_register_in
from beneficiaries.registers import DAYS, DECISION, read_fields
from core import clock
from core.text import clean_text, without_numbers
from core.workflow import Actor

D = TypeVar("D", bound=DatedRecord)
Sentences = dict[str, list[str]]
LONGEST_REASON: Final = 500


class RecordRefused(Exception):
    """What was typed can't be taken: sentences by field ("" for none). `warnings` alone are taken once they are kept."""

    def __init__(
        self, errors: Mapping[str, list[str]], warnings: Mapping[str, list[str]] | None = None
    ) -> None:
        self.errors = dict(errors)
        self.warnings = dict(warnings or {})
        found = [*self.errors.values(), *self.warnings.values()]
        super().__init__(" ".join(text for texts in found for text in texts))


def check_area(actor: Actor, area_code: str) -> None:
    """PermissionDenied for who does not keep the registers of this area."""
    if not actor.is_active or not may_register_in(actor, area_code):
        raise PermissionDenied(_("Bạn không ghi sổ của địa bàn này."))


def read_days(typed: Mapping[str, str]) -> tuple[dict[str, Any], Sentences]:
    """`valid_from` and `valid_to` (None: open) of a form, with sentences by field."""
    read, errors = read_fields(DAYS, typed)
    values: dict[str, Any] = {code: _day(read.get(code)) for code in ("valid_from", "valid_to")}
    if values["valid_from"] and values["valid_to"] and values["valid_to"] < values["valid_from"]:
        errors["valid_to"] = [_("Đến ngày phải từ ngày bắt đầu trở đi.")]
    return values, errors


def read_decision(typed: Mapping[str, str]) -> tuple[dict[str, Any], Sentences]:
    """Number, day and office of the decision; a day after today is refused, since nothing is decided ahead."""
    read, errors = read_fields(DECISION, typed)
    values: dict[str, Any] = {
        "decision_number": read.get("decision_number", ""),
        "decided_on": _day(read.get("decided_on")),
        "decided_by": read.get("decided_by", ""),
    }
    if values["decided_on"] and values["decided_on"] > clock.today():
        errors["decided_on"] = [_("Ngày quyết định không được sau hôm nay.")]
    return values, errors


def _day(value: object) -> dt.date | None:
    return dt.date.fromisoformat(str(value)) if value else None


def read_reason(reason: str, errors: Sentences, field: str = "reason") -> str:
    """The reason as stored; without one, or with one that is too long, a sentence under its field."""
    text = without_numbers(clean_text(reason))
    if not text:
        errors[field] = [_("Hãy ghi lý do.")]
    elif len(text) > LONGEST_REASON:
        errors[field] = [_("Không quá %(length)s ký tự.") % {"length": LONGEST_REASON}]
    return text


def recorded_by(actor: Actor) -> dict[str, Any]:
    """Who wrote a record by hand, and when, as its columns."""
    return {
        "source": RecordSource.TYPED,
        "recorded_by_id": actor.pk,
        "recorded_by_name": actor.full_name,
        "recorded_on": clock.today(),
    }


def locked(record: D) -> D:
    """The record as it stands now, held until the end of the transaction."""
    manager = cast("models.Manager[D]", type(record)._default_manager)
    return manager.select_for_update(of=("self",)).get(pk=record.pk)


def end_problems(record: DatedRecord, on: dt.date, errors: Sentences) -> None:
    """What speaks against ending a record on this day: ended or replaced already, a day before its first or after its last."""
    if record.is_replaced:
        errors[""] = [_("Mục này đã được thay bằng mục khác. Hãy mở mục đang có hiệu lực.")]
    elif record.ended_by_id is not None:
        errors[""] = [_("Mục này đã kết thúc rồi.")]
    elif on < record.valid_from:
        errors["on"] = [
            _("Ngày kết thúc không được trước ngày bắt đầu %(day)s.")
            % {"day": f"{record.valid_from:%d/%m/%Y}"}
        ]
    elif record.valid_to is not None and on > record.valid_to:
        errors["on"] = [
            _("Mục này chỉ có giá trị đến %(day)s. Hãy ghi ngày kết thúc sớm hơn, hoặc thay đổi mục.")
            % {"day": f"{record.valid_to:%d/%m/%Y}"}
        ]


def end_record(record: D, *, on: dt.date, reason: str, actor: Actor, refusal: type[RecordRefused]) -> D:
    """The record holds until this day, with its `end_reason`; `refusal` is raised for no reason and for `end_problems`."""
    errors: Sentences = {}
    text = read_reason(reason, errors)
    current = locked(record)
    end_problems(current, on, errors)
    if errors:
        raise refusal(errors)
    put_end(current, on=on, reason=text, actor=actor)
    return current


def put_end(record: DatedRecord, *, on: dt.date, reason: str, actor: Actor) -> None:
    """Write the one end of a record."""
    record.valid_to, record.end_reason, record.ended_by_id = on, reason, actor.pk
    record.save(update_fields=["valid_to", "end_reason", "ended_by_id"])


def replace(record: DatedRecord) -> None:
    """Let a record stand no longer; the row that takes its place is made right after."""
    record.is_replaced = True
    record.save(update_fields=["is_replaced"])
