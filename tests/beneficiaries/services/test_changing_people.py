"""A person corrected without a list, given another number, another account: what is asked, what stays, who may."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import IdentityDocument, PayoutAccount, Person
from beneficiaries.services.accounts import TypedAccount, change_account, end_account
from beneficiaries.services.numbers import TypedPaper, change_number
from beneficiaries.services.people import PersonRefused, correct_details
from core import clock, crypto
from core.models import Event
from core.transitions import StaleRecord
from tests.factories import registered
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, OUTSIDE_DISTRICT, PROVINCE, user

pytestmark = pytest.mark.django_db

TYPED = {
    "full_name": "Trần Văn Bình",
    "dob": "04/03/1978",
    "sex": "Nam",
    "address": "Ấp Mỹ Lương",
    "job": "Bán vé số",
    "phone": "",
    "permanent_address": "Xã Phú An, huyện Phú Tân",
    "temporary_address": "",
}


@pytest.fixture
def officer() -> User:
    return user(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt")


@pytest.fixture
def binh() -> Person:
    return registered.person("Trần Văn Bình", number="089078000123")


def last_event(person: Person) -> Event:
    return Event.objects.filter(object_type="beneficiaries.person", object_id=person.pk).latest("pk")


class TestCorrecting:
    def correct(self, person: Person, officer: User, reason: str = "Đối chiếu thẻ", **other: object) -> None:
        typed = {**TYPED, **{name: value for name, value in other.items() if name in TYPED}}
        options = {name: value for name, value in other.items() if name not in TYPED}
        correct_details(person=person, typed=typed, reason=reason, actor=officer, **options)

    def test_what_changed_is_in_the_log_before_and_after(self, binh: Person, officer: User) -> None:
        self.correct(binh, officer, full_name="Trần Văn Bính", phone="0913456789")
        binh.refresh_from_db()
        assert (binh.full_name, binh.name_key, binh.phone) == ("Trần Văn Bính", "tran van binh", "0913456789")
        assert (binh.permanent_address, binh.version) == ("Xã Phú An, huyện Phú Tân", 2)
        event = last_event(binh)
        assert (event.action, event.actor_name, event.reason) == (
            "person.corrected",
            "Lê Tấn Đạt",
            "Đối chiếu thẻ",
        )
        assert event.change == {
            "fields": ["full_name", "permanent_address", "phone"],
            "before": {"full_name": "Trần Văn Bình", "permanent_address": "", "phone": ""},
            "after": {
                "full_name": "Trần Văn Bính",
                "permanent_address": "Xã Phú An, huyện Phú Tân",
                "phone": "••• ••• ••• 789",
            },
            "version": 2,
        }
        assert IdentityDocument.objects.get(person=binh).number_last3 == "123"

    def test_a_telephone_of_the_same_last_digits_is_a_change(self, binh: Person, officer: User) -> None:
        self.correct(binh, officer, phone="0913456789", permanent_address="")
        self.correct(binh, officer, phone="0987654789", permanent_address="")
        binh.refresh_from_db()
        assert binh.phone == "0987654789"
        assert last_event(binh).change["fields"] == ["phone"]

    def test_nothing_changed_nothing_written(self, binh: Person, officer: User) -> None:
        self.correct(binh, officer, permanent_address="")
        binh.refresh_from_db()
        assert binh.version == 1
        assert not Event.objects.filter(object_id=binh.pk, action="person.corrected").exists()

    def test_what_the_number_speaks_against_is_asked_and_may_be_kept(
        self, binh: Person, officer: User
    ) -> None:
        """Sex and number both wrong: one has to come first."""
        with pytest.raises(PersonRefused) as refusal:
            self.correct(binh, officer, sex="Nữ")
        assert not refusal.value.errors
        assert "giới tính" in refusal.value.warnings[""][0]
        assert "089078000123" not in str(refusal.value)
        self.correct(binh, officer, sex="Nữ", keeps_warnings=True)
        binh.refresh_from_db()
        assert binh.sex == "F"

    def test_who_has_no_paper_is_corrected_too(self, officer: User) -> None:
        child = registered.person("Trần Văn Bình", number=None)
        self.correct(child, officer, address="Ấp Mỹ Hóa")
        child.refresh_from_db()
        assert (child.hamlet, child.hamlet_key) == ("Ấp Mỹ Hóa", "ap mi hoa")

    @pytest.mark.parametrize(
        ("typed", "field", "words"),
        [
            ({"full_name": ""}, "full_name", "họ và tên"),
            ({"dob": "31/02/1978"}, "dob", "không có thật"),
            ({"permanent_address": "a" * 251}, "permanent_address", "250 ký tự"),
            ({"reason": "  "}, "reason", "lý do"),
            ({"reason": "a" * 501}, "reason", "500 ký tự"),
        ],
    )
    def test_refused_at_its_field(
        self, binh: Person, officer: User, typed: dict[str, str], field: str, words: str
    ) -> None:
        before = Person.objects.filter(pk=binh.pk).values().get()
        with pytest.raises(PersonRefused) as refusal:
            self.correct(binh, officer, **typed)
        assert words in refusal.value.errors[field][0]
        assert Person.objects.filter(pk=binh.pk).values().get() == before

    def test_who_was_slower_learns_who_changed_what(self, binh: Person, officer: User) -> None:
        self.correct(binh, officer, full_name="Trần Văn Bính", permanent_address="", expected_version=1)
        other = user(Role.DISTRICT_OFFICER)
        with pytest.raises(StaleRecord) as refusal:
            self.correct(binh, other, job="Bán hàng rong", expected_version=1)
        assert "Lê Tấn Đạt vừa sửa họ và tên của người này lúc" in str(refusal.value)
        binh.refresh_from_db()
        assert binh.occupation == "Bán vé số"

    @pytest.mark.parametrize(
        ("role", "area"),
        [
            (Role.COMMUNE_OFFICER, OTHER_COMMUNE),
            (Role.DISTRICT_OFFICER, OUTSIDE_DISTRICT),
            (Role.DISTRICT_HEAD, DISTRICT),
            (Role.ACCOUNTANT, DISTRICT),
            (Role.AUDITOR, PROVINCE),
        ],
    )
    def test_others_change_nothing(self, binh: Person, role: Role, area: str) -> None:
        stranger = user(role, area=area)
        account = TypedAccount("Agribank", "6700205100927")
        paper = TypedPaper("CMND", "351234567")
        acts = (
            lambda: self.correct(binh, stranger),
            lambda: change_number(person=binh, paper=paper, reason="x", actor=stranger),
            lambda: change_account(person=binh, account=account, reason="x", actor=stranger),
            lambda: end_account(person=binh, reason="x", actor=stranger),
        )
        for act in acts:
            with pytest.raises(PermissionDenied):
                act()
        binh.refresh_from_db()
        assert (binh.version, binh.identity_documents.count(), binh.payout_accounts.count()) == (1, 1, 0)

    def test_an_entry_joined_to_another_is_left_alone(self, binh: Person, officer: User) -> None:
        Person.objects.filter(pk=binh.pk).update(joined_to=registered.person())
        acts = (
            lambda: self.correct(binh, officer),
            lambda: change_number(
                person=binh, paper=TypedPaper("CMND", "351234567"), reason="x", actor=officer
            ),
            lambda: change_account(
                person=binh, account=TypedAccount("A", "6700205100927"), reason="x", actor=officer
            ),
        )
        for act in acts:
            with pytest.raises(PersonRefused) as refusal:
                act()
            assert "đã gộp" in refusal.value.errors[""][0]


class TestAnotherNumber:
    def change(self, person: Person, officer: User, number: str, **options: object) -> IdentityDocument:
        kind = str(options.pop("kind", "CCCD"))
        reason = str(options.pop("reason", "Đổi CMND sang CCCD"))
        issued = options.pop("issued_on", None)
        paper = TypedPaper(kind, number, issued, str(options.pop("issued_by", "")))
        return change_number(person=person, paper=paper, reason=reason, actor=officer, **options)

    def test_the_old_paper_stays_and_the_new_one_says_why(self, officer: User) -> None:
        person = registered.person("Trần Văn Bình", number="351234567")
        made = self.change(
            person, officer, "0890 7800 0123", issued_on=dt.date(2021, 6, 1), issued_by="Cục CSQLHC về TTXH"
        )
        assert crypto.decrypt("number", made.number_encrypted) == "089078000123"
        assert (made.kind, made.is_current, made.change_reason) == ("CCCD", True, "Đổi CMND sang CCCD")
        assert (made.issued_on, made.issued_by) == (dt.date(2021, 6, 1), "Cục CSQLHC về TTXH")
        old = IdentityDocument.objects.get(person=person, is_current=False)
        assert (old.kind, old.number_last3) == ("CMND", "567")
        event = last_event(person)
        assert event.change == {
            "kind": "CCCD",
            "before": "••• ••• ••• 567",
            "after": "••• ••• ••• 123",
            "version": 2,
        }
        assert "089078000123" not in f"{event.change}{event.reason}"

    def test_back_to_an_earlier_number_makes_no_second_paper(self, officer: User) -> None:
        person = registered.person(number="089078000123")
        old = registered.paper(person, "351234567", is_current=False)
        assert self.change(person, officer, "351234567", kind="CMND", reason="Thẻ CCCD của người khác") == old
        current = IdentityDocument.objects.get(person=person, is_current=True)
        assert (current, current.change_reason) == (old, "Thẻ CCCD của người khác")
        assert IdentityDocument.objects.filter(person=person).count() == 2

    def test_the_number_that_is_there_only_completes_its_issue(self, binh: Person, officer: User) -> None:
        made = self.change(binh, officer, "089078000123", issued_on=dt.date(2021, 4, 1))
        assert (made.issued_on, made.change_reason) == (dt.date(2021, 4, 1), "")
        assert IdentityDocument.objects.filter(person=binh).count() == 1

    @pytest.mark.parametrize(
        ("number", "other", "field", "words"),
        [
            ("", {}, "id_number", "Hãy ghi số"),
            ("08907800012", {}, "id_number", "chữ số"),
            ("351234567", {}, "id_number", "12 chữ số"),
            ("089178000123", {}, "id_number", "giới tính"),
            ("089085000123", {}, "id_number", "năm sinh"),
            ("351234567 / 089078000124", {}, "id_number", "Mỗi lần ghi một số"),
            ("089078000124", {"kind": "HC"}, "kind", "loại giấy tờ"),
            ("089078000124", {"issued_on": dt.date(2021, 9, 28)}, "issued_on", "sau ngày hôm nay"),
            ("089078000124", {"reason": ""}, "reason", "lý do"),
        ],
    )
    def test_refused_at_its_field(
        self, binh: Person, officer: User, number: str, other: dict[str, object], field: str, words: str
    ) -> None:
        with pytest.raises(PersonRefused) as refusal:
            self.change(binh, officer, number, keeps_warnings=True, **other)
        assert words in refusal.value.errors[field][0]
        assert [paper.number_last3 for paper in IdentityDocument.objects.filter(person=binh)] == ["123"]

    def test_the_number_of_somebody_else_is_refused_wherever_they_live(
        self, binh: Person, officer: User
    ) -> None:
        registered.person(number="089078000555")
        registered.person(area=OTHER_COMMUNE, number="089078000777")
        for number, words in (("089078000555", "của xã"), ("089078000777", "ở xã khác")):
            with pytest.raises(PersonRefused) as refusal:
                self.change(binh, officer, number)
            assert words in refusal.value.errors["id_number"][0]

    def test_a_number_that_nobody_has_is_asked_about(self, binh: Person, officer: User) -> None:
        with pytest.raises(PersonRefused) as refusal:
            self.change(binh, officer, "089078000000")
        assert list(refusal.value.warnings) == ["id_number"]
        assert self.change(binh, officer, "089078000000", keeps_warnings=True).number_last3 == "000"


class TestAnotherAccount:
    def change(self, person: Person, officer: User, **options: object) -> PayoutAccount:
        typed = {"bank": "Agribank", "number": "6700 2051 23456", "holder": "", **options}
        account = TypedAccount(str(typed["bank"]), str(typed["number"]), str(typed["holder"]))
        rest = {name: value for name, value in options.items() if name not in ("bank", "number", "holder")}
        return change_account(
            person=person, account=account, reason=str(rest.pop("reason", "")), actor=officer, **rest
        )

    def test_the_first_account_needs_no_reason_and_is_no_change(self, binh: Person, officer: User) -> None:
        made = self.change(binh, officer)
        assert (made.bank_name, made.holder_name, made.account_last3) == ("Agribank", "Trần Văn Bình", "456")
        assert crypto.decrypt("account", made.account_encrypted) == "6700205123456"
        assert (made.valid_from, made.valid_to, made.change_reason) == (clock.today(), None, "")
        assert made.recorded_by_id == officer.pk

    def test_another_one_ends_the_one_before_and_says_why(self, binh: Person, officer: User) -> None:
        old = registered.account(binh, "6700205100927")
        with pytest.raises(PersonRefused) as refusal:
            self.change(binh, officer)
        assert list(refusal.value.errors) == ["reason"]
        made = self.change(binh, officer, reason="Ngân hàng trả lại tiền")
        old.refresh_from_db()
        assert (old.valid_from, old.valid_to) == (dt.date(2021, 8, 1), clock.today() - dt.timedelta(days=1))
        assert (made.valid_from, made.change_reason) == (clock.today(), "Ngân hàng trả lại tiền")
        event = last_event(binh)
        assert (event.action, event.reason) == ("person.account_changed", "Ngân hàng trả lại tiền")
        assert event.change == {
            "before": "Agribank ••• ••• ••• 927",
            "after": "Agribank ••• ••• ••• 456",
            "version": 2,
        }

    def test_twice_on_one_day(self, binh: Person, officer: User) -> None:
        first = self.change(binh, officer)
        self.change(binh, officer, number="6700205999888", reason="Ghi nhầm số")
        first.refresh_from_db()
        assert (first.valid_from, first.valid_to) == (clock.today(), clock.today())
        assert PayoutAccount.objects.get(person=binh, valid_to=None).account_last3 == "888"

    def test_another_holder_and_an_account_of_somebody_else_are_asked_about(
        self, binh: Person, officer: User
    ) -> None:
        registered.account(registered.person("Trần Thị Cúc", sex="F", number="089178000222"), "6700205123456")
        registered.account(registered.person("Người Xã Khác", area=OTHER_COMMUNE), "6700205123456")
        with pytest.raises(PersonRefused) as refusal:
            self.change(binh, officer, holder="TRAN THI CUC")
        assert "khác họ tên" in refusal.value.warnings["holder"][0]
        assert "cũng ghi cho Trần Thị Cúc." in refusal.value.warnings["account"][0]
        made = self.change(binh, officer, holder="TRAN THI CUC", keeps_warnings=True)
        assert made.holder_name == "TRAN THI CUC"

    def test_marks_and_capitals_make_no_other_holder(self, binh: Person, officer: User) -> None:
        assert self.change(binh, officer, holder="TRAN VAN BINH").holder_name == "TRAN VAN BINH"

    @pytest.mark.parametrize(
        ("typed", "field"),
        [({"bank": ""}, "bank"), ({"number": ""}, "account"), ({"number": "6700205100927"}, "account")],
    )
    def test_refused_at_its_field(
        self, binh: Person, officer: User, typed: dict[str, str], field: str
    ) -> None:
        registered.account(binh, "6700205100927")
        with pytest.raises(PersonRefused) as refusal:
            self.change(binh, officer, reason="Đổi", keeps_warnings=True, **typed)
        assert list(refusal.value.errors) == [field]
        assert PayoutAccount.objects.get(person=binh).valid_to is None

    def test_ending_it_asks_why_and_another_one_later_too(self, binh: Person, officer: User) -> None:
        account = registered.account(binh)
        with pytest.raises(PersonRefused):
            end_account(person=binh, reason=" ", actor=officer)
        end_account(person=binh, reason="Đã đóng tài khoản", actor=officer)
        account.refresh_from_db()
        assert account.valid_to == clock.today() - dt.timedelta(days=1)
        assert last_event(binh).reason == "Đã đóng tài khoản"
        with pytest.raises(PersonRefused) as refusal:
            end_account(person=binh, reason="Lần nữa", actor=officer)
        assert "không có tài khoản" in refusal.value.errors[""][0]
        with pytest.raises(PersonRefused) as refusal:
            self.change(binh, officer)
        assert list(refusal.value.errors) == ["reason"]

    def test_who_was_slower_learns_that_the_account_changed(self, binh: Person, officer: User) -> None:
        self.change(binh, officer, expected_version=1)
        with pytest.raises(StaleRecord) as refusal:
            self.change(
                binh, user(Role.DISTRICT_OFFICER), number="6700205999888", reason="x", expected_version=1
            )
        assert "Lê Tấn Đạt vừa sửa số tài khoản của người này" in str(refusal.value)
        assert PayoutAccount.objects.get(person=binh).account_last3 == "456"


def test_a_number_in_a_reason_is_masked_in_the_log(binh: Person, officer: User) -> None:
    change_account(person=binh, account=TypedAccount("Agribank", "6700205123456"), reason="", actor=officer)
    change_account(
        person=binh,
        account=TypedAccount("BIDV", "6700205123457"),
        reason="Theo thẻ 089 078 000 123",
        actor=officer,
    )
    assert last_event(binh).reason == "Theo thẻ •••"
    assert PayoutAccount.objects.get(person=binh, valid_to=None).change_reason == "Theo thẻ •••"
    assert binh.area_code == COMMUNE
