"""Entries of a register made from the facts of cases whose persons it does not name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from beneficiaries.permissions import may_register_in
from beneficiaries.registers import CATEGORY, Register, register_of
from beneficiaries.registers.showing import typed_detail
from beneficiaries.services.holding_people import check_registers
from beneficiaries.services.registers import StatusRefused, record_status
from core.audit import record_event
from core.dates import format_date
from core.transitions import Refusal, TransitionRefused
from core.workflow import Actor
from support_programs.models import Case, EligibilityDetermination
from support_programs.queries.facts import stored_facts
from support_programs.queries.unregistered import unregistered_ids
from support_programs.rules.definition import Definition
from support_programs.rules.facts import REGISTER, Facts

MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Filled:
    """How many entries were made, and the cases of which none could be, each with why."""

    made: int
    refused: tuple[Refusal, ...]


def fillable(definition: Definition) -> Register | None:
    """The register of persons whose group the facts of a case of these rules can name; None where there is none."""
    for source in definition.registers:
        register = register_of(source.register)
        if register.subject == "person" and source.read == CATEGORY:
            return register
    return None


@transaction.atomic
def fill_register(
    definition: Definition, *, area_code: str, references: list[str], every: bool, actor: Actor
) -> Filled:
    """Write the persons of cases into the register, by what their cases say, from the day of receipt on.

    Who has an entry by now is left alone. A case that doesn't tell the group, whose person is registered in another area, or
    whose entry the register's own rules refuse or doubt, is named and left alone. TransitionRefused where the register is not
    one that a case can fill, where no case was named, and for more than 500 at once; PermissionDenied for who does not keep the
    registers of the area.
    """
    check_registers(actor, area_code)
    register = fillable(definition)
    if register is None:
        raise TransitionRefused(
            _("Sổ này không ghi được từ hồ sơ. Hãy mở sổ và ghi từng người hoặc từng hộ.")
        )
    if not every and not references:
        raise TransitionRefused(_("Hãy chọn ít nhất một hồ sơ."))
    ids = unregistered_ids(definition, area_code=area_code, references=references, every=every)
    if len(ids) > MOST:
        raise TransitionRefused(_("Mỗi lần ghi được nhiều nhất 500 hồ sơ. Hãy chọn từng trang."))
    facts = _facts_of(ids)
    refused = []
    for case in Case.objects.filter(pk__in=ids).select_related("person__joined_to").order_by("pk"):
        why = _fill(definition, register, case, facts.get(case.pk, {}), actor)
        if why:
            refused.append(Refusal(case.pk, case.reference, f"{case.applicant_name}: {why}"))
    return Filled(len(ids) - len(refused), tuple(refused))


def _facts_of(ids: list[int]) -> dict[int, Facts]:
    """What the newest determination of each case used."""
    newest = EligibilityDetermination.objects.filter(case__in=ids).order_by("case", "-id").distinct("case")
    return {case_id: stored_facts(facts) for case_id, facts in newest.values_list("case_id", "facts")}


def _fill(definition: Definition, register: Register, case: Case, facts: Facts, actor: Actor) -> str:
    """Why there is no entry; "" where it was made."""
    typed = typed_from(definition, register, case, facts)
    if CATEGORY not in typed:
        return _("Hồ sơ chưa cho biết nhóm để ghi vào sổ.")
    person = case.person
    if person is None:
        return _("Hồ sơ không có người đề nghị.")
    person = person.joined_to or person
    if not may_register_in(actor, person.area_code):
        return _("Người này đăng ký ở địa bàn khác. Hãy đề nghị nơi đó ghi sổ.")
    try:
        with transaction.atomic():
            status = record_status(register=register.code, typed=typed, actor=actor, person=person)
    except StatusRefused as refusal:
        return str(refusal)
    change = {"register": str(register.title), "entry": status.reference}
    record_event("case.put_on_register", case, actor=actor, change=change)
    return ""


def typed_from(definition: Definition, register: Register, case: Case, facts: Facts) -> Mapping[str, str]:
    """The register's form as an officer would fill it from the case; what the case doesn't tell is left out."""
    typed: dict[str, str] = {"valid_from": format_date(case.received_on)}
    for source in definition.registers:
        fact = facts.get(source.fact)
        if source.register != register.code or fact is None or fact.source == REGISTER:
            continue
        if source.read == CATEGORY:
            fitting = [each.category for each in source.readings if each.value == fact.value]
            if len(fitting) == 1:
                typed[CATEGORY] = fitting[0]
        elif not source.values:
            typed[source.read] = typed_detail(register.field_of(source.read), _plain(fact.value))
    if case.occupation and any(field.code == "occupation" for field in register.fields):
        typed["occupation"] = case.occupation
    return typed


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
