"""What the API answers of budget lines, papers and the ledger, and what it is told."""

from typing import Any

from rest_framework import serializers

from disbursements.enums import LedgerAccount, LedgerKind
from support_programs.api.case_answers import Money

Shape = serializers.Serializer[Any]
REASON_MAX = 500


class TallyShape(Shape):
    """Whole đồng, and people where the money is somebody's."""

    amount = Money()
    people = serializers.IntegerField()


class BalancesShape(Shape):
    """Where money is: a sum over the ledger."""

    given = Money(help_text="Reached the line, less what was moved off it or given back.")
    left = Money(help_text="In no batch.")
    committed = TallyShape()
    sent = TallyShape(help_text="On its way; those in doubt included.")
    unknown = TallyShape()
    paid = TallyShape()


class BudgetLineShape(Shape):
    """The money of one decision in one district, or the department's own (`89`), from one source."""

    reference = serializers.CharField()
    programme = serializers.CharField()
    decision = serializers.CharField()
    area_code = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    source_name = serializers.CharField()
    stream = serializers.CharField(help_text="The group that alone is paid from it; empty for all.")
    money = BalancesShape()


class AllocationPaperShape(Shape):
    """A paper of a line; `amount` is what it added (+) or took (-)."""

    reference = serializers.CharField()
    kind = serializers.CharField(source="label")
    document_number = serializers.CharField()
    date = serializers.DateField(source="on")
    amount = Money()
    reason = serializers.CharField()
    other = serializers.CharField(help_text="The other line of a transfer, or the record taken back.")
    taken_back_by = serializers.CharField(source="taken_back")


class BudgetLineWhole(BudgetLineShape):
    papers = AllocationPaperShape(many=True)


class LegShape(Shape):
    account = serializers.ChoiceField(LedgerAccount.choices)
    line = serializers.CharField()
    amount = Money()
    people = serializers.IntegerField()


class EntryShape(Shape):
    """One entry; its legs sum to 0, but for those that lie outside one's area."""

    number = serializers.IntegerField()
    date = serializers.DateField(source="on")
    posted_at = serializers.DateTimeField()
    kind = serializers.ChoiceField(LedgerKind.choices)
    reference = serializers.CharField()
    area = serializers.CharField()
    legs = LegShape(many=True)


class BookRowShape(Shape):
    """An entry of a line's book with what was left after it."""

    entry = EntryShape()
    change = Money()
    left = Money()


class SumShape(Shape):
    """The money of one key, in the order of the names asked for."""

    key = serializers.DictField(child=serializers.CharField())
    money = BalancesShape()


class MovementShape(Shape):
    """A recorded paper."""

    reference = serializers.CharField()
    kind = serializers.CharField()
    line = serializers.CharField(source="line.reference")
    to_line = serializers.CharField(source="to_line.reference", default="")
    allocation = serializers.CharField(source="allocation.reference", default="")
    amount = Money()
    document_number = serializers.CharField()
    date = serializers.DateField(source="moved_on")
    reason = serializers.CharField()


class AllocationShape(Shape):
    reference = serializers.CharField()
    line = serializers.CharField(source="line.reference")
    area_code = serializers.CharField()
    document_number = serializers.CharField()
    date = serializers.DateField(source="allocated_on")
    amount = Money()
    is_taken_back = serializers.BooleanField(default=False)


class PaperWords(Shape):
    """A paper about allotted money, and why."""

    document_number = serializers.CharField(max_length=60)
    date = serializers.DateField()
    reason = serializers.CharField(max_length=REASON_MAX)


class ReturnWords(PaperWords):
    amount = serializers.IntegerField(min_value=1, max_value=10**15)


class TransferWords(ReturnWords):
    to = serializers.CharField(max_length=20, help_text="The reference of the line that takes the money.")


class AllocationWords(Shape):
    """The paper by which money reached a district for a decision."""

    decision = serializers.CharField(max_length=60, help_text="The number of the decision.")
    area_code = serializers.CharField(max_length=5)
    source = serializers.CharField(max_length=20)  # type: ignore[assignment]
    stream = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    document_number = serializers.CharField(max_length=60)
    date = serializers.DateField()
    amount = serializers.IntegerField(min_value=1, max_value=10**15)
