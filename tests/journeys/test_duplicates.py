"""Pairs of people who may be one, in a browser: the accountant is told who waits, the district compares and answers, the head
lets one pair pass, the payment goes on, and a join is taken apart again.
"""

import pytest
from playwright.sync_api import Browser, expect

from accounts.enums import Role
from beneficiaries.models import DuplicateCandidate, Person, PersonJoin
from core.text import search_key, sort_key
from disbursements.models import Batch, PaymentInstruction
from disbursements.services.results import record_all_paid_except
from support_programs.models import Entitlement
from tests.factories import payments as make
from tests.factories.pairs import pair
from tests.factories.people import DISTRICT
from tests.infrastructure.programs import Worker
from tests.journeys.desk import Desk, Office

pytestmark = pytest.mark.browser


@pytest.fixture
def office(site: str, browser: Browser, celery_worker_process: Worker) -> Office:
    return Office(site, browser)


def named(person: Person, name: str, **more: object) -> Person:
    Person.objects.filter(pk=person.pk).update(
        full_name=name, name_key=search_key(name), name_sort=sort_key(name), **more
    )
    person.refresh_from_db()
    return person


def village() -> list[DuplicateCandidate]:
    """Six people who could be paid; three pairs among them may be one human each."""
    made = make.payable_list(6)
    hoa, hoa_again, tuan, tuan_again, chau, chau_again = (
        Person.objects.get(pk=row.claimant_id) for row in made.entitlements
    )
    named(hoa, "Lê Thị Hòa", sex="F", birth_date="1979-05-12", birth_year=1979, phone="0912345678")
    named(hoa_again, "Lê Thị Hoà", sex="F", birth_date="1979-05-12", birth_year=1979, phone="0912345678")
    named(tuan, "Trần Văn Tuấn", birth_date="1985-02-03", birth_year=1985, occupation="Bán vé số")
    named(tuan_again, "Trần Văn Tuấn", birth_date=None, birth_year=1985)
    named(chau, "Châu Sóc Kha", birth_date="1990-01-01", birth_year=1990)
    named(chau_again, "Sóc Kha Châu", birth_date="1990-01-01", birth_year=1990)
    same = [{"code": "SAME_NAME", "points": 30}, {"code": "SAME_BIRTH_DATE", "points": 30}]
    swapped = [{"code": "NAME_SWAPPED", "points": 26}, {"code": "SAME_BIRTH_DATE", "points": 30}]
    year = [{"code": "SAME_NAME", "points": 30}, {"code": "SAME_BIRTH_YEAR", "points": 12}]
    return [
        pair(hoa, hoa_again, score=88, reasons=[*same, {"code": "SAME_PHONE", "points": 20}]),
        pair(tuan, tuan_again, score=52, reasons=[*year, {"code": "OTHER_CCCD", "points": -30}]),
        pair(chau, chau_again, score=64, reasons=swapped, found_by="import"),
    ]


def preview(accountant: Desk) -> None:
    accountant.open(f"/batches/new/?programme={make.PROGRAMME}&area={DISTRICT}&stream=&channel=cash")


def answer(desk: Desk, choice: str, reason: str) -> None:
    desk.page.locator(f"#answer [name=answer][value={choice}]").check()
    desk.page.locator("#answer [name=reason]").fill(reason)
    desk.press("Ghi câu trả lời")


def test_pairs_are_answered_and_the_payment_goes_on(office: Office) -> None:
    hoa, tuan, chau = village()
    accountant = office.seat(Role.ACCOUNTANT, name="Lê Thị Hoa")
    preview(accountant)
    left_out = accountant.page.locator(
        "section", has=accountant.page.get_by_role("heading", name="Không vào đợt này")
    )
    expect(left_out).to_contain_text("Nghi trùng với người khác, chưa có câu trả lời")
    expect(left_out.locator("tr", has_text="Nghi trùng").locator("td").nth(1)).to_have_text("6")
    accountant.shoot("duplicates-1-preview")

    officer = office.seat(Role.DISTRICT_OFFICER, name="Nguyễn Thị Thẩm")
    page = officer.open("/")
    page.get_by_role("link", name="Cặp người nghi trùng").first.click()
    page.wait_for_url("**/duplicates/")
    expect(page.locator("main tbody tr")).to_have_count(3)
    expect(page.locator("main tbody tr").first).to_contain_text("Lê Thị Hòa – Lê Thị Hoà")
    officer.shoot("duplicates-2-queue")
    page.set_viewport_size({"width": 1366, "height": 768})

    officer.follow("Lê Thị Hòa – Lê Thị Hoà")
    compare = page.locator("#compare")
    expect(compare.locator("tr", has_text="Họ và tên")).to_contain_text("Gần giống")
    expect(compare.locator("tr", has_text="Ngày sinh")).to_contain_text("Giống")
    expect(page.locator("main")).not_to_contain_text("0912345678")
    officer.shoot("duplicates-3-compare")
    answer(officer, "keep_first", "Cùng một chị Hòa, đã xem CCCD và CMND cũ")

    # on to the next one, which an answer without a reason does not leave
    page.wait_for_url(f"**/duplicates/{chau.reference}/**")
    expect(page.locator(".msgs, .messages, main, body").first).to_contain_text("Đã ghi «Cùng một người»")
    page.locator("#answer [name=reason]").evaluate("field => field.removeAttribute('required')")
    page.locator("#answer [value=different]").check()
    officer.press("Ghi câu trả lời")
    expect(page.locator("#answer")).to_contain_text("Hãy ghi lý do.")
    officer.shoot("duplicates-4-refused")
    answer(officer, "different", "Hai anh em họ, khác cha mẹ")
    page.wait_for_url(f"**/duplicates/{tuan.reference}/**")
    answer(officer, "verifying", "Chờ xã đến nhà hỏi")
    expect(page.locator("body")).to_contain_text("Không còn cặp nào chờ trả lời")

    head = office.seat(Role.DISTRICT_HEAD, name="Lê Văn Lãnh")
    page = head.open(f"/duplicates/{tuan.reference}/")
    expect(page.locator("#answer")).to_have_count(0)
    head.shoot("duplicates-5-head")
    page.locator("#pass textarea").fill("Hai hộ khó khăn, xã cam kết xác minh sau")
    head.press("Cho chi")
    expect(page.locator("main")).to_contain_text("vẫn được chi trả theo quyết định cho chi")

    preview(accountant)
    expect(left_out.locator("tr", has_text="Hưởng trùng").locator("td").nth(1)).to_have_text("1")
    accountant.shoot("duplicates-6-preview")
    batch = build(accountant)
    assert batch.line_count == 5
    doubled = Entitlement.objects.get(doubles__isnull=False)
    assert doubled.case.person_id == hoa.second_id
    assert not PaymentInstruction.objects.filter(entitlement=doubled).exists()

    officer.open(f"/cases/{doubled.reference}/")
    expect(officer.page.locator("#pairs")).to_contain_text("Hồ sơ này không được chi nữa")
    officer.shoot("duplicates-10-case")
    undo(officer, hoa)


def test_money_that_one_human_was_paid_twice_is_asked_back(office: Office) -> None:
    """Both were paid before the district saw that they are one: the join opens a recovery, its undoing ends it."""
    made = make.payable_list(2)
    record_all_paid_except(actor=made.staff.accountant, batch=make.released_batch(made), exceptions={})
    first, second = (Person.objects.get(pk=row.claimant_id) for row in made.entitlements)
    named(first, "Neáng Sóc Khên", sex="F")
    named(second, "Neáng Sóc Kên", sex="F")
    found = pair(first, second, score=70)
    officer = office.seat(Role.DISTRICT_OFFICER)
    page = officer.open(f"/duplicates/{found.reference}/")
    officer.shoot("duplicates-11-both-paid")
    answer(officer, "keep_second", "Một chị, hai số giấy tờ")

    accountant = office.seat(Role.ACCOUNTANT)
    page = accountant.open("/")
    page.get_by_role("link", name="Đang thu hồi").first.click()
    page.wait_for_url("**/recoveries/")
    expect(page.locator("main tbody tr")).to_have_count(1)
    expect(page.locator("main tbody tr")).to_contain_text("1.500.000 đ")
    accountant.shoot("duplicates-12-recoveries")
    accountant.open(f"/cases/{made.entitlements[1].reference}/")
    expect(page.locator("#recoveries")).to_contain_text("Đang thu hồi")
    accountant.shoot("duplicates-13-case-paid-twice")

    officer.open(f"/duplicates/{found.reference}/")
    officer.follow("Gỡ gộp")
    officer.fill(reason="Hai chị em ruột")
    officer.press("Gỡ gộp")
    page = accountant.open("/recoveries/?state=cancelled")
    expect(page.locator("main tbody tr")).to_contain_text("Gỡ gộp người: Hai chị em ruột")


def build(accountant: Desk) -> Batch:
    # who was let pass is a warning that is looked at first
    accountant.page.locator("main [name=has_seen_warnings]").check()
    accountant.press("Lập đợt chi 5 người")
    expect(accountant.page.locator("main")).to_contain_text("Chờ duyệt", timeout=30_000)
    return Batch.objects.get()


def undo(officer: Desk, joined: DuplicateCandidate) -> None:
    """From the page of the person who is kept."""
    page = officer.open(f"/people/{joined.first.reference}/")
    expect(page.locator("#duplicates")).to_contain_text("Lê Thị Hoà")
    officer.shoot("duplicates-7-person")
    officer.follow("Gỡ gộp")
    officer.fill(reason="Là hai chị em")
    officer.shoot("duplicates-8-undo")
    officer.press("Gỡ gộp")
    expect(page.locator("body")).to_contain_text("lại là hai người như trước khi gộp")
    assert PersonJoin.objects.get().undone_at is not None
    joined.refresh_from_db()
    assert joined.state == "open"
    page = officer.open(f"/duplicates/{joined.reference}/")
    expect(page.locator("main")).to_contain_text("mở lại cặp nghi trùng")
    officer.shoot("duplicates-9-again")
