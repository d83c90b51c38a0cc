"""What the forms of complaints share: a form is taken once, refusals stand at their fields."""

import datetime as dt

from django import forms
from django.utils.translation import gettext as _

from core.sent_once import give_back, take
from core.tracking import code_hash, new_code
from core.workflow import Actor
from support_programs.enums import GrievanceChannel
from support_programs.models import Grievance
from support_programs.services.claim_refusals import ClaimRefused
from support_programs.services.grievances import Filed, Report, file_grievance
from support_programs.services.grievances.filing import paragraphs


def filed_once(
    form: forms.Form,
    report: Report,
    channel: GrievanceChannel,
    *,
    actor: Actor | None,
    received_on: dt.date | None = None,
) -> Filed | None:
    """File what the form says; None with the sentences in the form when it is refused, or was sent already with other words.

    Sent again as it was, because the answer was lost on the way, it is what was filed then, with the same code.
    """
    token = form.cleaned_data["token"]
    code = new_code(token)
    earlier = Grievance.objects.filter(tracking_hash=code_hash(code)).first() if token else None
    if earlier is not None and earlier.text == paragraphs(report.text):
        return Filed(earlier, code)
    if earlier is not None or not take(token):
        form.add_error(None, _("Nội dung này đã được gửi rồi. Muốn gửi nội dung khác, hãy mở lại trang."))
        return None
    try:
        return file_grievance(report, channel=channel, actor=actor, received_on=received_on, code=code)
    except ClaimRefused as refusal:
        give_back(token)
        for field, sentences in refusal.errors.items():
            for sentence in sentences:
                form.add_error(field if field in form.fields else None, sentence)
        return None
    except Exception:  # nothing was kept, so it may be sent again
        give_back(token)
        raise
