"""A person corrected, given another number or another account; each act on a page of its own, with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from beneficiaries.models import PayoutAccount, Person
from beneficiaries.permissions import may_register_in
from beneficiaries.services.accounts import TypedAccount, change_account, end_account
from beneficiaries.services.numbers import TypedPaper, change_number
from beneficiaries.services.people import ADDRESSES, FIELDS, PersonRefused, correct_details
from beneficiaries.views.form_pages import Act, form_page, one_section, show_refusal
from beneficiaries.views.people_forms import AccountForm, DetailsForm, EndAccountForm, NumberForm
from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.text import mask_number
from core.transitions import StaleRecord
from core.wording import Text
from core.workflow import Actor

_CORRECTED: Final = tuple(field for field in (*FIELDS, *ADDRESSES) if field != "id_number")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def person_correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct name, birth, sex, addresses, telephone and work; who was slower learns who was faster."""
    actor, person = _changed(request, reference)
    form = DetailsForm(request.POST or None, initial=_written(person))

    def correct(typed: Mapping[str, Any]) -> None:
        correct_details(
            person=person,
            typed={field: typed[field] for field in _CORRECTED},
            reason=typed["reason"],
            actor=actor,
            keeps_warnings=typed["keep"],
            expected_version=typed["version"],
        )

    act = _act(person, lazy("Sửa thông tin người thụ hưởng"), lazy("Ghi thông tin"))
    hint = lazy("Hồ sơ đang xét giữ thông tin lúc nộp; thay đổi này hiện ở trang của từng hồ sơ đang xét.")
    done = _("Đã sửa thông tin của %(name)s.")
    return _answer(request, person, form, act, correct, done, hint, lazy("Thông tin của người thụ hưởng"))


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def person_number(request: HttpRequest, reference: str) -> HttpResponse:
    """Write another identity paper; the old one stays and still finds the person."""
    actor, person = _changed(request, reference)
    form = NumberForm(request.POST or None, initial={"version": person.version, "kind": "CCCD"})

    def change(typed: Mapping[str, Any]) -> None:
        paper = TypedPaper(typed["kind"], typed["id_number"], typed["issued_on"], typed["issued_by"])
        change_number(
            person=person,
            paper=paper,
            reason=typed["reason"],
            actor=actor,
            keeps_warnings=typed["keep"],
            expected_version=typed["version"],
        )

    act = _act(person, lazy("Ghi giấy tờ tùy thân khác"), lazy("Ghi giấy tờ"))
    hint = lazy(
        "Số cũ được giữ và vẫn tìm ra người này. Ghi đúng số đang có thì chỉ bổ sung ngày cấp, nơi cấp."
    )
    return _answer(
        request, person, form, act, change, _("Đã ghi giấy tờ của %(name)s."), hint, lazy("Giấy tờ mới")
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def person_account(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the account to pay into from today on; the one before ends and stays."""
    actor, person = _changed(request, reference)
    accounts = PayoutAccount.objects.filter(person=person)
    is_first = not accounts.exists()
    form = AccountForm(request.POST or None, initial={"version": person.version}, is_first=is_first)

    def change(typed: Mapping[str, Any]) -> None:
        change_account(
            person=person,
            account=TypedAccount(typed["bank"], typed["account"], typed["holder"]),
            reason=typed.get("reason", ""),
            actor=actor,
            keeps_warnings=typed["keep"],
            expected_version=typed["version"],
        )

    title = lazy("Ghi tài khoản nhận tiền") if is_first else lazy("Đổi tài khoản nhận tiền")
    act = _act(person, title, lazy("Ghi tài khoản"))
    current = accounts.filter(valid_to__isnull=True).first()
    facts = [(lazy("Đang dùng"), _shown(current))] if current else []
    done = _("Đã ghi tài khoản nhận tiền của %(name)s.")
    hint = lazy("Thay đổi hiện ở từng hồ sơ đang xét và ở đợt chi chuyển khoản trong những ngày sau đó.")
    return _answer(request, person, form, act, change, done, hint, lazy("Tài khoản mới"), facts=facts)


@require_http_methods(["GET", "POST"])
def person_account_end(request: HttpRequest, reference: str) -> HttpResponse:
    """Pay into no account any more, from today on."""
    actor, person = _changed(request, reference)
    form = EndAccountForm(request.POST or None, initial={"version": person.version})
    current = PayoutAccount.objects.filter(person=person, valid_to__isnull=True).first()

    def end(typed: Mapping[str, Any]) -> None:
        end_account(person=person, reason=typed["reason"], actor=actor, expected_version=typed["version"])

    act = _act(person, lazy("Dừng dùng tài khoản nhận tiền"), lazy("Dừng tài khoản"))
    hint = lazy("Từ hôm nay người này không nhận chuyển khoản được, cho đến khi ghi tài khoản khác.")
    facts = [(lazy("Đang dùng"), _shown(current) if current else "")]
    done = _("Đã dừng tài khoản nhận tiền của %(name)s.")
    return _answer(request, person, form, act, end, done, hint, lazy("Dừng từ hôm nay"), facts=facts)


def _shown(account: PayoutAccount) -> str:
    return f"{account.bank_name} {mask_number(f'000{account.account_last3}')}, {account.holder_name}"


def _changed(request: HttpRequest, reference: str) -> tuple[Actor, Person]:
    """Who asks, and the person: 404 outside their area, 403 for who doesn't register people there."""
    actor = actor_of(request)
    person: Person = get_visible(Person, actor, reference=reference)
    if not may_register_in(actor, person.area_code):
        raise PermissionDenied(_("Bạn không sửa thông tin người thụ hưởng của địa bàn này."))
    return actor, person


def _act(person: Person, title: Text, button: Text) -> Act:
    back = reverse("beneficiaries:person_page", args=[person.reference])
    return Act(title, button, back, about=f"{person.full_name} · {person.reference}")


def _answer(
    request: HttpRequest,
    person: Person,
    form: DetailsForm | NumberForm | AccountForm | EndAccountForm,
    act: Act,
    change: Callable[[Mapping[str, Any]], None],
    done: str,
    hint: Text,
    heading: Text,
    **more: Any,
) -> HttpResponse:
    """The form, what was refused at its fields, or the person's page after it was done."""
    has_warnings = False
    if request.method == "POST" and form.is_valid():
        try:
            change(form.cleaned_data)
        except StaleRecord as refusal:
            form.add_error(None, str(refusal))
        except PersonRefused as refusal:
            has_warnings = bool(refusal.warnings) and not refusal.errors
            show_refusal(form, refusal.errors, refusal.warnings)
        else:
            messages.success(request, done % {"name": person.full_name})
            return redirect(act.back_url)
    sections = [one_section(form, heading, "edit")]
    crumbs = [
        Crumb(lazy("Người thụ hưởng"), reverse("beneficiaries:person_list")),
        Crumb(person.reference, act.back_url),
        Crumb(act.title),
    ]
    shown = Act(act.title, act.button, act.back_url, act.about, hint)
    return form_page(request, form, shown, sections, crumbs, has_warnings=has_warnings, **more)


def _written(person: Person) -> dict[str, Any]:
    birth = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else str(person.birth_year or "")
    return {
        "version": person.version,
        "full_name": person.full_name,
        "dob": birth,
        "sex": {"M": "Nam", "F": "Nữ"}.get(person.sex, ""),
        "address": person.hamlet,
        "permanent_address": person.permanent_address,
        "temporary_address": person.temporary_address,
        "phone": person.phone,
        "job": person.occupation,
    }
