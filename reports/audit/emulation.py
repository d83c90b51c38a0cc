"""Audit actions of the emulation movement."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction
from reports.workflow.emulation import EMULATION_WORKFLOWS

_SENTENCES: Final = {
    "movement.start": _("{actor} bắt đầu chấm điểm phong trào {ref}"),
    "movement.close": _("{actor} tổng kết phong trào {ref}"),
    "participant.withdraw": _("{actor} rút đăng ký thi đua {ref}"),
    "achievement.confirm": _("{actor} xác nhận thành tích {ref}: {points} điểm"),
    "achievement.refuse": _("{actor} không xác nhận thành tích {ref}"),
    "achievement.withdraw": _("{actor} rút thành tích {ref}"),
    "scoring.close": _("{actor} khóa kỳ xếp hạng {ref}"),
    "proposal.submit": _("{actor} trình hội đồng đề nghị {ref}"),
    "proposal.withdraw": _("{actor} rút đề nghị {ref}"),
    "proposal.recommend": _("{actor} ghi hội đồng đề nghị khen {ref}, phiên {meeting}"),
    "proposal.not_recommend": _("{actor} ghi hội đồng không đề nghị khen {ref}, phiên {meeting}"),
    "proposal.award": _("{actor} ghi quyết định {number} khen thưởng {ref}"),
    "proposal.refuse": _("{actor} ghi không khen {ref}"),
    "meeting.close": _("{actor} lập biên bản phiên họp {ref}"),
}
ACTIONS: Final = (
    *(
        AuditAction(transition.action, transition.label, _SENTENCES[transition.action])
        for workflow in EMULATION_WORKFLOWS
        for transition in workflow.transitions
    ),
    AuditAction(
        "movement.loaded", _("Nạp phong trào"), _("{actor} nạp phong trào {number} từ dữ liệu kèm theo")
    ),
    AuditAction(
        "movement.criterion", _("Sửa tiêu chí"), _("{actor} ghi tiêu chí {code} của phong trào {ref}")
    ),
    AuditAction("participant.register", _("Đăng ký thi đua"), _("{actor} đăng ký thi đua {ref}: {name}")),
    AuditAction("achievement.enter", _("Ghi thành tích"), _("{actor} ghi thành tích {ref}: {title}")),
    AuditAction("scoring.open", _("Mở kỳ xếp hạng"), _("{actor} mở kỳ xếp hạng {ref}, {period}")),
    AuditAction(
        "scoring.compute", _("Tính điểm"), _("{actor} tính điểm kỳ {ref}, lần {run}: {participants} đơn vị")
    ),
    AuditAction("scoring.exported", _("Xuất bảng xếp hạng"), _("{actor} xuất bảng xếp hạng {ref}")),
    AuditAction("proposal.draft", _("Lập đề nghị khen thưởng"), _("{actor} lập đề nghị {ref}: {award}")),
    AuditAction("council.member", _("Ghi thành viên hội đồng"), _("{actor} ghi thành viên hội đồng: {name}")),
    AuditAction("council.member_end", _("Thôi thành viên hội đồng"), _("{actor} ghi thôi hội đồng: {name}")),
    AuditAction("meeting.open", _("Ghi phiên họp"), _("{actor} ghi phiên họp hội đồng {ref}")),
    AuditAction(
        "meeting.vote",
        _("Ghi phiếu"),
        _("{actor} ghi phiếu phiên {ref} cho {proposal}: {votes_for} đồng ý, {votes_against} không"),
    ),
    AuditAction(
        "award.decided",
        _("Ghi quyết định khen thưởng"),
        _("{actor} ghi quyết định khen thưởng {number}: {proposals} đề nghị, {amount} đồng"),
    ),
)
