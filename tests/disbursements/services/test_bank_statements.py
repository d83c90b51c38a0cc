"""Statements of banks: each row finds its payment or says why not; people settle rows, results are recorded, it closes."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from accounts.enums import Role
from beneficiaries.models import PayoutAccount
from core import clock, crypto
from core.models import Event
from core.transitions import TransitionRefused
from disbursements.models import Batch, PayerAccount, PaymentInstruction, StatementImport, StatementLine
from disbursements.queries.closing import reconciliation
from disbursements.queries.statement_sentences import sentence_of
from disbursements.queries.statements import row_views
from disbursements.services.batches import cancel_batch, close_batch
from disbursements.services.requests import request_batch
from disbursements.services.results import Results, mark_unknown, record_results
from disbursements.services.statement_rows import match_by_hand, set_aside
from disbursements.services.statements import check_statement, record_statement
from support_programs.models import Entitlement
from tests.factories.payments import (
    AMOUNT,
    ApprovedList,
    Staff,
    allocation,
    approved_list,
    payable_list,
    prepared_batch,
    released_batch,
    request_for,
)
from tests.factories.people import DISTRICT, OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, user
from tests.factories.statements import ACCOUNT, Moved, camt053, check_schema, mt940

pytestmark = pytest.mark.django_db
PEOPLE = 12


def account_of(number: int) -> str:
    return f"67002051009{number:02d}"


@pytest.fixture
def made() -> ApprovedList:
    made = approved_list(PEOPLE, with_accounts=PEOPLE)
    allocation(made)
    for number, account in enumerate(PayoutAccount.objects.order_by("pk")):
        digits = account_of(number)
        PayoutAccount.objects.filter(pk=account.pk).update(
            account_encrypted=crypto.encrypt("account", digits),
            account_index=crypto.blind_index("account", digits),
            account_last3=digits[-3:],
        )
    return made


@pytest.fixture
def batch(made: ApprovedList) -> Batch:
    payer = PayerAccount.objects.create(
        area_code=DISTRICT,
        bank_bin="970436",
        bank_name="Vietcombank",
        holder_name="Phòng LĐ-TBXH",
        account_number=ACCOUNT,
        valid_from="2021-01-01",
        recorded_by_id=made.staff.accountant.pk,
    )
    return released_batch(made, channel="bank", payer_account=payer.pk)


def lines_of(batch: Batch) -> list[PaymentInstruction]:
    return list(PaymentInstruction.objects.filter(batch=batch).order_by("position"))


def every_outcome(lines: list[PaymentInstruction]) -> tuple[list[Moved], list[str]]:
    """One movement of each kind of trouble, and what is said of it."""
    ref = [line.payment_reference for line in lines]
    own = [crypto.decrypt("account", line.account_encrypted) for line in lines]
    told = [
        (Moved(AMOUNT, ref[0], text="CHI HO TRO"), "paid"),
        (Moved(AMOUNT, ref[1], name=lines[1].account_holder), "paid"),
        (Moved(AMOUNT, ref[2], text="di"), "reversed"),
        (Moved(AMOUNT, ref[2], is_out=False, text="RETURN", code="AC04"), "returned"),
        (Moved(AMOUNT, text="khong ma", account=own[3]), "paid"),
        (Moved(AMOUNT - 1, ref[4]), "other_amount"),
        (Moved(AMOUNT, ref[5], account="0999888777666"), "other_account"),
        (Moved(AMOUNT, ref[6], name="TRAN VAN KHAC"), "other_name"),
        (Moved(AMOUNT, ref[0], bank_reference="FT9"), "repeated"),
        (Moved(11_000, text="PHI CHUYEN TIEN"), "unknown_line"),
        (Moved(AMOUNT, text=f"{ref[7]} va {ref[8]}"), "ambiguous"),
        (Moved(AMOUNT, "LC202100000000"), "unknown_line"),
        (Moved(AMOUNT, text=f"chi ho tro {lines[9].reference.lower()}"), "paid"),
    ]
    return [moved for moved, _said in told], [said for _moved, said in told]


def check(made: ApprovedList, batch: Batch, content: bytes, name: str = "saoke.txt") -> StatementImport:
    return check_statement(actor=made.staff.accountant, batch=batch, content=content, name=name)


def outcomes(statement: StatementImport) -> list[str]:
    return list(statement.lines.order_by("row").values_list("outcome", flat=True))


@pytest.mark.parametrize("kind", ["mt940", "02", "08"])
def test_every_outcome_in_every_kind_of_statement(made: ApprovedList, batch: Batch, kind: str) -> None:
    moved, said = every_outcome(lines_of(batch))
    content = mt940(moved) if kind == "mt940" else camt053(moved, version=kind)
    if kind != "mt940":
        check_schema(content, kind)
    statement = check(made, batch, content)
    assert outcomes(statement) == said
    assert (statement.account_last3, statement.line_count, statement.state) == (
        ACCOUNT[-3:],
        len(said),
        "checked",
    )
    by_account = statement.lines.get(row=5)
    assert (by_account.method, by_account.instruction.position) == ("account_amount", 4)
    assert not PaymentInstruction.objects.exclude(status="sent").exists()
    # each row that needs a look names itself, the field and a remedy
    for line in statement.lines.filter(
        outcome__in=["other_amount", "other_account", "other_name", "repeated", "ambiguous"]
    ):
        assert f"Dòng {line.row}" in sentence_of(statement, line)
    # a long number of the paper is not kept in words
    assert not statement.lines.filter(text__contains=account_of(3)).exists()


def test_the_same_sum_to_the_same_account_before_the_batch_was_paid_is_another_payment(
    made: ApprovedList, batch: Batch
) -> None:
    own = crypto.decrypt("account", lines_of(batch)[3].account_encrypted)
    before = (clock.today() - dt.timedelta(days=1)).isoformat()
    unnamed = [Moved(AMOUNT, text="khong ma", account=own, day=before), Moved(11_000, text="PHI CHUYEN TIEN")]
    statement = check(made, batch, mt940(unnamed))
    assert outcomes(statement) == ["unknown_line", "unknown_line"]


def test_who_is_in_another_batch_is_named_by_the_row_alone(made: ApprovedList, batch: Batch) -> None:
    """A reference of another district tells nothing about who stands behind it."""
    staff = Staff(accountant=user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT))
    other = prepared_batch(payable_list(1, staff=staff, area=OUTSIDE_COMMUNE), area=OUTSIDE_DISTRICT)
    named = lines_of(other)[0]
    moved = [Moved(AMOUNT, lines_of(batch)[0].payment_reference), Moved(AMOUNT, named.payment_reference)]
    statement = check(made, batch, mt940(moved))
    assert outcomes(statement) == ["paid", "other_batch"]
    row = row_views(statement, statement.lines.filter(outcome="other_batch"), made.staff.accountant)[0]
    assert (row.name, row.line.instruction) == ("", named)
    assert other.reference not in row.sentence


def test_from_the_statement_to_the_closed_batch(made: ApprovedList, batch: Batch) -> None:
    actor = made.staff.accountant
    lines = lines_of(batch)
    moved, _said = every_outcome(lines)
    statement = check(made, batch, mt940(moved))
    report = record_statement(actor=actor, statement=statement)
    assert (report.paid, report.returned, report.refused) == (4, 1, ())
    back = PaymentInstruction.objects.get(pk=lines[2].pk)
    assert (back.status, back.result_code, back.result_reason) == (
        "returned",
        "closed_account",
        "Tài khoản đã đóng",
    )
    assert Entitlement.objects.get(pk=back.entitlement_id).status == "approved"
    with pytest.raises(TransitionRefused, match=r"Còn lệnh chi chưa có kết quả.*Còn dòng của sao kê"):
        close_batch(actor=actor, batch=batch)
    statement.refresh_from_db()
    settle = statement.lines.get(row=11)
    with pytest.raises(TransitionRefused, match="Hãy ghi lý do"):
        match_by_hand(actor=actor, line=settle, reference=lines[7].reference, reason=" ")
    with pytest.raises(TransitionRefused, match="kết quả đã ghi không sửa được"):
        match_by_hand(actor=actor, line=settle, reference=lines[0].reference, reason="theo công văn")
    with pytest.raises(TransitionRefused, match="Số tiền của dòng không bằng"):
        match_by_hand(actor=actor, line=statement.lines.get(row=6), reference=lines[4].reference, reason="x")
    match_by_hand(actor=actor, line=settle, reference=lines[7].reference, reason="Công văn ngân hàng 28/09")
    for row, who in ((7, 5), (8, 6)):
        match_by_hand(
            actor=actor, line=statement.lines.get(row=row), reference=lines[who].reference, reason="đã hỏi"
        )
    assert record_statement(actor=actor, statement=statement).paid == 3
    assert statement.lines.get(row=11).method == "hand"
    left = {lines[n].reference for n in (4, 8, 10, 11)}
    assert record_results(actor=actor, batch=batch, results=Results(frozenset(left))).paid == 4
    # the fee, the double debit and the unknown code are still in the way
    assert [each.text for each in reconciliation(batch).obstacles] == [
        "Còn 3 dòng chưa xử lý trong tệp saoke.txt."
    ]
    with pytest.raises(TransitionRefused, match="Còn dòng của sao kê"):
        close_batch(actor=actor, batch=batch)
    rows = StatementLine.objects.filter(statement=statement)
    assert set_aside(actor=actor, statement=statement, rows=rows, reason="Phí và tiền của việc khác") == 4
    closed = close_batch(actor=actor, batch=batch)
    found = reconciliation(closed)
    assert closed.status == "closed"
    assert (found.paid.people, found.returned.people, found.difference, found.ties) == (11, 1, 0, True)
    assert (found.proved.people, found.by_hand.people) == (7, 4)


def test_the_same_movements_twice_change_nothing(made: ApprovedList, batch: Batch) -> None:
    actor = made.staff.accountant
    lines = lines_of(batch)
    moved = [
        Moved(AMOUNT, lines[0].payment_reference),
        Moved(AMOUNT, lines[1].payment_reference, bank_reference="FT2"),
        Moved(AMOUNT, lines[1].payment_reference, is_out=False, code="AC01", bank_reference="FT3"),
        Moved(11_000, text="PHI", bank_reference="FT4"),
    ]
    first = check(made, batch, mt940(moved))
    record_statement(actor=actor, statement=first)
    set_aside(actor=actor, statement=first, rows=first.lines.all(), reason="phí")
    events = Event.objects.count()
    # the same bytes: the same import; other bytes, reordered, in another format: the same lines
    assert check(made, batch, mt940(moved)).pk == first.pk
    assert Event.objects.count() == events
    again = check(made, batch, mt940(moved, opening=2 * 10**9), "khac.txt")
    assert outcomes(again) == ["same", "reversed", "same", "same"]
    other = check(made, batch, camt053([moved[2], moved[0]]), "saoke.xml")
    assert outcomes(other) == ["same", "same"]
    with pytest.raises(TransitionRefused, match="đã được ghi từ trước"):
        record_statement(actor=actor, statement=again)
    # money that left twice is no repetition of the file
    twice = check(
        made, batch, mt940([Moved(AMOUNT, lines[0].payment_reference, bank_reference="FT77")]), "hai.txt"
    )
    assert outcomes(twice) == ["repeated"]
    assert "có chuyển tiền hai lần không" in sentence_of(
        twice, twice.lines.select_related("twin__statement__file").get()
    )
    # and money that comes back after it was recorded as paid contradicts
    late = check(
        made, batch, mt940([Moved(AMOUNT, lines[0].payment_reference, is_out=False, code="AC04")]), "sau.txt"
    )
    assert outcomes(late) == ["contradiction"]
    assert "Hãy mở khoản thu hồi" in sentence_of(late, late.lines.select_related("instruction").get())


def test_money_that_came_back_late_or_left_twice_stands_in_the_way_of_closing(
    made: ApprovedList, batch: Batch
) -> None:
    """Though neither file records anything; somebody has to look at each, also when the service is gone around."""
    actor, lines = made.staff.accountant, lines_of(batch)
    paid = [Moved(AMOUNT, line.payment_reference) for line in lines]
    record_statement(actor=actor, statement=check(made, batch, mt940(paid)))
    back = Moved(AMOUNT, lines[0].payment_reference, is_out=False, code="AC04")
    again = Moved(AMOUNT, lines[1].payment_reference, bank_reference="FT77")
    for name, moved, said in (("sau.txt", back, "contradiction"), ("hai.txt", again, "repeated")):
        statement = check(made, batch, mt940([moved]), name)
        assert (outcomes(statement), statement.state) == ([said], "checked")
        with pytest.raises(TransitionRefused, match="chưa được xử lý"):
            close_batch(actor=actor, batch=batch)
        with pytest.raises(DatabaseError, match="are not settled"), transaction.atomic():
            Batch.objects.filter(pk=batch.pk).update(status="closed", closed_on=clock.today())
        obstacles = reconciliation(Batch.objects.get(pk=batch.pk)).obstacles
        assert [obstacle.text for obstacle in obstacles] == [f"Còn 1 dòng chưa xử lý trong tệp {name}."]
        set_aside(actor=actor, statement=statement, rows=statement.lines.all(), reason="Đã hỏi ngân hàng")
    assert close_batch(actor=actor, batch=batch).status == "closed"


@pytest.mark.parametrize(
    ("write", "sentence"),
    [
        (
            lambda moved: mt940(moved, account="0151000111222"),
            "Sao kê của tài khoản •••222, không phải tài khoản chi •••888",
        ),
        (lambda moved: mt940(moved, is_cut=True), "Sao kê bị cắt giữa chừng"),
        (lambda moved: mt940(moved, closing=1), "Sao kê thiếu hoặc thừa dòng"),
        (lambda moved: mt940(moved, currency="USD"), "không phải đồng Việt Nam"),
        (lambda moved: mt940([Moved(5, text="PHI")]), "Tệp không có mã lệnh chi nào của đợt"),
        (lambda moved: camt053(moved)[:-40], "Sao kê bị cắt giữa chừng"),
        (lambda moved: b"<?xml version='1.0'?><Document><pain/></Document>", "không phải sao kê tài khoản"),
        (
            lambda moved: b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><BkToCstmrStmt/>",
            "khai báo không an toàn",
        ),
    ],
)
def test_a_statement_that_is_not_taken_as_a_whole(
    made: ApprovedList, batch: Batch, write: Callable[[list[Moved]], bytes], sentence: str
) -> None:
    content = write([Moved(AMOUNT, lines_of(batch)[0].payment_reference)])
    with pytest.raises(TransitionRefused, match=sentence):
        check(made, batch, content)
    assert not StatementImport.objects.exists()


class TestInDoubt:
    """F17: the bank never answers."""

    def test_until_somebody_records_the_answer(self, made: ApprovedList, batch: Batch) -> None:
        actor = made.staff.accountant
        with pytest.raises(TransitionRefused, match="từ ngày bắt đầu chi"):
            mark_unknown(actor=actor, batch=batch, on=clock.today().replace(year=2020))
        assert mark_unknown(actor=actor, batch=batch, on=clock.today()).unknown == PEOPLE
        assert mark_unknown(actor=actor, batch=batch, on=clock.today()).unknown == 0
        with pytest.raises(TransitionRefused):
            cancel_batch(actor=actor, batch=batch, reason="không thấy trả lời")
        with pytest.raises(TransitionRefused):
            close_batch(actor=actor, batch=batch)
        # neither again nor anew: nobody of them can be paid
        for key, is_retry in (("new", False), ("retry", True)):
            with pytest.raises(TransitionRefused):
                request_batch(actor=actor, request=request_for(key, channel="bank", is_retry=is_retry))
        found = reconciliation(batch)
        assert (found.unknown.people, found.awaited.people, found.difference) == (PEOPLE, PEOPLE, 0)
        # the answer, of either kind, ends the doubt
        lines = lines_of(batch)
        results = Results(
            frozenset(line.reference for line in lines[1:]), {lines[0].reference: "Sai số tài khoản"}
        )
        report = record_results(actor=actor, batch=batch, results=results)
        assert (report.paid, report.returned) == (PEOPLE - 1, 1)
        assert PaymentInstruction.objects.get(pk=lines[0].pk).result_code == "wrong_account"
        assert close_batch(actor=actor, batch=batch).status == "closed"

    def test_only_accountants_say_so(self, made: ApprovedList, batch: Batch) -> None:
        with pytest.raises(PermissionDenied):
            mark_unknown(actor=made.staff.approver, batch=batch, on=clock.today())


def test_the_database_keeps_rows_and_recorded_results(made: ApprovedList, batch: Batch) -> None:
    line = lines_of(batch)[0]
    statement = check(made, batch, mt940([Moved(AMOUNT, line.payment_reference), Moved(5, text="PHI")]))
    record_statement(actor=made.staff.accountant, statement=statement)
    rows = StatementLine.objects.filter(statement=statement)
    for change in (
        lambda: rows.delete(),
        lambda: rows.update(amount=1),
        lambda: rows.filter(row=1).update(outcome="set_aside"),
        lambda: rows.filter(row=2).update(resolved_by_id=1),
        lambda: StatementImport.objects.filter(pk=statement.pk).update(sha256="x"),
        lambda: PaymentInstruction.objects.filter(pk=line.pk).update(result_code="other"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    record_results(
        actor=made.staff.accountant,
        batch=batch,
        results=Results(frozenset(each.reference for each in lines_of(batch)[1:])),
    )
    # the row of the fee is not settled: no writer can close the batch
    with pytest.raises(DatabaseError, match="are not settled"), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(status="closed", version=99)
