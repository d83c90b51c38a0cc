"""Employers in the register: registered once for the whole province by their tax code, corrected with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import AdministrativeUnit
from beneficiaries.enums import EmployerKind
from beneficiaries.models import Employer, Person
from beneficiaries.permissions import may_register_in
from beneficiaries.rules.accounts import account_text, is_usual_account
from beneficiaries.rules.employers import employer_key, read_tax_code
from beneficiaries.rules.phones import read_phone
from core import clock, crypto
from core.audit import record_event
from core.queries.references import next_reference
from core.text import clean_text, mask_number, without_numbers
from core.transitions import StaleRecord
from core.workflow import Actor

FIELDS: Final = (
    "area_code",
    "kind",
    "name",
    "tax_code",
    "registration_number",
    "address",
    "business_lines",
    "phone",
    "bank_name",
    "account",
)
# who pays tax under a code of its own from the first day
_NEEDS_TAX_CODE: Final = frozenset({EmployerKind.ENTERPRISE.value, EmployerKind.COOPERATIVE.value})
_LENGTHS: Final = {
    "name": 200,
    "registration_number": 30,
    "address": 250,
    "business_lines": 250,
    "bank_name": 100,
}
_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended('beneficiaries.employers', 0))"


class EmployerRefused(Exception):
    """What was typed can't be taken: sentences by field ("" for none)."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__(" ".join(text for texts in errors.values() for text in texts))
        self.errors = errors


@transaction.atomic
def register_employer(*, values: Mapping[str, str], actor: Actor, owner: Person | None = None) -> Employer:
    """The employer with this tax code, or a new one (`FIELDS`, what is left out is empty; the area is the actor's own then).

    Who is registered already is given back as it stands: by tax code in the whole province, a household business without one
    by area, name and address or owner. For an employer of the actor's area the tax code is enough. EmployerRefused by field:
    a bad tax code, one of another name or owner, a missing name, kind or tax code. PermissionDenied outside the actor's area.
    """
    typed = {field: values.get(field, "") for field in FIELDS}
    typed["area_code"] = typed["area_code"].strip() or actor.area_code
    _check_area(actor, typed["area_code"])
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    clean, errors = _read(typed)
    known = Employer.objects.filter(tax_code=clean["tax_code"]).first() if clean["tax_code"] else None
    if known is not None:
        _check_name(known, clean, actor, errors)
        _check_owner(known, owner, errors)
    if not errors and known is None:
        known = _without_tax_code(clean, owner)
    if errors:
        raise EmployerRefused(errors)
    if known is not None:
        return _with_owner(known, owner, actor)
    employer = Employer(reference=next_reference("DV"), owner=owner)
    _put(employer, clean)
    employer.save()
    record_event("employer.registered", employer, actor=actor)
    return employer


@transaction.atomic
def correct_employer(
    *,
    employer: Employer,
    values: Mapping[str, str],
    actor: Actor,
    reason: str,
    owner: Person | None = None,
    expected_version: int | None = None,
) -> Employer:
    """Put what was typed (only the given `FIELDS`; an empty account means the one that is there) into the register.

    EmployerRefused by field: no reason, what registering refuses, a tax code of another employer. StaleRecord: somebody else
    was faster. PermissionDenied outside the actor's area, for the old place as for the new one. Nothing changed, nothing written.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    current = Employer.objects.select_for_update(of=("self",)).get(pk=employer.pk)
    _check_area(actor, current.area_code)
    if expected_version is not None and current.version != expected_version:
        raise StaleRecord(_("Có người vừa sửa bản ghi này. Hãy mở lại trang để xem bản mới."))
    before = _typed_form(current)
    typed = {**before, **{field: values[field] for field in FIELDS if field in values}}
    typed["account"] = typed["account"].strip() or before["account"]
    _check_area(actor, typed["area_code"])
    clean, errors = _read(typed)
    if not reason.strip():
        errors["reason"] = [_("Hãy ghi lý do sửa.")]
    if clean["tax_code"] and Employer.objects.filter(tax_code=clean["tax_code"]).exclude(pk=current.pk):
        errors["tax_code"] = [
            _("Mã số thuế này đã ghi cho đơn vị khác. Hãy đối chiếu giấy chứng nhận đăng ký.")
        ]
    if errors:
        raise EmployerRefused(errors)
    _put(current, clean)
    current.owner = owner or current.owner
    after = _typed_form(current)
    changed = [field for field in FIELDS if before[field] != after[field]]
    if owner is not None and owner.pk != employer.owner_id:
        changed.append("owner")
    if changed:
        current.version += 1
        current.save()
        shown = {"before": _logged(before, changed), "after": _logged(after, changed)}
        record_event(
            "employer.corrected", current, actor=actor, reason=reason, change={"fields": changed, **shown}
        )
    return current


def _check_area(actor: Actor, area_code: str) -> None:
    if not actor.is_active or not may_register_in(actor, area_code):
        raise PermissionDenied(_("Bạn không ghi đơn vị sử dụng lao động của địa bàn này."))


def _read(typed: Mapping[str, str]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """What would be stored, by field, and what speaks against it."""
    errors: dict[str, list[str]] = {}
    clean = {field: clean_text(typed[field]) for field in FIELDS}
    for field, length in _LENGTHS.items():
        if len(clean[field]) > length:
            errors[field] = [_("Không quá %(length)s ký tự.") % {"length": length}]
    for field in ("name", "address", "business_lines"):
        clean[field] = without_numbers(clean[field])
    if clean["kind"] not in EmployerKind.values:
        errors["kind"] = [_("Hãy chọn loại hình của đơn vị.")]
    if not clean["name"]:
        errors["name"] = [_("Hãy ghi tên đơn vị.")]
    clean["tax_code"], problem = read_tax_code(typed["tax_code"])
    if problem:
        errors["tax_code"] = [_tax_code_sentence(problem)]
    elif not clean["tax_code"] and clean["kind"] in _NEEDS_TAX_CODE:
        errors["tax_code"] = [_("Hãy ghi mã số thuế.")]
    units = AdministrativeUnit.objects.filter(area_code=clean["area_code"])
    if not units.valid_on(clock.today()).exists():
        errors["area_code"] = [_("Không có đơn vị hành chính này. Hãy chọn lại.")]
    clean["phone"] = read_phone(clean["phone"])[0][:20]
    clean["account"] = account_text(clean["account"])
    if clean["account"] and not is_usual_account(clean["account"]):
        errors["account"] = [
            _("Số tài khoản có ký tự lạ hoặc sai độ dài (6 đến 19). Hãy xem lại số tài khoản.")
        ]
    return clean, errors


def _tax_code_sentence(problem: str) -> str:
    if problem == "check":
        return _("Mã số thuế sai: chữ số thứ mười không khớp. Hãy đối chiếu giấy chứng nhận đăng ký.")
    return _("Mã số thuế có 10 chữ số, hoặc 10 chữ số, dấu gạch và 3 chữ số. Hãy ghi lại.")


def _check_name(
    known: Employer, clean: Mapping[str, str], actor: Actor, errors: dict[str, list[str]]
) -> None:
    """Is the employer of this tax code the one that was meant? Of other areas nothing more than the difference is told."""
    is_own = known.area_code.startswith(actor.area_code)
    key = employer_key(clean["name"])
    if key == known.name_key or (not key and is_own):
        # it is given back as it stands, whatever else was typed
        errors.clear()
    elif key:
        errors["tax_code"] = [
            _("Mã số thuế này đã ghi cho “%(name)s”. Hãy kiểm tra mã số thuế hoặc ghi đúng tên đó.")
            % {"name": known.name}
            if is_own
            else _("Mã số thuế này đã ghi cho một đơn vị tên khác. Hãy đối chiếu giấy chứng nhận đăng ký.")
        ]


def _check_owner(known: Employer, owner: Person | None, errors: dict[str, list[str]]) -> None:
    if owner is None or known.owner is None:
        return
    if (known.owner.joined_to_id or known.owner.pk) != (owner.joined_to_id or owner.pk):
        errors["tax_code"] = [
            _("Mã số thuế này đã ghi cho một chủ hộ khác. Hãy đối chiếu giấy chứng nhận đăng ký.")
        ]


def _with_owner(known: Employer, owner: Person | None, actor: Actor) -> Employer:
    """A business that was registered before its owner was known gets the owner now."""
    if owner is not None and known.owner is None and known.kind == EmployerKind.HOUSEHOLD_BUSINESS:
        known.owner = owner
        known.version += 1
        known.save(update_fields=["owner", "version", "updated_at"])
        record_event("employer.corrected", known, actor=actor, change={"fields": ["owner"]})
    return known


def _without_tax_code(clean: Mapping[str, str], owner: Person | None) -> Employer | None:
    """A household business sent twice is the same one."""
    if clean["tax_code"]:
        return None
    same = Employer.objects.filter(
        area_code=clean["area_code"], name_key=employer_key(clean["name"]), kind=clean["kind"]
    )
    if owner is not None:
        return same.filter(owner=owner).first()
    return same.filter(owner__isnull=True, address=clean["address"]).first()


def _put(employer: Employer, clean: Mapping[str, str]) -> None:
    for field in FIELDS:
        if field != "account":
            setattr(employer, field, clean[field])
    employer.name_key = employer_key(clean["name"])
    account = clean["account"]
    is_same = employer.account_index is not None and bytes(employer.account_index) == (
        crypto.blind_index("account", account) if account else b""
    )
    if not is_same:
        employer.account_encrypted = crypto.encrypt("account", account) if account else None
        employer.account_index = crypto.blind_index("account", account) if account else None
        employer.account_last3 = account[-3:]


def _typed_form(employer: Employer) -> dict[str, str]:
    """The employer as somebody would type it."""
    sealed = employer.account_encrypted
    plain = {field: str(getattr(employer, field)) for field in FIELDS if field != "account"}
    return {**plain, "account": crypto.decrypt("account", sealed) if sealed is not None else ""}


def _logged(values: Mapping[str, str], changed: list[str]) -> dict[str, Any]:
    shown = {**values, "account": mask_number(values["account"])}
    return {field: shown[field] for field in changed if field in shown}
