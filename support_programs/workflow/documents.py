"""The way of an official paper: a draft until its number and day are entered, then as it was issued."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.workflow import Workflow
from support_programs.enums import DocumentStatus as D
from support_programs.workflow import actors as done

DOCUMENT_WORKFLOW: Final = Workflow(
    table="support_programs_officialdocument",
    initial=frozenset({D.DRAFT}),
    state_labels={state.value: state.label for state in D},
    transitions=(
        done.by_case_worker("document.issue", _("Phát hành"), frozenset({D.DRAFT}), D.ISSUED),
        done.by_case_worker("document.discard", _("Bỏ dự thảo"), frozenset({D.DRAFT}), D.DISCARDED),
        done.by_case_worker(
            "document.revoke", _("Thu hồi văn bản"), frozenset({D.ISSUED}), D.REVOKED, needs_reason=True
        ),
    ),
)
