"""Why a claim can't be taken as it was typed: sentences by field."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

Sentences = dict[str, list[str]]


class ClaimRefused(Exception):
    """What was typed can't be taken. Fields are written with dots: `received_on`, `applicant.dob`, `employer.tax_code`,
    `answers.event_end`, `children.1.number`; "" for none. `warnings` alone are taken once they are kept.
    """

    def __init__(
        self, errors: Mapping[str, list[str]], warnings: Mapping[str, list[str]] | None = None
    ) -> None:
        found = (errors, warnings or {})
        super().__init__(" ".join(text for part in found for texts in part.values() for text in texts))
        self.errors = errors
        self.warnings = warnings or {}


class Problems:
    """Sentences gathered while a form is read, so that the officer hears of all of them at once."""

    def __init__(self) -> None:
        self.errors: Sentences = {}
        self.warnings: Sentences = {}

    def add(self, field: str, sentence: str) -> None:
        self.errors.setdefault(field, []).append(sentence)

    def warn(self, field: str, sentence: str) -> None:
        self.warnings.setdefault(field, []).append(sentence)

    def take(self, group: str, errors: Mapping[str, list[str]], warnings: Mapping[str, list[str]]) -> None:
        """The sentences of a part of the form, each under its field of the whole."""
        for kept, found in ((self.errors, errors), (self.warnings, warnings)):
            for field, texts in found.items():
                kept.setdefault(f"{group}.{field}" if field else "", []).extend(texts)

    def stand(self, *, keeps_warnings: bool) -> bool:
        """Whether something stands in the way; warnings that the officer keeps don't."""
        return bool(self.errors) or (bool(self.warnings) and not keeps_warnings)

    def refusal(self) -> ClaimRefused:
        return ClaimRefused(self.errors, self.warnings)

    def refuse(self, *, keeps_warnings: bool) -> None:
        """ClaimRefused where something stands in the way."""
        if self.stand(keeps_warnings=keeps_warnings):
            raise self.refusal()


def live_case_sentence(programme: str, area: str, status: str) -> str:
    """A second claim of the same programme and period: of the other case nothing more is told."""
    return _("Đã có hồ sơ %(programme)s ở %(area)s, đang ở trạng thái «%(status)s».") % {
        "programme": programme,
        "area": area,
        "status": status,
    }
