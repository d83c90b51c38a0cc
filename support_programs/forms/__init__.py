"""Forms of support_programs: what a request typed, as clean values. One module per part of the work."""

from support_programs.forms.papers import ListFactsForm
from support_programs.forms.records import (
    ApplicantForm,
    CaseFactsForm,
    ClosePostingForm,
    ConfirmationForm,
    DayField,
    DecisionForm,
    DistrictPaperForm,
    FinancePaperForm,
    LetterForm,
    ListForm,
    NoteForm,
    PlainForm,
    PostForm,
    ReasonForm,
    ScanField,
    SendBackForm,
    SendForm,
)

__all__ = [
    "ApplicantForm",
    "CaseFactsForm",
    "ClosePostingForm",
    "ConfirmationForm",
    "DayField",
    "DecisionForm",
    "DistrictPaperForm",
    "FinancePaperForm",
    "LetterForm",
    "ListFactsForm",
    "ListForm",
    "NoteForm",
    "PlainForm",
    "PostForm",
    "ReasonForm",
    "ScanField",
    "SendBackForm",
    "SendForm",
]
