"""What papers do to money that was allotted: transfers, returns, wrong records taken back; each confirmed first."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from accounts.queries import area_name
from core.dates import format_date
from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.wording import Text
from disbursements.forms.budget import MovementForm, ReturnForm, TransferForm
from disbursements.models import Allocation, BudgetLine
from disbursements.queries.allocations import decisions_money
from disbursements.queries.budget import line_rows, targets_of
from disbursements.queries.ledger import line_money
from disbursements.services.budget import correct_allocation, return_money, transfer_money
from disbursements.services.budget_checks import (
    MovementPaper,
    NewLine,
    check_correction,
    check_movers,
    check_return,
    check_transfer,
)
from disbursements.views.budget_steps import Act, Change, Checked, line_label, serve


def _line_crumbs(line: BudgetLine, title: Text) -> list[Crumb]:
    return [
        Crumb(lazy("Kinh phí"), "/budget/"),
        Crumb(line.reference, f"/budget/{line.reference}/"),
        Crumb(title),
    ]


def _paper_facts(paper: MovementPaper) -> list[tuple[Text, Text]]:
    return [
        (lazy("Văn bản"), paper.document_number),
        (lazy("Ngày văn bản"), format_date(paper.moved_on)),
        (lazy("Lý do"), paper.reason),
    ]


def _line(request: HttpRequest, reference: str) -> BudgetLine:
    line: BudgetLine = get_visible(
        BudgetLine.objects.select_related("source"), actor_of(request), reference=reference
    )
    check_movers(actor_of(request), line.area_code)
    return line


@require_http_methods(["GET", "POST"])
def line_transfer(request: HttpRequest, reference: str) -> HttpResponse:
    """Money of a line to another one, by a decision."""
    actor, line = actor_of(request), _line(request, reference)
    targets = line_rows(targets_of(actor, line))
    known = {
        (row.line.decision_id, row.line.area_code, row.line.source_id, row.line.stream)
        for row in targets
        if row.line
    }
    openable = [
        row
        for row in decisions_money(actor.area_code)
        if row.programme == line.programme_id
        and row.left > 0
        and (row.decision_id, row.district) != (line.decision_id, line.area_code)
        and (row.decision_id, row.district, line.source_id, line.stream) not in known
    ]

    def check(form: TransferForm) -> Checked:
        paper, to = form.paper(), form.target()
        check_movers(actor, to.area_code)
        check_transfer(line, to, paper)
        return _transfer_checked(line, to, paper)

    def run(form: TransferForm) -> str:
        moved = transfer_money(actor=actor, line=line, to=form.target(), paper=form.paper())
        return _("Đã ghi điều chuyển kinh phí %(ref)s.") % {"ref": moved.reference}

    act = Act(
        lazy("Điều chuyển kinh phí"),
        lazy("Ghi điều chuyển"),
        lazy("Chỉ chuyển tiền chưa đưa vào đợt chi, giữa các dòng của cùng một chính sách."),
        f"/budget/{line.reference}/",
        _line_crumbs(line, lazy("Điều chuyển kinh phí")),
    )
    return serve(
        request, act, lambda *args, **kwargs: TransferForm(targets, openable, *args, **kwargs), check, run
    )


def _transfer_checked(line: BudgetLine, to: BudgetLine | NewLine, paper: MovementPaper) -> Checked:
    warnings: list[Text] = []
    before = line_money([line, to] if isinstance(to, BudgetLine) else [line])
    changes = [Change(line_label(line), before[line.pk].left, before[line.pk].left - paper.amount)]
    if isinstance(to, BudgetLine):
        left = before[to.pk].left
        changes.append(Change(line_label(to), left, left + paper.amount))
        if to.source_id != line.source_id:
            warnings.append(lazy("Hai dòng khác nguồn kinh phí. Chỉ ghi khi văn bản nói rõ như vậy."))
    else:
        label = _("Dòng mới, %(area)s, %(source)s") % {
            "area": area_name(to.area_code),
            "source": line.source,
        }
        changes.append(Change(label, 0, paper.amount))
    return Checked(paper.amount, _paper_facts(paper), changes, warnings)


@require_http_methods(["GET", "POST"])
def line_return(request: HttpRequest, reference: str) -> HttpResponse:
    """Money of a line back to the budget that it came from."""
    actor, line = actor_of(request), _line(request, reference)

    def check(form: ReturnForm) -> Checked:
        paper = form.paper()
        check_return(line, paper)
        left = line_money([line])[line.pk].left
        return Checked(
            paper.amount, _paper_facts(paper), [Change(line_label(line), left, left - paper.amount)]
        )

    def run(form: ReturnForm) -> str:
        moved = return_money(actor=actor, line=line, paper=form.paper())
        return _("Đã ghi hoàn trả ngân sách %(ref)s.") % {"ref": moved.reference}

    act = Act(
        lazy("Hoàn trả ngân sách"),
        lazy("Ghi hoàn trả"),
        lazy("Tiền trả về nguồn đã cấp; số được phân bổ theo quyết định tăng lại đúng bằng số này."),
        f"/budget/{line.reference}/",
        _line_crumbs(line, lazy("Hoàn trả ngân sách")),
    )
    return serve(request, act, ReturnForm, check, run)


@require_http_methods(["GET", "POST"])
def allocation_correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a wrongly recorded paper back, whole."""
    actor = actor_of(request)
    wrong: Allocation = get_visible(
        Allocation.objects.select_related("line__source"), actor, reference=reference
    )
    check_movers(actor, wrong.area_code)
    line = wrong.line

    def check(form: MovementForm) -> Checked:
        paper = check_correction(wrong, form.paper())
        left = line_money([line])[line.pk].left
        recorded = _("%(number)s ngày %(day)s (%(ref)s)") % {
            "number": wrong.document_number,
            "day": format_date(wrong.allocated_on),
            "ref": wrong.reference,
        }
        facts = [(lazy("Ghi nhận bị hủy"), recorded), *_paper_facts(paper)]
        changes = [Change(line_label(line), left, left - paper.amount)]
        warnings = [lazy("Hạn của bước chi trả đã tính từ ghi nhận này và giữ nguyên.")]
        return Checked(paper.amount, facts, changes, warnings)

    def run(form: MovementForm) -> str:
        moved = correct_allocation(actor=actor, allocation=wrong, paper=form.paper())
        return _("Đã hủy ghi nhận %(wrong)s (%(ref)s). Hãy ghi lại văn bản cho đúng.") % {
            "wrong": wrong.reference,
            "ref": moved.reference,
        }

    act = Act(
        lazy("Hủy ghi nhận phân bổ sai"),
        lazy("Hủy ghi nhận"),
        _("Hủy toàn bộ %(ref)s (%(number)s) vì ghi sai; chỉ khi chưa đồng nào vào đợt chi hay chuyển đi.")
        % {"ref": wrong.reference, "number": wrong.document_number},
        f"/budget/{line.reference}/",
        _line_crumbs(line, lazy("Hủy ghi nhận phân bổ sai")),
    )
    return serve(request, act, MovementForm, check, run)
