"""The pages that register and change a person: what is refused at which field, what is kept, who may not."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import IdentityDocument, PayoutAccount, Person
from tests.beneficiaries.views.people_forms import posted
from tests.factories import registered
from tests.factories.people import COMMUNE, OTHER_COMMUNE, OUTSIDE_COMMUNE, user

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


def names_on(response: HttpResponse) -> list[str]:
    return re.findall(r'<a class="name" href="/people/NT-[^"]+">([^<]+)</a>', response.content.decode())


@pytest.fixture
def binh() -> Person:
    return registered.person("Trần Văn Bình", number="089078000123", phone="0913456789")


class TestChanges:
    def test_a_refused_correction_keeps_what_was_typed_and_a_kept_warning_goes_in(
        self, as_: SignIn, binh: Person
    ) -> None:
        client = as_(user(Role.COMMUNE_OFFICER))
        address = f"/people/{binh.reference}/correct/"
        assert 'value="Trần Văn Bình"' in client.get(address).content.decode()
        for changes, field in (
            ({"reason": ""}, "reason"),
            ({"dob": "31/02/1978"}, "dob"),
            ({"full_name": ""}, "full_name"),
        ):
            answer = client.post(address, posted(binh, address="Ấp Mỹ Hóa", **changes))
            assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
            assert 'value="Ấp Mỹ Hóa"' in answer.content.decode()
        answer = client.post(address, posted(binh, full_name="Tran Van Binh"))
        assert answer.status_code == 422
        assert 'name="keep"' in answer.content.decode()
        answer = client.post(address, posted(binh, full_name="Tran Van Binh", keep="on"))
        assert (answer.status_code, answer["Location"]) == (302, f"/people/{binh.reference}/")
        binh.refresh_from_db()
        assert binh.full_name == "Tran Van Binh"

    def test_what_is_left_empty_is_named(self, as_: SignIn, binh: Person) -> None:
        client = as_(user(Role.COMMUNE_OFFICER))
        said = {
            "/people/new/": ["Hãy ghi họ và tên.", "Hãy ghi ngày sinh, hoặc năm sinh.", "Hãy ghi số CCCD hoặc CMND."],
            f"/people/{binh.reference}/account/": ["Hãy ghi tên ngân hàng.", "Hãy ghi số tài khoản."],
        }  # fmt: skip
        for address, sentences in said.items():
            errors = client.post(address, {"version": binh.version}).context["form"].errors
            assert [text for texts in errors.values() for text in texts] == sentences

    def test_a_first_account_is_written_and_the_next_one_is_a_change(self, as_: SignIn, binh: Person) -> None:
        client = as_(user(Role.COMMUNE_OFFICER))
        address = f"/people/{binh.reference}/account/"
        for number, reason in (("6700205123456", ""), ("6700205123999", "Mất thẻ")):
            binh.refresh_from_db()
            typed = {"version": binh.version, "bank": "Agribank", "account": number, "reason": reason}
            assert client.post(address, typed).status_code == 302
        moments = client.get(f"/people/{binh.reference}/").context["moments"]
        assert [(moment.title, moment.details) for moment in moments[:2]] == [
            ("Đổi tài khoản nhận tiền", ("Agribank ••• ••• ••• 456 → Agribank ••• ••• ••• 999",)),
            ("Ghi tài khoản nhận tiền", ("Agribank ••• ••• ••• 456",)),
        ]

    def test_a_page_that_is_out_of_date_names_who_was_faster(self, as_: SignIn, binh: Person) -> None:
        client = as_(user(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt"))
        address = f"/people/{binh.reference}/correct/"
        client.post(address, posted(binh, job="Bán hàng rong"))
        answer = client.post(address, posted(binh, job="Xe ôm"))
        assert answer.status_code == 422
        assert "Lê Tấn Đạt vừa sửa công việc của người này" in text_of(answer)

    def test_another_number_is_written_and_the_old_one_still_finds(self, as_: SignIn, binh: Person) -> None:
        client = as_(user(Role.COMMUNE_OFFICER))
        address = f"/people/{binh.reference}/number/"
        typed = {
            "kind": "CMND",
            "id_number": "351234567",
            "issued_on": "5/6/2011",
            "issued_by": "CA An Giang",
        }
        answer = client.post(address, {**typed, "version": "1"})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
        answer = client.post(
            address, {**typed, "issued_on": "31/6/2011", "reason": "Ghi nhầm thẻ", "version": "1"}
        )
        assert list(answer.context["form"].errors) == ["issued_on"]
        answer = client.post(address, {**typed, "reason": "Ghi nhầm thẻ", "version": "1"})
        assert answer.status_code == 302
        paper = IdentityDocument.objects.get(person=binh, is_current=True)
        assert (paper.kind, paper.number_last3, paper.issued_on) == ("CMND", "567", dt.date(2011, 6, 5))
        for number in ("089078000123", "351234567"):
            found = client.post("/people/", {"q": number})
            assert found["Location"] == f"/people/{binh.reference}/"

    def test_accounts_from_the_first_to_none(self, as_: SignIn, binh: Person) -> None:
        client = as_(user(Role.COMMUNE_OFFICER))
        address = f"/people/{binh.reference}/account/"
        assert 'name="reason"' not in client.get(address).content.decode()
        typed = {"bank": "Agribank Phú Tân", "account": "6700205100927", "holder": "", "version": "1"}
        assert client.post(address, typed).status_code == 302
        page = client.get(address).content.decode()
        assert "Agribank Phú Tân ••• ••• ••• 927" in page
        assert 'name="reason"' in page
        other = {"bank": "BIDV", "account": "12210001234567", "holder": "Trần Thị Cúc", "version": "2"}
        answer = client.post(address, {**other, "reason": "Con nhận thay"})
        assert answer.status_code == 422
        assert "khác họ tên người thụ hưởng" in text_of(answer)
        assert client.post(address, {**other, "reason": "Con nhận thay", "keep": "on"}).status_code == 302
        answer = client.post(f"{address}end/", {"reason": "Đóng tài khoản", "version": "3"})
        assert answer.status_code == 302
        assert not PayoutAccount.objects.filter(person=binh, valid_to=None).exists()
        assert PayoutAccount.objects.filter(person=binh).count() == 2


class TestNewPerson:
    def form(self, **changes: str) -> dict[str, str]:
        return {
            "full_name": "Nguyễn Văn An",
            "dob": "02/03/1985",
            "sex": "Nam",
            "id_number": "089085000111",
            "address": "Khóm Mỹ Lương",
            **changes,
        }

    def test_a_commune_registers_one_person(self, as_: SignIn) -> None:
        client = as_(user(Role.COMMUNE_OFFICER))
        assert 'name="area"' not in client.get("/people/new/").content.decode()
        refused = client.post("/people/new/", self.form(id_number="0890"))
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["id_number"])
        assert not Person.objects.exists()
        answer = client.post("/people/new/", self.form())
        made = Person.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"/people/{made.reference}/")
        assert (made.area_code, made.hamlet) == (COMMUNE, "Khóm Mỹ Lương")

    def test_a_district_chooses_the_commune(self, as_: SignIn) -> None:
        client = as_(user(Role.DISTRICT_OFFICER))
        assert list(client.post("/people/new/", self.form()).context["form"].errors) == ["area"]
        answer = client.post("/people/new/", self.form(area=OUTSIDE_COMMUNE))
        assert list(answer.context["form"].errors) == ["area"]
        assert client.post("/people/new/", self.form(area=OTHER_COMMUNE)).status_code == 302
        assert Person.objects.get().area_code == OTHER_COMMUNE

    def test_who_is_there_already_is_opened_and_stays(self, as_: SignIn) -> None:
        known = registered.person("Nguyễn Văn An", number="089085000111", born=dt.date(1985, 3, 2))
        client = as_(user(Role.COMMUNE_OFFICER))
        answer = client.post("/people/new/", self.form(address="Khóm khác"), follow=True)
        assert answer.redirect_chain[-1][0] == f"/people/{known.reference}/"
        assert "đã có trong hệ thống" in text_of(answer)
        assert Person.objects.get().hamlet == "Ấp Mỹ Lương"

    def test_who_lives_elsewhere_is_asked_about_and_never_shown(self, as_: SignIn) -> None:
        registered.person(
            "Nguyễn Văn An", area=OUTSIDE_COMMUNE, number="089085000111", born=dt.date(1985, 3, 2)
        )
        client = as_(user(Role.COMMUNE_OFFICER))
        assert client.post("/people/new/", self.form()).status_code == 422
        answer = client.post("/people/new/", self.form(keep="on"), follow=True)
        assert answer.redirect_chain[-1][0] == "/people/"
        assert "đã đăng ký ở nơi khác" in text_of(answer)
        assert names_on(answer) == []

    @pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.AUDITOR, Role.DISTRICT_HEAD])
    def test_others_register_nobody(self, role: Role, as_: SignIn) -> None:
        client = as_(user(role))
        assert client.get("/people/new/").status_code == 403
        assert client.post("/people/new/", self.form()).status_code == 403
        assert not Person.objects.exists()
