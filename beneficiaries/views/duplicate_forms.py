"""What officers type about a pair: the answer, letting it pass, undoing a join."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beneficiaries.enums import PairState
from beneficiaries.models import DuplicateCandidate, Person

KEEP_FIRST: Final = "keep_first"
KEEP_SECOND: Final = "keep_second"


def _reason(**words: Any) -> forms.CharField:
    return forms.CharField(
        **words,
        max_length=500,
        error_messages={"required": lazy("Hãy ghi lý do.")},
        widget=forms.Textarea({"rows": 3}),
    )


class PairForm(forms.Form):
    """A form about a pair; `version` is that of the pair when the page was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, pair: DuplicateCandidate, data: Any = None, *, prefix: str | None = None) -> None:
        super().__init__(data, initial={"version": pair.version}, prefix=prefix)
        self.pair = pair

    def refuse(self, sentence: str) -> None:
        """The service's sentence above the form; what was typed stays, and the pair as it is shown now may be answered."""
        self.add_error(None, sentence)
        self.pair.refresh_from_db()
        typed = {name: self.data[name] for name in self.data}
        self.data = {**typed, self.add_prefix("version"): str(self.pair.version)}


class AnswerForm(PairForm):
    """Which of the four answers, and why."""

    answer = forms.ChoiceField(
        label=lazy("Câu trả lời"),
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Hãy chọn một câu trả lời.")},
    )
    reason = _reason(label=lazy("Lý do"), help_text=lazy("Đã đối chiếu giấy tờ nào, hỏi ai, ngày nào."))

    def __init__(self, pair: DuplicateCandidate, data: Any = None) -> None:
        super().__init__(pair, data)
        field = self.fields["answer"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (KEEP_FIRST, _("Cùng một người, giữ A: %(name)s") % {"name": pair.first.full_name}),
                (KEEP_SECOND, _("Cùng một người, giữ B: %(name)s") % {"name": pair.second.full_name}),
                (PairState.DIFFERENT.value, _("Hai người khác nhau")),
                (PairState.VERIFYING.value, _("Cần xác minh")),
            ]

    def given(self) -> tuple[str, Person | None]:
        """The answer as the service takes it, and who is kept."""
        kept = {KEEP_FIRST: self.pair.first, KEEP_SECOND: self.pair.second}.get(self.cleaned_data["answer"])
        return (PairState.SAME.value, kept) if kept else (self.cleaned_data["answer"], None)


class PassForm(PairForm):
    """Why both may be paid although nobody knows yet."""

    reason = _reason(label=lazy("Lý do cho chi"))

    def __init__(self, pair: DuplicateCandidate, data: Any = None) -> None:
        super().__init__(pair, data, prefix="pass")


class UndoForm(forms.Form):
    """Why two entries are taken apart again."""

    reason = _reason(label=lazy("Lý do gỡ"))
