"""Why a claim can't be taken as it was typed: sentences by field."""

from collections.abc import Mapping

Sentences = dict[str, list[str]]


class ClaimRefused(Exception):
    """What was typed can't be taken. Fields are written with dots: `received_on`, `applicant.dob`, `employer.tax_code`,
    `answers.event_end`, `children.1.number`; "" for none. `warnings` alone are taken once they are kept. With
    `is_conflict` nothing typed is wrong: another record stands in the way.
    """

    def __init__(
        self,
        errors: Mapping[str, list[str]],
        warnings: Mapping[str, list[str]] | None = None,
        *,
        is_conflict: bool = False,
    ) -> None:
        found = (errors, warnings or {})
        super().__init__(" ".join(text for part in found for texts in part.values() for text in texts))
        self.errors = errors
        self.warnings = warnings or {}
        self.is_conflict = is_conflict


class Problems:
    """Sentences gathered while a form is read, so that the officer hears of all of them at once."""

    def __init__(self) -> None:
        self.errors: Sentences = {}
        self.warnings: Sentences = {}
        self._is_wrong = False

    def add(self, field: str, sentence: str) -> None:
        self.errors.setdefault(field, []).append(sentence)
        self._is_wrong = True

    def conflict(self, field: str, sentence: str) -> None:
        """Another record stands in the way of what was typed."""
        self.errors.setdefault(field, []).append(sentence)

    def warn(self, field: str, sentence: str) -> None:
        self.warnings.setdefault(field, []).append(sentence)

    def take(self, group: str, errors: Mapping[str, list[str]], warnings: Mapping[str, list[str]]) -> None:
        """The sentences of a part of the form, each under its field of the whole."""
        self._is_wrong = self._is_wrong or bool(errors)
        for kept, found in ((self.errors, errors), (self.warnings, warnings)):
            for field, texts in found.items():
                kept.setdefault(f"{group}.{field}" if field else "", []).extend(texts)

    def stand(self, *, keeps_warnings: bool) -> bool:
        """Whether something stands in the way; warnings that the officer keeps don't."""
        return bool(self.errors) or (bool(self.warnings) and not keeps_warnings)

    def refusal(self) -> ClaimRefused:
        is_conflict = bool(self.errors) and not self._is_wrong
        return ClaimRefused(self.errors, self.warnings, is_conflict=is_conflict)

    def refuse(self, *, keeps_warnings: bool) -> None:
        """ClaimRefused where something stands in the way."""
        if self.stand(keeps_warnings=keeps_warnings):
            raise self.refusal()
