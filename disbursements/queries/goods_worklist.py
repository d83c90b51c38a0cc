"""What goods add to the pages of the apps below: counters on the worklist, the panel of a case, pages behind references."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import is_accountant, is_commune_officer, is_provincial_approver
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


def register_pages() -> None:
    """Make the references of stores, papers, rounds and donations known to the search."""
    for prefix, page in (
        ("KO", "store_page"),
        ("PK", "stock_paper_page"),
        ("CP", "handout_page"),
        ("UH", "donation_page"),
    ):
        register_reference_page(prefix, f"disbursements:{page}")
