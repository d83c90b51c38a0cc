"""What the API answers of lists and decisions."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core import clock
from support_programs.api.case_answers import Money, OfferedActionShape, Shape
from support_programs.enums import CaseStatus, ListStatus, Step
from support_programs.models import CaseList, CaseListStep, FactConfirmation
from support_programs.queries.lists import list_totals, offered_actions
from support_programs.workflow import LIST_WORKFLOW


class ListRowShape(Shape):
    """One list as lists of lists show it."""

    reference = serializers.CharField()
    title = serializers.CharField()
    area = serializers.CharField()
    stream = serializers.CharField()
    status = serializers.ChoiceField(ListStatus.choices)
    people = serializers.IntegerField()
    amount = Money()
    flagged = serializers.IntegerField(help_text="Rows that a person should look at.")
    due_on = serializers.DateField(allow_null=True)
    days_left = serializers.IntegerField(allow_null=True, help_text="Working days; negative when overdue.")
    posting_until = serializers.DateField(allow_null=True)


class StepShape(Shape):
    """One pass of a list through a step, with its clock in working days."""

    step = serializers.ChoiceField(Step.choices)
    started_on = serializers.DateField()
    due_on = serializers.DateField(allow_null=True)
    finished_on = serializers.DateField(allow_null=True)
    finished_by = serializers.CharField(source="finished_by_name")
    is_late = serializers.SerializerMethodField()

    def get_is_late(self, row: CaseListStep) -> bool:
        return row.due_on is not None and (row.finished_on or clock.today()) > row.due_on


class ExclusionShape(Shape):
    """A row that was taken out of the list, and why."""

    case = serializers.CharField(source="case.reference")
    name = serializers.CharField(source="case.applicant_name")
    status = serializers.ChoiceField(CaseStatus.choices, source="case_status")
    reason = serializers.CharField()
    by = serializers.CharField(source="excluded_by_name")
    on = serializers.DateField(source="excluded_on")


class ConfirmationShape(Shape):
    """A criterion that the commune confirmed for the whole list; `excepted` counts the rows left out."""

    criterion = serializers.CharField(source="fact")
    excepted = serializers.SerializerMethodField()
    by = serializers.CharField(source="confirmed_by_name")
    on = serializers.DateField(source="confirmed_on")

    def get_excepted(self, row: FactConfirmation) -> int:
        return len(row.excepted_cases)


class AgencyConfirmationShape(Shape):
    """The paper by which another agency confirmed the list; `agency` as in the programme's chain, e.g. `bhxh`."""

    agency = serializers.CharField()
    number = serializers.CharField()
    signed_on = serializers.DateField()
    note = serializers.CharField()
    by = serializers.CharField(source="recorded_by_name")
    on = serializers.DateField(source="recorded_on")


class TotalsShape(Shape):
    people = serializers.IntegerField()
    amount = Money()
    eligible = serializers.IntegerField()
    waiting = serializers.IntegerField()
    undetermined = serializers.IntegerField()
    marked = serializers.IntegerField()


class CaseListShape(Shape):
    """One list whole; its rows stand at `cases/`, its clock at `steps/`."""

    reference = serializers.CharField()
    version = serializers.IntegerField(help_text="Send it back with an action: another one answers 409.")
    programme = serializers.CharField(source="programme_id")
    rules = serializers.CharField(source="version_used.code")
    stream = serializers.CharField()
    area_code = serializers.CharField()
    employer = serializers.CharField(source="employer.reference", default=None, allow_null=True)
    title = serializers.CharField()
    list_date = serializers.DateField()
    status = serializers.ChoiceField(ListStatus.choices)
    current_step = serializers.ChoiceField(Step.choices)
    due_on = serializers.DateField(allow_null=True)
    letter_number = serializers.CharField()
    letter_date = serializers.DateField(allow_null=True)
    posting_from = serializers.DateField(allow_null=True)
    posting_until = serializers.DateField(allow_null=True)
    posting_closed_on = serializers.DateField(allow_null=True)
    posting_place = serializers.CharField()
    posting_remarks = serializers.CharField()
    district_number = serializers.CharField()
    district_date = serializers.DateField(allow_null=True)
    finance_number = serializers.CharField()
    finance_date = serializers.DateField(allow_null=True)
    decision_number = serializers.CharField()
    decision_date = serializers.DateField(allow_null=True)
    allocated_on = serializers.DateField(allow_null=True)
    sent_back_reason = serializers.CharField()
    exclusions = ExclusionShape(many=True)
    confirmations = ConfirmationShape(many=True)
    agency_confirmations = AgencyConfirmationShape(many=True)
    totals = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    @extend_schema_field(TotalsShape)
    def get_totals(self, case_list: CaseList) -> Any:
        return TotalsShape(list_totals(case_list)).data

    @extend_schema_field(OfferedActionShape(many=True))
    def get_actions(self, case_list: CaseList) -> Any:
        return OfferedActionShape(
            offered_actions(LIST_WORKFLOW, case_list, self.context["actor"]), many=True
        ).data


class DecisionShape(Shape):
    """A recorded decision of UBND tỉnh."""

    reference = serializers.CharField()
    programme = serializers.CharField(source="programme_id")
    number = serializers.CharField()
    signed_on = serializers.DateField()
    signer = serializers.CharField()
    people = serializers.IntegerField()
    amount = Money()
