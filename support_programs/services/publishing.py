"""Scans of decisions go onto the public pages by an explicit act of the department, and come down again with a reason."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.models import StoredFile
from core.services.files import read_file
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.models import ApprovalDecision, DecisionPublication
from support_programs.permissions import NOT_REVIEWER, reviewer
from support_programs.queries.public_lists import TOTALS_ONLY
from support_programs.queries.scan_numbers import ScanRead, read_scan
from support_programs.services.papers.pdfs import check_pdf
from support_programs.services.scope import check_area, check_no_number, check_role


@transaction.atomic
def publish_scan(
    decision: ApprovalDecision, *, actor: Actor, has_checked: bool, file: StoredFile | None = None
) -> DecisionPublication:
    """The scan (the recorded one, or `file`, a copy with parts made unreadable) can be downloaded by everybody from now on.

    Who does it says that they opened every page and saw no identity number, account, telephone or health fact; the name is kept.
    Refused: no such word, no file, not a PDF, a PDF in whose text a number is found, a decision on patients (totals only), one
    that is public already.
    """
    check_area(actor, decision.area_code)
    check_role(actor, reviewer, NOT_REVIEWER)
    if decision.programme_id in TOTALS_ONLY:
        raise TransitionRefused(
            _("Quyết định về người điều trị, cách ly y tế chỉ công bố tổng số, không công bố bản chụp.")
        )
    if not has_checked:
        raise TransitionRefused(
            _("Hãy mở bản chụp, xem từng trang, rồi đánh dấu xác nhận không có thông tin phải che.")
        )
    scan = file or decision.scan
    if scan is None:
        raise TransitionRefused(_("Quyết định này chưa có bản chụp. Hãy chọn tệp PDF để công bố."))
    read = checked_scan(scan)
    try:
        with transaction.atomic():
            made = DecisionPublication.objects.create(
                area_code=decision.area_code,
                decision=decision,
                file=scan,
                published_on=clock.today(),
                checked_by_id=actor.pk,
                checked_by_name=actor.full_name,
            )
    except IntegrityError as error:
        raise TransitionRefused(
            _("Bản chụp của quyết định này đang được công bố. Hãy gỡ bản cũ trước.")
        ) from error
    record_event(
        "decision.scan_published",
        decision,
        actor=actor,
        change={"sha256": scan.sha256, "pages": read.pages, "readable": read.readable},
    )
    return made


def checked_scan(scan: StoredFile) -> ScanRead:
    """What a machine reads in the file. TransitionRefused for one that is no sound PDF, or shows a number in its text."""
    try:
        content = read_file(scan)
    except FileNotFoundError as gone:
        raise TransitionRefused(_("Tệp này đã được xóa khi hết hạn lưu. Hãy chọn tệp khác.")) from gone
    if not content.startswith(b"%PDF"):
        raise TransitionRefused(_("Chỉ công bố tệp PDF. Hãy chuyển ảnh chụp thành PDF rồi chọn lại."))
    check_pdf(content)
    read = read_scan(content)
    if read.with_numbers:
        raise TransitionRefused(
            _(
                "Trang %(pages)s có dãy số giống số CCCD, tài khoản hoặc điện thoại. Hãy che số đó, quét lại rồi chọn tệp mới."
            )
            % {"pages": ", ".join(map(str, read.with_numbers))}
        )
    return read


@transaction.atomic
def withdraw_scan(decision: ApprovalDecision, *, reason: str, actor: Actor) -> DecisionPublication:
    """The scan can't be downloaded any more; its number, day and sums stay. Refused without a reason, or where none is public."""
    check_area(actor, decision.area_code)
    check_role(actor, reviewer, NOT_REVIEWER)
    words = reason.strip()[:500]
    if not words:
        raise TransitionRefused(_("Hãy ghi lý do gỡ bản chụp khỏi trang công khai."))
    check_no_number(words)
    rows = DecisionPublication.objects.select_for_update(of=("self",))
    public = rows.filter(decision=decision, withdrawn_on__isnull=True).first()
    if public is None:
        raise TransitionRefused(_("Bản chụp của quyết định này không còn được công bố."))
    public.withdrawn_on, public.withdrawn_reason = clock.today(), words
    public.withdrawn_by_id, public.withdrawn_by_name = actor.pk, actor.full_name
    public.save(update_fields=["withdrawn_on", "withdrawn_reason", "withdrawn_by_id", "withdrawn_by_name"])
    record_event(
        "decision.scan_withdrawn", decision, actor=actor, reason=words, change={"sha256": public.file.sha256}
    )
    return public
