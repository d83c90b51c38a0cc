"""The copy of everything held of a person, made for their own request and recorded."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.queries import area_name
from beneficiaries.enums import RequestKind, RequestState
from beneficiaries.models import DataSubjectRequest
from beneficiaries.queries.held_data import held_tables
from beneficiaries.services.data_requests import check_may_answer
from core import clock
from core.audit import record_event
from core.date_texts import format_long_date
from core.documents import render_pdf
from core.transitions import TransitionRefused
from core.workflow import Actor


@transaction.atomic
def data_copy(*, request: DataSubjectRequest, actor: Actor) -> bytes:
    """The PDF "Bản sao dữ liệu" for an open request to see one's own data; the log says who made it, and how much it holds.

    The person's own numbers and accounts stand in it whole: whether they are right can't be seen from three digits, and the
    paper goes to nobody but them. Other people appear with their names only. Refused: other kinds of request, a closed one,
    one without a person, other roles. RendererMissingError without Pango.
    """
    check_may_answer(request, actor)
    person = request.person
    if request.kind != RequestKind.ACCESS or person is None:
        raise TransitionRefused(
            _("Bản sao dữ liệu chỉ lập cho yêu cầu xem dữ liệu của một người đã ghi trong hệ thống.")
        )
    if request.state != RequestState.RECEIVED:
        raise TransitionRefused(_("Yêu cầu đã đóng nên không lập bản sao dữ liệu nữa."))
    tables = held_tables(person)
    context = {
        "request": request,
        "person": person,
        "tables": tables,
        "area": area_name(person.area_code),
        "signers": [{"office": _("Người lập")}],
        "place_date": format_long_date(clock.today()),
    }
    content = render_pdf("pdf/data_copy.html", context)
    rows = sum(len(table.rows) for table in tables)
    record_event(
        "person.data_exported", person, actor=actor, change={"request": request.reference, "rows": rows}
    )
    return content
