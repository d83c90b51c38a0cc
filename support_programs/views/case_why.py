"""«Vì sao tôi không …?»: every action that somebody can't take on a case now, with the reason and the way out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from core.transitions import Blocking, explain
from core.wording import Text
from core.workflow import Actor
from support_programs.models import Case
from support_programs.services.corrections import why_not_correct
from support_programs.services.entry import why_not_state
from support_programs.workflow import CASE_WORKFLOW

# steps that no button of a case takes: they come with its list
WITH_LIST: Final[Mapping[str, Text]] = {
    "case.receive": lazy("Hồ sơ đi cùng danh sách: trình danh sách thì hồ sơ chuyển sang thẩm định."),
    "case.return_with_list": lazy("Hồ sơ đi cùng danh sách: trả lại danh sách thì hồ sơ về nơi lập."),
    "case.approve": lazy(
        "Hồ sơ đi cùng danh sách: phê duyệt danh sách và kinh phí thì hồ sơ được phê duyệt."
    ),
    "case.unlist": lazy("Đưa ra khỏi danh sách ở trang của danh sách: đánh dấu dòng rồi chọn việc."),
}


@dataclass(frozen=True, slots=True)
class WhyNot:
    """An action that isn't possible now: why, and what helps."""

    label: Text
    reasons: tuple[str, ...]
    remedies: tuple[str, ...] = ()


def why_not(case: Case, actor: Actor, standing: Blocking) -> list[WhyNot]:
    """Everything that this person can't do with the case now, the actions of its table first; no query."""
    told = explain(CASE_WORKFLOW, case, actor, instead=WITH_LIST, standing=standing)
    found = [WhyNot(row.label, row.reasons, row.remedies) for row in told if row.reasons]
    beside = (
        (_("Ghi thông tin để xét"), why_not_state(case, actor)),
        (_("Sửa thông tin người đề nghị"), why_not_correct(case, actor)),
    )
    return [*found, *(WhyNot(label, (reason,)) for label, reason in beside if reason)]
