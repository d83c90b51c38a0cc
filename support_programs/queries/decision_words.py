"""What an applicant would read of a decision, shown to the officer before it is made."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from accounts.queries import place_name
from core.dates import format_date
from support_programs.models import Case


def _refused(case: Case, reason: str) -> tuple[str, ...]:
    return (
        _("Hồ sơ %(ref)s đề nghị hưởng chính sách «%(programme)s», nộp ngày %(day)s, không đủ điều kiện.")
        % _named(case),
        _("Lý do: %(reason)s") % {"reason": reason or "…"},
        _(
            "Nếu ông/bà có thêm giấy tờ hoặc chưa đồng ý, xin liên hệ nơi đã nộp hồ sơ (%(place)s), hoặc gửi phản ánh, "
            "khiếu nại trên trang công khai."
        )
        % _named(case),
    )


def _withdrawn(case: Case, reason: str) -> tuple[str, ...]:
    return (
        _("Hồ sơ %(ref)s đề nghị hưởng chính sách «%(programme)s» đã được rút theo yêu cầu của ông/bà.")
        % _named(case),
        _("Khi cần, ông/bà nộp lại hồ sơ tại %(place)s.") % _named(case),
    )


def _reopened(case: Case, reason: str) -> tuple[str, ...]:
    return (
        _("Hồ sơ %(ref)s đề nghị hưởng chính sách «%(programme)s» đang được xem xét lại.") % _named(case),
        _("Lý do: %(reason)s") % {"reason": reason or "…"},
    )


_WORDS: Final[Mapping[str, Callable[[Case, str], tuple[str, ...]]]] = {
    "refuse": _refused,
    "withdraw": _withdrawn,
    "reopen": _reopened,
}


def words_to_applicant(case: Case, act: str, reason: str) -> tuple[str, ...]:
    """The sentences of a decision to the person, in its order; none where the person is told nothing of it.

    What is sent is the official paper, made from the case's papers once the decision stands.
    """
    words = _WORDS.get(act)
    if words is None:
        return ()
    return (_("Kính gửi ông/bà %(name)s,") % {"name": case.applicant_name}, *words(case, reason.strip()))


def _named(case: Case) -> dict[str, str]:
    return {
        "ref": case.reference,
        "programme": case.programme.name,
        "day": format_date(case.received_on),
        "place": place_name(case.area_code),
    }
