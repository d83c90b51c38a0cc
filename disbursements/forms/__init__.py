"""What officers type on the pages of payouts, as typed values: one module per part."""

from disbursements.forms.budget import AllocationForm
from disbursements.forms.fields import MoneyField
from disbursements.forms.payouts import ActForm, BatchRequestForm, ReasonForm, SignatureRuleForm, area_choices
from disbursements.forms.statements import ExceptionForm, StatementForm

__all__ = [
    "ActForm",
    "AllocationForm",
    "BatchRequestForm",
    "ExceptionForm",
    "MoneyField",
    "ReasonForm",
    "SignatureRuleForm",
    "StatementForm",
    "area_choices",
]
