"""Publishing a scan is an act with a name, refused for what shows a number or tells of patients; it can be taken down."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from accounts.enums import Role
from core.enums import FileKind
from core.models import Event, StoredFile
from core.services.files import store_file
from core.transitions import TransitionRefused
from support_programs.models import ApprovalDecision, DecisionPublication
from support_programs.queries.public_decisions import public_scan
from support_programs.services.publishing import publish_scan, withdraw_scan
from tests.factories import cases as made
from tests.factories import chains
from tests.factories.people import user
from tests.factories.uploads import pdf

pytestmark = pytest.mark.django_db


def written_pdf(*lines: str) -> bytes:
    """One page with these words as text, as an office program writes it; without marks, which the plain font lacks."""
    words = "".join(f"BT /F1 12 Tf 50 {700 - 20 * n} Td ({line}) Tj ET\n" for n, line in enumerate(lines))
    stream = words.encode("ascii")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, start))
    return out.getvalue()


def stored(content: bytes, name: str = "quyet-dinh.pdf") -> StoredFile:
    return store_file(content, name=name, kind=FileKind.SCAN, area_code="89", created_by_id=None)


@pytest.fixture
def who() -> made.Staff:
    return made.staff()


@pytest.fixture
def decision(who: made.Staff) -> ApprovalDecision:
    return made.decided_list(who)[1]


SAYS_MONEY = ("Quyet dinh 2208/QD-UBND ngay 24/9/2021", "52.268 nguoi, 78.402.000.000 dong, 150.000.000")


def test_it_stands_there_with_the_name_of_who_looked_at_it(
    who: made.Staff, decision: ApprovalDecision
) -> None:
    publish_scan(decision, actor=who.reviewer, has_checked=True, file=stored(written_pdf(*SAYS_MONEY)))
    public = public_scan(decision.reference)
    assert public is not None
    assert (public.checked_by_name, public.withdrawn_on) == (who.reviewer.full_name, None)
    event = Event.objects.filter(action="decision.scan_published").get()
    assert (event.actor_id, event.object_ref) == (who.reviewer.pk, decision.reference)
    assert event.change == {"sha256": public.file.sha256, "pages": 1, "readable": 1}


@pytest.mark.parametrize(
    "line",
    ["CCCD 089178001234", "CCCD 089 178 001 234", "CMND 351234567", "DT 0912.345.678", "TK 6700205111927"],
)
def test_a_number_that_a_machine_reads_is_refused_with_its_page(
    who: made.Staff, decision: ApprovalDecision, line: str
) -> None:
    with pytest.raises(TransitionRefused, match="Trang 1 có dãy số giống số CCCD"):
        publish_scan(
            decision, actor=who.reviewer, has_checked=True, file=stored(written_pdf("1. Nguoi A", line))
        )
    assert not DecisionPublication.objects.exists()


def test_it_is_refused_without_the_word_of_who_looked(who: made.Staff, decision: ApprovalDecision) -> None:
    with pytest.raises(TransitionRefused, match="xem từng trang"):
        publish_scan(decision, actor=who.reviewer, has_checked=False, file=stored(pdf()))


def test_it_is_refused_without_a_file_and_for_a_picture(who: made.Staff, decision: ApprovalDecision) -> None:
    with pytest.raises(TransitionRefused, match="chưa có bản chụp"):
        publish_scan(decision, actor=who.reviewer, has_checked=True)
    picture = stored(b"\xff\xd8\xff\xe0" + b"0" * 50, "anh.jpg")
    with pytest.raises(TransitionRefused, match="Chỉ công bố tệp PDF"):
        publish_scan(decision, actor=who.reviewer, has_checked=True, file=picture)


def test_of_patients_no_scan_is_published() -> None:
    at = chains.desks("F0_F1")
    _list, decision = chains.decided("F0_F1", at, 5)
    with pytest.raises(TransitionRefused, match="chỉ công bố tổng số"):
        publish_scan(decision, actor=at.who.reviewer, has_checked=True, file=stored(pdf()))


@pytest.mark.parametrize("role", [Role.PROVINCIAL_APPROVER, Role.LEADER, Role.DISTRICT_OFFICER, Role.AUDITOR])
def test_only_the_department_publishes(decision: ApprovalDecision, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        publish_scan(decision, actor=user(role), has_checked=True, file=stored(pdf()))


def test_it_is_taken_down_with_a_reason_and_may_be_published_anew(
    who: made.Staff, decision: ApprovalDecision
) -> None:
    publish_scan(decision, actor=who.reviewer, has_checked=True, file=stored(pdf()))
    with pytest.raises(TransitionRefused, match="đang được công bố"):
        publish_scan(decision, actor=who.reviewer, has_checked=True, file=stored(pdf()))
    with pytest.raises(TransitionRefused, match="Hãy ghi lý do"):
        withdraw_scan(decision, reason="  ", actor=who.reviewer)
    withdraw_scan(decision, reason="Trang 3 còn thấy chữ ký của dân", actor=who.reviewer)
    assert public_scan(decision.reference) is None
    with pytest.raises(TransitionRefused, match="không còn được công bố"):
        withdraw_scan(decision, reason="lần nữa", actor=who.reviewer)
    publish_scan(decision, actor=who.reviewer, has_checked=True, file=stored(pdf()))
    assert decision.publications.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        "checked_by_name = 'Khác'",
        "published_on = '2021-01-01'",
        "area_code = '89888'",
        "withdrawn_reason = 'x'",
    ],
)
def test_plain_sql_rewrites_nothing_and_removes_nothing(
    who: made.Staff, decision: ApprovalDecision, change: str
) -> None:
    publish_scan(decision, actor=who.reviewer, has_checked=True, file=stored(pdf()))
    withdraw_scan(decision, reason="Thử", actor=who.reviewer)
    for sql in (
        f"UPDATE support_programs_decisionpublication SET {change}",
        "DELETE FROM support_programs_decisionpublication",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
