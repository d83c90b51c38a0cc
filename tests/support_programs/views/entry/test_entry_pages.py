"""Pages of single entry: what the next one begins with, drafts of one's own, a row of Excel, an application taken in."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from support_programs.models import Case, ClaimDraft, PublicApplication
from support_programs.queries.applications import Typed
from support_programs.services.applications import send_application
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import COMMUNE, OTHER_COMMUNE, user

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
FORM = "/cases/new/LD_TU_DO/"
KEEP = "/cases/new/LD_TU_DO/draft/"
ROW = "Nguyễn Thị Lành\t5/9/85\tNữ\t089185000123\tẤp Mỹ Lương\tBán vé số dạo\thộ cận nghèo"


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


@pytest.fixture
def as_(client: Client) -> As:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def posted(**changes: Any) -> dict[str, Any]:
    """A form of a free worker as the browser sends it, with the tick for the next one."""
    typed = claims.applicant()
    return {
        "rules": "v1",
        "child_rows": "0",
        "received_on": "27/09/2021",
        "keep_shown": "1",
        "keep_next": "1",
        **{f"applicant-{field}": value for field, value in typed.items()},
        **changes,
    }


def first_values(page: Any) -> dict[str, Any]:
    form = page.context["form"]
    return {name: form.initial.get(name, "") for name in ("received_on", "applicant-address", "stream")}


# --- the next one of the pile -----------------------------------------------------------------------------------------


def test_the_next_one_begins_with_what_the_pile_has_in_common(who: make.Staff, as_: As) -> None:
    desk = as_(who.commune)
    form = posted(another="1", received_on="24/09/2021")
    answer = desk.post(FORM, form, follow=True)
    case = Case.objects.get()
    page = answer.content.decode()
    assert f'<a href="/cases/{case.reference}/">{case.reference}</a>' in page
    assert "Hôm nay bạn đã nhập 1 hồ sơ." in page
    assert first_values(answer) == {
        "received_on": "24/09/2021",
        "applicant-address": "Ấp Mỹ Lương",
        "stream": "",
    }
    assert 'value="Nguyễn' not in page
    name = page.partition('name="applicant-full_name"')[2].partition(">")[0]
    assert " autofocus" in name
    assert desk.get("/cases/new/").context["last"].code == "LD_TU_DO"


def test_the_session_keeps_no_number_that_was_typed_into_the_address(who: make.Staff, as_: As) -> None:
    desk = as_(who.commune)
    form = posted(**{"applicant-address": "Ấp Mỹ Lương 089178001234"})
    assert desk.post(FORM, form).status_code == 302
    assert "089178001234" not in str(dict(desk.session.items()))
    assert first_values(desk.get(FORM))["applicant-address"] == ""


def test_without_the_tick_nothing_is_carried_over(who: make.Staff, as_: As) -> None:
    form = {name: value for name, value in posted(another="1").items() if name != "keep_next"}
    answer = as_(who.commune).post(FORM, {**form, "received_on": "24/09/2021"})
    assert answer.url == FORM
    page = as_(who.commune).get(FORM)
    assert first_values(page)["received_on"] == "27/09/2021"
    assert first_values(page)["applicant-address"] == ""
    assert page.context["keeps_next"] is False


def test_another_day_begins_with_its_own_date(who: make.Staff, as_: As, settings: Any) -> None:
    as_(who.commune).post(FORM, posted(received_on="24/09/2021"))
    settings.BUSINESS_DATE = claims.on(2021, 9, 28)
    assert first_values(as_(who.commune).get(FORM))["received_on"] == "28/09/2021"


# --- drafts -----------------------------------------------------------------------------------------------------------


def test_a_pause_in_typing_keeps_the_form_and_says_what_is_wrong(who: make.Staff, as_: As) -> None:
    form = posted(**{"applicant-id_number": "0891", "applicant-dob": "31/2/1985", "here": "applicant-dob"})
    answer = as_(who.commune).post(KEEP, form)
    page = answer.content.decode()
    draft = ClaimDraft.objects.get()
    assert f'name="draft" value="{draft.pk}"' in page
    assert "Đã giữ bản đang nhập lúc" in page
    slots = {part.partition('"')[0]: part for part in page.split("#live-")[1:]}
    assert 'class="msg"' in slots["applicant-id_number"]
    assert 'class="msg"' not in slots["applicant-dob"], "it is still being typed"
    assert answer["Cache-Control"] == "no-store"
    again = as_(who.commune).post(KEEP, {**form, "draft": str(draft.pk)})
    assert again.status_code == 200
    assert ClaimDraft.objects.get() == draft


def test_what_does_not_concern_people_asks_no_register(who: make.Staff, as_: As) -> None:
    form = posted(touched="received_on")
    page = as_(who.commune).post(KEEP, form).content.decode()
    assert "#live-received_on" in page
    assert "#live-applicant-" not in page
    assert "#entry-likely" not in page


def test_the_tick_that_keeps_a_doubt_comes_while_typing_and_goes_with_it(who: make.Staff, as_: As) -> None:
    """A year alone has to be compared with the paper; a tick that is there already is not drawn anew under the hand."""
    year, whole = posted(**{"applicant-dob": "1990"}), posted()
    desk, tick = as_(who.commune), 'name="keep"'
    begun = desk.post(KEEP, year).content.decode()
    assert 'class="msg doubt"' in begun
    assert tick in begun
    assert "#entry-doubts" not in desk.post(KEEP, {**year, "doubts": "live"}).content.decode()
    assert "#entry-doubts" in desk.post(KEEP, {**whole, "doubts": "live"}).content.decode()
    for form in (year, whole):
        assert "#entry-doubts" not in desk.post(KEEP, {**form, "doubts": "asked"}).content.decode()
    assert desk.post(FORM, {**year, "keep": "on"}).status_code == 302


def test_a_draft_is_found_again_after_signing_out_and_goes_with_its_case(who: make.Staff, as_: As) -> None:
    form = posted(row_paste=ROW)
    as_(who.commune).post(KEEP, form)
    draft = ClaimDraft.objects.get()
    as_(who.commune).post("/sign-out/")
    desk = as_(who.commune)
    chosen = desk.get("/cases/new/")
    assert [(shown.pk, shown.name) for shown in chosen.context["drafts"]] == [
        (draft.pk, form["applicant-full_name"])
    ]
    address = f"{FORM}?draft={draft.pk}"
    assert address in chosen.content.decode()
    assert "Bản đang nhập" in desk.get("/").content.decode()
    page = desk.get(address).content.decode()
    assert form["applicant-id_number"] in page
    assert "hộ cận nghèo" in page, "the pasted row is still there"
    assert desk.post(FORM, {**form, "draft": str(draft.pk)}).status_code == 302
    assert not ClaimDraft.objects.exists()
    assert desk.get(address).status_code == 404


def test_a_refused_form_leaves_its_draft(who: make.Staff, as_: As) -> None:
    form = posted(**{"applicant-id_number": "12"})
    as_(who.commune).post(KEEP, form)
    draft = ClaimDraft.objects.get()
    answer = as_(who.commune).post(FORM, {**form, "draft": str(draft.pk)})
    assert answer.status_code == 422
    assert f'name="draft" value="{draft.pk}"' in answer.content.decode()
    assert ClaimDraft.objects.get() == draft


def test_without_scripts_a_button_keeps_the_draft(who: make.Staff, as_: As) -> None:
    desk = as_(who.commune)
    answer = desk.post(FORM, {**posted(), "save_draft": "1"})
    draft = ClaimDraft.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{FORM}?draft={draft.pk}")
    empty = desk.post(FORM, {"rules": "v1", "received_on": "27/09/2021", "save_draft": "1"}, follow=True)
    assert "Chưa có gì để giữ" in empty.content.decode()
    assert not Case.objects.exists()


def test_a_draft_is_thrown_away_after_a_question(who: make.Staff, as_: As) -> None:
    desk = as_(who.commune)
    desk.post(KEEP, posted())
    draft = ClaimDraft.objects.get()
    address = f"/cases/new/drafts/{draft.pk}/discard/"
    assert "sẽ bị xóa hẳn" in desk.get(address).content.decode()
    assert ClaimDraft.objects.exists()
    assert desk.post(address).url == "/cases/new/"
    assert not ClaimDraft.objects.exists()
    assert Event.objects.filter(action="claim_draft.discarded", actor_id=who.commune.pk).count() == 1


def test_drafts_of_others_are_not_there(who: make.Staff, as_: As) -> None:
    as_(who.commune).post(KEEP, posted())
    draft = ClaimDraft.objects.get()
    before = bytes(draft.raw_encrypted)
    colleague, head = user(Role.COMMUNE_OFFICER), user(Role.PROVINCIAL_REVIEWER, Role.COMMUNE_OFFICER)
    for person in (colleague, user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE)):
        desk = as_(person)
        assert desk.get(f"{FORM}?draft={draft.pk}").status_code == 404
        for method in (desk.get, desk.post):
            assert method(f"/cases/new/drafts/{draft.pk}/discard/").status_code == 404
        assert desk.get("/cases/new/").context["drafts"] == []
        desk.post(KEEP, posted(draft=str(draft.pk)))
    for person in (who.officer, who.head, user(Role.AUDITOR), head):
        assert as_(person).post(KEEP, posted()).status_code == 403
    draft.refresh_from_db()
    assert bytes(draft.raw_encrypted) == before
    assert ClaimDraft.objects.filter(user=who.commune).count() == 1


@pytest.mark.parametrize("sent", ["x", "-1", "9" * 25, "9223372036854775808"])
def test_a_draft_number_that_is_none(who: make.Staff, as_: As, sent: str) -> None:
    assert as_(who.commune).get(f"{FORM}?draft={sent}").status_code == 404
    assert as_(who.commune).post(KEEP, posted(draft=sent)).status_code == 200


def test_many_drafts_cost_no_more_queries(who: make.Staff, as_: As) -> None:
    desk = as_(who.commune)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get("/cases/new/")
        return len(queries)

    desk.post(KEEP, posted())
    desk.get("/cases/new/")
    one = cost()
    for _ in range(2):
        desk.post(KEEP, posted())
    assert cost() == one <= 12


# --- a pasted row -----------------------------------------------------------------------------------------------------


def test_a_pasted_row_fills_the_form_and_stays(who: make.Staff, as_: As) -> None:
    form = {"rules": "v1", "received_on": "27/09/2021", "row_paste": ROW, "fill_row": "1"}
    answer = as_(who.commune).post(FORM, form)
    page = answer.content.decode()
    initial = answer.context["form"].initial
    assert answer.status_code == 200
    assert initial["applicant-full_name"] == "Nguyễn Thị Lành"
    assert initial["applicant-dob"] == "05/09/1985"
    assert initial["applicant-sex"] == "Nữ"
    assert "1 ô chưa điền vào đâu" in page
    assert page.count("hộ cận nghèo") == 2, "in the box and among the cells"
    assert ClaimDraft.objects.count() == 1, "a killed tab loses nothing"
    assert not Case.objects.exists()


def test_what_was_typed_is_not_written_over(who: make.Staff, as_: As) -> None:
    form = {"rules": "v1", "row_paste": ROW, "fill_row": "1", "applicant-full_name": "Nguyễn Thị Lánh"}
    answer = as_(who.commune).post(FORM, form)
    assert answer.context["form"].initial["applicant-full_name"] == "Nguyễn Thị Lánh"
    assert "Giữ điều bạn đã ghi, không điền đè: Họ và tên" in answer.content.decode()


def test_a_cell_is_told_what_it_is_and_the_next_row_knows(who: make.Staff, as_: As) -> None:
    desk = as_(who.commune)
    row = "Nguyễn Thị Lành\t1985\t089185000123\tđan lát"
    first = desk.post(FORM, {"rules": "v1", "row_paste": row, "fill_row": "1"})
    assert "applicant-job" not in first.context["form"].initial
    cells = {f"cell-{cell.number}": cell.column for cell in first.context["filled"].row.cells}
    sent = {**first.context["form"].initial, **cells, "cell-4": "job", "refill": "1"}
    told = desk.post(FORM, sent)
    assert told.context["form"].initial["applicant-job"] == "đan lát"
    moved = desk.post(FORM, {**told.context["form"].initial, **cells, "cell-4": "address", "refill": "1"})
    assert moved.context["form"].initial["applicant-job"] == "", "what the row filled can be moved"
    assert moved.context["form"].initial["applicant-address"] == "đan lát"
    desk.post(FORM, sent)
    following = {"rules": "v1", "row_paste": "Lê Văn Út\t1971\t089071000222\tvá lưới", "fill_row": "1"}
    assert desk.post(FORM, following).context["form"].initial["applicant-job"] == "vá lưới"


@pytest.mark.parametrize("hostile", ['{"x', "[1]", json.dumps({"applicant-full_name": {"a": 1}})])
def test_a_forged_memory_of_the_form_changes_nothing(who: make.Staff, as_: As, hostile: str) -> None:
    form = {"rules": "v1", "row_paste": ROW, "fill_row": "1", "filled": hostile, "cell-x": "job"}
    answer = as_(who.commune).post(FORM, {**form, "applicant-full_name": "Có sẵn"})
    assert answer.status_code == 200
    assert answer.context["form"].initial["applicant-full_name"] == "Có sẵn"


# --- an application of the public page --------------------------------------------------------------------------------


@pytest.fixture
def sent_in() -> PublicApplication:
    typed = claims.applicant(phone="0913456788")
    return send_application(programme="LD_TU_DO", typed=Typed(typed, {}, COMMUNE, 1990)).application


def test_an_application_becomes_a_case(who: make.Staff, as_: As, sent_in: PublicApplication) -> None:
    desk = as_(who.commune)
    page = desk.get(f"{FORM}?application={sent_in.reference}")
    initial = page.context["form"].initial
    assert initial["applicant-full_name"] == sent_in.applicant_name
    form = posted(**{name: value for name, value in initial.items() if name.startswith("applicant-")})
    assert f'name="application" value="{sent_in.reference}"' in page.content.decode()
    assert desk.post(FORM, {**form, "application": sent_in.reference}).status_code == 302
    sent_in.refresh_from_db()
    assert (sent_in.status, sent_in.case) == ("taken_in", Case.objects.get())
    again = desk.post(FORM, {**posted(), "application": sent_in.reference})
    assert again.status_code == 422
    assert Case.objects.count() == 1, "what somebody handled meanwhile leaves no second case"
    free = desk.post(FORM, {**posted(), "application": sent_in.reference, "drop_application": "1"})
    assert 'name="application"' not in free.content.decode()
    assert desk.get(f"{FORM}?application={sent_in.reference}").status_code == 404


def test_an_application_of_another_desk_is_not_there(
    who: make.Staff, as_: As, sent_in: PublicApplication
) -> None:
    address = f"{FORM}?application={sent_in.reference}"
    assert as_(user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE)).get(address).status_code == 404
    assert as_(who.commune).get(f"/cases/new/F0_F1/?application={sent_in.reference}").status_code == 404
