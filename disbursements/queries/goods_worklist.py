"""What goods add to the pages of the apps below: counters, the panel of a case, pages behind references, a person's own copy."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.permissions import is_accountant, is_commune_officer, is_provincial_approver
from beneficiaries.queries.held_data import HeldTable, register_held_data, shown_day
from core.badges import badge_of
from core.search import register_reference_page
from core.workflow import Actor
from disbursements.enums import HandoutStatus
from disbursements.models import Handout, HandoutLine
from disbursements.queries.goods_people import waiting_for_goods
from disbursements.queries.goods_stock import coming_to
from support_programs.enums import VND, CaseStatus
from support_programs.models import Case
from support_programs.queries.panels import Panel
from support_programs.queries.queues import QueueRows


def goods_queues(actor: Actor) -> Iterator[QueueRows]:
    """The counters of those who keep stores, make rounds and approve them; counted together with the other parts'."""
    page = reverse("disbursements:handout_list")
    rounds = Handout.objects.visible_to(actor)

    def rounds_in(label: str, status: HandoutStatus) -> QueueRows:
        return QueueRows(label, f"{page}?{urlencode({'status': status.value})}", rounds.filter(status=status))

    if is_provincial_approver(actor):
        yield rounds_in(_("Đợt cấp phát chờ duyệt"), HandoutStatus.PREPARED)
    if is_accountant(actor):
        waiting = waiting_for_goods(actor.area_code)
        yield QueueRows(_("Chờ cấp phát hiện vật"), reverse("disbursements:handout_new"), waiting)
        yield rounds_in(_("Đợt cấp phát chờ xuất kho"), HandoutStatus.APPROVED)
        yield rounds_in(_("Đợt đang cấp phát"), HandoutStatus.HANDING)
    if is_accountant(actor) or is_commune_officer(actor):
        address = f"{reverse('disbursements:goods_stock')}#transit"
        yield QueueRows(_("Hàng đang đến kho"), address, coming_to(actor))


def case_handouts(actor: Actor, case: Case) -> Panel | None:
    """The hand-outs of a case, newest first. Who is owed money, or not approved yet, has none: it asks nothing."""
    if case.unit == VND or case.status != CaseStatus.APPROVED:
        return None
    lines = list(HandoutLine.objects.visible_to(actor).filter(entitlement__case=case).order_by("-pk"))
    return Panel("disbursements/goods/case_panel.html", {"lines": lines}) if lines else None


def _held(ids: Sequence[int]) -> HeldTable:
    """What a person was handed, for the copy of their own data."""
    lines = HandoutLine.objects.filter(entitlement__case__person_id__in=ids).order_by("pk")
    rows = [
        [
            line.reference,
            line.case_reference,
            f"{line.quantity} {line.unit}",
            str(badge_of("handout_line", line.status).label),
            shown_day(line.resulted_on),
            line.proxy_name,
        ]
        for line in lines
    ]
    columns = (
        *(lazy("Mã dòng cấp phát"), lazy("Hồ sơ"), lazy("Số lượng")),
        *(lazy("Kết quả"), lazy("Ngày"), lazy("Người nhận thay")),
    )
    return HeldTable(lazy("Cấp phát hiện vật"), columns, rows)


def register_pages() -> None:
    """Make the references of goods known to the search, and hand-outs part of every copy of a person's data."""
    register_held_data("handouts", _held, 31)
    for prefix, page in (
        ("KO", "store_page"),
        ("PK", "stock_paper_page"),
        ("CP", "handout_page"),
        ("UH", "donation_page"),
    ):
        register_reference_page(prefix, f"disbursements:{page}")
