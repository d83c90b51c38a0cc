"""Pages of asking, signing and finding batches: warnings with names, signatures so far, filters with sums; outsiders see none."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from disbursements.models import Batch, SignatureRule
from disbursements.services.batches import approve_batch, cancel_batch
from tests.disbursements.services.test_asking import returned
from tests.factories import payments as make
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def as_(client: Client) -> SignIn:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def form(**other: str) -> dict[str, str]:
    return {"programme": make.PROGRAMME, "area": DISTRICT, "channel": "cash", "key": "k1", **other}


class TestAsking:
    def test_warnings_are_ticked_before_the_batch_is_made(self, as_: SignIn) -> None:
        made = make.payable_list(2, with_accounts=2)
        client = as_(made.staff.accountant)
        page = text_of(client.post("/batches/new/", form(channel="bank", preview="1")))
        assert "Số tài khoản cũng là của người khác: 2 người" in page
        assert 'name="warned" value="shared_account"' in page
        refused = client.post("/batches/new/", form(channel="bank", warned="shared_account", confirm="1"))
        assert refused.status_code == 422
        assert "Đợt này có cảnh báo chưa xem" in text_of(refused)
        assert not Batch.objects.exists()
        ticked = form(channel="bank", warned="shared_account", has_seen_warnings="on", confirm="1")
        assert client.post("/batches/new/", ticked).status_code == 302
        assert Batch.objects.get().warnings == {"shared_account": 2}

    def test_people_to_pay_again_are_opened_by_an_address(self, as_: SignIn) -> None:
        made = make.payable_list(2)
        returned(made)
        make.payable_list(3, staff=made.staff)
        client = as_(made.staff.accountant)
        page = text_of(
            client.get(f"/batches/new/?programme={make.PROGRAMME}&area={DISTRICT}&channel=cash&is_retry=1")
        )
        assert "Lập đợt chi 2 người" in page
        assert "cần 1, còn 1 người ký được" in page

    def test_totals_by_list_and_names_behind_a_reason(self, as_: SignIn) -> None:
        made = make.payable_list(2)
        out = make.approved_list(1, staff=made.staff)
        client = as_(made.staff.accountant)
        page = text_of(client.post("/batches/new/", form(preview="1")))
        assert made.case_list.reference in page
        assert "group=not_allocated" in page
        address = f"/batches/new/people/?programme={make.PROGRAMME}&area={DISTRICT}&channel=cash&group="
        names = text_of(client.get(f"{address}not_allocated"))
        assert "1 người" in names
        assert out.entitlements[0].reference in names
        assert made.entitlements[0].reference not in names
        assert client.get(f"{address}unheard_of").status_code == 404

    def test_an_outsider_reads_no_names_and_others_are_refused(self, as_: SignIn) -> None:
        made = make.approved_list(1)
        address = f"/batches/new/people/?programme={make.PROGRAMME}&area={DISTRICT}&channel=cash&group=not_allocated"
        assert as_(user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT)).get(address).status_code == 404
        assert as_(made.staff.approver).get(address).status_code == 403


class TestSigning:
    def test_the_page_of_the_approver_says_all_there_is_to_know(self, as_: SignIn) -> None:
        made = make.payable_list(2, amount=300_000_000, with_accounts=2)
        returned(make.payable_list(1, staff=made.staff, area=OTHER_COMMUNE), area=OTHER_COMMUNE)
        batch = make.prepared_batch(made, channel="bank")
        other = user(Role.PROVINCIAL_APPROVER, name="Phạm Thị Sáu")
        client = as_(made.staff.approver)
        page = text_of(client.get(f"/batches/{batch.reference}/approve/"))
        assert "Chữ ký 0/2" in page
        assert "Sáu trăm triệu đồng" in page
        assert "Số tài khoản cũng là của người khác: 2 người" in page
        assert "Nguyễn Văn 1, Nguyễn Văn 2" in page
        signed = client.post(f"/batches/{batch.reference}/approve/", {"version": batch.version}, follow=True)
        assert "chữ ký 1/2. Đợt chi cần thêm người khác ký" in text_of(signed)
        again = text_of(client.get(f"/batches/{batch.reference}/approve/"))
        assert "Chữ ký 1/2" in again
        assert "Bạn đã ký duyệt đợt chi này" in again
        assert "Chữ ký 1/2; Trần Minh Đức" in text_of(client.get(f"/batches/{batch.reference}/"))
        batch.refresh_from_db()
        assert approve_batch(actor=other, batch=batch).status == "approved"

    def test_changes_since_the_attempt_before(self, as_: SignIn) -> None:
        made = make.payable_list(1, with_accounts=1)
        returned(made, "Vắng mặt khi chi trả")
        batch = make.prepared_batch(made)
        page = text_of(as_(made.staff.approver).get(f"/batches/{batch.reference}/approve/"))
        assert "Những người chi lại" in page
        assert "Vắng mặt khi chi trả" in page
        assert "Không đổi" in page

    def test_who_made_it_reads_why_not(self, as_: SignIn) -> None:
        made = make.payable_list(1)
        batch = make.prepared_batch(made)
        made.staff.accountant.role_assignments.create(role=Role.PROVINCIAL_APPROVER)
        page = as_(made.staff.accountant).post(f"/batches/{batch.reference}/approve/", {})
        assert page.status_code == 422
        assert "Bạn đã lập đợt chi này nên không được duyệt" in text_of(page)

    def test_names_behind_a_warning_of_a_batch(self, as_: SignIn) -> None:
        made = make.payable_list(2, with_accounts=2)
        batch = make.prepared_batch(made, channel="bank")
        address = f"/batches/{batch.reference}/warned/shared_account/"
        assert "Nguyễn Văn 1" in text_of(as_(made.staff.approver).get(address))
        assert as_(made.staff.approver).get(f"/batches/{batch.reference}/warned/x/").status_code == 404
        assert as_(user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT)).get(address).status_code == 404


class TestFinding:
    def test_filters_and_their_sums(self, as_: SignIn) -> None:
        made = make.payable_list(2)
        first = make.prepared_batch(made, decision=made.decision.number)
        other = make.payable_list(3, staff=made.staff, area=OTHER_COMMUNE)
        second = make.prepared_batch(other, area=OTHER_COMMUNE)
        cancel_batch(actor=made.staff.accountant, batch=second, reason="Sai")
        client = as_(made.staff.accountant)

        def found(query: str) -> set[str]:
            page = text_of(client.get(f"/batches/?{query}"))
            return {batch.reference for batch in (first, second) if batch.reference in page}

        assert found("") == {first.reference, second.reference}
        assert found(f"area={COMMUNE}") == set()
        assert found(f"area={OTHER_COMMUNE}") == {second.reference}
        assert found("channel=bank") == set()
        assert found("status=cancelled") == {second.reference}
        assert found("programme=F0_F1") == set()
        assert found(f"decision={made.decision.number}") == {first.reference}
        page = text_of(client.get("/batches/"))
        assert "Cộng 2 đợt chi, không tính đợt đã hủy" in page
        assert f"{2 * make.AMOUNT:,}".replace(",", ".") in page

    def test_the_number_of_queries_does_not_grow(
        self, as_: SignIn, django_assert_max_num_queries: Callable[..., object]
    ) -> None:
        made = make.payable_list(1)
        make.prepared_batch(made)
        client = as_(made.staff.accountant)
        client.get("/batches/")
        counts = []
        for _round in range(2):
            with django_assert_max_num_queries(20) as captured:  # type: ignore[attr-defined]
                client.get("/batches/")
            counts.append(len(captured))
            for _n in range(2):
                make.prepared_batch(make.payable_list(1, staff=made.staff))
        assert counts[0] == counts[1]


class TestRules:
    def test_approvers_read_that_the_number_is_unsure(self, as_: SignIn) -> None:
        client = as_(user(Role.PROVINCIAL_APPROVER))
        page = text_of(client.get("/settings/signature-rules/"))
        assert "500.000.000" in page
        assert "Chưa chắc chắn" in page
        assert client.post("/settings/signature-rules/", {"from_amount": "0"}).status_code == 403

    def test_the_administrator_writes(self, as_: SignIn) -> None:
        client = as_(user(Role.ADMINISTRATOR))
        typed = {"from_amount": "2.000.000.000", "signatures": "3", "note": "QĐ 12/QĐ-LĐTBXH ngày 01/09/2021"}
        assert client.post("/settings/signature-rules/", {**typed, "signatures": "1"}).status_code == 422
        assert client.post("/settings/signature-rules/", typed).status_code == 302
        assert SignatureRule.objects.get(from_amount=2 * 10**9).signatures == 3
        assert "QĐ 12/QĐ-LĐTBXH" in text_of(client.get("/settings/signature-rules/"))

    @pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.LEADER])
    def test_others_are_kept_out(self, as_: SignIn, role: Role) -> None:
        assert as_(user(role)).get("/settings/signature-rules/").status_code == 403
